// Puts answers on the wire: head, security fields, body in pieces, event streams.
#pragma once
#include <atomic>

#include "node/http/response.hpp"
#include "node/http/server.hpp"
#include "node/http/stream.hpp"

namespace hearth::http {

/// The head of an answer. A body's length is left out for event streams and where there can be
/// none.
std::string head_text(const response& from, bool close);

/// Sends the answer; without its body for HEAD.
awaitable<result<void>> send_response(std::shared_ptr<stream> to, const response& from,
                                      bool head_only, bool close, const server_options& options,
                                      std::atomic<std::uint64_t>& bytes_sent);

/// Sends events until the queue is closed or the client goes.
awaitable<void> send_events(std::shared_ptr<stream> to, std::shared_ptr<event_queue> queue,
                            const server_options& options);

}  // namespace hearth::http
