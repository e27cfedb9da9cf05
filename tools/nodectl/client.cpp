#include "tools/nodectl/client.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>

#include "store/base/file.hpp"
#include "store/base/random.hpp"
#include "tools/nodectl/local_socket.hpp"

namespace hearth::nodectl {
namespace {

namespace beast = boost::beast;

constexpr std::chrono::seconds patience(60);
constexpr std::uint64_t largest_answer = 256 * 1024 * 1024;

std::string head_of(http::method verb, const std::string& path, const std::string& type,
                    std::uint64_t length) {
  std::string out(http::name_of(verb));
  out += " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
  out += "Accept: application/json\r\n";
  if (!type.empty()) {
    out += "Content-Type: " + type + "\r\nContent-Length: " + std::to_string(length) + "\r\n";
  }
  return out + "\r\n";
}

error_code send_text(local_socket& to, std::string_view text) {
  error_code failed;
  boost::asio::write(to, boost::asio::buffer(text), failed);
  return failed;
}

result<reply> read_reply(local_socket& from) {
  beast::http::response_parser<beast::http::string_body> parser;
  parser.body_limit(largest_answer);
  beast::flat_buffer buffer;
  error_code failed;
  beast::http::read(from, buffer, parser, failed);
  if (failed) return failed;
  reply out;
  out.status = parser.get().result_int();
  out.body = std::move(parser.get().body());
  error_code ignored;
  auto value = boost::json::parse(out.body, ignored);
  if (!ignored) out.json = std::move(value);
  return out;
}

/// A name inside a form's head, as browsers write it.
std::string form_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '"') {
      out += "%22";
    } else {
      out.push_back(c == '\r' || c == '\n' ? '_' : c);
    }
  }
  return out;
}

struct open_file {
  int descriptor = -1;
  std::uint64_t size = 0;
  ~open_file() {
    if (descriptor >= 0) ::close(descriptor);
  }
};

result<void> open_for_reading(const std::filesystem::path& path, open_file& out) {
  out.descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (out.descriptor < 0) return from_errno(errno);
  struct stat about {};
  if (::fstat(out.descriptor, &about) != 0) return from_errno(errno);
  if (!S_ISREG(about.st_mode)) return errc::io_failed;
  out.size = static_cast<std::uint64_t>(about.st_size);
  return {};
}

/// Sends as many bytes as were announced. The node may answer and close before: that is no error
/// here.
result<void> send_content(local_socket& to, const open_file& file) {
  std::string piece(256 * 1024, '\0');
  for (auto left = file.size; left > 0;) {
    const auto count =
        ::read(file.descriptor, piece.data(), std::min<std::uint64_t>(left, piece.size()));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return from_errno(errno);
    if (count == 0) return errc::truncated;
    if (send_text(to, std::string_view(piece).substr(0, static_cast<std::size_t>(count))))
      return {};
    left -= static_cast<std::uint64_t>(count);
  }
  return {};
}

}  // namespace

result<reply> client::call(http::method verb, const std::string& path,
                           const std::optional<boost::json::value>& body) const {
  local_socket socket(patience);
  if (const auto failed = socket.connect(socket_)) return failed;
  const auto content = body ? boost::json::serialize(*body) : std::string();
  const auto head = head_of(verb, path, body ? "application/json" : "", content.size());
  // A node that refuses early answers before it has read everything.
  const auto failed = send_text(socket, head + content);
  auto answer = read_reply(socket);
  if (!answer && failed) return failed;
  return answer;
}

result<reply> client::send_file(const std::string& path, const upload& what) const {
  open_file file;
  if (auto opened = open_for_reading(what.file, file); !opened) return opened.error();
  local_socket socket(patience);
  if (const auto failed = socket.connect(socket_)) return failed;
  const auto boundary = "hearth-" + to_hex(system_random().key()).substr(0, 32);
  std::string before;
  for (const auto& [name, value] : what.fields) {
    before += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + form_name(name) +
              "\"\r\n\r\n" + value + "\r\n";
  }
  before += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" +
            form_name(what.file.filename().string()) +
            "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
  const auto after = "\r\n--" + boundary + "--\r\n";
  const auto head = head_of(http::method::post, path, "multipart/form-data; boundary=" + boundary,
                            before.size() + file.size + after.size());
  if (!send_text(socket, head + before)) {
    if (auto sent = send_content(socket, file); !sent) return sent.error();
    (void)send_text(socket, after);
  }
  return read_reply(socket);
}

}  // namespace hearth::nodectl
