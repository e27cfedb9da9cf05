#include "net/transport/announcement.hpp"

#include "parties.hpp"

using namespace hearth;
using namespace hearth::transport_test;

namespace {

const node_id somebody = signing_key::from_seed(bytes32{7}).id();

std::string seal(std::string_view name, const gate& with = make_gate()) {
  return seal_announcement(with, {somebody, std::string(name)}, system_random());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(announcements)

BOOST_AUTO_TEST_CASE(members_read_each_other) {
  const gate_ring gates(make_gate());
  const auto read = open_announcement(gates, seal("kitchen"));
  BOOST_REQUIRE(read.has_value());
  BOOST_TEST((read->node == somebody));
  BOOST_TEST(read->name == "kitchen");
}

BOOST_AUTO_TEST_CASE(others_see_neither_id_nor_name_nor_that_it_is_the_same_node) {
  const auto text = seal("kitchen");
  BOOST_TEST(text.size() == 144u);  // fits into one string of a TXT record, whatever the name
  BOOST_TEST(seal("").size() == 144u);
  BOOST_TEST(text != seal("kitchen"));
  BOOST_TEST(text.find(somebody.text()) == std::string::npos);
  BOOST_TEST(as_text(from_base32(text).value()).find("kitchen") == std::string::npos);
  BOOST_TEST(!open_announcement(gate_ring(make_gate(other_secret)), text));
}

BOOST_AUTO_TEST_CASE(the_old_epoch_is_still_read) {
  gate_ring gates(make_gate(other_secret, 2));
  BOOST_TEST(!open_announcement(gates, seal("x")));
  gates.set({make_gate(other_secret, 2), make_gate(secret, 1)});
  BOOST_TEST(open_announcement(gates, seal("x")).has_value());
}

BOOST_AUTO_TEST_CASE(long_names_are_cut_between_characters) {
  const gate_ring gates(make_gate());
  std::string name;
  for (int i = 0; i < 20; ++i)
    name += "\xc3\xa9";  // 40 bytes
  BOOST_TEST(open_announcement(gates, seal(name))->name.size() == 32u);
  BOOST_TEST(open_announcement(gates, seal("a" + name))->name.size() == 31u);
  BOOST_TEST(open_announcement(gates, seal("\xff\xfe"))->name.empty());
}

BOOST_AUTO_TEST_CASE(hostile_text_is_nothing) {
  const gate_ring gates(make_gate());
  auto changed = seal("x");
  changed[60] = changed[60] == 'a' ? 'b' : 'a';
  for (const auto& text : {std::string(), std::string("a"), std::string(255, 'a'),
                           std::string(256, 'a'), std::string("\0\0", 2), changed}) {
    BOOST_TEST(!open_announcement(gates, text));
  }
}

BOOST_AUTO_TEST_CASE(a_short_announcement_of_an_insider_is_nothing) {
  const gate_ring gates(make_gate());
  for (std::size_t size : {0, 1, 10, 33, 34, 40}) {
    bytes content(size, 30);
    bytes sealed(8, 0);
    noise::seal(make_gate().announcement_key(), 0, as_bytes("hearth announcement v1"), content,
                sealed);
    BOOST_TEST(!open_announcement(gates, to_base32(sealed)));
  }
}

BOOST_AUTO_TEST_SUITE_END()
