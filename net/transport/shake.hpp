// Runs the handshake's state machine over a connected socket: each message with its length before
// it (u16). Used by dial() and listener.
#pragma once
#include <boost/asio/ip/tcp.hpp>

#include "net/transport/handshake.hpp"

namespace hearth::transport {

/// The machine is done afterwards, or the error says why not: those of handshake, or unanswered
/// when the other end hung up. No deadline of its own: wrap it in with_timeout.
awaitable<result<void>> shake_hands(boost::asio::ip::tcp::socket& socket, handshake& machine,
                                    bool initiator);

/// Reads and drops until the other end hangs up or the wait is cancelled.
awaitable<void> drain(boost::asio::ip::tcp::socket& socket);

}  // namespace hearth::transport
