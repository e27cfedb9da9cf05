#include "node/peers/remote_hls.hpp"

#include "store/base/run_on.hpp"
#include "store/base/with_timeout.hpp"

namespace hearth::peers {
namespace {

constexpr std::uint32_t step = 1024 * 1024;
constexpr std::uint64_t most_bytes = 64u << 20;
/// Longer than a node holds back a playlist that is asked to wait.
constexpr milliseconds fetch_limit = std::chrono::seconds(35);
constexpr milliseconds media_kept = std::chrono::seconds(60);
constexpr milliseconds playlist_kept{300};

bool is_playlist(std::string_view name) {
  return name.find(".m3u8") != std::string_view::npos;
}

}  // namespace

struct remote_hls::item {
  explicit item(const boost::asio::any_io_executor& executor) : arrived(executor) {
    arrived.expires_at(boost::asio::steady_timer::time_point::max());
  }
  boost::asio::steady_timer arrived;  // cancelled when the answer is there
  bool ready = false;
  error_code problem;
  std::shared_ptr<const bytes> body;
  milliseconds good_until{};
};

remote_hls::remote_hls(fetch_client& client, boost::asio::any_io_executor io, const clock& time,
                       std::size_t most_kept_bytes)
    : client_(client),
      strand_(boost::asio::make_strand(std::move(io))),
      clock_(time),
      most_kept_bytes_(most_kept_bytes) {}

awaitable<result<hls_answer>> remote_hls::get(node_id owner, std::string name) {
  auto call = get_here(owner, std::move(name));
  co_return co_await await_on(strand_, std::move(call));
}

awaitable<result<hls_answer>> remote_hls::get_here(node_id owner, std::string name) {
  trim();
  auto& place = items_[name];
  if (place && (!place->ready || place->good_until > clock_.steady())) {
    const auto held = place;
    if (!held->ready) {
      error_code ignored;
      co_await held->arrived.async_wait(
          boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    }
    if (held->problem) co_return held->problem;
    if (!held->body) co_return errc::broken_answer;
    co_return hls_answer{held->body, is_playlist(name)};
  }
  const auto mine = std::make_shared<item>(strand_);
  place = mine;
  auto body = co_await fetch_all(owner, name);
  mine->ready = true;
  mine->arrived.cancel();
  if (!body) {
    mine->problem = body.error();
    items_.erase(name);
    co_return body.error();
  }
  mine->body = *body;
  mine->good_until = clock_.steady() + (is_playlist(name) ? playlist_kept : media_kept);
  kept_bytes_ += (*body)->size();
  co_return hls_answer{*body, is_playlist(name)};
}

awaitable<result<std::shared_ptr<const bytes>>> remote_hls::fetch_all(node_id owner,
                                                                      std::string name) {
  auto whole = std::make_shared<bytes>();
  for (std::uint64_t total = 1; whole->size() < total;) {
    wire::fetch_request request;
    request.kind = "hls";
    request.name = name;
    request.offset = whole->size();
    request.length = step;
    auto response = co_await client_.fetch(owner, std::move(request), fetch_limit);
    if (!response) co_return response.error();
    const bool first = whole->empty();
    const auto left = response->total - std::min<std::uint64_t>(response->total, whole->size());
    const bool fits = response->total > 0 && response->total <= most_bytes &&
                      (first || response->total == total) &&
                      response->body.size() == std::min<std::uint64_t>(step, left);
    if (!fits) co_return errc::broken_answer;
    total = response->total;
    whole->insert(whole->end(), response->body.begin(), response->body.end());
  }
  co_return whole;
}

void remote_hls::trim() {
  const auto now = clock_.steady();
  const bool full = kept_bytes_ > most_kept_bytes_;
  for (auto each = items_.begin(); each != items_.end();) {
    const auto& entry = each->second;
    const bool over = entry && entry->ready && (entry->good_until <= now || full);
    if (over && entry->body) kept_bytes_ -= entry->body->size();
    each = over ? items_.erase(each) : std::next(each);
  }
}

}  // namespace hearth::peers
