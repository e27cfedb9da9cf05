#include "store/blobs/unneeded_blobs.hpp"

#include <boost/asio/post.hpp>

#include "store/base/log.hpp"

namespace hearth::blobs {

unneeded_blobs::unneeded_blobs(boost::asio::any_io_executor core,
                               boost::asio::any_io_executor worker, question needed,
                               blob_store& store)
    : core_(std::move(core)),
      worker_(std::move(worker)),
      needed_(std::move(needed)),
      store_(store) {}

unneeded_blobs::hold::hold(std::shared_ptr<unneeded_blobs> owner) : owner_(std::move(owner)) {
  std::lock_guard lock(owner_->deciding_);
  ++owner_->uploads_;
  ++owner_->begun_;
}

/// On any strand, which must not wait for a removal.
unneeded_blobs::hold::~hold() {
  if (owner_->closed_) return;
  boost::asio::post(owner_->worker_,
                    [owner = owner_, stored = std::move(stored_)] { owner->end_upload(stored); });
}

result<stored_blob> unneeded_blobs::hold::finish(blob_writer& writer) {
  auto stored = writer.finish();
  if (stored) stored_.push_back(stored->id.hash);
  return stored;
}

void unneeded_blobs::drop(const bytes32& blob) {
  {
    std::lock_guard lock(waiting_mutex_);
    waiting_.insert(blob);
  }
  ask_soon();
}

void unneeded_blobs::end_upload(const std::vector<bytes32>& stored) {
  {
    std::lock_guard lock(waiting_mutex_);
    waiting_.insert(stored.begin(), stored.end());
  }
  {
    std::lock_guard lock(deciding_);
    if (--uploads_ > 0) return;  // the last one asks
  }
  ask_soon();
}

void unneeded_blobs::ask_soon() {
  if (closed_) return;
  boost::asio::post(worker_, [self = shared_from_this()] { self->ask(); });
}

/// On a worker. The question comes after the count of uploads was read: what an upload has made
/// known before it ended is in the answer, and one that begins later is seen by its number.
void unneeded_blobs::ask() {
  std::uint64_t asked_at = 0;
  blob_set asked;
  {
    std::lock_guard lock(deciding_);
    if (uploads_ > 0) return;
    asked_at = begun_;
    std::lock_guard waiting(waiting_mutex_);
    asked.swap(waiting_);
  }
  if (asked.empty()) return;
  boost::asio::post(core_, [self = shared_from_this(), asked, asked_at]() mutable {
    std::erase_if(asked, self->needed_);
    if (asked.empty()) return;
    boost::asio::post(self->worker_, [self, asked, asked_at] { self->remove(asked, asked_at); });
  });
}

void unneeded_blobs::remove(blob_set unneeded, std::uint64_t asked_at) {
  std::lock_guard lock(deciding_);
  if (begun_ == asked_at) {
    for (const auto& blob : unneeded) {
      const auto removed = store_.remove({blob});
      if (removed || removed.error() == errc::no_such_blob) continue;
      log::warn("blobs", "a blob that is not needed stays: " + removed.error().message());
    }
    return;
  }
  {
    std::lock_guard waiting(waiting_mutex_);
    waiting_.merge(unneeded);
  }
  if (uploads_ == 0) ask_soon();  // else the last of them asks
}

}  // namespace hearth::blobs
