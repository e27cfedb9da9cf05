// A node as far as images need one.
#pragma once
#include "memory_node.hpp"
#include "node/images/images.hpp"

namespace hearth::images_test {

using namespace hearth::images;
using journal_test::memory_node;

inline constexpr auto one_stream = "11111111-1111-4111-8111-111111111111";
inline constexpr auto other_stream = "22222222-2222-4222-8222-222222222222";

inline bytes32 blob(std::uint8_t mark) {
  hearth::bytes32 out{};
  out[0] = mark;
  return out;
}

inline image_form form_of(const std::string& stream_id = one_stream, std::uint8_t mark = 1) {
  image_form out;
  out.stream_id = stream_id;
  out.file_name = "secret-name.jpg";
  out.format = "jpeg";
  out.content = blob(mark);
  out.thumbnail = blob(static_cast<std::uint8_t>(mark + 100));
  out.uploaded_ms = mark;
  return out;
}

struct image_node : memory_node {
  explicit image_node(std::uint64_t seed, std::size_t most = 10) : memory_node(seed), limit(most) {
    open();
  }
  void open() {
    own.reset();
    restart();
    own = std::make_unique<hearth::images::images>(
        *journal, random, limit,
        [this](const hearth::journal::change& what) { changes.push_back(what); });
    BOOST_REQUIRE(journal->rebuild());
    own->announce();
  }
  image_facts add(visibility seen_by, std::uint8_t mark = 1) {
    return own->add(form_of(one_stream, mark), seen_by).value();
  }
  void forge(const image_operation& operation) {
    BOOST_REQUIRE(journal->write(hearth::journal::space::shared, hearth::journal::kind::image,
                                 encode_operation(operation)));
  }

  std::size_t limit;
  std::vector<hearth::journal::change> changes;
  std::unique_ptr<hearth::images::images> own;
};

}  // namespace hearth::images_test
