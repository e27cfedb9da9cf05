// A client that sends bytes as they are and reads what comes, with a deadline for everything.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

struct raw_answer {
  unsigned status = 0;
  std::string head;  // with its status line
  std::string body;

  /// The value of a field, compared without case; "" when it is not there.
  std::string field(std::string_view name) const;
};

class raw_client {
 public:
  explicit raw_client(std::uint16_t port);
  raw_client(const std::string& address, std::uint16_t port);
  explicit raw_client(const std::filesystem::path& socket);
  ~raw_client();
  raw_client(const raw_client&) = delete;
  raw_client& operator=(const raw_client&) = delete;

  /// False when the server has closed.
  bool send(std::string_view text);
  /// One answer with its Content-Length; status 0 when the connection ended before.
  raw_answer read_answer(bool head_only = false);
  /// All until the server closes or nothing came for so long.
  std::string read_rest(int quiet_ms = 5000);
  /// Reads until the text is there, or nothing came for 5 s.
  std::string read_until(std::string_view mark);
  /// Whether the server closes within this time.
  bool closes_within(int ms);
  void finish_sending();

  /// An IPv4 address of this machine that is not loopback, or "".
  static std::string outside_address();

  /// One request on a connection of its own; Host: localhost.
  static raw_answer get(std::uint16_t port, std::string_view path, std::string_view fields = {});

 private:
  bool read_more(int wait_ms);
  int descriptor_ = -1;
  std::string buffer_;
};
