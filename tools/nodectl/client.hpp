// Calls the node's HTTP API over the Unix socket in its data directory. Blocks; each wait for the
// node has a deadline of 60 s.
#pragma once
#include <boost/json/value.hpp>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "node/http/request.hpp"
#include "store/base/errc.hpp"

namespace hearth::nodectl {

/// What the node said.
struct reply {
  unsigned status = 0;
  std::string body;
  boost::json::value json;  // null when the body is no JSON

  bool good() const { return status >= 200 && status < 300; }
};

/// A file to send as the form field "file", after the other fields.
struct upload {
  std::filesystem::path file;
  std::map<std::string, std::string> fields;
};

class client {
 public:
  explicit client(std::filesystem::path socket) : socket_(std::move(socket)) {}

  const std::filesystem::path& socket() const { return socket_; }

  /// An error when the node can't be reached or breaks off.
  result<reply> call(http::method verb, const std::string& path,
                     const std::optional<boost::json::value>& body = {}) const;
  /// Also errc::not_found, io_failed for the file itself.
  result<reply> send_file(const std::string& path, const upload& what) const;

 private:
  std::filesystem::path socket_;
};

}  // namespace hearth::nodectl
