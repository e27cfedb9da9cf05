#include "net/discovery/avahi_convert.hpp"

#include <avahi-common/error.h>
#include <net/if.h>

namespace hearth::discovery {
namespace {

constexpr std::size_t most_text = 255;

}  // namespace

std::string announcement_in(AvahiStringList* txt) {
  auto* found = avahi_string_list_find(txt, txt_key);
  if (found == nullptr) return {};
  const std::string_view text(reinterpret_cast<const char*>(avahi_string_list_get_text(found)),
                              avahi_string_list_get_size(found));
  const auto equals = text.find('=');
  if (equals == std::string_view::npos || text.size() - equals - 1 > most_text) return {};
  return std::string(text.substr(equals + 1));
}

address to_address(const AvahiAddress& from, AvahiIfIndex interface, std::uint16_t port) {
  char text[AVAHI_ADDRESS_STR_MAX] = {};
  avahi_address_snprint(text, sizeof text, &from);
  address out{text, port};
  if (out.host.starts_with("fe80:")) {
    char device[IF_NAMESIZE] = {};
    if (::if_indextoname(static_cast<unsigned>(interface), device) != nullptr) {
      out.host += '%';
      out.host += device;
    }
  }
  return out;
}

errc errc_of(int avahi_error) {
  switch (avahi_error) {
    case AVAHI_ERR_NO_DAEMON:
      return errc::no_daemon;
    case AVAHI_ERR_DBUS_ERROR:
      return errc::no_bus;
    case AVAHI_ERR_DISCONNECTED:
      return errc::daemon_lost;
    default:
      return errc::rejected;
  }
}

}  // namespace hearth::discovery
