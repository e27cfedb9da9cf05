#include "node/config/config.hpp"

#include <boost/asio/ip/address.hpp>

#include "node/config/sources.hpp"

namespace hearth::config {
namespace {

constexpr std::uint64_t mebibyte = 1024 * 1024;

/// Typed access to values that were checked.
class checked {
 public:
  explicit checked(const node_config& from) : from_(from) {}

  const std::string& text(std::string_view key) const { return get<std::string>(key); }
  bool flag(std::string_view key) const { return get<bool>(key); }
  const std::vector<std::string>& list(std::string_view key) const {
    return get<std::vector<std::string>>(key);
  }
  template <class Number>
  Number number(std::string_view key) const {
    return static_cast<Number>(get<std::int64_t>(key));
  }
  std::uint64_t mebibytes(std::string_view key) const {
    return number<std::uint64_t>(key) * mebibyte;
  }

 private:
  template <class T>
  const T& get(std::string_view key) const {
    return std::get<T>(from_.values.find(key)->second.is);
  }
  const node_config& from_;
};

std::string loopback_for(const std::string& listen) {
  const auto address = boost::asio::ip::make_address(listen);
  if (address.is_loopback()) return listen;
  return address.is_v6() ? "::1" : "127.0.0.1";
}

void fill(node_config& out) {
  const checked from(out);
  out.node.name = from.text("node.name");
  out.cluster.secret = from.text("cluster.secret");
  out.http.listen = loopback_for(from.text("http.listen"));
  out.http.port = from.number<std::uint16_t>("http.port");
  out.http.allowed_hosts = from.list("http.allowed_hosts");
  out.peer.listen = from.text("peer.listen");
  out.peer.port = from.number<std::uint16_t>("peer.port");
  out.peer.discovery = from.flag("peer.discovery");
  out.peer.fixed = from.list("peer.fixed");
  out.rtmp.listen = from.text("rtmp.listen");
  out.rtmp.port = from.number<std::uint16_t>("rtmp.port");
  out.streams.max = from.number<std::size_t>("streams.max");
  out.hls.part_ms = from.number<std::int64_t>("hls.part_ms");
  out.hls.segment_ms = from.number<std::int64_t>("hls.segment_ms");
  out.images.max_upload_bytes = from.mebibytes("images.max_upload_mb");
  out.images.max_per_stream = from.number<std::size_t>("images.max_per_stream");
  out.videos.max_upload_bytes = from.mebibytes("videos.max_upload_mb");
  out.notes.max_bytes = from.mebibytes("notes.max_mb");
  out.cache.memory_bytes = from.mebibytes("cache.memory_mb");
  out.cache.ttl_hours = from.number<std::int64_t>("cache.ttl_hours");
  out.log.level = from.text("log.level");
  out.log.format = from.text("log.format");
}

std::string first_of(const std::string& flag, const environment& around, std::string_view name) {
  if (!flag.empty()) return flag;
  const auto found = around.variables.find(name);
  return found == around.variables.end() ? std::string() : found->second;
}

/// The node.conf to read: the one that was named, or the one in the data directory if there is one.
std::filesystem::path config_file_of(const std::string& named,
                                     const std::filesystem::path& data_dir) {
  if (!named.empty()) return named;
  std::error_code ignored;
  const auto own = data_dir / "node.conf";
  return std::filesystem::exists(own, ignored) ? own : std::filesystem::path();
}

std::filesystem::path absolute_of(const std::filesystem::path& path) {
  std::error_code failed;
  auto out = std::filesystem::absolute(path, failed).lexically_normal();
  return failed ? path : out;
}

void set_defaults(const environment& around, draft& into) {
  for (const auto& row : schema())
    into.set(row.key, default_of(row), "default");
  auto name = around.host_name.substr(0, around.host_name.find('.')).substr(0, 63);
  into.set("node.name", name.empty() ? std::string("hearth") : name, "default");
}

}  // namespace

outcome load(const std::vector<std::string>& args, const environment& around) {
  outcome out;
  draft all;
  draft flags;
  const auto line = read_flags(args, flags);
  out.wanted = line.wanted;
  out.help = line.help;
  if (line.wanted == request::show_help || line.wanted == request::show_version) return out;

  const auto data_dir = first_of(line.data_dir, around, "HEARTH_DATA_DIR");
  out.config.data_dir = data_dir.empty() ? default_data_dir(around) : absolute_of(data_dir);
  if (out.config.data_dir.empty()) {
    all.error("command line", "", "there is no place for the node's data",
              "Give one with --data-dir.");
  }
  set_defaults(around, all);
  const auto default_name = all.values.at("node.name");
  out.config.file =
      config_file_of(first_of(line.config_file, around, "HEARTH_CONFIG"), out.config.data_dir);
  if (!out.config.file.empty()) read_file_into(out.config.file, all);
  read_environment(around, all);
  for (const auto& [key, placed] : flags.values)
    all.values.insert_or_assign(key, placed);
  all.errors.insert(all.errors.end(), flags.errors.begin(), flags.errors.end());
  if (std::get<std::string>(all.values.at("node.name").is).empty()) {
    all.values.insert_or_assign("node.name", default_name);
  }
  check_values(all);

  out.config.values = std::move(all.values);
  out.errors = std::move(all.errors);
  out.warnings = std::move(all.warnings);
  if (out.errors.empty()) fill(out.config);
  return out;
}

}  // namespace hearth::config
