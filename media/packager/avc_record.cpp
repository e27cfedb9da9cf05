#include "media/packager/avc_record.hpp"

namespace hearth::packager {
namespace {

// Bits of a NAL unit with its emulation prevention bytes taken out (H.264 7.3.1). Reading past the
// end gives zeros and sets failed().
class bit_reader {
 public:
  explicit bit_reader(byte_view nal) {
    int zeros = 0;
    for (const auto byte : nal) {
      if (zeros >= 2 && byte == 3) {
        zeros = 0;
        continue;
      }
      zeros = byte == 0 ? zeros + 1 : 0;
      data_.push_back(byte);
    }
  }

  std::uint32_t bits(int count) {
    std::uint32_t value = 0;
    for (int i = 0; i < count; ++i)
      value = (value << 1) | bit();
    return value;
  }
  bool flag() { return bit() != 0; }
  void skip(int count) {
    for (int i = 0; i < count; ++i)
      bit();
  }
  // Exponential Golomb code (H.264 9.1).
  std::uint32_t golomb() {
    int zeros = 0;
    while (!failed_ && bit() == 0)
      ++zeros;
    if (zeros > 31) failed_ = true;
    return failed_ ? 0 : (1u << zeros) - 1 + bits(zeros);
  }
  std::int32_t signed_golomb() {
    const auto code = golomb();
    const auto half = static_cast<std::int32_t>((code >> 1) + (code & 1));
    return (code & 1) != 0 ? half : -half;
  }
  bool failed() const { return failed_; }

 private:
  std::uint32_t bit() {
    if (at_ >= data_.size() * 8) {
      failed_ = true;
      return 0;
    }
    const auto value = (data_[at_ / 8] >> (7 - at_ % 8)) & 1u;
    ++at_;
    return value;
  }

  bytes data_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

result<picture_size> checked(const bit_reader& reader, std::int64_t width, std::int64_t height) {
  if (reader.failed() || width <= 0 || height <= 0) return errc::bad_config;
  if (width > 16'384 || height > 16'384) return errc::bad_config;
  return picture_size{static_cast<int>(width), static_cast<int>(height)};
}

void skip_scaling_list(bit_reader& reader, int size) {
  std::int32_t last = 8;
  std::int32_t next = 8;
  for (int i = 0; i < size && !reader.failed(); ++i) {
    if (next != 0) next = (last + reader.signed_golomb() + 256) % 256;
    if (next != 0) last = next;
  }
}

bool has_chroma_format(std::uint32_t profile) {
  switch (profile) {
    case 44:
    case 83:
    case 86:
    case 100:
    case 110:
    case 118:
    case 122:
    case 128:
    case 134:
    case 135:
    case 138:
    case 139:
    case 244:
      return true;
    default:
      return false;
  }
}

// Chroma format and scaling lists of the high profiles; gives chroma_format_idc.
std::uint32_t read_high_profile(bit_reader& reader) {
  const auto chroma = reader.golomb();
  if (chroma == 3) reader.skip(1);  // separate_colour_plane_flag
  reader.golomb();                  // bit_depth_luma_minus8
  reader.golomb();                  // bit_depth_chroma_minus8
  reader.skip(1);                   // qpprime_y_zero_transform_bypass_flag
  if (!reader.flag()) return chroma;
  for (int i = 0; i < (chroma == 3 ? 12 : 8); ++i) {
    if (reader.flag()) skip_scaling_list(reader, i < 6 ? 16 : 64);
  }
  return chroma;
}

void skip_picture_order(bit_reader& reader) {
  const auto type = reader.golomb();
  if (type == 0) reader.golomb();
  if (type != 1) return;
  reader.skip(1);
  reader.golomb();
  reader.golomb();
  const auto cycle = std::min(reader.golomb(), 256u);
  for (std::uint32_t i = 0; i < cycle; ++i)
    reader.golomb();
}

// H.264 7.3.2.1.1, up to the cropping rectangle.
result<picture_size> read_avc_sps(byte_view nal) {
  bit_reader reader(nal);
  reader.skip(8);
  const auto profile = reader.bits(8);
  reader.skip(16);
  reader.golomb();
  const auto chroma = has_chroma_format(profile) ? read_high_profile(reader) : 1u;
  reader.golomb();  // log2_max_frame_num_minus4
  skip_picture_order(reader);
  reader.golomb();  // max_num_ref_frames
  reader.skip(1);
  const std::int64_t columns = std::int64_t{reader.golomb()} + 1;
  const std::int64_t rows = std::int64_t{reader.golomb()} + 1;
  const std::int64_t fields = reader.flag() ? 1 : 2;  // frame_mbs_only_flag
  if (fields == 2) reader.skip(1);
  reader.skip(1);  // direct_8x8_inference_flag
  auto width = columns * 16;
  auto height = rows * 16 * fields;
  if (reader.flag()) {
    const std::int64_t unit_x = chroma == 1 || chroma == 2 ? 2 : 1;
    const std::int64_t unit_y = (chroma == 1 ? 2 : 1) * fields;
    const std::int64_t left = reader.golomb();
    const std::int64_t right = reader.golomb();
    const std::int64_t top = reader.golomb();
    const std::int64_t bottom = reader.golomb();
    width -= (left + right) * unit_x;
    height -= (top + bottom) * unit_y;
  }
  return checked(reader, width, height);
}

// H.265 7.3.3: profile, tier and level of all sub-layers.
void skip_profile_tier_level(bit_reader& reader, std::uint32_t most_sub_layers_minus1) {
  reader.skip(88 + 8);
  bool has_profile[8] = {};
  bool has_level[8] = {};
  for (std::uint32_t i = 0; i < most_sub_layers_minus1; ++i) {
    has_profile[i] = reader.flag();
    has_level[i] = reader.flag();
  }
  if (most_sub_layers_minus1 > 0) reader.skip(2 * static_cast<int>(8 - most_sub_layers_minus1));
  for (std::uint32_t i = 0; i < most_sub_layers_minus1; ++i) {
    if (has_profile[i]) reader.skip(88);
    if (has_level[i]) reader.skip(8);
  }
}

// H.265 7.3.2.2.1, up to the conformance window.
result<picture_size> read_hevc_sps(byte_view nal) {
  bit_reader reader(nal);
  reader.skip(16 + 4);
  const auto most_sub_layers_minus1 = reader.bits(3);
  reader.skip(1);
  skip_profile_tier_level(reader, most_sub_layers_minus1);
  reader.golomb();  // sps_seq_parameter_set_id
  const auto chroma = reader.golomb();
  if (chroma == 3) reader.skip(1);
  std::int64_t width = reader.golomb();
  std::int64_t height = reader.golomb();
  if (reader.flag()) {
    const std::int64_t unit_x = chroma == 1 || chroma == 2 ? 2 : 1;
    const std::int64_t unit_y = chroma == 1 ? 2 : 1;
    const std::int64_t left = reader.golomb();
    const std::int64_t right = reader.golomb();
    const std::int64_t top = reader.golomb();
    const std::int64_t bottom = reader.golomb();
    width -= (left + right) * unit_x;
    height -= (top + bottom) * unit_y;
  }
  return checked(reader, width, height);
}

}  // namespace

result<picture_size> read_avc_size(byte_view record) {
  if (record.size() < 8 || record[0] != 1 || (record[5] & 0x1f) == 0) return errc::bad_config;
  const std::size_t length = static_cast<std::size_t>(record[6]) << 8 | record[7];
  if (length < 4 || length > record.size() - 8) return errc::bad_config;
  return read_avc_sps(record.subspan(8, length));
}

result<picture_size> read_hevc_size(byte_view record) {
  if (record.size() < 23 || record[0] != 1) return errc::bad_config;
  byte_reader reader(record.subspan(22));
  const auto arrays = reader.u8();
  for (int i = 0; i < *arrays; ++i) {
    const auto type = reader.u8();
    const auto count = reader.u16();
    if (!type || !count) return errc::bad_config;
    for (int k = 0; k < *count; ++k) {
      const auto length = reader.u16();
      if (!length) return errc::bad_config;
      const auto nal = reader.raw(*length);
      if (!nal) return errc::bad_config;
      if ((*type & 0x3f) == 33) return read_hevc_sps(*nal);
    }
  }
  return errc::bad_config;
}

}  // namespace hearth::packager
