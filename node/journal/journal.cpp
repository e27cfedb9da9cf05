#include "node/journal/journal.hpp"

namespace hearth::journal {
namespace {

/// An operation further ahead than this waits for its time.
constexpr milliseconds most_ahead = std::chrono::minutes(10);

}  // namespace

journal::journal(logs::shared_log_store& shared, logs::local_log_store& local, const clock& time)
    : shared_(shared), local_(local), time_(time) {}

void journal::set_view(kind what, view apply) {
  views_[what] = std::move(apply);
}

result<void> journal::rebuild() {
  const auto visit = [this](const logs::entry& entry) { deliver(entry); };
  if (auto done = shared_.for_each(visit); !done) return done;
  return local_.for_each(visit);
}

result<operation_id> journal::write(space where, kind what, bytes payload) {
  const auto number = static_cast<std::uint16_t>(what);
  auto written = where == space::shared ? shared_.append(number, std::move(payload))
                                        : local_.append(number, std::move(payload));
  if (!written) return written.error();
  apply(*written);
  if (where == space::shared && shared_written_) shared_written_();
  const auto& header = written->header;
  return operation_id{header.log.author, header.log.incarnation, header.seq.value};
}

void journal::take_in(const std::vector<logs::entry>& entries) {
  for (const auto& entry : entries)
    deliver(entry);
}

void journal::tick() {
  const auto horizon = (time_.wall() + most_ahead).count();
  while (!future_.empty() && future_.begin()->first <= horizon) {
    auto node = future_.extract(future_.begin());
    apply(node.mapped());
  }
}

void journal::deliver(const logs::entry& entry) {
  const auto time = hybrid_clock::wall_of(entry.header.hlc);
  // What this node wrote itself holds at once, also after its clock was set back.
  const bool own =
      entry.header.in == logs::space::local || entry.header.log.author == shared_.own_log().author;
  if (!own && time > time_.wall() + most_ahead) {
    future_.emplace(time.count(), entry);
    return;
  }
  apply(entry);
}

void journal::apply(const logs::entry& entry) {
  const auto& header = entry.header;
  const auto found = views_.find(static_cast<kind>(header.kind));
  if (found == views_.end()) return;  // a newer release's kind: kept in the log for later
  operation each;
  each.where = header.in == logs::space::shared ? space::shared : space::local;
  each.id = {header.log.author, header.log.incarnation, header.seq.value};
  each.clock = header.hlc;
  each.what = found->first;
  each.payload = entry.payload;
  found->second(each);
}

}  // namespace hearth::journal
