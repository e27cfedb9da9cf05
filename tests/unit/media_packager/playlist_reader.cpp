#include "playlist_reader.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fstream>
#include <sstream>

namespace hearth::test {
namespace {

// The value of an attribute, without quotes.
std::string attribute(const std::string& list, const std::string& name) {
  auto at = list.find(name + "=");
  if (at == std::string::npos) return "";
  at += name.size() + 1;
  if (list[at] == '"') return list.substr(at + 1, list.find('"', at + 1) - at - 1);
  return list.substr(at, list.find(',', at) - at);
}

bool take(const std::string& line, const std::string& tag, std::string& value) {
  if (!line.starts_with(tag)) return false;
  value = line.substr(tag.size());
  return true;
}

void read_line(const std::string& line, read_playlist& list, read_segment& segment) {
  std::string value;
  if (take(line, "#EXT-X-TARGETDURATION:", value)) list.target_duration = std::stod(value);
  if (take(line, "#EXT-X-PART-INF:", value)) {
    list.part_target = std::stod(attribute(value, "PART-TARGET"));
  }
  if (take(line, "#EXT-X-MEDIA-SEQUENCE:", value)) list.sequence = std::stoull(value);
  if (take(line, "#EXT-X-DISCONTINUITY-SEQUENCE:", value)) {
    list.discontinuity_sequence = std::stoull(value);
  }
  if (line == "#EXT-X-INDEPENDENT-SEGMENTS") list.independent = true;
  if (line == "#EXT-X-DISCONTINUITY") segment.discontinuity = true;
  if (line == "#EXT-X-ENDLIST") list.ended = true;
  if (take(line, "#EXT-X-MAP:", value)) segment.map = attribute(value, "URI");
  if (take(line, "#EXT-X-PROGRAM-DATE-TIME:", value)) segment.date_time = value;
  if (take(line, "#EXT-X-PRELOAD-HINT:", value)) list.hint = attribute(value, "URI");
  if (take(line, "#EXTINF:", value)) segment.duration = std::stod(value);
  if (take(line, "#EXT-X-PART:", value)) {
    segment.parts.push_back({attribute(value, "URI"), std::stod(attribute(value, "DURATION")),
                             attribute(value, "INDEPENDENT") == "YES"});
  }
  if (line.starts_with("#")) return;
  segment.uri = line;
  const auto map = segment.map;
  list.segments.push_back(std::exchange(segment, {}));
  segment.map = map;
}

void check(const read_playlist& list) {
  BOOST_REQUIRE(!list.segments.empty());
  for (const auto& segment : list.segments) {
    BOOST_TEST(std::lround(segment.duration) <= list.target_duration);
    BOOST_TEST(!segment.map.empty());
    double sum = 0;
    for (const auto& part : segment.parts) {
      sum += part.duration;
      BOOST_TEST(part.duration <= list.part_target);
    }
    if (!segment.parts.empty()) BOOST_TEST(std::abs(sum - segment.duration) < 0.001);
  }
}

}  // namespace

read_playlist read(const std::string& text) {
  read_playlist list;
  BOOST_REQUIRE(text.starts_with("#EXTM3U\n"));
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    read_line(line, list, list.growing);
  check(list);
  return list;
}

packaging::packaging(packager::hls_options options)
    : store(std::make_shared<packager::hls_store>(options)) {
  restart();
}

void packaging::restart() {
  packager = std::make_unique<packager::hls_packager>(store, time,
                                                      [this](error_code code, std::string why) {
                                                        ++failures;
                                                        failure = code;
                                                        reason = std::move(why);
                                                      });
}

void packaging::feed(const coded_stream& stream) {
  for (const auto& config : stream.configs)
    packager->on_config(config);
  auto last = stream.packets.empty() ? 0 : stream.packets.front().dts_ms;
  for (const auto& packet : stream.packets) {
    if (packet.dts_ms > last) time.at += milliseconds(packet.dts_ms - last);
    last = packet.dts_ms;
    packager->on_packet(packet);
  }
}

result<packager::hls_resource> try_fetch(packager::hls_store& store, const std::string& name,
                                         const std::string& query) {
  const auto parsed = packager::hls_name::parse(name);
  if (!parsed) return parsed.error();
  const auto asked = packager::hls_query::parse(query);
  if (!asked) return asked.error();
  boost::asio::io_context context;
  auto answer = boost::asio::co_spawn(context, store.get(*parsed, *asked), boost::asio::use_future);
  context.run();
  return answer.get();
}

bytes fetch(packager::hls_store& store, const std::string& name) {
  const auto found = try_fetch(store, name);
  BOOST_REQUIRE_MESSAGE(found.has_value(), name << ": " << found.error().message());
  return *found->body;
}

void save(packager::hls_store& store, const std::filesystem::path& folder) {
  const auto put = [&store, &folder](const std::string& name) {
    const auto body = fetch(store, name);
    std::ofstream out(folder / name, std::ios::binary);
    out.write(reinterpret_cast<const char*>(body.data()),
              static_cast<std::streamsize>(body.size()));
  };
  put("stream.m3u8");
  const auto list = read(*store.playlist());
  for (const auto& segment : list.segments) {
    put(segment.map);
    put(segment.uri);
    for (const auto& part : segment.parts)
      put(part.uri);
  }
  for (const auto& part : list.growing.parts)
    put(part.uri);
}

}  // namespace hearth::test
