// What a RocksDB status means here. RocksDB's own codes go no further than this module.
#pragma once
#include "store/log/errc.hpp"

namespace rocksdb {
class Status;
}

namespace hearth::logs {

/// Precondition: the status is not OK.
errc from_rocks(const rocksdb::Status& status);

}  // namespace hearth::logs
