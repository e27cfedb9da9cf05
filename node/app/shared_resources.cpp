#include "node/app/shared_resources.hpp"

#include "media/packager/errc.hpp"
#include "store/base/run_on.hpp"

namespace hearth::app {
namespace {

constexpr std::size_t most_body = 1024 * 1024;

wire::fetch_response refusal(wire::fetch_status status, std::string message = {}) {
  wire::fetch_response out;
  out.status = status;
  out.message = std::move(message);
  return out;
}

/// The part of some bytes that was asked for.
wire::fetch_response slice(byte_view whole, const wire::fetch_request& request) {
  wire::fetch_response out;
  out.total = whole.size();
  if (request.offset > whole.size()) return refusal(wire::fetch_status::not_found);
  const auto rest = whole.subspan(static_cast<std::size_t>(request.offset));
  const auto part = rest.first(std::min({rest.size(), std::size_t{request.length}, most_body}));
  out.body.assign(part.begin(), part.end());
  return out;
}

}  // namespace

shared_resources::shared_resources(boost::asio::any_io_executor core,
                                   boost::asio::any_io_executor worker, images::images& images,
                                   videos::videos& videos, streams::streams& streams,
                                   blobs::local_blob_store& blobs)
    : core_(std::move(core)),
      worker_(std::move(worker)),
      images_(images),
      videos_(videos),
      streams_(streams),
      blobs_(blobs) {}

awaitable<wire::fetch_response> shared_resources::serve(node_id peer, wire::fetch_request request) {
  if (request.kind == "blob") return serve_blob(std::move(request), false);
  if (request.kind == "pieces") return serve_blob(std::move(request), true);
  return serve_hls(peer, std::move(request));
}

awaitable<wire::fetch_response> shared_resources::serve_blob(wire::fetch_request request,
                                                             bool pieces) {
  auto id = blobs::blob_id::parse(request.name);
  if (!id) co_return refusal(wire::fetch_status::not_found);
  auto ask = [this, hash = id->hash] {
    return images_.serves(hash) || (videos_.serves(hash) && !images_.hides(hash));
  };
  // What is not shared is as good as not there: a peer must not learn that it exists.
  if (!co_await run_on(core_, std::move(ask))) co_return refusal(wire::fetch_status::not_found);
  auto work = [this, id = *id, request, pieces]() -> wire::fetch_response {
    if (pieces) {
      auto list = blobs_.piece_hashes(id);
      if (!list) return refusal(wire::fetch_status::not_found);
      return slice(list->encode(), request);
    }
    auto size = blobs_.size(id);
    auto data = blobs_.read(id, request.offset, std::min<std::size_t>(request.length, most_body));
    if (!size || !data) return refusal(wire::fetch_status::not_found);
    wire::fetch_response out;
    out.total = *size;
    out.body = std::move(*data);
    return out;
  };
  co_return co_await run_on(worker_, std::move(work));
}

awaitable<wire::fetch_response> shared_resources::serve_hls(node_id peer,
                                                            wire::fetch_request request) {
  const auto slash = request.name.find('/');
  if (request.kind != "hls" || slash == std::string::npos) {
    co_return refusal(wire::fetch_status::refused, "there is no such kind of thing");
  }
  const auto live = streams_.find_live(request.name.substr(0, slash));
  const auto target = request.name.substr(slash + 1);
  const auto mark = target.find('?');
  auto name = packager::hls_name::parse(target.substr(0, mark));
  auto query = packager::hls_query::parse(mark == std::string::npos ? "" : target.substr(mark + 1));
  if (!live || !name || !query || (!live->is_live() && !live->hls()->playlist())) {
    co_return refusal(wire::fetch_status::not_found);
  }
  // One copy goes there however many watch it there: a node counts as one viewer.
  if (name->kind == packager::hls_kind::playlist) live->viewers().seen("node " + peer.text());
  auto resource = co_await live->hls()->get(*name, *query);
  if (resource) co_return slice(*resource->body, request);
  const bool wait = resource.error() == packager::errc::timed_out ||
                    resource.error() == packager::errc::too_many_waiters;
  co_return refusal(wait ? wire::fetch_status::busy : wire::fetch_status::not_found);
}

}  // namespace hearth::app
