#include "store/log/log_database.hpp"

#include "store/log/rocks_backend.hpp"

namespace hearth::logs {

result<std::unique_ptr<log_database>> log_database::open(const std::filesystem::path& folder,
                                                         const signing_key& key,
                                                         random_source& random, const clock& time) {
  auto backends = open_rocks(folder);
  if (!backends) return backends.error();
  auto stamps = std::make_shared<stamp_clock>(time);
  auto shared = shared_log_store::open(std::move(backends->shared), key, random, stamps);
  if (!shared) return shared.error();
  auto local = local_log_store::open(std::move(backends->local), key, random, stamps);
  if (!local) return local.error();
  std::unique_ptr<log_database> out(new log_database);
  out->shared_ = std::move(*shared);
  out->local_ = std::move(*local);
  return out;
}

}  // namespace hearth::logs
