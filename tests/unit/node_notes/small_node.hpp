// A node as far as notes need one.
#pragma once
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "node/notes/notes.hpp"
#include "store/log/log_database.hpp"

namespace hearth::notes_test {

/// Its logs on disk, a journal, and its notes.
class small_node {
 public:
  explicit small_node(std::string name)
      : folder_(std::filesystem::temp_directory_path() /
                ("hearth-notes-" + name + "-" + std::to_string(system_random().u64()))),
        key_(signing_key::generate(system_random())) {
    std::filesystem::create_directories(folder_);
    open();
  }
  ~small_node() {
    close();
    std::filesystem::remove_all(folder_);
  }

  void restart() {
    close();
    open();
  }

  /// Gives the other node everything of the shared space that it lacks.
  void send_to(small_node& other) {
    for (const auto& [log, last] : disk->shared().versions()) {
      const auto theirs = other.disk->shared().versions();
      auto from = theirs.contains(log) ? theirs.at(log).next() : logs::seq_no{1};
      while (from <= last) {
        auto run = disk->shared().read_run(log, from, 1 << 20);
        BOOST_REQUIRE(run);
        from = run->entries.back().header.seq.next();
        auto stored = other.disk->shared().ingest(*run);
        BOOST_REQUIRE(stored);
        other.operations->take_in(stored->stored);
      }
    }
  }

  std::unique_ptr<logs::log_database> disk;
  std::unique_ptr<journal::journal> operations;
  std::unique_ptr<notes::notes> own;

 private:
  void open() {
    auto opened = logs::log_database::open(folder_, key_, system_random(), system_clock());
    BOOST_REQUIRE(opened);
    disk = std::move(*opened);
    operations = std::make_unique<journal::journal>(disk->shared(), disk->local(), system_clock());
    own = std::make_unique<notes::notes>(*operations, system_random(), 1000,
                                         [](const journal::change&) {});
    BOOST_REQUIRE(operations->rebuild());
    own->index_all();
  }
  void close() {
    own.reset();
    operations.reset();
    disk.reset();
  }

  std::filesystem::path folder_;
  signing_key key_;
};

inline notes::note_patch text_patch(std::string text, std::optional<std::string> base = {}) {
  notes::note_patch patch;
  patch.base = std::move(base);
  patch.text = std::move(text);
  return patch;
}

inline notes::note_patch share_patch(bool shared) {
  notes::note_patch patch;
  patch.shared = shared;
  return patch;
}

}  // namespace hearth::notes_test
