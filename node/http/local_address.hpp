// The address of a Unix socket at a path of any length.
#pragma once
#include <boost/asio/local/stream_protocol.hpp>
#include <filesystem>

#include "store/base/errc.hpp"

namespace hearth::http {

/// Paths above the kernel's 107 bytes are reached through an open descriptor of their folder, which
/// this object keeps: it must outlive the bind or connect.
class local_address {
 public:
  /// errc::not_found, io_failed of store/base.
  static result<local_address> of(const std::filesystem::path& path);
  ~local_address();
  local_address(local_address&& other) noexcept;
  local_address& operator=(local_address&&) = delete;

  const boost::asio::local::stream_protocol::endpoint& endpoint() const { return endpoint_; }

 private:
  local_address() = default;
  int folder_ = -1;
  boost::asio::local::stream_protocol::endpoint endpoint_;
};

}  // namespace hearth::http
