#include "node/notes/edited_text.hpp"

#include <algorithm>

#include "node/notes/code_points.hpp"

namespace hearth::notes {
namespace {

/// Above this many pieces they are joined: finding a place goes through all of them.
constexpr std::size_t most_pieces = 2048;

}  // namespace

edited_text::edited_text(std::string_view utf8)
    : sources_{to_code_points(utf8)}, pieces_{sources_.back()}, size_(sources_.back().size()) {}

bool edited_text::apply(const text_edit& edit) {
  if (edit.pos > size_ || edit.del > size_ - edit.pos) return false;
  replace(edit.pos, edit.del, edit.ins);
  return true;
}

void edited_text::apply_leniently(const text_edit& edit) {
  const auto pos = std::min<std::uint64_t>(edit.pos, size_);
  replace(pos, std::min<std::uint64_t>(edit.del, size_ - pos), edit.ins);
}

std::string edited_text::text() const {
  return to_utf8(joined());
}

std::size_t edited_text::cut(std::size_t pos) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    if (at == pos) return i;
    const auto piece = pieces_[i];
    if (pos < at + piece.size()) {
      pieces_[i] = piece.substr(0, pos - at);
      pieces_.insert(pieces_.begin() + static_cast<std::ptrdiff_t>(i + 1), piece.substr(pos - at));
      return i + 1;
    }
    at += piece.size();
  }
  return pieces_.size();
}

void edited_text::replace(std::size_t pos, std::size_t del, std::string_view ins) {
  const auto begin = static_cast<std::ptrdiff_t>(cut(pos));
  const auto end = static_cast<std::ptrdiff_t>(cut(pos + del));
  pieces_.erase(pieces_.begin() + begin, pieces_.begin() + end);
  size_ -= del;
  if (!ins.empty()) {
    sources_.push_back(to_code_points(ins));
    pieces_.insert(pieces_.begin() + begin, sources_.back());
    size_ += sources_.back().size();
  }
  if (pieces_.size() <= most_pieces) return;
  auto whole = joined();
  sources_.clear();
  sources_.push_back(std::move(whole));
  pieces_.assign(1, sources_.back());
}

std::u32string edited_text::joined() const {
  std::u32string out;
  out.reserve(size_);
  for (const auto& piece : pieces_)
    out += piece;
  return out;
}

}  // namespace hearth::notes
