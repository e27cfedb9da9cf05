#include "net/transport/credentials.hpp"

#include "parties.hpp"

using namespace hearth;
using namespace hearth::transport_test;

BOOST_AUTO_TEST_SUITE(credentials)

BOOST_AUTO_TEST_CASE(a_short_secret_is_refused) {
  check_error(gate::from_secret(as_bytes("fifteen letters")), transport::errc::weak_secret);
  BOOST_TEST(gate::from_secret(as_bytes("sixteen  letters")).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_derived_differs_by_use_and_by_secret) {
  const auto one = make_gate();
  const auto two = make_gate(other_secret);
  BOOST_TEST(to_hex(one.psk0().view()) != to_hex(one.psk3().view()));
  BOOST_TEST(to_hex(one.psk0().view()) != to_hex(one.cluster_id()));
  BOOST_TEST(to_hex(one.psk0().view()) != to_hex(two.psk0().view()));
}

BOOST_AUTO_TEST_CASE(a_new_secret_keeps_the_cluster_id) {
  const auto one = make_gate();
  const auto later = gate::from_secret(as_bytes(other_secret), 2, one.cluster_id()).value();
  BOOST_TEST(to_hex(later.cluster_id()) == to_hex(one.cluster_id()));
  BOOST_TEST(to_hex(later.psk0().view()) != to_hex(one.psk0().view()));
  BOOST_TEST(later.epoch() == 2u);
}

BOOST_AUTO_TEST_CASE(the_ring_keeps_the_newest_few) {
  gate_ring ring(make_gate(secret, 1));
  ring.set({});
  BOOST_TEST(ring.all().size() == 1u);
  std::vector<gate> many;
  for (std::uint32_t epoch = 9; epoch > 3; --epoch)
    many.push_back(make_gate(secret, epoch));
  ring.set(many);
  BOOST_TEST(ring.newest().epoch() == 9u);
  BOOST_TEST(ring.all().size() == gate_ring::most_gates);
}

BOOST_AUTO_TEST_SUITE_END()
