#include "net/noise/pattern.hpp"

#include <algorithm>
#include <array>

namespace hearth::noise {
namespace {

constexpr std::string_view name_start = "Noise_";
constexpr std::string_view name_end = "_25519_ChaChaPoly_BLAKE2b";

struct entry {
  std::string_view name;
  std::string_view messages;  // separated by commas
};

constexpr std::array table{
    // One-way.
    entry{"N", "e es"},
    entry{"K", "e es ss"},
    entry{"X", "e es s ss"},
    // Interactive.
    entry{"NN", "e,e ee"},
    entry{"NK", "e es,e ee"},
    entry{"NX", "e,e ee s es"},
    entry{"XN", "e,e ee,s se"},
    entry{"XK", "e es,e ee,s se"},
    entry{"XX", "e,e ee s es,s se"},
    entry{"KN", "e,e ee se"},
    entry{"KK", "e es ss,e ee se"},
    entry{"KX", "e,e ee se s es"},
    entry{"IN", "e s,e ee se"},
    entry{"IK", "e es s ss,e ee se"},
    entry{"IX", "e s,e ee se s es"},
    // Deferred.
    entry{"NK1", "e,e ee es"},
    entry{"NX1", "e,e ee s,es"},
    entry{"X1N", "e,e ee,s,se"},
    entry{"X1K", "e es,e ee,s,se"},
    entry{"XK1", "e,e ee es,s se"},
    entry{"X1K1", "e,e ee es,s,se"},
    entry{"X1X", "e,e ee s es,s,se"},
    entry{"XX1", "e,e ee s,es s se"},
    entry{"X1X1", "e,e ee s,es s,se"},
    entry{"K1N", "e,e ee,se"},
    entry{"K1K", "e es,e ee,se"},
    entry{"KK1", "e,e ee se es"},
    entry{"K1K1", "e,e ee es,se"},
    entry{"K1X", "e,e ee s es,se"},
    entry{"KX1", "e,e ee se s,es"},
    entry{"K1X1", "e,e ee s,se es"},
    entry{"I1N", "e s,e ee,se"},
    entry{"I1K", "e es s,e ee,se"},
    entry{"IK1", "e s,e ee se es"},
    entry{"I1K1", "e s,e ee es,se"},
    entry{"I1X", "e s,e ee s es,se"},
    entry{"IX1", "e s,e ee se s,es"},
    entry{"I1X1", "e s,e ee s,se es"},
};

std::vector<std::string_view> split(std::string_view text, char by) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = text.find(by);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

token token_of(std::string_view word) {
  if (word == "e") return token::e;
  if (word == "s") return token::s;
  if (word == "ee") return token::ee;
  if (word == "es") return token::es;
  return word == "se" ? token::se : token::ss;
}

/// Modifier pskN: N = 0 at the start of the first message, else at the end of message N.
bool add_psk(pattern& into, std::string_view modifier) {
  if (modifier.size() != 4 || !modifier.starts_with("psk")) return false;
  const auto place = static_cast<std::size_t>(modifier[3] - '0');
  if (place > into.messages.size()) return false;
  if (place == 0) {
    into.messages[0].insert(into.messages[0].begin(), token::psk);
  } else {
    into.messages[place - 1].push_back(token::psk);
  }
  ++into.psks;
  return true;
}

pattern build(const entry& from) {
  pattern out;
  for (auto message : split(from.messages, ',')) {
    auto& tokens = out.messages.emplace_back();
    for (auto word : split(message, ' '))
      tokens.push_back(token_of(word));
  }
  const bool one_way = from.name.size() == 1;
  out.initiator_known = from.name.starts_with('K');
  // The second party's letter, past a deferral's digit; of one-way patterns, the responder's key is
  // always known.
  const auto second = from.name.find_first_not_of("1", 1);
  out.responder_known = one_way || from.name[second] == 'K';
  return out;
}

}  // namespace

result<pattern> find_pattern(std::string_view protocol_name) {
  if (!protocol_name.starts_with(name_start) || !protocol_name.ends_with(name_end) ||
      protocol_name.size() < name_start.size() + name_end.size()) {
    return errc::unknown_protocol;
  }
  auto middle = protocol_name.substr(name_start.size());
  middle.remove_suffix(name_end.size());
  const auto modifiers = middle.find("psk");
  const auto base = middle.substr(0, modifiers);
  const auto* found =
      std::find_if(table.begin(), table.end(), [&](const entry& e) { return e.name == base; });
  if (found == table.end()) return errc::unknown_protocol;
  auto out = build(*found);
  out.protocol_name = protocol_name;
  if (modifiers != std::string_view::npos) {
    for (auto modifier : split(middle.substr(modifiers), '+')) {
      if (!add_psk(out, modifier)) return errc::unknown_protocol;
    }
  }
  return out;
}

}  // namespace hearth::noise
