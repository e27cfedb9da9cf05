// Avahi's types made ours. Internal to net/discovery.
#pragma once
#include <avahi-common/address.h>
#include <avahi-common/strlst.h>

#include "net/discovery/errc.hpp"
#include "net/discovery/neighbourhood.hpp"

namespace hearth::discovery {

/// The TXT record's key of the announcement.
constexpr const char* txt_key = "a";

/// The announcement in a TXT record; empty when there is none of at most 255 characters.
std::string announcement_in(AvahiStringList* txt);

/// Link-local IPv6 gets the interface's name.
address to_address(const AvahiAddress& from, AvahiIfIndex interface, std::uint16_t port);

errc errc_of(int avahi_error);

}  // namespace hearth::discovery
