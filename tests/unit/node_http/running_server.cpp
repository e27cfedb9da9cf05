#include "running_server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <fstream>

#include "node/http/json_reader.hpp"
#include "store/base/with_timeout.hpp"

namespace {

namespace asio = boost::asio;
using namespace hearth::http;
using hearth::awaitable;

/// Routes for the tests; each shows one thing of the server.
class test_routes : public std::enable_shared_from_this<test_routes> {
 public:
  test_routes(std::filesystem::path folder, asio::any_io_executor workers,
              std::shared_ptr<event_hub> events)
      : folder_(std::move(folder)), workers_(std::move(workers)), events_(std::move(events)) {}

  awaitable<response> hello(request_context& context) {
    co_return json_response(boost::json::object{{"hello", context.param("name")}});
  }

  awaitable<response> echo(request_context& context) { co_return json_response(context.json, 201); }

  awaitable<response> fails(request_context&) {
    throw std::runtime_error("the disk is on fire");
    co_return empty_response();
  }

  awaitable<response> file(request_context& context) {
    auto source = open_file_source(folder_ / "file.bin", workers_);
    if (!source) co_return error_response(404, "not_found", "gone");
    co_return ranged_response(context.head, *source, {"video/mp4", "\"v1\""});
  }

  awaitable<response> listen(request_context&) { co_return event_response(*events_); }

  awaitable<response> slow(request_context&) {
    co_await hearth::sleep_for(std::chrono::milliseconds(300));
    co_return json_response("done");
  }

  awaitable<response> upload(request_context& context) {
    auto form = multipart_reader::open(context);
    if (!form) co_return error_response(form.error());
    boost::json::object out;
    for (;;) {
      const auto part = co_await form->next_part();
      if (!part) co_return error_response(part.error());
      if (!*part) co_return json_response(out, 201);
      if (!(*part)->is_file) {
        const auto text = co_await form->read_text();
        if (!text) co_return error_response(text.error());
        out[(*part)->name] = *text;
        continue;
      }
      std::uint64_t size = 0;
      for (;;) {
        const auto piece = co_await form->read();
        if (!piece) co_return error_response(piece.error());
        if (piece->empty()) break;
        size += piece->size();
        if (size > 1024 * 1024) co_return error_response(file_too_large(1024 * 1024));
      }
      out["file"] = (*part)->file_name;
      out["size"] = size;
    }
  }

  void add_to(router& to) {
    const auto self = shared_from_this();
    to.add({method::get,
            "/hello/{name}",
            access::viewer,
            {"test", "Greets"},
            [self](request_context& c) { return self->hello(c); }});
    to.add(route{
        method::post, "/echo", access::owner, {"test", "Echoes"}, [self](request_context& c) {
          return self->echo(c);
        }}.takes(body_kind::json, 2000));
    to.add({method::get, "/fails", access::open, {"test", "Fails"}, [self](request_context& c) {
              return self->fails(c);
            }});
    to.add({method::get, "/file", access::open, {"test", "A file"}, [self](request_context& c) {
              return self->file(c);
            }});
    to.add({method::get, "/events", access::open, {"test", "Events"}, [self](request_context& c) {
              return self->listen(c);
            }});
    to.add({method::get, "/slow", access::open, {"test", "Slow"}, [self](request_context& c) {
              return self->slow(c);
            }});
    to.add(route{
        method::post, "/upload", access::member, {"test", "Upload"}, [self](request_context& c) {
          return self->upload(c);
        }}.takes(body_kind::stream, 40 * 1024 * 1024));
  }

 private:
  std::filesystem::path folder_;
  asio::any_io_executor workers_;
  std::shared_ptr<event_hub> events_;
};

std::filesystem::path new_folder() {
  auto name = (std::filesystem::temp_directory_path() / "hearth-http-XXXXXX").string();
  return ::mkdtemp(name.data());
}

}  // namespace

running_server::running_server(server_options options)
    : folder_(new_folder()),
      work_(io_.get_executor()),
      events_(std::make_shared<event_hub>(4, 16)) {
  auto routes = std::make_shared<router>();
  std::make_shared<test_routes>(folder_, workers_.get_executor(), events_)->add_to(*routes);
  server_ = std::make_unique<hearth::http::server>(io_.get_executor(), routes, std::move(options));
  port_ = server_->listen_tcp("127.0.0.1", 0).value().port();
  server_->listen_local(socket()).value();
  server_->start();
  for (int i = 0; i < 2; ++i)
    threads_.emplace_back([this] { io_.run(); });
}

std::chrono::milliseconds running_server::stop() {
  const auto begin = std::chrono::steady_clock::now();
  auto stopping = server_->stop(std::chrono::seconds(2));
  asio::co_spawn(io_, std::move(stopping), asio::use_future).get();
  stopped_ = true;
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               begin);
}

running_server::~running_server() {
  if (!stopped_) stop();
  work_.reset();
  for (auto& thread : threads_)
    thread.join();
  workers_.join();
  std::filesystem::remove_all(folder_);
}
