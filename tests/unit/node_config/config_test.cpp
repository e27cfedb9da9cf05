// Precedence, checks and the view of what is in force.
#include "node/config/config.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "around.hpp"

using namespace hearth::config;

BOOST_AUTO_TEST_SUITE(config_whole)

BOOST_AUTO_TEST_CASE(nothing_said_gives_the_defaults) {
  const test_place at;
  const auto loaded = at.load();
  BOOST_TEST(words(loaded.errors) == "");
  BOOST_TEST(words(loaded.warnings) == "");
  const auto& config = loaded.config;
  BOOST_TEST((loaded.wanted == request::run));
  BOOST_TEST(config.data_dir == at.folder / ".local/share/hearth");
  BOOST_TEST(config.file.empty());
  BOOST_TEST(config.node.name == "studio");
  BOOST_TEST(config.cluster.secret == "");
  BOOST_TEST(config.http.listen == "127.0.0.1");
  BOOST_TEST(config.http.port == 8480);
  BOOST_TEST(config.peer.port == 8481);
  BOOST_TEST(config.peer.discovery);
  BOOST_TEST(config.rtmp.listen == "0.0.0.0");
  BOOST_TEST(config.rtmp.port == 1935);
  BOOST_TEST(config.streams.max == 10u);
  BOOST_TEST(config.hls.part_ms == 200);
  BOOST_TEST(config.hls.segment_ms == 2000);
  BOOST_TEST(config.images.max_upload_bytes == 20u * 1024 * 1024);
  BOOST_TEST(config.images.max_per_stream == 50u);
  BOOST_TEST(config.videos.max_upload_bytes == 500u * 1024 * 1024);
  BOOST_TEST(config.notes.max_bytes == 10u * 1024 * 1024);
  BOOST_TEST(config.cache.memory_bytes == 500u * 1024 * 1024);
  BOOST_TEST(config.cache.ttl_hours == 24);
  BOOST_TEST(config.log.level == "info");
  BOOST_TEST(config.log.format == "text");
}

BOOST_AUTO_TEST_CASE(each_source_overrides_the_one_below) {
  test_place at;
  const auto file = at.write("my.conf", "[videos]\nmax_upload_mb = 1\n");
  const auto port = [&](std::vector<std::string> args) {
    auto loaded = at.load(std::move(args));
    BOOST_TEST(words(loaded.errors) == "");
    return std::to_string(loaded.config.videos.max_upload_bytes / 1024 / 1024) + " " +
           origin(loaded, "videos.max_upload_mb");
  };
  BOOST_TEST(port({}) == "500 default");
  BOOST_TEST(port({"--config", file}) == "1 " + file.string() + ":2");
  at.around.variables["MAX_UPLOAD_SIZE_MB"] = "2";
  BOOST_TEST(port({"--config", file}) == "2 MAX_UPLOAD_SIZE_MB");
  at.around.variables["HEARTH_VIDEOS_MAX_UPLOAD_MB"] = "3";
  BOOST_TEST(port({"--config", file}) == "3 HEARTH_VIDEOS_MAX_UPLOAD_MB");
  BOOST_TEST(port({"--config", file, "--videos.max_upload_mb", "4"}) == "4 --videos.max_upload_mb");
  at.around.variables["HEARTH_VIDEOS_MAX_UPLOAD_MB"] = "";
  BOOST_TEST(port({"--config", file}) == "2 MAX_UPLOAD_SIZE_MB");
}

BOOST_AUTO_TEST_CASE(variables_of_the_older_system_are_honoured) {
  test_place at;
  at.around.variables = {{"HOME", "/home/x"},
                         {"P2P_ENABLED", "false"},
                         {"MAX_IMAGE_UPLOAD_SIZE_MB", "7"},
                         {"MAX_STREAM_IMAGES_PER_STREAM", "8"},
                         {"IMAGE_CACHE_MAX_MEMORY_MB", "9"},
                         {"IMAGE_CACHE_TTL_HOURS", "11"},
                         {"STORAGE_BACKEND", "local"}};
  const auto loaded = at.load();
  BOOST_TEST(words(loaded.errors) == "");
  BOOST_TEST(!loaded.config.peer.discovery);
  BOOST_TEST(loaded.config.images.max_upload_bytes == 7u * 1024 * 1024);
  BOOST_TEST(loaded.config.images.max_per_stream == 8u);
  BOOST_TEST(loaded.config.cache.memory_bytes == 9u * 1024 * 1024);
  BOOST_TEST(loaded.config.cache.ttl_hours == 11);
  at.around.variables["STORAGE_BACKEND"] = "s3";
  BOOST_TEST(words(at.load().errors).find("not supported by this version") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(variables_with_slips_are_pointed_out) {
  test_place at;
  at.around.variables["HEARTH_HTTP_PRT"] = "1";
  at.around.variables["HEARTH_SOMETHING_OF_OTHERS"] = "1";
  const auto loaded = at.load();
  BOOST_TEST(words(loaded.errors) == "");
  BOOST_TEST(loaded.warnings.size() == 1u);
  BOOST_TEST(words(loaded.warnings).find("Did you mean HEARTH_HTTP_PORT?") != std::string::npos);
  at.around.variables["HEARTH_SRT_PORT"] = "8890";
  at.around.variables["HEARTH_BLOBS_S3_ACCESS_KEY"] = "x";
  BOOST_TEST(at.load().errors.size() == 2u);
}

BOOST_AUTO_TEST_CASE(values_out_of_bounds_are_refused_all_at_once) {
  const test_place at;
  const auto file = at.write("node.conf",
                             "[http]\n"
                             "port = 70000\n"
                             "listen = \"everywhere\"\n"
                             "allowed_hosts = [\"a/b\"]\n"
                             "[cluster]\n"
                             "secret = \"too short\"\n"
                             "[hls]\n"
                             "part_ms = 1000\n"
                             "segment_ms = 600\n"
                             "[peer]\n"
                             "fixed = [\"host\"]\n"
                             "[log]\n"
                             "level = \"loud\"\n"
                             "[store]\n"
                             "backend = \"directory\"\n");
  const auto loaded = at.load({"--config", file});
  const auto said = words(loaded.errors);
  const auto name = file.string();
  for (const auto& wanted :
       {name + ":2: http.port: must be a whole number from 0 to 65535",
        name + ":3: http.listen: must be an IP address",
        name + ":4: http.allowed_hosts: must hold names of hosts",
        name + ":6: cluster.secret: must be text of 16 to 256 characters",
        name + ":9: hls.segment_ms: must not be below hls.part_ms",
        name + ":11: peer.fixed: must hold addresses as host:port",
        name + ":13: log.level: must be one of \"debug\", \"info\", \"warn\", \"error\"",
        name + ":15: store.backend: \"directory\" is not supported by this version"}) {
    BOOST_TEST(said.find(wanted) != std::string::npos, wanted << "\nis not in\n" << said);
  }
  BOOST_TEST(loaded.errors.size() == 8u);
  BOOST_TEST(said.find("too short") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(addresses_of_peers) {
  const test_place at;
  for (const auto* good : {"host:1", "10.0.0.1:8481", "[::1]:8481", "a-b.example:65535"}) {
    BOOST_TEST(words(at.load({"--peer.fixed", good}).errors) == "", good);
  }
  for (const auto* bad :
       {"host", "host:", ":1", "host:0", "host:65536", "::1:8481", "a b:1", "h:1x"}) {
    BOOST_TEST(!at.load({"--peer.fixed", bad}).errors.empty(), bad);
  }
  BOOST_TEST(at.load({"--peer.fixed", "a:1,b:2"}).config.peer.fixed.size() == 2u);
}

BOOST_AUTO_TEST_CASE(without_a_password_the_page_stays_on_loopback) {
  const test_place at;
  const auto loaded = at.load({"--http.listen", "0.0.0.0"});
  BOOST_TEST(words(loaded.errors) == "");
  BOOST_TEST(loaded.config.http.listen == "127.0.0.1");
  BOOST_TEST(words(loaded.warnings).find("loopback only") != std::string::npos);
  BOOST_TEST(at.load({"--http.listen", "::"}).config.http.listen == "::1");
  BOOST_TEST(at.load({"--http.listen", "127.0.0.5"}).config.http.listen == "127.0.0.5");
}

BOOST_AUTO_TEST_CASE(names_of_nodes) {
  test_place at;
  BOOST_TEST(at.load({"--node.name", "J\xc3\xbcrgen's"}).config.node.name == "J\xc3\xbcrgen's");
  BOOST_TEST(at.load({"--node.name", ""}).config.node.name == "studio");
  BOOST_TEST(!at.load({"--node.name", "a\nb"}).errors.empty());
  BOOST_TEST(!at.load({"--node.name", "a\xff"}).errors.empty());
  BOOST_TEST(!at.load({"--node.name", std::string(64, 'x')}).errors.empty());
  at.around.host_name = "";
  BOOST_TEST(at.load().config.node.name == "hearth");
}

BOOST_AUTO_TEST_CASE(data_directories) {
  test_place at;
  at.around.variables["XDG_DATA_HOME"] = "/data";
  BOOST_TEST(at.load().config.data_dir == "/data/hearth");
  at.around.variables["XDG_DATA_HOME"] = "relative";
  BOOST_TEST(at.load().config.data_dir == at.folder / ".local/share/hearth");
  at.around.root = true;
  BOOST_TEST(at.load().config.data_dir == "/var/lib/hearth");
  at.around.variables["HEARTH_DATA_DIR"] = "/from/variable";
  BOOST_TEST(at.load().config.data_dir == "/from/variable");
  BOOST_TEST(at.load({"--data-dir", "/from/../flag"}).config.data_dir == "/flag");
  BOOST_TEST(at.load({"--data-dir", "here"}).config.data_dir.is_absolute());
  at.around.root = false;
  at.around.variables.clear();
  BOOST_TEST(words(at.load().errors).find("--data-dir") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(secrets_are_not_shown) {
  const test_place at;
  const std::string secret = "a very secret secret";
  const auto loaded = at.load({"--cluster.secret", secret, "--http.port", "0"});
  BOOST_TEST(loaded.config.cluster.secret == secret);
  std::string all;
  for (const auto& one : loaded.config.settings_view()) {
    all += one.key + " " + boost::json::serialize(one.value) + " " + one.origin + "\n";
    BOOST_TEST(!one.description.empty());
  }
  BOOST_TEST(all.find(secret) == std::string::npos);
  BOOST_TEST(all.find("cluster.secret \"[redacted]\" --cluster.secret\n") != std::string::npos);
  BOOST_TEST(all.find("http.port 0 --http.port\n") != std::string::npos);
  BOOST_TEST(all.find("peer.fixed [] default\n") != std::string::npos);
  BOOST_TEST(all.find("peer.discovery true default\n") != std::string::npos);
  BOOST_TEST(loaded.config.settings_view().size() == schema().size());
}

BOOST_AUTO_TEST_CASE(this_process_has_a_name) {
  const auto around = this_process();
  BOOST_TEST(!around.host_name.empty());
  BOOST_TEST(around.variables.contains("PATH"));
}

BOOST_AUTO_TEST_SUITE_END()
