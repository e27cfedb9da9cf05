// Full-text search over documents with a title, a text and tags (SQLite FTS5, in memory, derived).
// Not thread-safe. Words match without regard to case and accents; the last word also as a prefix.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/base/errc.hpp"

namespace hearth::search {

inline constexpr std::size_t max_results = 100;

struct hit {
  std::string id;
  /// About 12 words around the match.
  std::string snippet;
};

class text_index {
 public:
  /// Throws std::runtime_error when SQLite can't start (a failed start-up).
  text_index();
  ~text_index();
  text_index(text_index&&) noexcept;

  /// Adds or replaces a document.
  void put(std::string_view id, std::string_view title, std::string_view text,
           std::string_view tags);
  void remove(std::string_view id);

  /// Best match first, at most max_results. Nothing for a query without a word.
  std::vector<hit> find(std::string_view query) const;

 private:
  struct database;
  std::unique_ptr<database> database_;
};

}  // namespace hearth::search
