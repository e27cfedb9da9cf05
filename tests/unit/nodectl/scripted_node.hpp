// A node that answers what a test tells it to, on a Unix socket in a folder of its own, and nodectl
// run against it.
#pragma once
#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tools/nodectl/session.hpp"

class scripted_node {
 public:
  scripted_node();
  ~scripted_node();
  scripted_node(const scripted_node&) = delete;
  scripted_node& operator=(const scripted_node&) = delete;

  /// What to answer to "GET /api/status"; anything else gets a 404 in the API's form.
  void answer(const std::string& request_line, unsigned status, const std::string& body);
  /// Answers everything with these bytes and closes.
  void answer_all(std::string raw) { raw_ = std::move(raw); }

  /// "POST /api/x {body}" of each request so far.
  std::vector<std::string> asked() const;
  const std::filesystem::path& folder() const { return folder_; }

  struct outcome {
    int code = 0;
    std::string out, err;
  };
  /// Runs nodectl with --data-dir of this node.
  outcome run(std::vector<std::string> args, const std::string& input = {}) const;

 private:
  void serve();
  void serve_one(int client);
  std::string reply_to(const std::string& line) const;

  std::filesystem::path folder_;
  int listener_ = -1;
  std::atomic<bool> stop_ = false;
  mutable std::mutex mutex_;
  std::map<std::string, std::string> answers_;
  std::string raw_;
  std::vector<std::string> asked_;
  std::thread thread_;
};
