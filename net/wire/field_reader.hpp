// Reads the fields of a frame from a hostile peer. The first failure stays: later reads give zeros,
// and finish() gives the error instead of the value. Internal.
#pragma once
#include <algorithm>
#include <string>

#include "net/wire/errc.hpp"
#include "store/log/entry.hpp"

namespace hearth::wire {

class field_reader {
 public:
  explicit field_reader(byte_view data) : in_(data) {}

  std::uint8_t u8() { return take(in_.u8()); }
  std::uint16_t u16() { return take(in_.u16()); }
  std::uint32_t u32() { return take(in_.u32()); }
  std::uint64_t u64() { return take(in_.u64()); }
  bytes32 hash() { return take(in_.raw32()); }
  node_id node() { return {hash()}; }
  logs::seq_no seq() { return {u64()}; }

  logs::log_key log() {
    const auto author = node();
    return {author, u64()};
  }

  signature signed_with() {
    signature out{};
    const auto raw = take(in_.raw(out.size()));
    std::copy(raw.begin(), raw.end(), out.begin());
    return out;
  }

  /// One byte, 0 or 1.
  bool flag() {
    const auto value = u8();
    if (value > 1) fail(errc::malformed);
    return value == 1;
  }

  bytes sized(std::size_t limit) {
    const auto raw = view(limit);
    return {raw.begin(), raw.end()};
  }

  /// UTF-8 without control characters.
  std::string text(std::size_t limit) {
    const std::string out(as_text(view(limit)));
    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (!is_utf8(out) || std::any_of(out.begin(), out.end(), control)) fail(errc::bad_text);
    return out;
  }

  /// The length of a list: at most limit, and no more items than the rest can hold.
  std::size_t count(std::size_t limit, std::size_t smallest_item) {
    const auto value = u32();
    if (value > limit) fail(errc::too_many);
    if (value > in_.left() / smallest_item) fail(errc::malformed);
    return failed() ? 0 : value;
  }

  byte_view rest() const { return in_.rest(); }
  bool failed() const { return error_.failed(); }
  void fail(errc why) {
    if (!error_) error_ = why;
  }

  /// The value, or the first error; errc::malformed when bytes are left over.
  template <class T>
  result<T> finish(T value) {
    if (!error_ && !in_.empty()) error_ = errc::malformed;
    return finish_and_skip(std::move(value));
  }

  /// The same, but whatever follows is left unread: a newer release may say more.
  template <class T>
  result<T> finish_and_skip(T value) {
    if (error_) return error_;
    return value;
  }

 private:
  byte_view view(std::size_t limit) {
    const auto length = u32();
    if (length > limit) fail(errc::too_large);
    return failed() ? byte_view{} : take(in_.raw(length));
  }

  template <class T>
  T take(result<T> value) {
    if (!error_ && value) return *value;
    fail(errc::malformed);
    return T{};
  }

  byte_reader in_;
  error_code error_;
};

}  // namespace hearth::wire
