// AMF0 that is read can be written, and reads as the same again.
#include <cstdlib>

#include "media/rtmp/amf0.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto values = hearth::rtmp::read_amf0({data, size});
  if (!values) return 0;
  const auto written = hearth::rtmp::write_amf0(*values);
  const auto again = hearth::rtmp::read_amf0(written);
  if (!again || hearth::rtmp::write_amf0(*again) != written) std::abort();
  return 0;
}
