#include "media/rtmp/amf0.hpp"

#include <algorithm>
#include <bit>

namespace hearth::rtmp {
namespace {

constexpr int most_depth = 16;
constexpr int most_values = 2048;
constexpr std::size_t most_text_bytes = 64 * 1024;

enum class marker : std::uint8_t {
  number = 0,
  boolean = 1,
  string = 2,
  object = 3,
  null = 5,
  undefined = 6,
  reference = 7,
  ecma_array = 8,
  object_end = 9,
  strict_array = 10,
  date = 11,
  long_string = 12,
  unsupported = 13,
  xml_document = 15,
  typed_object = 16,
};

class reader {
 public:
  explicit reader(byte_view data) : in_(data) {}

  bool empty() const { return in_.empty(); }

  result<amf0> value(int depth) {
    if (depth > most_depth || ++values_ > most_values) return errc::amf0_limit;
    const auto type = in_.u8();
    if (!type) return errc::bad_amf0;
    switch (static_cast<marker>(*type)) {
      case marker::number:
        return number();
      case marker::boolean:
        return boolean();
      case marker::string:
        return text(2);
      case marker::object:
        return object(depth, false);
      case marker::null:
      case marker::undefined:
      case marker::unsupported:
        return amf0();
      case marker::reference:
        return skip(2, amf0());
      case marker::ecma_array:
        return ecma_array(depth);
      case marker::strict_array:
        return strict_array(depth);
      case marker::date:
        return date();
      case marker::long_string:
      case marker::xml_document:
        return text(4);
      case marker::typed_object:
        return typed_object(depth);
      case marker::object_end:
        break;
    }
    return errc::bad_amf0;
  }

 private:
  result<amf0> skip(std::size_t count, amf0 value) {
    if (!in_.raw(count)) return errc::bad_amf0;
    return value;
  }

  result<amf0> number() {
    const auto raw = in_.u64();
    if (!raw) return errc::bad_amf0;
    return amf0(std::bit_cast<double>(*raw));
  }

  result<amf0> boolean() {
    const auto raw = in_.u8();
    if (!raw) return errc::bad_amf0;
    return amf0(*raw != 0);
  }

  result<amf0> date() {
    auto milliseconds = number();
    if (!milliseconds) return milliseconds;
    return skip(2, std::move(*milliseconds));  // a time zone, always 0
  }

  result<std::string> chars(int width) {
    std::size_t length = 0;
    if (width == 2) {
      const auto raw = in_.u16();
      if (!raw) return errc::bad_amf0;
      length = *raw;
    } else {
      const auto raw = in_.u32();
      if (!raw) return errc::bad_amf0;
      length = *raw;
    }
    if (length > most_text_bytes) return errc::amf0_limit;
    const auto data = in_.raw(length);
    if (!data) return errc::bad_amf0;
    return std::string(as_text(*data));
  }

  result<amf0> text(int width) {
    auto content = chars(width);
    if (!content) return content.error();
    return amf0(std::move(*content));
  }

  result<amf0> object(int depth, bool associative) {
    amf0::members members;
    while (true) {
      auto name = chars(2);
      if (!name) return name.error();
      if (name->empty() && !in_.empty() &&
          in_.rest().front() == static_cast<std::uint8_t>(marker::object_end)) {
        (void)in_.u8();
        return associative ? amf0::associative(std::move(members)) : amf0(std::move(members));
      }
      auto member = value(depth + 1);
      if (!member) return member;
      members.push_back({std::move(*name), std::move(*member)});
    }
  }

  result<amf0> ecma_array(int depth) {
    if (!in_.u32()) return errc::bad_amf0;  // a count that encoders get wrong; the end mark counts
    return object(depth, true);
  }

  result<amf0> typed_object(int depth) {
    const auto class_name = chars(2);
    if (!class_name) return class_name.error();
    return object(depth, false);
  }

  result<amf0> strict_array(int depth) {
    const auto count = in_.u32();
    if (!count) return errc::bad_amf0;
    if (*count > most_values) return errc::amf0_limit;
    amf0::array items;
    for (std::uint32_t i = 0; i < *count; ++i) {
      auto item = value(depth + 1);
      if (!item) return item;
      items.push_back(std::move(*item));
    }
    return amf0(std::move(items));
  }

  byte_reader in_;
  int values_ = 0;
};

void write_marker(byte_writer& out, marker type) {
  out.u8(static_cast<std::uint8_t>(type));
}

void write_name(byte_writer& out, std::string_view name) {
  const auto cut = name.substr(0, 0xffff);
  out.u16(static_cast<std::uint16_t>(cut.size()));
  out.raw(as_bytes(cut));
}

void write_text(byte_writer& out, std::string_view text) {
  if (text.size() <= 0xffff) {
    write_marker(out, marker::string);
    return write_name(out, text);
  }
  write_marker(out, marker::long_string);
  out.sized(as_bytes(text));
}

void write_members(byte_writer& out, const amf0::members& members) {
  for (const auto& member : members) {
    write_name(out, member.name);
    write_amf0(out, member.value);
  }
  out.u16(0);
  write_marker(out, marker::object_end);
}

}  // namespace

amf0::amf0() = default;
amf0::amf0(double number) : value_(number) {}
amf0::amf0(bool truth) : value_(truth) {}
amf0::amf0(std::string text) : value_(std::move(text)) {}
amf0::amf0(std::string_view text) : value_(std::string(text)) {}
amf0::amf0(const char* text) : value_(std::string(text)) {}
amf0::amf0(members object) : value_(std::move(object)) {}
amf0::amf0(array items) : value_(std::move(items)) {}
amf0::amf0(const amf0&) = default;
amf0::amf0(amf0&&) noexcept = default;
amf0& amf0::operator=(const amf0&) = default;
amf0& amf0::operator=(amf0&&) noexcept = default;
amf0::~amf0() = default;

amf0 amf0::associative(members object) {
  amf0 out(std::move(object));
  out.associative_ = true;
  return out;
}

bool amf0::is_null() const {
  return std::holds_alternative<std::monostate>(value_);
}

std::optional<double> amf0::number() const {
  if (const auto* value = std::get_if<double>(&value_)) return *value;
  return std::nullopt;
}

std::optional<bool> amf0::truth() const {
  if (const auto* value = std::get_if<bool>(&value_)) return *value;
  return std::nullopt;
}

const std::string* amf0::text() const {
  return std::get_if<std::string>(&value_);
}
const amf0::members* amf0::object() const {
  return std::get_if<members>(&value_);
}
const amf0::array* amf0::items() const {
  return std::get_if<array>(&value_);
}

const amf0* amf0::find(std::string_view name) const {
  const auto* all = object();
  if (!all) return nullptr;
  const auto found = std::find_if(all->begin(), all->end(),
                                  [name](const amf0_member& each) { return each.name == name; });
  return found == all->end() ? nullptr : &found->value;
}

result<std::vector<amf0>> read_amf0(byte_view data) {
  reader in(data);
  std::vector<amf0> out;
  while (!in.empty()) {
    auto value = in.value(0);
    if (!value) return value.error();
    out.push_back(std::move(*value));
  }
  return out;
}

void write_amf0(byte_writer& out, const amf0& value) {
  if (const auto number = value.number()) {
    write_marker(out, marker::number);
    out.u64(std::bit_cast<std::uint64_t>(*number));
  } else if (const auto truth = value.truth()) {
    write_marker(out, marker::boolean);
    out.u8(*truth ? 1 : 0);
  } else if (const auto* text = value.text()) {
    write_text(out, *text);
  } else if (const auto* members = value.object()) {
    if (value.is_associative()) {
      write_marker(out, marker::ecma_array);
      out.u32(static_cast<std::uint32_t>(members->size()));
    } else {
      write_marker(out, marker::object);
    }
    write_members(out, *members);
  } else if (const auto* items = value.items()) {
    write_marker(out, marker::strict_array);
    out.u32(static_cast<std::uint32_t>(items->size()));
    for (const auto& item : *items)
      write_amf0(out, item);
  } else {
    write_marker(out, marker::null);
  }
}

bytes write_amf0(const std::vector<amf0>& values) {
  byte_writer out;
  for (const auto& value : values)
    write_amf0(out, value);
  return out.take();
}

}  // namespace hearth::rtmp
