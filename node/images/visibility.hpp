// Who may see an image: the one place that decides, for every way out (API, page, other nodes).
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace hearth::images {

enum class visibility : std::uint8_t { everyone = 1, subscribers = 2, owner_only = 3 };

/// "public", "subscribers", "private"
constexpr std::string_view visibility_name(visibility value) {
  switch (value) {
    case visibility::everyone:
      return "public";
    case visibility::subscribers:
      return "subscribers";
    case visibility::owner_only:
      return "private";
  }
  return "private";
}

constexpr std::optional<visibility> parse_visibility(std::string_view name) {
  if (name == "public") return visibility::everyone;
  if (name == "subscribers") return visibility::subscribers;
  if (name == "private") return visibility::owner_only;
  return std::nullopt;
}

/// Who asks. peer: another node of the cluster, which applies this rule again to its own people.
enum class audience : std::uint8_t { viewer, member, owner, peer };

constexpr bool may_see(visibility of, audience who) {
  switch (of) {
    case visibility::everyone:
      return true;
    case visibility::subscribers:
      return who != audience::viewer;
    case visibility::owner_only:
      return who == audience::owner;
  }
  return false;
}

}  // namespace hearth::images
