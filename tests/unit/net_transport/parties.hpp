// Nodes for the tests of links: contexts with a key, a secret and a policy.
#pragma once
#include <boost/test/unit_test.hpp>
#include <set>

#include "net/transport/credentials.hpp"

namespace hearth::transport_test {

using namespace hearth::transport;

constexpr std::string_view secret = "a cluster's secret of good length";
constexpr std::string_view other_secret = "another cluster's secret, as long";

inline gate make_gate(std::string_view text = secret, std::uint32_t epoch = 1) {
  return gate::from_secret(as_bytes(text), epoch).value();
}

class admit_all final : public member_policy {
 public:
  bool admits(const node_id&) const override { return true; }
};

class admit_none final : public member_policy {
 public:
  bool admits(const node_id&) const override { return false; }
};

inline std::shared_ptr<link_context> make_node(gate with = make_gate()) {
  return std::make_shared<link_context>(
      link_context{.key = signing_key::generate(system_random()),
                   .gates = std::make_shared<gate_ring>(std::move(with)),
                   .policy = std::make_shared<admit_all>()});
}

inline void check_error(const error_code& got, error_code expected) {
  BOOST_TEST((got == expected),
             "got '" << got.message() << "', expected '" << expected.message() << "'");
}

template <class T>
void check_error(const result<T>& got, error_code expected) {
  check_error(got.has_value() ? error_code{} : got.error(), expected);
}

}  // namespace hearth::transport_test
