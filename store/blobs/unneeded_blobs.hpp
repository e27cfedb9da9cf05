// Removes blobs that nothing needs any more, without taking one from under an upload that has just
// stored the same bytes and is not yet known to those who are asked. Thread-safe; held by a
// shared_ptr.
#pragma once
#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include "store/blobs/blob_store.hpp"

namespace hearth::blobs {

class unneeded_blobs : public std::enable_shared_from_this<unneeded_blobs> {
 public:
  /// Whether somebody needs a blob. Asked on the core strand.
  using question = std::function<bool(const bytes32&)>;

  /// Removes on worker. All given outlives what runs on the two executors.
  unneeded_blobs(boost::asio::any_io_executor core, boost::asio::any_io_executor worker,
                 question needed, blob_store& store);

  /// An upload in progress: while one lives nothing is removed. What was stored under it and is
  /// not needed when it goes is removed then.
  class hold {
   public:
    explicit hold(std::shared_ptr<unneeded_blobs> owner);
    ~hold();
    hold(const hold&) = delete;
    hold& operator=(const hold&) = delete;

    /// Finishes a blob. One call at a time. Blocks: on a worker.
    result<stored_blob> finish(blob_writer& writer);

   private:
    const std::shared_ptr<unneeded_blobs> owner_;
    std::vector<bytes32> stored_;
  };

  /// Take it before a blob is finished, and keep it until those who need the blob know of it.
  /// Blocks while a blob is being removed: on a worker.
  std::shared_ptr<hold> begin_upload() { return std::make_shared<hold>(shared_from_this()); }

  /// Removes a blob soon, unless it is needed.
  void drop(const bytes32& blob);
  /// Nothing is asked or removed any more: before the executors go.
  void close() { closed_ = true; }

 private:
  using blob_set = std::set<bytes32>;

  void ask_soon();
  void ask();
  void remove(blob_set unneeded, std::uint64_t asked_at);
  void end_upload(const std::vector<bytes32>& stored);

  const boost::asio::any_io_executor core_;
  const boost::asio::any_io_executor worker_;
  const question needed_;
  blob_store& store_;
  std::atomic<bool> closed_ = false;
  std::mutex deciding_;  // held while blobs are removed, so that no upload begins meanwhile
  std::size_t uploads_ = 0;
  std::uint64_t begun_ = 0;  // uploads, ever
  std::mutex waiting_mutex_;
  blob_set waiting_;
};

}  // namespace hearth::blobs
