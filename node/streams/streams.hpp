// Streams as people and publishers use them: sessions and their keys, who may publish and play,
// what is live here and on other nodes. The one place that decides about a key.
//
// Threads: everything on the core strand, but for find_live() and open_publish/open_play, which may
// be called from any strand. What is returned has been written to the log.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "media/rtmp/gate.hpp"
#include "node/journal/journal.hpp"
#include "node/streams/catalogue.hpp"
#include "node/streams/live_status.hpp"
#include "node/streams/live_stream.hpp"
#include "store/base/random.hpp"

namespace hearth::streams {

struct stream_limits {
  std::size_t max_live = 10;
  packager::hls_options hls;
};

/// A stream as the API shows it.
struct stream_facts {
  std::string id;
  node_id owner;
  bool own = false;
  stream_form form;
  milliseconds created{};
  std::string key;  // of an own stream
  live_facts live;
  std::string video_codec;
  std::string audio_codec;
  bool stopped = false;   // a person stopped it: publishers are refused until it is started
  bool reachable = true;  // false: on another node that has not reported lately
};

struct start_outcome {
  stream_facts facts;
  bool already_running = false;
  milliseconds uptime{};
};

class streams final : public rtmp::stream_gate {
 public:
  streams(journal::journal& journal, boost::asio::any_io_executor core, random_source& random,
          const clock& time, stream_limits limits, journal::change_listener on_change);
  ~streams() override;

  /// errc::bad_field for a form out of limits.
  result<stream_facts> create(const stream_form& form);
  /// By id or, for own streams, by key. errc::unknown_stream.
  result<stream_facts> get(std::string_view id_or_key) const;
  std::vector<stream_facts> list(bool all_nodes) const;
  /// errc::not_own for streams of other nodes.
  result<start_outcome> start(std::string_view id_or_key);
  result<stream_facts> stop(std::string_view id_or_key);
  result<void> remove(std::string_view id_or_key);
  /// Ends publishers that are silent, and says how many.
  std::size_t cleanup();
  std::size_t live_count() const;

  /// Own live streams, for peers.
  live_report report() const;
  /// What another node reported, good for lifetime.
  void take_report(const node_id& from, const live_report& report, milliseconds lifetime);
  void forget_reports(const node_id& from);
  /// A node is reachable when it has reported lately.
  bool reachable(const node_id& node) const;

  /// The live form of an own stream; null when it is not known here. Any thread.
  std::shared_ptr<live_stream> find_live(std::string_view stream_id) const;

  /// Once a second: playlists of lost publishers, memory of streams that ended long ago.
  void tick();
  /// Called when the set of live streams changed: peers want to know at once.
  void on_live_change(std::function<void()> listener) { live_changed_ = std::move(listener); }
  /// After journal::rebuild(): changes are announced from here on.
  void announce() { announcing_ = true; }
  /// Ends every publisher at shutdown.
  void shut_down();

  awaitable<rtmp::publish_decision> open_publish(rtmp::publish_request request) override;
  awaitable<rtmp::play_decision> open_play(rtmp::play_request request) override;

 private:
  struct remote_report {
    live_report report;
    milliseconds good_until{};
  };

  void apply(const journal::operation& origin);
  result<const stream_entry*> find(std::string_view id_or_key) const;
  result<const stream_entry*> find_own(std::string_view id_or_key) const;
  stream_facts facts_of(const stream_entry& entry) const;
  void add_remote_facts(stream_facts& facts) const;
  std::shared_ptr<live_stream> live_of(const std::string& id);
  rtmp::publish_decision decide_publish(const rtmp::publish_request& request);
  rtmp::play_decision decide_play(const rtmp::play_request& request);
  void live_changed(const std::string& id);
  void log_ending(const std::string& id);
  result<void> write(stream_operation operation);
  result<void> write_secret(const stream_secret& secret);
  result<void> set_stopped(const std::string& id, bool stopped);

  journal::journal& journal_;
  boost::asio::any_io_executor core_;
  random_source& random_;
  const clock& clock_;
  const stream_limits limits_;
  journal::change_listener on_change_;
  std::function<void()> live_changed_;
  bool announcing_ = false;

  catalogue catalogue_;
  std::map<std::string, milliseconds> started_;  // by a person, steady clock
  std::map<node_id, remote_report> remote_;

  mutable std::mutex live_mutex_;
  std::map<std::string, std::shared_ptr<live_stream>, std::less<>> live_;
  struct lifeline;
  std::shared_ptr<lifeline>
      lifeline_;  // lets a publisher's strand reach a service that may be gone
};

}  // namespace hearth::streams
