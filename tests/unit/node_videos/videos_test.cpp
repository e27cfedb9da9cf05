#include "node/videos/videos.hpp"

#include "memory_node.hpp"

using namespace hearth::videos;
using hearth::journal_test::memory_node;

namespace {

hearth::bytes32 blob(std::uint8_t mark) {
  hearth::bytes32 out{};
  out[0] = mark;
  return out;
}

video_form form_of(std::uint8_t mark = 1) {
  video_form out;
  out.file_name = "film.mp4";
  out.content = blob(mark);
  out.poster = blob(static_cast<std::uint8_t>(mark + 100));
  out.container = "mp4";
  out.video_codec = "h264";
  out.uploaded_ms = mark;
  return out;
}

struct video_node : memory_node {
  explicit video_node(std::uint64_t seed) : memory_node(seed) { open(); }
  void open() {
    own.reset();
    restart();
    own = std::make_unique<hearth::videos::videos>(
        *journal, random, [this](const hearth::journal::change& what) { changes.push_back(what); });
    BOOST_REQUIRE(journal->rebuild());
    own->announce();
  }
  video_facts add(const std::string& name, std::uint8_t mark = 1) {
    return own->add(form_of(mark), name).value();
  }
  std::vector<std::string> names(const std::string& query, order by = order::name) const {
    std::vector<std::string> out;
    for (const auto& each : own->list(query, by))
      out.push_back(each.name);
    return out;
  }

  std::vector<hearth::journal::change> changes;
  std::unique_ptr<hearth::videos::videos> own;
};

using names = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(videos_service)

BOOST_AUTO_TEST_CASE(a_video_is_in_the_library_of_every_node_and_after_a_restart) {
  video_node node(1);
  video_node other(2);
  const auto made = node.add("Holiday");
  node.send_to(other);
  node.open();
  for (auto* each : {&node, &other}) {
    const auto facts = each->own->get(made.id);
    BOOST_REQUIRE(facts);
    BOOST_TEST(facts->name == "Holiday");
    BOOST_TEST((facts->uploaded_by == node.key.id()));
    BOOST_TEST((facts->nodes == std::vector{node.key.id()}));
    BOOST_TEST(facts->form.file_name == "film.mp4");
    BOOST_TEST(each->own->count() == 1u);
  }
  BOOST_TEST((node.own->get("nothing").error() == errc::unknown_video));
}

BOOST_AUTO_TEST_CASE(the_last_name_and_the_last_tags_win_on_every_node) {
  video_node a(1);
  video_node b(2);
  const auto made = a.add("first");
  a.send_to(b);
  a.time.now += std::chrono::seconds(1);
  b.time.now += std::chrono::seconds(2);
  BOOST_REQUIRE(a.own->change(made.id, "by a", names{"from a"}));
  BOOST_REQUIRE(b.own->change(made.id, "by b", std::nullopt));
  a.send_to(b);
  b.send_to(a);
  for (auto* each : {&a, &b}) {
    BOOST_TEST(each->own->get(made.id)->name == "by b");
    BOOST_TEST((each->own->get(made.id)->tags == names{"from a"}));  // b left the tags alone
  }
  b.open();
  BOOST_TEST(b.own->get(made.id)->name == "by b");
}

BOOST_AUTO_TEST_CASE(names_and_tags_out_of_limits_are_refused) {
  video_node node(1);
  const auto made = node.add("name");
  BOOST_TEST((node.own->change(made.id, "", std::nullopt).error() == errc::bad_field));
  BOOST_TEST(
      (node.own->change(made.id, std::string(401, 'x'), std::nullopt).error() == errc::bad_field));
  BOOST_TEST((node.own->change(made.id, std::nullopt, names{""}).error() == errc::bad_field));
  BOOST_TEST((node.own->change("nothing", "x", std::nullopt).error() == errc::unknown_video));
  BOOST_TEST((node.own->add(form_of(), std::string(401, 'x')).error() == errc::bad_field));
  auto form = form_of();
  form.video_codec = std::string(100, 'x');
  BOOST_TEST((node.own->add(form, "odd codec").error() == errc::bad_field));
  BOOST_TEST(node.own->count() == 1u);
  BOOST_TEST(node.shared_entries() == 1u);
}

BOOST_AUTO_TEST_CASE(search_finds_every_word_in_name_or_tags) {
  video_node node(1);
  const auto film = node.add("Summer Holiday 2025", 1);
  node.add("Winter holiday", 2);
  BOOST_REQUIRE(node.own->change(film.id, std::nullopt, names{"Beach", "family"}));
  BOOST_TEST((node.names("holiday") == names{"Summer Holiday 2025", "Winter holiday"}));
  BOOST_TEST((node.names("HOLIDAY beach") == names{"Summer Holiday 2025"}));
  BOOST_TEST((node.names("winter beach") == names{}));
  BOOST_TEST(node.names("  ").size() == 2u);
}

BOOST_AUTO_TEST_CASE(the_library_is_sorted_as_asked) {
  video_node node(1);
  const auto add = [&node](std::string name, std::uint8_t time, std::uint64_t size,
                           std::int64_t length) {
    auto form = form_of(time);
    form.size_bytes = size;
    form.duration_ms = length;
    BOOST_REQUIRE(node.own->add(form, std::move(name)));
  };
  add("b", 1, 300, 20);
  add("C", 2, 100, 30);
  add("a", 3, 200, 10);
  BOOST_TEST((node.names("", order::newest) == names{"a", "C", "b"}));
  BOOST_TEST((node.names("", order::oldest) == names{"b", "C", "a"}));
  BOOST_TEST((node.names("", order::name) == names{"a", "b", "C"}));
  BOOST_TEST((node.names("", order::size) == names{"b", "a", "C"}));
  BOOST_TEST((node.names("", order::duration) == names{"C", "b", "a"}));
}

BOOST_AUTO_TEST_CASE(everybody_sees_which_nodes_have_a_copy) {
  video_node a(1);
  video_node b(2);
  const auto made = a.add("film", 7);
  a.send_to(b);
  b.own->note_copy_of(blob(7));
  b.own->note_copy_of(blob(7));
  b.own->note_copy_of(blob(99));
  BOOST_TEST(b.shared_entries() == 2u);  // said once
  b.send_to(a);
  BOOST_TEST(a.own->get(made.id)->nodes.size() == 2u);
  BOOST_REQUIRE(b.own->note_copy(made.id, false));
  b.send_to(a);
  BOOST_TEST((a.own->get(made.id)->nodes == std::vector{a.key.id()}));
  BOOST_TEST((b.own->note_copy("nothing", true).error() == errc::unknown_video));
}

BOOST_AUTO_TEST_CASE(a_deleted_video_stays_deleted) {
  video_node a(1);
  video_node b(2);
  const auto made = a.add("film", 7);
  a.send_to(b);
  BOOST_TEST(a.own->needs(blob(7)));
  BOOST_TEST(a.own->needs(blob(107)));
  BOOST_REQUIRE(b.own->change(made.id, "renamed meanwhile", std::nullopt));
  BOOST_TEST(a.own->remove(made.id)->name == "film");
  BOOST_TEST(a.changes.back().action == "deleted");
  a.send_to(b);
  b.send_to(a);
  a.open();
  for (auto* each : {&a, &b}) {
    BOOST_TEST((each->own->get(made.id).error() == errc::unknown_video));
    BOOST_TEST((each->own->remove(made.id).error() == errc::unknown_video));
    BOOST_TEST(each->own->list("", order::newest).empty());
    BOOST_TEST(!each->own->needs(blob(7)));
    BOOST_TEST(each->own->count() == 0u);
  }
}

// What a video is was said by its upload; nobody can put other content under its name.
BOOST_AUTO_TEST_CASE(a_later_form_does_not_replace_the_first) {
  video_node a(1);
  video_node b(2);
  const auto made = a.add("film", 7);
  a.send_to(b);
  b.time.now += std::chrono::seconds(1);
  video_operation lie;
  lie.video_id = made.id;
  lie.form = form_of(66);
  BOOST_REQUIRE(b.journal->write(hearth::journal::space::shared, hearth::journal::kind::video,
                                 encode_operation(lie)));
  b.send_to(a);
  for (auto* each : {&a, &b}) {
    BOOST_TEST((each->own->get(made.id)->form.content == blob(7)));
    BOOST_TEST((each->own->get(made.id)->uploaded_by == a.key.id()));
  }
}

// The same when the lie has an earlier stamp, or comes before the truth.
BOOST_AUTO_TEST_CASE(a_video_cannot_be_claimed_by_another_node) {
  video_node a(1);
  video_node b(2);
  b.time.now -= std::chrono::minutes(9);
  const auto made = a.add("film", 7);
  video_operation lie;
  lie.video_id = made.id;
  lie.form = form_of(66);
  BOOST_REQUIRE(b.journal->write(hearth::journal::space::shared, hearth::journal::kind::video,
                                 encode_operation(lie)));
  BOOST_TEST((b.own->get(made.id).error() == errc::unknown_video));
  a.send_to(b);
  b.send_to(a);
  for (auto* each : {&a, &b})
    BOOST_TEST((each->own->get(made.id)->form.content == blob(7)));
}

// A member could name a private picture's bytes as his film; only what is said to be here is given.
BOOST_AUTO_TEST_CASE(only_films_that_are_here_are_given_to_others) {
  video_node a(1);
  video_node b(2);
  a.add("film", 7);
  a.send_to(b);
  BOOST_TEST(a.own->serves(blob(7)));
  BOOST_TEST(b.own->needs(blob(7)));
  BOOST_TEST(!b.own->serves(blob(7)));
  b.own->note_copy_of(blob(7));
  BOOST_TEST(b.own->serves(blob(7)));
}

// Bytes that nothing needs must leave the disk, also of films that another node deleted.
BOOST_AUTO_TEST_CASE(blobs_that_are_no_longer_needed_are_named) {
  video_node a(1);
  video_node b(2);
  const auto made = a.add("film", 7);
  a.send_to(b);
  std::vector<hearth::bytes32> there;
  b.own->on_unneeded([&there](const hearth::bytes32& each) { there.push_back(each); });
  BOOST_REQUIRE(a.own->remove(made.id));
  a.send_to(b);
  BOOST_TEST((there == std::vector{blob(7), blob(107)}));
}

BOOST_AUTO_TEST_SUITE_END()
