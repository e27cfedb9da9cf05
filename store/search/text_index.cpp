#include "store/search/text_index.hpp"

#include <sqlite3.h>

#include <map>
#include <stdexcept>

namespace hearth::search {
namespace {

constexpr std::size_t max_query_bytes = 200;
constexpr std::size_t max_words = 16;

class statement {
 public:
  statement(sqlite3* database, const char* sql) {
    if (sqlite3_prepare_v2(database, sql, -1, &handle_, nullptr) != SQLITE_OK) {
      throw std::runtime_error(std::string("full-text index: ") + sqlite3_errmsg(database));
    }
  }
  ~statement() { sqlite3_finalize(handle_); }
  statement(const statement&) = delete;
  statement& operator=(const statement&) = delete;

  void bind(int place, std::string_view text) {
    sqlite3_bind_text64(handle_, place, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }
  void bind(int place, std::int64_t number) { sqlite3_bind_int64(handle_, place, number); }
  bool step() { return sqlite3_step(handle_) == SQLITE_ROW; }
  void reset() { sqlite3_reset(handle_); }
  std::string text(int column) const {
    const auto* data = sqlite3_column_text(handle_, column);
    return {reinterpret_cast<const char*>(data),
            static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
  }

 private:
  sqlite3_stmt* handle_ = nullptr;
};

bool separates(unsigned char c) {
  return c <= 0x20 || c == '"' || c == 0x7f;
}

/// Every word quoted, the last with a star: "two" "wor"*
std::string match_expression(std::string_view query) {
  std::string out;
  std::string word;
  std::size_t words = 0;
  const auto flush = [&](bool last) {
    if (word.empty() || words == max_words) return;
    if (!out.empty()) out.push_back(' ');
    out += '"' + word + '"' + (last ? "*" : "");
    word.clear();
    ++words;
  };
  for (char c : query.substr(0, max_query_bytes)) {
    if (separates(static_cast<unsigned char>(c))) {
      flush(false);
    } else {
      word.push_back(c);
    }
  }
  if (word.empty() && !out.empty()) {
    out.push_back('*');
  }
  flush(true);
  return out;
}

}  // namespace

struct text_index::database {
  sqlite3* handle = nullptr;
  std::map<std::string, std::int64_t, std::less<>> rows;  // the row of each id

  database() {
    if (sqlite3_open(":memory:", &handle) != SQLITE_OK) {
      throw std::runtime_error("full-text index: SQLite does not open a database in memory");
    }
    const char* create =
        "CREATE VIRTUAL TABLE documents USING fts5(id UNINDEXED, title, body, tags,"
        " tokenize = 'unicode61 remove_diacritics 2')";
    if (sqlite3_exec(handle, create, nullptr, nullptr, nullptr) != SQLITE_OK) {
      throw std::runtime_error(std::string("full-text index: ") + sqlite3_errmsg(handle));
    }
  }
  ~database() { sqlite3_close(handle); }
  database(const database&) = delete;
  database& operator=(const database&) = delete;
};

text_index::text_index() : database_(std::make_unique<database>()) {}
text_index::~text_index() = default;
text_index::text_index(text_index&&) noexcept = default;

void text_index::put(std::string_view id, std::string_view title, std::string_view text,
                     std::string_view tags) {
  remove(id);
  statement insert(database_->handle, "INSERT INTO documents VALUES (?, ?, ?, ?)");
  insert.bind(1, id);
  insert.bind(2, title);
  insert.bind(3, text);
  insert.bind(4, tags);
  insert.step();
  database_->rows.emplace(id, sqlite3_last_insert_rowid(database_->handle));
}

void text_index::remove(std::string_view id) {
  const auto row = database_->rows.find(id);
  if (row == database_->rows.end()) return;
  statement erase(database_->handle, "DELETE FROM documents WHERE rowid = ?");
  erase.bind(1, row->second);
  erase.step();
  database_->rows.erase(row);
}

std::vector<hit> text_index::find(std::string_view query) const {
  std::vector<hit> out;
  const auto expression = match_expression(query);
  if (expression.empty()) return out;
  statement select(database_->handle,
                   "SELECT id, snippet(documents, -1, '', '', '…', 12) FROM documents"
                   " WHERE documents MATCH ? ORDER BY bm25(documents, 0, 4, 1, 2) LIMIT 100");
  select.bind(1, expression);
  while (select.step())
    out.push_back({select.text(0), select.text(1)});
  return out;
}

}  // namespace hearth::search
