// UTF-8 to code points and back. Input is well-formed UTF-8 (checked where it comes in).
#pragma once
#include <string>
#include <string_view>

namespace hearth::notes {

std::u32string to_code_points(std::string_view text);
std::string to_utf8(std::u32string_view text);

}  // namespace hearth::notes
