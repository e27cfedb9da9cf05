// The node's data folder (docs/operation.md): made at first run, readable by its user only.
//   identity.key   the node's Ed25519 seed      cluster.key   a secret of its own, when none is
//   given logs/          RocksDB                      blobs/        media run.json       while the
//   node is up         hearthd.sock  for nodectl
#pragma once
#include <filesystem>
#include <string>

#include "node/app/errc.hpp"
#include "store/base/signing.hpp"

namespace hearth::app {

/// Where a node that is up listens; the content of run.json.
struct run_facts {
  node_id node;
  std::string http;  // "127.0.0.1:8480"
  std::string rtmp;
  std::string peer;
};

class data_folder {
 public:
  explicit data_folder(std::filesystem::path path) : path_(std::move(path)) {}

  /// Makes the folder with mode 0700. io_failed, disk_full.
  result<void> prepare() const;
  /// Reads the node's key; makes one at first run. errc::bad_identity for a file that holds none:
  /// it is never replaced, for the node would become another one.
  result<signing_key> identity(random_source& random) const;
  /// The secret of a node whose node.conf has none: random, made once, so that it is a cluster of
  /// one that strangers can't enter.
  result<std::string> own_secret(random_source& random) const;

  result<void> write_run_file(const run_facts& facts) const;
  void remove_run_file() const;

  std::filesystem::path logs() const { return path_ / "logs"; }
  std::filesystem::path blobs() const { return path_ / "blobs"; }
  std::filesystem::path socket() const { return path_ / "hearthd.sock"; }

 private:
  const std::filesystem::path path_;
};

}  // namespace hearth::app
