// The input archive behind decode(): reads cereal's portable binary (little endian) from a byte
// view and refuses any length larger than what is left, before anything is allocated for it.
#pragma once
#include <bit>
#include <cereal/archives/portable_binary.hpp>
#include <cereal/cereal.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>
#include <cstring>
#include <streambuf>

#include "store/base/bytes.hpp"

namespace hearth {

static_assert(std::endian::native == std::endian::little);

/// Appends what a std::ostream writes to a byte string.
class byte_sink final : public std::streambuf {
 public:
  explicit byte_sink(bytes& out) : out_(out) {}

 protected:
  int_type overflow(int_type c) override {
    if (c != traits_type::eof()) out_.push_back(static_cast<std::uint8_t>(c));
    return c;
  }
  std::streamsize xsputn(const char* data, std::streamsize count) override {
    const auto view = as_bytes({data, static_cast<std::size_t>(count)});
    out_.insert(out_.end(), view.begin(), view.end());
    return count;
  }

 private:
  bytes& out_;
};

class bounded_input_archive
    : public cereal::InputArchive<bounded_input_archive, cereal::AllowEmptyClassElision> {
 public:
  explicit bounded_input_archive(byte_view data) : InputArchive(this), rest_(data) {
    std::uint8_t little_endian = 0;
    read(&little_endian, 1);
    if (little_endian != 1) throw cereal::Exception("not little endian");
  }

  void read(void* out, std::size_t count) {
    if (count > rest_.size()) throw cereal::Exception("too short");
    std::memcpy(out, rest_.data(), count);
    rest_ = rest_.subspan(count);
  }

  void check_count(std::uint64_t count) const {
    if (count > rest_.size()) throw cereal::Exception("announces more than there is");
  }

  bool at_end() const { return rest_.empty(); }

 private:
  byte_view rest_;
};

template <class T>
requires std::is_arithmetic_v<T>
void CEREAL_LOAD_FUNCTION_NAME(bounded_input_archive& archive, T& value) {
  archive.read(&value, sizeof value);
}

template <class T>
void CEREAL_SERIALIZE_FUNCTION_NAME(bounded_input_archive& archive, cereal::NameValuePair<T>& t) {
  archive(t.value);
}

template <class T>
void CEREAL_SERIALIZE_FUNCTION_NAME(bounded_input_archive& archive, cereal::SizeTag<T>& t) {
  archive(t.size);
  archive.check_count(t.size);
}

/// Elements are made one by one, so that a count that lies costs no more memory than the bytes
/// there are. (Vectors of numbers are read at once, and check_count has bounded them.)
template <class T, class Allocator>
requires(!std::is_arithmetic_v<T>) void CEREAL_LOAD_FUNCTION_NAME(bounded_input_archive& archive,
                                                                  std::vector<T, Allocator>& out) {
  cereal::size_type count = 0;
  archive(cereal::make_size_tag(count));
  out.clear();
  for (cereal::size_type i = 0; i < count; ++i)
    archive(out.emplace_back());
}

template <class T>
void CEREAL_LOAD_FUNCTION_NAME(bounded_input_archive& archive, cereal::BinaryData<T>& data) {
  archive.read(data.data, static_cast<std::size_t>(data.size));
}

}  // namespace hearth

CEREAL_REGISTER_ARCHIVE(hearth::bounded_input_archive)

// cereal asks for the archive that writes what this one reads.
template <>
struct cereal::traits::detail::get_output_from_input<hearth::bounded_input_archive> {
  using type = cereal::PortableBinaryOutputArchive;
};
