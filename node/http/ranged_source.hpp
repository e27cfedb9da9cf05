// Bytes that can be read from any place: a file here, or a video that lives on another node.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "store/base/bytes.hpp"

namespace hearth::http {

class ranged_source {
 public:
  virtual ~ranged_source() = default;
  virtual std::uint64_t size() const = 0;
  /// 1 to length bytes from offset, where offset + length <= size(). Has a deadline of its own. An
  /// error cuts the connection, for the answer's head has been sent.
  virtual awaitable<result<bytes>> read(std::uint64_t offset, std::size_t length) = 0;
};

/// Opens a file (blocks) and reads it on worker. Its size is that at the opening.
result<std::shared_ptr<ranged_source>> open_file_source(const std::filesystem::path& path,
                                                        boost::asio::any_io_executor worker);

}  // namespace hearth::http
