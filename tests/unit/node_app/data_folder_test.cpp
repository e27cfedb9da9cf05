#include "node/app/data_folder.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include "scratch_folder.hpp"
#include "store/base/file.hpp"
#include "store/base/log.hpp"

using namespace hearth::app;

namespace {

unsigned mode_of(const std::filesystem::path& path) {
  struct stat facts {};
  BOOST_REQUIRE(::stat(path.c_str(), &facts) == 0);
  return facts.st_mode & 07777;
}

std::string text_of(const std::filesystem::path& path) {
  return std::string(hearth::as_text(hearth::read_file(path, 10'000).value()));
}

void put(const std::filesystem::path& path, std::string_view text) {
  BOOST_REQUIRE(hearth::write_file_durably(path, hearth::as_bytes(text)));
}

struct ready_folder : scratch_folder {
  ready_folder() { BOOST_REQUIRE(folder.prepare()); }
  hearth::result<hearth::signing_key> identity() const {
    return folder.identity(hearth::system_random());
  }
  data_folder folder{path / "data"};
  std::filesystem::path key_file = path / "data" / "identity.key";
};

}  // namespace

BOOST_AUTO_TEST_SUITE(data_folders)

// Stream keys and private notes lie in it: other users of the machine have no business there.
BOOST_AUTO_TEST_CASE(the_folder_and_its_keys_are_for_its_user_only) {
  ready_folder at;
  BOOST_TEST(mode_of(at.path / "data") == 0700u);
  BOOST_REQUIRE(at.identity());
  BOOST_REQUIRE(at.folder.own_secret(hearth::system_random()));
  BOOST_TEST(mode_of(at.key_file) == 0600u);
  BOOST_TEST(mode_of(at.path / "data" / "cluster.key") == 0600u);
  BOOST_TEST(at.folder.prepare().has_value());  // at every start
}

BOOST_AUTO_TEST_CASE(the_identity_is_kept_over_restarts) {
  ready_folder at;
  const auto first = at.identity().value().id();
  const auto again = data_folder(at.path / "data").identity(hearth::system_random()).value().id();
  BOOST_TEST((first == again));
  ready_folder elsewhere;
  BOOST_TEST((elsewhere.identity().value().id() != first));
}

// A new key would make this another node, and all it owns would belong to a stranger.
BOOST_AUTO_TEST_CASE(a_broken_identity_is_refused_and_never_replaced) {
  ready_folder at;
  const std::string half(62, 'a');
  for (const auto& broken : {std::string("not a key\n"), std::string(), half, std::string(66, 'a'),
                             std::string(64, 'g') + "\n"}) {
    BOOST_TEST_CONTEXT("'" << broken << "'") {
      put(at.key_file, broken);
      BOOST_TEST((at.identity().error() == errc::bad_identity));
      BOOST_TEST(text_of(at.key_file) == broken);
    }
  }
  put(at.key_file, std::string(300, 'a'));
  BOOST_TEST(!at.identity().has_value());
  BOOST_TEST(text_of(at.key_file).size() == 300u);
}

BOOST_AUTO_TEST_CASE(an_identity_from_a_backup_is_taken) {
  ready_folder at;
  const auto id = at.identity().value().id();
  const auto backup = text_of(at.key_file);
  ready_folder anew;
  put(anew.key_file, backup.substr(0, 64) + "\r\n");  // an editor changed the line's end
  BOOST_TEST((anew.identity().value().id() == id));
}

BOOST_AUTO_TEST_CASE(the_seed_appears_in_no_log) {
  ready_folder at;
  BOOST_REQUIRE(at.identity());
  const auto seed = text_of(at.key_file).substr(0, 64);
  BOOST_TEST(hearth::log::redact("key " + seed) == "key [redacted]");
}

BOOST_AUTO_TEST_CASE(a_secret_of_its_own_is_made_once) {
  ready_folder at;
  const auto secret = at.folder.own_secret(hearth::system_random()).value();
  BOOST_TEST(secret.size() >= 32u);
  BOOST_TEST(at.folder.own_secret(hearth::system_random()).value() == secret);
}

BOOST_AUTO_TEST_CASE(run_json_says_where_the_node_listens_while_it_is_up) {
  ready_folder at;
  const auto id = at.identity().value().id();
  const run_facts facts{id, "127.0.0.1:8480", "0.0.0.0:1935", "0.0.0.0:8481"};
  BOOST_REQUIRE(at.folder.write_run_file(facts));
  const auto file = at.path / "data" / "run.json";
  const auto content = boost::json::parse(text_of(file)).as_object();
  BOOST_TEST(content.at("pid").as_int64() == ::getpid());
  BOOST_TEST(content.at("node_id").as_string() == id.text());
  BOOST_TEST(content.at("http").as_string() == "127.0.0.1:8480");
  BOOST_TEST(content.at("rtmp").as_string() == "0.0.0.0:1935");
  BOOST_TEST(content.at("peer").as_string() == "0.0.0.0:8481");
  at.folder.remove_run_file();
  BOOST_TEST(!std::filesystem::exists(file));
  at.folder.remove_run_file();
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_made_is_said) {
  scratch_folder at;
  std::filesystem::create_directories(at.path);
  put(at.path / "file", "in the way");
  BOOST_TEST(!data_folder(at.path / "file" / "data").prepare().has_value());
  BOOST_TEST(!data_folder(at.path / "missing").identity(hearth::system_random()).has_value());
}

BOOST_AUTO_TEST_CASE(why_a_node_does_not_start_is_said_in_words) {
  const start_failure failure("identity.key", errc::bad_identity, "restore it from a backup");
  const std::string words = failure.what();
  BOOST_TEST(words.starts_with("identity.key: "));
  BOOST_TEST(words.find("does not hold a key") != std::string::npos);
  BOOST_TEST(words.ends_with("(restore it from a backup)"));
}

BOOST_AUTO_TEST_SUITE_END()
