#include "media/sandbox/serve_job.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <new>

#include "media/sandbox/jail.hpp"

namespace hearth::sandbox {
namespace {

constexpr int exit_bad_request = 78;
constexpr int exit_no_listener = 79;

bytes read_request() {
  bytes out(max_request_bytes + 1);
  std::size_t size = 0;
  while (size < out.size()) {
    const auto count = ::read(STDIN_FILENO, out.data() + size, out.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    size += static_cast<std::size_t>(count);
  }
  out.resize(size);
  return out;
}

bool write_answer(byte_view data) {
  while (!data.empty()) {
    const auto count = ::write(answer_descriptor, data.data(), data.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    data = data.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

/// Exceptions end here: this is the worker's main.
bytes do_job(const job_handler& handler, byte_view request) {
  try {
    return encode_answer(job_outcome::done, handler.run(request, input_descriptor));
  } catch (const std::bad_alloc&) {
    return encode_answer(job_outcome::out_of_memory, {});
  } catch (const std::exception& thrown) {
    std::fprintf(stderr, "%s\n", thrown.what());
    return encode_answer(job_outcome::failed, {});
  }
}

}  // namespace

int serve_one_job(std::span<const job_handler> handlers) {
  const auto request = job_request::decode(read_request());
  if (!request) return exit_bad_request;
  const auto wanted = [&](const job_handler& handler) { return handler.kind == request->kind; };
  const auto handler = std::find_if(handlers.begin(), handlers.end(), wanted);
  bytes answer;
  if (handler == handlers.end()) {
    answer = encode_answer(job_outcome::unknown_job, {});
  } else {
    leave_namespaces();
    handler->prepare();
    if (!lock_in(*request)) return exit_no_sandbox;
    answer = do_job(*handler, request->body);
  }
  return write_answer(answer) ? 0 : exit_no_listener;
}

}  // namespace hearth::sandbox
