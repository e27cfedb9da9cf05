#include "node/app/daemon.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <csignal>
#include <cstdlib>
#include <future>
#include <thread>

#include "media/rtmp/server.hpp"
#include "node/api/resources.hpp"
#include "node/app/shared_resources.hpp"
#include "node/app/start_up.hpp"
#include "node/http/server.hpp"
#include "store/base/log.hpp"
#include "store/base/with_timeout.hpp"
#include "store/log/log_database.hpp"

namespace hearth::app {
namespace {

namespace asio = boost::asio;

constexpr std::size_t worker_threads = 4;
constexpr std::size_t io_threads = 2;
constexpr milliseconds tick_period = std::chrono::seconds(1);
constexpr milliseconds longest_stop{4300};
constexpr milliseconds cleanup_period = std::chrono::minutes(5);

std::vector<peers::peer_address> addresses(const std::vector<std::string>& texts) {
  std::vector<peers::peer_address> out;
  for (const auto& text : texts) {
    out.push_back(take(peers::peer_address::parse(text), "peer.fixed " + text));
  }
  return out;
}

std::string shown(const asio::ip::tcp::endpoint& at) {
  const auto host = at.address().to_string();
  return (at.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(at.port());
}

}  // namespace

/// Everything that runs, in the order in which it is built.
struct daemon::parts {
  explicit parts(config::node_config given);

  void connect();
  void listen();
  void fill_views();
  bool is_needed(const bytes32& blob) const;
  api::services services();
  /// Ends the process when this is not done by then.
  void leave_unless_ready(std::future<void>& what, milliseconds deadline) const;
  awaitable<void> tick_loop();
  awaitable<void> shut_down();
  void publish(const journal::change& what);
  streams::stream_limits stream_limits() const;
  peers::peer_options peer_options() const;
  peers::presence_hooks presence();

  const config::node_config config;
  const clock& time = system_clock();
  const milliseconds started = time.steady();
  const data_folder folder;
  const bool folder_ready;
  // Threads outlive all that runs on them.
  asio::io_context io;
  asio::signal_set signals{io, SIGTERM, SIGINT};  // from now on none ends the process unasked
  asio::thread_pool pool{worker_threads};
  const asio::any_io_executor core{asio::make_strand(pool)};
  const asio::any_io_executor worker{pool.get_executor()};
  task_group tasks{"daemon", 64};
  http::event_hub events;
  // Truth and its views.
  std::shared_ptr<const transport::link_context> context;
  std::unique_ptr<logs::log_database> logs;
  std::unique_ptr<blobs::local_blob_store> blobs;
  journal::journal journal;
  notes::notes notes;
  streams::streams streams;
  images::images images;
  videos::videos videos;
  const std::shared_ptr<blobs::unneeded_blobs> unneeded = std::make_shared<blobs::unneeded_blobs>(
      core, worker, [this](const bytes32& blob) { return is_needed(blob); }, *blobs);
  // Outward.
  shared_resources resources;
  peers::peers peers;
  peers::remote_blobs remote_blobs;
  peers::remote_hls remote_hls;
  sandbox::worker_pool workers;
  rtmp::server rtmp;
  std::unique_ptr<http::server> http;
  std::string http_address;
  std::string page;
};

namespace {

bool prepared(const data_folder& folder, const std::filesystem::path& path) {
  check(folder.prepare(), "data folder " + path.string(), "is it writable for this user?");
  return true;
}

rtmp::server_options rtmp_options(const config::node_config& config) {
  rtmp::server_options out;
  out.address = config.rtmp.listen;
  out.port = config.rtmp.port;
  return out;
}

}  // namespace

daemon::parts::parts(config::node_config given)
    : config(std::move(given)),
      folder(config.data_dir),
      folder_ready(prepared(folder, config.data_dir)),
      context(make_context(config, folder)),
      logs(take(logs::log_database::open(folder.logs(), context->key, system_random(), time),
                "store in " + folder.logs().string(),
                "is another node running with this data folder?")),
      blobs(take(blobs::local_blob_store::open(folder.blobs()),
                 "blobs in " + folder.blobs().string())),
      journal(logs->shared(), logs->local(), time),
      notes(journal, system_random(), config.notes.max_bytes,
            [this](const journal::change& what) { publish(what); }),
      streams(journal, core, system_random(), time, stream_limits(),
              [this](const journal::change& what) { publish(what); }),
      images(journal, system_random(), config.images.max_per_stream,
             [this](const journal::change& what) { publish(what); }),
      videos(journal, system_random(), [this](const journal::change& what) { publish(what); }),
      resources(core, worker, images, videos, streams, *blobs),
      peers({io.get_executor(), core, context, logs->shared(), journal, resources, system_random(),
             time},
            peer_options(), presence(), [this](const journal::change& what) { publish(what); }),
      remote_blobs(peers.fetcher(), *blobs, worker,
                   [this](const blobs::blob_id& whole) {
                     asio::post(core, [this, whole] { videos.note_copy_of(whole.hash); });
                   }),
      remote_hls(peers.fetcher(), io.get_executor(), time, config.cache.memory_bytes),
      workers(io.get_executor()),
      rtmp(io.get_executor(), rtmp_options(config), streams) {
  try {
    fill_views();
    listen();
    connect();
  } catch (...) {  // the pool runs already: nothing may be torn down under it
    tasks.cancel();
    pool.stop();
    pool.join();
    throw;
  }
}

void daemon::parts::publish(const journal::change& what) {
  events.publish("change", {{"topic", what.topic}, {"id", what.id}, {"action", what.action}});
}

streams::stream_limits daemon::parts::stream_limits() const {
  streams::stream_limits out;
  out.max_live = config.streams.max;
  out.hls.part = milliseconds(config.hls.part_ms);
  out.hls.segment = milliseconds(config.hls.segment_ms);
  return out;
}

peers::peer_options daemon::parts::peer_options() const {
  return {config.node.name, config.peer.listen, config.peer.port, config.peer.discovery,
          addresses(config.peer.fixed)};
}

peers::presence_hooks daemon::parts::presence() {
  peers::presence_hooks out;
  out.make_body = [this] { return streams::encode_report(streams.report()); };
  out.take_body = [this](const node_id& from, byte_view body, milliseconds lifetime) {
    if (auto report = streams::decode_report(body)) streams.take_report(from, *report, lifetime);
  };
  out.forget = [this](const node_id& gone) { streams.forget_reports(gone); };
  return out;
}

void daemon::parts::fill_views() {
  check(journal.rebuild(), "reading the logs",
        "the log above says which; the data folder may be damaged");
  notes.index_all();
  images.on_unneeded([this](const bytes32& blob) { unneeded->drop(blob); });
  videos.on_unneeded([this](const bytes32& blob) { unneeded->drop(blob); });
  streams.announce();
  images.announce();
  videos.announce();
}

bool daemon::parts::is_needed(const bytes32& blob) const {
  return images.needs(blob, images::audience::owner) || videos.needs(blob);
}

void daemon::parts::connect() {
  streams.on_live_change([this] { peers.send_presence(); });
  check(tasks.spawn(core, "ticks", tick_loop()), "timer");
  run_facts facts{context->key.id(), http_address, shown(rtmp.endpoint()),
                  config.peer.listen + ":" + std::to_string(peers.port())};
  check(folder.write_run_file(facts), "run.json");
}

api::services daemon::parts::services() {
  return {core,    worker,      config,       context->key.id(), time,
          started, rtmp.port(), notes,        streams,           images,
          videos,  peers,       remote_blobs, remote_hls,        *blobs,
          workers, events,      unneeded};
}

void daemon::parts::listen() {
  const auto place = [](const char* key, std::uint16_t port) {
    return std::string(key) + " " + std::to_string(port);
  };
  const std::string taken = "another program uses this port, or choose 0 for a free one";
  check(rtmp.start(), place("rtmp.port", config.rtmp.port), taken);
  http::server_options options;
  options.allowed_hosts = config.http.allowed_hosts;
  options.connections = 2048;
  options.connections_per_address = 2048;  // all callers are on loopback
  http = std::make_unique<http::server>(io.get_executor(), api::make_router(services()), options);
  const auto at = take(http->listen_tcp(config.http.listen, config.http.port),
                       place("http.port", config.http.port), taken);
  check(http->listen_local(folder.socket()), "the socket " + folder.socket().string());
  http_address = shown(at);
  check(peers.start(), place("peer.port", config.peer.port), taken);
  http->start();
}

awaitable<void> daemon::parts::tick_loop() {
  auto cleaned = time.steady();
  while (true) {
    co_await sleep_for(tick_period);
    journal.tick();
    streams.tick();
    if (time.steady() - cleaned < cleanup_period) continue;
    cleaned = time.steady();
    if (const auto count = streams.cleanup(); count > 0) {
      log::info("streams", std::to_string(count) + " dead publishers were cleaned up");
    }
  }
}

void daemon::parts::leave_unless_ready(std::future<void>& what, milliseconds deadline) const {
  const auto left = std::max(deadline - time.steady(), milliseconds(0));
  if (what.wait_for(left) == std::future_status::ready) return;
  // Everything acknowledged is on the disk; what hangs is not worth waiting for.
  log::error("daemon", "something did not end in time; leaving it behind");
  folder.remove_run_file();
  std::_Exit(0);
}

awaitable<void> daemon::parts::shut_down() {
  log::info("daemon", "stopping");
  auto end_streams = [this] { streams.shut_down(); };
  co_await run_on(core, std::move(end_streams));
  co_await http->stop(milliseconds(500));
  workers.close();
  (void)co_await rtmp.stop(milliseconds(1000));  // says itself what it could not end
  auto end_peers = [this] { peers.shut_down(); };
  co_await run_on(core, std::move(end_peers));
  tasks.cancel();
  (void)co_await peers.join(milliseconds(500));
  (void)co_await tasks.join(milliseconds(200));
  unneeded->close();
  auto settle = [] {};
  co_await run_on(core, std::move(settle));  // what was posted before is done by now
}

daemon::daemon(config::node_config config) : parts_(std::make_unique<parts>(std::move(config))) {
  parts_->page = "http://" + parts_->http_address + "/";
}

daemon::~daemon() = default;

const std::string& daemon::page_address() const {
  return parts_->page;
}

void daemon::run() {
  auto& all = *parts_;
  auto keep_running = asio::make_work_guard(all.io);
  std::promise<void> asked;
  std::promise<void> stopped;
  all.signals.async_wait([&](error_code, int) {
    asked.set_value();
    asio::co_spawn(all.io, all.shut_down(), [&](std::exception_ptr) { stopped.set_value(); });
  });
  std::vector<std::future<void>> threads;
  const auto in_thread = [&threads](std::function<void()> work) {
    std::packaged_task<void()> task(std::move(work));
    threads.push_back(task.get_future());
    std::thread(std::move(task)).detach();
  };
  for (std::size_t i = 0; i < io_threads; ++i)
    in_thread([&all] { all.io.run(); });
  asked.get_future().wait();
  const auto deadline = all.time.steady() + longest_stop;
  auto services = stopped.get_future();
  all.leave_unless_ready(services, deadline);
  keep_running.reset();
  in_thread([&all] { all.peers.stop_discovery(); });
  in_thread([&all] { all.pool.join(); });
  for (auto& thread : threads)
    all.leave_unless_ready(thread, deadline);
  all.folder.remove_run_file();
  log::info("daemon", "stopped");
}

}  // namespace hearth::app
