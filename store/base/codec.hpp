// Payloads of log entries: cereal's portable binary, read by a bounded archive. A type says
//   template <class Archive> void serialize(Archive& archive) { archive(title, text); }
// and starts with its version number where its form may grow. encode/decode work for structs of
// integers, std::string, std::vector, std::array, std::optional, std::map.
#pragma once
#include <cereal/archives/portable_binary.hpp>
#include <cereal/types/array.hpp>
#include <cereal/types/map.hpp>
#include <cereal/types/optional.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>
#include <streambuf>

#include "store/base/bounded_archive.hpp"
#include "store/base/bytes.hpp"

namespace hearth {

template <class T>
bytes encode(const T& value) {
  bytes out;
  byte_sink sink(out);
  std::ostream stream(&sink);
  cereal::PortableBinaryOutputArchive archive(
      stream, cereal::PortableBinaryOutputArchive::Options::LittleEndian());
  archive(value);
  return out;
}

/// errc::malformed for data that is not the form of T, with anything left over, or that announces
/// more elements than there are bytes left.
template <class T>
result<T> decode(byte_view data) {
  try {
    bounded_input_archive archive(data);
    T value;
    archive(value);
    if (!archive.at_end()) return errc::malformed;
    return value;
  } catch (const cereal::Exception&) {  // the archive's only way to fail; it ends here
    return errc::malformed;
  }
}

}  // namespace hearth
