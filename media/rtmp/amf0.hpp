// Action Message Format 0 (Adobe, 2007): the values in RTMP's commands. Plain values, no I/O.
// Limits: 16 levels deep, 2,048 values and 64 KiB a string. Errors: errc::bad_amf0, amf0_limit.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "media/rtmp/errc.hpp"
#include "store/base/bytes.hpp"
#include "store/base/result.hpp"

namespace hearth::rtmp {

struct amf0_member;

/// A value. Undefined, unsupported and reference read as null; a date as its milliseconds; an XML
/// document as its text; a typed object as an object without its class.
class amf0 {
 public:
  using members = std::vector<amf0_member>;  // object, in its order
  using array = std::vector<amf0>;           // strict array

  amf0();
  amf0(double number);
  amf0(bool truth);
  amf0(std::string text);
  amf0(std::string_view text);
  amf0(const char* text);
  amf0(members object);
  amf0(array items);
  amf0(const amf0&);
  amf0(amf0&&) noexcept;
  amf0& operator=(const amf0&);
  amf0& operator=(amf0&&) noexcept;
  ~amf0();

  /// An object that is written as an ECMA array (onMetaData).
  static amf0 associative(members object);

  bool is_null() const;
  std::optional<double> number() const;
  std::optional<bool> truth() const;
  /// The text, or nothing when it is not a string.
  const std::string* text() const;
  const members* object() const;
  const array* items() const;
  bool is_associative() const { return associative_; }

  /// The member of an object, or nothing.
  const amf0* find(std::string_view name) const;

 private:
  std::variant<std::monostate, double, bool, std::string, members, array> value_;
  bool associative_ = false;
};

struct amf0_member {
  std::string name;
  amf0 value;
};

/// All values of a message, one after the other.
result<std::vector<amf0>> read_amf0(byte_view data);

void write_amf0(byte_writer& out, const amf0& value);
bytes write_amf0(const std::vector<amf0>& values);

}  // namespace hearth::rtmp
