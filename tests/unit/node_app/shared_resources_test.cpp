#include "node/app/shared_resources.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "memory_node.hpp"
#include "scratch_folder.hpp"

using hearth::bytes;
using hearth::images::visibility;
using hearth::wire::fetch_status;

namespace {

constexpr auto some_stream = "11111111-1111-4111-8111-111111111111";

const hearth::journal::change_listener ignore = [](const hearth::journal::change&) {};

/// A node's domains, and another member that asks for things.
struct giving_node : hearth::journal_test::memory_node {
  giving_node() : memory_node(1) {
    blobs = hearth::blobs::local_blob_store::open(folder.path).value();
    source = std::make_unique<hearth::app::shared_resources>(io.get_executor(), io.get_executor(),
                                                             images, videos, streams, *blobs);
  }

  hearth::bytes32 store(const bytes& content) {
    auto writer = blobs->create_writer().value();
    BOOST_REQUIRE(writer->append(content));
    return writer->finish().value().id.hash;
  }

  hearth::images::image_facts add_image(const hearth::bytes32& content, visibility seen_by) {
    hearth::images::image_form form;
    form.stream_id = some_stream;
    form.format = "png";
    form.content = content;
    return images.add(form, seen_by).value();
  }

  hearth::wire::fetch_response ask(const std::string& kind, const std::string& name,
                                   std::uint64_t offset = 0, std::uint32_t length = 1 << 20) {
    hearth::wire::fetch_request request;
    request.kind = kind;
    request.name = name;
    request.offset = offset;
    request.length = length;
    std::optional<hearth::wire::fetch_response> out;
    boost::asio::co_spawn(
        io, source->serve(key.id(), request),
        [&out](std::exception_ptr, hearth::wire::fetch_response got) { out = std::move(got); });
    io.restart();
    io.poll();
    BOOST_REQUIRE(out.has_value());
    return std::move(*out);
  }

  scratch_folder folder;
  boost::asio::io_context io;
  std::unique_ptr<hearth::blobs::local_blob_store> blobs;
  hearth::images::images images{*journal, random, 100, ignore};
  hearth::videos::videos videos{*journal, random, ignore};
  hearth::streams::streams streams{*journal, io.get_executor(), random, time, {}, ignore};
  std::unique_ptr<hearth::app::shared_resources> source;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(resources_for_other_nodes)

// The one door through which pictures leave the node: a private one must look as if it were not.
BOOST_AUTO_TEST_CASE(only_what_something_shared_needs_is_given) {
  giving_node node;
  const bytes content{1, 2, 3, 4};
  const auto id = node.store(content);
  const auto name = hearth::to_hex(id);
  BOOST_TEST((node.ask("blob", name).status == fetch_status::not_found));
  const auto image = node.add_image(id, visibility::owner_only);
  BOOST_TEST((node.ask("blob", name).status == fetch_status::not_found));
  BOOST_TEST((node.ask("pieces", name).status == fetch_status::not_found));
  BOOST_REQUIRE(node.images.set_visibility(image.id, visibility::subscribers));
  const auto given = node.ask("blob", name);
  BOOST_TEST((given.status == fetch_status::ok));
  BOOST_TEST((given.body == content));
  BOOST_TEST(given.total == 4u);
  BOOST_REQUIRE(node.images.set_visibility(image.id, visibility::owner_only));
  BOOST_TEST((node.ask("blob", name).status == fetch_status::not_found));
}

BOOST_AUTO_TEST_CASE(a_film_is_given_in_parts_until_it_is_deleted) {
  giving_node node;
  const auto id = node.store(bytes(10'000, 7));
  const auto name = hearth::to_hex(id);
  hearth::videos::video_form form;
  form.content = id;
  const auto video = node.videos.add(form, "film").value();
  const auto part = node.ask("blob", name, 9'000, 5'000);
  BOOST_TEST(part.body.size() == 1'000u);
  BOOST_TEST(part.total == 10'000u);
  BOOST_TEST((node.ask("blob", name, 20'000).status == fetch_status::not_found));
  const auto pieces = hearth::blobs::piece_list::decode(node.ask("pieces", name).body);
  BOOST_REQUIRE(pieces);
  BOOST_TEST((pieces->id().hash == id));
  BOOST_REQUIRE(node.videos.remove(video.id));
  BOOST_TEST((node.ask("blob", name).status == fetch_status::not_found));
}

BOOST_AUTO_TEST_CASE(an_answer_is_never_larger_than_a_frame_takes) {
  giving_node node;
  const auto id = node.store(bytes(3'000'000, 7));
  node.add_image(id, visibility::everyone);
  const auto given = node.ask("blob", hearth::to_hex(id), 0, 0xffffffff);
  BOOST_TEST(given.body.size() == 1024u * 1024u);
  BOOST_TEST(given.total == 3'000'000u);
}

BOOST_AUTO_TEST_CASE(names_that_are_none_lead_nowhere) {
  giving_node node;
  BOOST_TEST((node.ask("blob", "../identity.key").status == fetch_status::not_found));
  BOOST_TEST((node.ask("blob", "").status == fetch_status::not_found));
  BOOST_TEST((node.ask("pieces", std::string(64, 'z')).status == fetch_status::not_found));
  BOOST_TEST((node.ask("hls", "no slash").status == fetch_status::refused));
  BOOST_TEST((node.ask("hls", "unknown/live.m3u8").status == fetch_status::not_found));
  BOOST_TEST((node.ask("secrets", "a/b").status == fetch_status::refused));
}

BOOST_AUTO_TEST_SUITE_END()
