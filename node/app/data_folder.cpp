#include "node/app/data_folder.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "store/base/file.hpp"
#include "store/base/log.hpp"

namespace hearth::app {
namespace {

constexpr std::size_t max_key_file_bytes = 256;

std::string without_line_end(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
    text.remove_suffix(1);
  return std::string(text);
}

/// The text of a file with a secret, made by `make` when it is not there.
template <class Make>
result<std::string> read_or_make(const std::filesystem::path& file, Make make) {
  auto content = read_file(file, max_key_file_bytes);
  if (content) return without_line_end(as_text(*content));
  if (content.error() != hearth::errc::not_found) return content.error();
  const std::string made = make();
  const auto line = made + "\n";
  if (auto kept = write_file_durably(file, as_bytes(line)); !kept) return kept.error();
  return made;
}

}  // namespace

result<void> data_folder::prepare() const {
  std::error_code problem;
  std::filesystem::create_directories(path_, problem);
  if (problem) return from_errno(problem.value());
  // Also of a folder that was there: keys and private notes lie in it.
  if (::chmod(path_.c_str(), 0700) != 0) return from_errno(errno);
  return {};
}

result<signing_key> data_folder::identity(random_source& random) const {
  auto text = read_or_make(path_ / "identity.key", [&random] { return to_hex(random.key()); });
  if (!text) return text.error();
  log::keep_secret(*text);
  auto raw = from_hex(*text);
  bytes32 seed;
  if (!raw || raw->size() != seed.size()) return errc::bad_identity;
  std::copy(raw->begin(), raw->end(), seed.begin());
  return signing_key::from_seed(seed);
}

result<std::string> data_folder::own_secret(random_source& random) const {
  return read_or_make(path_ / "cluster.key", [&random] { return to_base32(random.key()); });
}

result<void> data_folder::write_run_file(const run_facts& facts) const {
  const boost::json::object content{{"pid", ::getpid()},
                                    {"node_id", facts.node.text()},
                                    {"http", facts.http},
                                    {"rtmp", facts.rtmp},
                                    {"peer", facts.peer}};
  const auto text = boost::json::serialize(content) + "\n";
  return write_file_durably(path_ / "run.json", as_bytes(text), 0644);
}

void data_folder::remove_run_file() const {
  std::error_code ignored;
  std::filesystem::remove(path_ / "run.json", ignored);
}

}  // namespace hearth::app
