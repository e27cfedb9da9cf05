#include "scripted_node.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <sstream>

namespace {

std::string with_head(unsigned status, const std::string& body) {
  return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: application/json\r\n" +
         (status == 204 ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n") +
         "Connection: close\r\n\r\n" + body;
}

}  // namespace

scripted_node::scripted_node() {
  auto name = (std::filesystem::temp_directory_path() / "nodectl-XXXXXX").string();
  folder_ = ::mkdtemp(name.data());
  listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un at{};
  at.sun_family = AF_UNIX;
  std::strncpy(at.sun_path, (folder_ / "hearthd.sock").c_str(), sizeof at.sun_path - 1);
  ::bind(listener_, reinterpret_cast<sockaddr*>(&at), sizeof at);
  ::listen(listener_, 16);
  thread_ = std::thread([this] { serve(); });
}

scripted_node::~scripted_node() {
  stop_ = true;
  thread_.join();
  ::close(listener_);
  std::filesystem::remove_all(folder_);
}

void scripted_node::answer(const std::string& request_line, unsigned status,
                           const std::string& body) {
  std::lock_guard lock(mutex_);
  answers_[request_line] = with_head(status, body);
}

std::vector<std::string> scripted_node::asked() const {
  std::lock_guard lock(mutex_);
  return asked_;
}

std::string scripted_node::reply_to(const std::string& line) const {
  if (!raw_.empty()) return raw_;
  const auto found = answers_.find(line);
  if (found != answers_.end()) return found->second;
  return with_head(404,
                   R"({"error":{"code":"not_found","message":"No such thing.","hint":"Look."}})");
}

void scripted_node::serve() {
  while (!stop_) {
    pollfd ready{listener_, POLLIN, 0};
    if (::poll(&ready, 1, 20) <= 0) continue;
    const int client = ::accept(listener_, nullptr, nullptr);
    if (client < 0) continue;
    serve_one(client);
    ::close(client);
  }
}

void scripted_node::serve_one(int client) {
  std::string all;
  char piece[65536];
  std::size_t wanted = std::string::npos;
  while (all.size() < wanted) {
    const auto count = ::recv(client, piece, sizeof piece, 0);
    if (count <= 0) return;
    all.append(piece, static_cast<std::size_t>(count));
    const auto end = all.find("\r\n\r\n");
    if (end == std::string::npos) continue;
    const auto at = all.find("Content-Length: ");
    wanted = end + 4 + (at < end ? std::stoul(all.substr(at + 16)) : 0);
  }
  const auto line = all.substr(0, all.find(" HTTP/1.1"));
  const auto body = all.substr(all.find("\r\n\r\n") + 4);
  std::string said;
  {
    std::lock_guard lock(mutex_);
    asked_.push_back(body.empty() ? line : line + " " + body);
    said = reply_to(line);
  }
  ::send(client, said.data(), said.size(), MSG_NOSIGNAL);
}

scripted_node::outcome scripted_node::run(std::vector<std::string> args,
                                          const std::string& input) const {
  args.insert(args.end(), {"--data-dir", folder_.string()});
  std::istringstream in(input);
  std::ostringstream out, err;
  hearth::config::environment around;
  around.variables["HOME"] = folder_.string();
  outcome done;
  done.code = static_cast<int>(hearth::nodectl::run(args, around, in, out, err));
  done.out = out.str();
  done.err = err.str();
  return done;
}
