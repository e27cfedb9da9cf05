#include "node/peers/remote_blobs.hpp"

#include <atomic>

#include "store/base/log.hpp"
#include "store/base/run_on.hpp"

namespace hearth::peers {
namespace {

constexpr milliseconds piece_limit = std::chrono::seconds(20);
constexpr std::uint32_t list_step = 1024 * 1024;

wire::fetch_request request_of(std::string kind, const blobs::blob_id& id, std::uint64_t offset,
                               std::uint32_t length) {
  wire::fetch_request out;
  out.kind = std::move(kind);
  out.name = id.text();
  out.offset = offset;
  out.length = length;
  return out;
}

}  // namespace

/// A blob that is being fetched; shared by all who read it.
struct remote_blobs::transfer {
  std::unique_ptr<blobs::partial_blob> partial;
  std::vector<node_id> holders;
  std::mutex finishing;  // held on the worker while the partial blob becomes a whole one
  std::atomic<bool> finished = false;
};

/// Reads what has arrived and fetches what has not.
class remote_blobs::remote_source final : public http::ranged_source {
 public:
  remote_source(remote_blobs& owner, std::shared_ptr<transfer> from)
      : owner_(owner), transfer_(std::move(from)) {}

  std::uint64_t size() const override { return transfer_->partial->pieces().size_bytes; }

  awaitable<result<bytes>> read(std::uint64_t offset, std::size_t length) override {
    const auto index = offset / blobs::piece_bytes;
    const auto piece_end = (index + 1) * blobs::piece_bytes;
    length = static_cast<std::size_t>(std::min<std::uint64_t>(length, piece_end - offset));
    if (auto there = co_await ensure(index); !there) co_return there.error();
    auto work = [this, held = transfer_, offset, length] {
      std::lock_guard lock(held->finishing);
      return held->finished ? owner_.store_.read(held->partial->id(), offset, length)
                            : held->partial->read(offset, length);
    };
    co_return co_await run_on(owner_.worker_, std::move(work));
  }

 private:
  awaitable<result<void>> ensure(std::uint64_t index) {
    if (transfer_->finished || transfer_->partial->has(index)) co_return result<void>{};
    error_code problem = errc::not_connected;
    for (const auto& holder : transfer_->holders) {
      auto got = co_await fetch_from(holder, index);
      if (got) co_return got;
      problem = got.error();
    }
    co_return problem;
  }

  awaitable<result<void>> fetch_from(node_id holder, std::uint64_t index) {
    const auto& pieces = transfer_->partial->pieces();
    auto request = request_of("blob", transfer_->partial->id(), index * blobs::piece_bytes,
                              static_cast<std::uint32_t>(pieces.length_of(index)));
    auto response = co_await owner_.client_.fetch(holder, std::move(request), piece_limit);
    if (!response) co_return response.error();
    auto work = [held = transfer_, index, body = std::move(response->body)] {
      std::lock_guard lock(held->finishing);
      return held->finished ? result<void>{} : held->partial->add(index, body);
    };
    auto added = co_await run_on(owner_.worker_, std::move(work));
    if (!added) {
      log::warn("peers", "a piece from node " + holder.words() +
                             " was not kept: " + added.error().message());
      co_return added;
    }
    co_await finish_when_complete();
    co_return result<void>{};
  }

  awaitable<void> finish_when_complete() {
    if (!transfer_->partial->complete()) co_return;
    auto work = [held = transfer_] {
      std::lock_guard lock(held->finishing);
      if (held->finished) return false;
      held->finished = held->partial->finish().has_value();
      return held->finished.load();
    };
    const bool finished_now = co_await run_on(owner_.worker_, std::move(work));
    if (finished_now) owner_.on_complete_(transfer_->partial->id());
  }

  remote_blobs& owner_;
  const std::shared_ptr<transfer> transfer_;
};

remote_blobs::remote_blobs(fetch_client& client, blobs::local_blob_store& store,
                           boost::asio::any_io_executor worker, completion on_complete)
    : client_(client),
      store_(store),
      worker_(std::move(worker)),
      on_complete_(std::move(on_complete)) {}

remote_blobs::~remote_blobs() = default;

std::shared_ptr<remote_blobs::transfer> remote_blobs::find(const blobs::blob_id& id) {
  std::lock_guard lock(mutex_);
  const auto found = transfers_.find(id);
  return found == transfers_.end() ? nullptr : found->second.lock();
}

awaitable<result<blobs::piece_list>> remote_blobs::fetch_pieces(blobs::blob_id id, node_id from) {
  bytes encoded;
  for (std::uint64_t total = 1; encoded.size() < total;) {
    auto request = request_of("pieces", id, encoded.size(), list_step);
    auto response = co_await client_.fetch(from, std::move(request), piece_limit);
    if (!response) co_return response.error();
    const bool first = encoded.empty();
    const auto left = response->total - std::min<std::uint64_t>(response->total, encoded.size());
    const bool fits = response->total > 0 && response->total <= blobs::max_piece_list_bytes &&
                      (first || response->total == total) &&
                      response->body.size() == std::min<std::uint64_t>(list_step, left);
    if (!fits) co_return errc::broken_answer;
    total = response->total;
    encoded.insert(encoded.end(), response->body.begin(), response->body.end());
  }
  auto list = blobs::piece_list::decode(encoded);
  if (!list) co_return list.error();
  if (auto right = list->verify(id); !right) co_return right.error();
  co_return list;
}

awaitable<result<std::shared_ptr<remote_blobs::transfer>>> remote_blobs::begin(
    blobs::blob_id id, std::vector<node_id> holders) {
  error_code problem = errc::not_connected;
  for (const auto& holder : holders) {
    auto pieces = co_await fetch_pieces(id, holder);
    if (!pieces) {
      problem = pieces.error();
      continue;
    }
    auto work = [this, id, holders,
                 list = std::move(*pieces)]() -> result<std::shared_ptr<transfer>> {
      std::lock_guard lock(mutex_);  // one partial blob for a blob at a time
      auto& place = transfers_[id];
      if (auto other = place.lock()) return other;
      auto partial = store_.fetch(id, list);
      if (!partial) return partial.error();
      auto made = std::make_shared<transfer>();
      made->partial = std::move(*partial);
      made->holders = holders;
      place = made;
      return made;
    };
    co_return co_await run_on(worker_, std::move(work));
  }
  co_return problem;
}

awaitable<result<std::shared_ptr<http::ranged_source>>> remote_blobs::open(
    blobs::blob_id id, std::vector<node_id> holders) {
  if (store_.has(id)) co_return http::open_file_source(store_.path_of(id), worker_);
  auto shared = find(id);
  if (!shared) {
    auto begun = co_await begin(id, std::move(holders));
    if (!begun) co_return begun.error();
    shared = std::move(*begun);
  }
  std::shared_ptr<http::ranged_source> source =
      std::make_shared<remote_source>(*this, std::move(shared));
  co_return source;
}

awaitable<result<bytes>> remote_blobs::read_whole(blobs::blob_id id, std::vector<node_id> holders,
                                                  std::size_t limit) {
  auto source = co_await open(id, std::move(holders));
  if (!source) co_return source.error();
  const auto size = (*source)->size();
  if (size > limit) co_return hearth::errc::too_large;
  bytes out;
  while (out.size() < size) {
    auto piece = co_await (*source)->read(out.size(), static_cast<std::size_t>(size) - out.size());
    if (!piece) co_return piece.error();
    out.insert(out.end(), piece->begin(), piece->end());
  }
  co_return out;
}

}  // namespace hearth::peers
