#include "node/api/uploads.hpp"

#include "node/api/answers.hpp"

namespace hearth::api {
namespace {

using writer = std::shared_ptr<blobs::blob_writer>;

awaitable<http::answer<writer>> open_writer(const services& with, std::uint64_t expected) {
  auto work = [&store = with.blobs, expected]() -> result<writer> {
    auto made = store.create_writer(expected);
    if (!made) return made.error();
    return writer(std::move(*made));
  };
  auto made = co_await run_on(with.worker, std::move(work));
  if (!made) co_return explain(made.error());
  co_return *made;
}

using upload_hold = blobs::unneeded_blobs::hold;

/// A finished blob, and what keeps it from being removed.
struct held_blob {
  blobs::stored_blob blob;
  std::shared_ptr<upload_hold> hold;
};

awaitable<http::answer<held_blob>> take_file(http::multipart_reader& form, const services& with,
                                             std::uint64_t limit_bytes) {
  auto out = co_await open_writer(with, 0);
  if (!out) co_return out.error();
  while (true) {
    auto piece = co_await form.read();
    if (!piece) co_return piece.error();
    if (piece->empty()) break;
    if ((*out)->size() + piece->size() > limit_bytes) co_return http::file_too_large(limit_bytes);
    auto work = [file = *out, data = *piece] { return file->append(data); };
    auto kept = co_await run_on(with.worker, std::move(work));
    if (!kept) co_return explain(kept.error());
  }
  if ((*out)->size() == 0) {
    co_return http::api_error{400, "empty_file", "the file is empty", "Choose another file."};
  }
  auto work = [file = *out, unneeded = with.unneeded]() -> result<held_blob> {
    auto hold = unneeded->begin_upload();
    auto stored = hold->finish(*file);
    if (!stored) return stored.error();
    return held_blob{std::move(*stored), std::move(hold)};
  };
  auto stored = co_await run_on(with.worker, std::move(work));
  if (!stored) co_return explain(stored.error());
  co_return std::move(*stored);
}

}  // namespace

awaitable<http::answer<uploaded_file>> take_upload(http::request_context& context,
                                                   const services& with,
                                                   std::uint64_t limit_bytes) {
  auto form = http::multipart_reader::open(context);
  if (!form) co_return form.error();
  uploaded_file out;
  bool has_file = false;
  while (true) {
    auto part = co_await form->next_part();
    if (!part) co_return part.error();
    if (!*part) break;
    const auto head = **part;
    if (head.name == "file" && !has_file) {
      auto blob = co_await take_file(*form, with, limit_bytes);
      if (!blob) co_return blob.error();
      out.blob = std::move(blob->blob);
      out.hold = std::move(blob->hold);
      out.file_name = head.file_name;
      has_file = true;
      continue;
    }
    auto text = co_await form->read_text(4096);
    if (!text) co_return text.error();
    out.fields[head.name] = std::move(*text);
  }
  if (!has_file) {
    co_return http::api_error{400, "no_file", "the form has no part named \"file\"",
                              "Send multipart/form-data with the file in a part named file."};
  }
  co_return out;
}

result<blobs::stored_blob> store_bytes(blobs::local_blob_store& store, upload_hold& hold,
                                       byte_view content) {
  auto out = store.create_writer(content.size());
  if (!out) return out.error();
  if (auto kept = (*out)->append(content); !kept) return kept.error();
  return hold.finish(**out);
}

}  // namespace hearth::api
