#include "store/base/uuid.hpp"

#include "store/base/hash.hpp"

namespace hearth {
namespace {

constexpr std::size_t owner_digits = 12;

std::string owner_part(byte_view owner_key) {
  return to_hex(byte_view(blake2b(owner_key)).first(owner_digits / 2));
}

}  // namespace

std::string make_uuid(random_source& random) {
  std::array<std::uint8_t, 16> raw;
  random.fill(raw);
  raw[6] = static_cast<std::uint8_t>((raw[6] & 0x0f) | 0x40);
  raw[8] = static_cast<std::uint8_t>((raw[8] & 0x3f) | 0x80);
  auto text = to_hex(raw);
  for (auto position : {20, 16, 12, 8})
    text.insert(static_cast<std::size_t>(position), 1, '-');
  return text;
}

std::string make_owned_uuid(random_source& random, byte_view owner_key) {
  auto text = make_uuid(random);
  text.replace(text.size() - owner_digits, owner_digits, owner_part(owner_key));
  return text;
}

bool uuid_owned_by(std::string_view uuid, byte_view owner_key) {
  if (!is_uuid(uuid) || uuid[14] != '4') return false;
  if (std::string_view("89ab").find(uuid[19]) == std::string_view::npos) return false;
  return uuid.substr(uuid.size() - owner_digits) == owner_part(owner_key);
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f');
    if (dash ? text[i] != '-' : !hex) return false;
  }
  return true;
}

}  // namespace hearth
