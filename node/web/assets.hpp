// The files of the page, built from src/ and embedded in the program.
//
// Each is there twice: as it is, and as gzip -9 made it. The bytes live as long as the program; any
// thread may read them. Names under /assets/ carry a hash of their content and may be cached for
// ever; /index.html may not.
#pragma once

#include <span>
#include <string_view>

namespace hearth::web {

struct asset {
  std::string_view path;          // "/index.html", "/assets/app-1A2B3C4D.js"
  std::string_view content_type;  // with charset=utf-8 for text
  std::string_view etag;          // with its quotes; of the plain bytes
  std::span<const unsigned char> body;
  std::span<const unsigned char> gzip;
  bool immutable;  // may be cached for ever
};

// The file of this path, or nullptr. "/" is not a file: the caller serves "/index.html" for the
// page's own addresses.
const asset* find_asset(std::string_view path);

}  // namespace hearth::web
