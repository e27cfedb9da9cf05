#include "store/base/uuid.hpp"

namespace hearth {

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
