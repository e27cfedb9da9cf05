#include "net/transport/credentials.hpp"

#include "store/base/hash.hpp"

namespace hearth::transport {
namespace {

constexpr std::size_t shortest_secret = 16;

}  // namespace

noise::secret32 derive_secret(byte_view secret, std::string_view label) {
  auto raw = derive_key(secret, label);
  const noise::secret32 out(raw);
  noise::wipe(raw);
  return out;
}

result<gate> gate::from_secret(byte_view secret, std::uint32_t epoch) {
  return from_secret(secret, epoch, derive_key(secret, "hearth cluster id v1"));
}

result<gate> gate::from_secret(byte_view secret, std::uint32_t epoch, const bytes32& cluster_id) {
  if (secret.size() < shortest_secret) return errc::weak_secret;
  gate made;
  made.epoch_ = epoch;
  made.cluster_id_ = cluster_id;
  made.psk0_ = derive_secret(secret, "hearth link psk0 v1");
  made.psk3_ = derive_secret(secret, "hearth link psk3 v1");
  made.announcement_key_ = derive_secret(secret, "hearth announcement key v1");
  return made;
}

gate_ring::gate_ring(gate present) {
  gates_.push_back(std::move(present));
}

void gate_ring::set(std::vector<gate> gates) {
  if (gates.empty()) return;
  if (gates.size() > most_gates) gates.erase(gates.begin() + most_gates, gates.end());
  std::lock_guard lock(mutex_);
  gates_ = std::move(gates);
}

gate gate_ring::newest() const {
  std::lock_guard lock(mutex_);
  return gates_.front();
}

std::vector<gate> gate_ring::all() const {
  std::lock_guard lock(mutex_);
  return gates_;
}

}  // namespace hearth::transport
