#include "media/packager/hls_window.hpp"

namespace hearth::packager {
namespace {

// A segment that has left the playlist stays as long as a playlist that named it may be in use
// (RFC 8216 6.2.2): the length of the list again, and one more.
std::size_t most_kept(const hls_options& options) {
  return options.listed_segments * 2 + 1;
}

milliseconds whole_seconds(milliseconds duration) {
  return (duration + milliseconds(500)) / 1000 * 1000;
}

}  // namespace

hls_window::hls_window(const hls_options& options)
    : options_(options), target_duration_((options.segment + milliseconds(999)) / 1000 * 1000) {
  growing_.number = options.first_number;
}

void hls_window::begin_epoch(std::shared_ptr<const bytes> init) {
  end_segment();
  ended_ = false;
  growing_.discontinuity = next_init_ != 0 && (growing_.discontinuity || !complete_.empty());
  growing_.init = next_init_++;
  size_bytes_ += init->size();
  inits_[growing_.init] = std::move(init);
  drop_old();
}

void hls_window::add_part(hls_part part) {
  if (growing_.part_count == 0) {
    growing_.wall = part.wall;
    growing_.independent = part.starts_with_key;
  }
  ++growing_.part_count;
  growing_.duration += part.duration;
  size_bytes_ += part.body->size();
  const bool ends = part.ends_segment;
  growing_.parts.push_back(std::move(part));
  if (ends) end_segment();
  drop_old();
}

void hls_window::end_segment() {
  if (growing_.part_count == 0) return;
  std::size_t size = 0;
  for (const auto& part : growing_.parts)
    size += part.body->size();
  auto body = std::make_shared<bytes>();
  body->reserve(size);
  for (const auto& part : growing_.parts) {
    body->insert(body->end(), part.body->begin(), part.body->end());
  }
  size_bytes_ += size;
  growing_.body = std::move(body);
  target_duration_ = std::max(target_duration_, whole_seconds(growing_.duration));
  hls_segment next;
  next.number = growing_.number + 1;
  next.init = growing_.init;
  complete_.push_back(std::exchange(growing_, std::move(next)));
  drop_old();
}

bool hls_window::holds(const hls_position& position) const {
  if (position.number != growing_.number) {
    if (position.number > growing_.number) return false;
    if (position.part == hls_position::whole) return true;
    const auto* segment = find(position.number);
    if (segment == nullptr || position.part < segment->part_count) return true;
    // A part behind the last one of a segment means the first of the next segment.
    return holds({position.number + 1, 0});
  }
  return position.part != hls_position::whole && position.part < growing_.part_count;
}

std::shared_ptr<const bytes> hls_window::init(std::uint64_t number) const {
  const auto found = inits_.find(number);
  return found == inits_.end() ? nullptr : found->second;
}

std::shared_ptr<const bytes> hls_window::segment(std::uint64_t number) const {
  const auto* found = find(number);
  return found == nullptr ? nullptr : found->body;
}

std::shared_ptr<const bytes> hls_window::part(std::uint64_t number, std::uint64_t part) const {
  const auto* found = number == growing_.number ? &growing_ : find(number);
  if (found == nullptr || part >= found->parts.size()) return nullptr;
  return found->parts[static_cast<std::size_t>(part)].body;
}

const hls_segment* hls_window::find(std::uint64_t number) const {
  if (complete_.empty() || number < complete_.front().number) return nullptr;
  const auto index = number - complete_.front().number;
  return index < complete_.size() ? &complete_[static_cast<std::size_t>(index)] : nullptr;
}

std::size_t hls_window::first_listed() const {
  return complete_.size() - std::min(complete_.size(), options_.listed_segments);
}

void hls_window::drop_old() {
  // The parts of one segment more than is listed stay, for players that are about to ask for them.
  for (auto i = complete_.size(); i > 0; --i) {
    auto& segment = complete_[i - 1];
    if (complete_.size() - i <= options_.parts_segments) continue;
    if (segment.parts.empty()) break;
    drop_parts(segment);
  }
  while (complete_.size() > most_kept(options_))
    drop_front();
  while (size_bytes_ > options_.most_bytes && complete_.size() > 2)
    drop_front();
  for (auto& segment : complete_) {
    if (size_bytes_ <= options_.most_bytes) break;
    drop_parts(segment);
  }
  const auto oldest = complete_.empty() ? growing_.init : complete_.front().init;
  while (!inits_.empty() && inits_.begin()->first < oldest) {
    size_bytes_ -= inits_.begin()->second->size();
    inits_.erase(inits_.begin());
  }
}

void hls_window::drop_parts(hls_segment& segment) {
  for (const auto& part : segment.parts)
    size_bytes_ -= part.body->size();
  segment.parts.clear();
}

void hls_window::drop_front() {
  drop_parts(complete_.front());
  size_bytes_ -= complete_.front().body->size();
  if (complete_.front().discontinuity) ++dropped_discontinuities_;
  complete_.pop_front();
}

}  // namespace hearth::packager
