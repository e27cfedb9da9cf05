#include "node/app/start_up.hpp"

#include "store/base/log.hpp"

namespace hearth::app {
namespace {

/// Every member of the cluster is who knows its secret; a signed list of members comes on top.
class secret_is_membership final : public transport::member_policy {
 public:
  bool admits(const node_id&) const override { return true; }
};

/// The node's gate: the given secret, or one of its own.
std::shared_ptr<const transport::gate_ring> make_gates(const config::node_config& config,
                                                       const data_folder& folder) {
  auto secret = config.cluster.secret;
  if (secret.empty()) secret = take(folder.own_secret(system_random()), "cluster.key");
  log::keep_secret(secret);
  auto gate = take(transport::gate::from_secret(as_bytes(secret)), "cluster.secret",
                   "make a random one, e.g. with: openssl rand -base64 24");
  return std::make_shared<transport::gate_ring>(std::move(gate));
}

}  // namespace

std::shared_ptr<const transport::link_context> make_context(const config::node_config& config,
                                                            const data_folder& folder) {
  auto key = take(folder.identity(system_random()), "identity.key",
                  "restore it from a backup: without it this is another node");
  return std::make_shared<transport::link_context>(transport::link_context{
      std::move(key), make_gates(config, folder), std::make_shared<secret_is_membership>()});
}

}  // namespace hearth::app
