#include "store/blobs/piece_list.hpp"

#include <boost/test/unit_test.hpp>

#include "scratch.hpp"
#include "store/base/hash.hpp"

using namespace hearth::blobs;
using hearth::as_bytes;
using hearth::byte_view;
using hearth::bytes;

namespace {

piece_list list_of(const bytes& data) {
  piece_list list{data.size(), {}};
  for (std::size_t at = 0; at < data.size(); at += piece_bytes) {
    list.hashes.push_back(piece_hash(
        byte_view(data).subspan(at, std::min<std::size_t>(piece_bytes, data.size() - at))));
  }
  return list;
}

hearth::bytes32 hash_of(std::initializer_list<byte_view> parts) {
  hearth::blake2b_stream stream;
  for (auto part : parts)
    stream.update(part);
  return stream.finish();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pieces)

// A name that changed between versions would lose every blob of every cluster.
BOOST_AUTO_TEST_CASE(names_stay_what_the_format_says) {
  const bytes empty;
  const auto abc = as_bytes("abc");
  BOOST_TEST(list_of(empty).id().text() ==
             "d6673d21669e1f084943e8df5164d6ad0cd84fcbabda3d0e02ca2d306312bc4b");
  BOOST_TEST(list_of({abc.begin(), abc.end()}).id().text() ==
             "8628d9023cbf7d930a7119f7f587b8bd70108931c577a2f0351f88ab250da0c6");
}

BOOST_AUTO_TEST_CASE(three_pieces_make_the_tree_of_the_document) {
  const auto data = content(2 * piece_bytes + 5);
  const auto list = list_of(data);
  const bytes node{1};
  const bytes root{2, 1, 0, 0, 0, 0, 0, 0x20, 0, 5};
  const auto left = hash_of({node, list.hashes[0], list.hashes[1]});
  const auto top = hash_of({node, left, list.hashes[2]});
  BOOST_TEST((list.id().hash == hash_of({root, top})));
}

BOOST_AUTO_TEST_CASE(each_piece_can_be_checked_alone) {
  const auto data = content(piece_bytes + 1);
  const auto list = list_of(data);
  const auto view = byte_view(data);
  BOOST_TEST(bool(verify_piece(list, 0, view.first(piece_bytes))));
  BOOST_TEST(bool(verify_piece(list, 1, view.last(1))));
  BOOST_TEST((verify_piece(list, 1, view.first(1)).error() == errc::wrong_piece));
  BOOST_TEST((verify_piece(list, 0, view).error() == errc::wrong_piece));
  BOOST_TEST((verify_piece(list, 2, view.last(1)).error() == errc::wrong_piece));
}

BOOST_AUTO_TEST_CASE(a_list_of_another_shape_does_not_lead_to_the_name) {
  const auto list = list_of(content(3 * piece_bytes));
  const auto id = list.id();
  BOOST_TEST(bool(list.verify(id)));
  auto other_size = list;
  other_size.size_bytes -= 1;
  auto swapped = list;
  std::swap(swapped.hashes[0], swapped.hashes[1]);
  auto shorter = list;
  shorter.hashes.pop_back();
  for (const auto& wrong : {other_size, swapped, shorter}) {
    BOOST_TEST((wrong.verify(id).error() == errc::wrong_piece_list));
  }
}

BOOST_AUTO_TEST_CASE(an_encoded_list_comes_back_and_bad_ones_are_refused) {
  const auto list = list_of(content(2 * piece_bytes + 1));
  auto data = list.encode();
  BOOST_TEST((*piece_list::decode(data) == list));
  data.push_back(0);
  BOOST_TEST((piece_list::decode(data).error() == errc::malformed));
  data.resize(data.size() - 2);
  BOOST_TEST((piece_list::decode(data).error() == errc::malformed));
  BOOST_TEST((piece_list::decode({}).error() == errc::malformed));
  hearth::byte_writer huge;
  huge.raw(as_bytes("HPL1"));
  huge.u64(max_blob_bytes + 1);
  BOOST_TEST((piece_list::decode(huge.view()).error() == errc::too_large));
}

BOOST_AUTO_TEST_CASE(a_name_is_parsed_strictly) {
  const auto text = list_of(content(1)).id().text();
  BOOST_TEST(blob_id::parse(text)->text() == text);
  for (const auto& wrong :
       {text.substr(1), text + "0", std::string(64, 'A'), std::string(64, '/')}) {
    BOOST_TEST((blob_id::parse(wrong).error() == errc::malformed));
  }
}

BOOST_AUTO_TEST_SUITE_END()
