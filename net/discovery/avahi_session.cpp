#include "net/discovery/avahi_session.hpp"

#include <avahi-client/client.h>
#include <avahi-client/lookup.h>
#include <avahi-client/publish.h>
#include <avahi-common/alternative.h>
#include <avahi-common/error.h>
#include <avahi-common/malloc.h>
#include <avahi-common/simple-watch.h>

#include <map>
#include <set>

#include "net/discovery/avahi_convert.hpp"

namespace hearth::discovery {
namespace {

constexpr const char* service_type = "_hearth._tcp";
constexpr milliseconds retry_after{10'000};  // of an instance that did not resolve

template <class T, auto Free>
struct freed {
  void operator()(T* object) const { Free(object); }
};
template <class T, auto Free>
using owned = std::unique_ptr<T, freed<T, Free>>;

using loop_ptr = owned<AvahiSimplePoll, avahi_simple_poll_free>;
using client_ptr = owned<AvahiClient, avahi_client_free>;
using group_ptr = owned<AvahiEntryGroup, avahi_entry_group_free>;
using browser_ptr = owned<AvahiServiceBrowser, avahi_service_browser_free>;
using resolver_ptr = owned<AvahiServiceResolver, avahi_service_resolver_free>;

struct instance {
  AvahiIfIndex interface = AVAHI_IF_UNSPEC;
  AvahiProtocol protocol = AVAHI_PROTO_UNSPEC;
  std::string name;
  std::string domain;
  resolver_ptr resolver;
  milliseconds retry_at{0};  // when there is no resolver
};

std::string place_of(AvahiIfIndex interface, AvahiProtocol protocol, const char* name,
                     const char* domain) {
  return std::to_string(interface) + ' ' + std::to_string(protocol) + ' ' + name + ' ' + domain;
}

}  // namespace

/// Writes to the loop's pipe, which any thread may do.
void waker::wake() {
  std::lock_guard lock(mutex_);
  if (loop_ != nullptr) avahi_simple_poll_wakeup(static_cast<AvahiSimplePoll*>(loop_));
}

void waker::attach(void* loop) {
  std::lock_guard lock(mutex_);
  loop_ = loop;
}

struct avahi_session::state {
  waker* with = nullptr;
  observer* to = nullptr;
  std::string service_name;
  std::uint16_t port = 0;
  std::string announcement;
  const clock* time = nullptr;
  bool failed = false;
  bool all_shown = false;
  // Freed in the reverse order: the loop last.
  loop_ptr loop{avahi_simple_poll_new()};
  client_ptr client;
  group_ptr group;
  browser_ptr browser;
  std::map<std::string, instance> instances;
  std::set<std::string> unwanted;  // resolvers to free outside of their callbacks

  static void on_client(AvahiClient* client, AvahiClientState now, void* self);
  static void on_group(AvahiEntryGroup* group, AvahiEntryGroupState now, void* self);
  static void on_browse(AvahiServiceBrowser*, AvahiIfIndex interface, AvahiProtocol protocol,
                        AvahiBrowserEvent event, const char* name, const char* type,
                        const char* domain, AvahiLookupResultFlags, void* self);
  static void on_resolve(AvahiServiceResolver*, AvahiIfIndex interface, AvahiProtocol protocol,
                         AvahiResolverEvent event, const char* name, const char* type,
                         const char* domain, const char* host, const AvahiAddress* where,
                         std::uint16_t port, AvahiStringList* txt, AvahiLookupResultFlags,
                         void* self);

  void fail(AvahiClient* by);
  void publish(AvahiClient* by);
  bool add_service();
  void browse(AvahiClient* by);
  void resolve(instance& what);
  void retry_and_drop();
};

/// The daemon's answer to the last call ends the session.
void avahi_session::state::fail(AvahiClient* by) {
  const int error = avahi_client_errno(by);
  failed = true;
  to->on_state(errc_of(error), avahi_strerror(error));
}

void avahi_session::state::on_client(AvahiClient* client, AvahiClientState now, void* self) {
  auto& my = *static_cast<state*>(self);
  switch (now) {
    case AVAHI_CLIENT_S_RUNNING:
      my.publish(client);
      if (!my.failed && !my.browser) my.browse(client);
      break;
    case AVAHI_CLIENT_S_REGISTERING:
    case AVAHI_CLIENT_S_COLLISION:
      // The machine's own name is changing: published again when that is done.
      if (my.group) avahi_entry_group_reset(my.group.get());
      break;
    case AVAHI_CLIENT_CONNECTING:
      my.to->on_state(errc::no_daemon, avahi_strerror(AVAHI_ERR_NO_DAEMON));
      break;
    case AVAHI_CLIENT_FAILURE:
      my.fail(client);
      break;
  }
}

void avahi_session::state::publish(AvahiClient* by) {
  if (!group) group.reset(avahi_entry_group_new(by, on_group, this));
  if (!group) return fail(by);
  if (avahi_entry_group_is_empty(group.get()) != 0 && !add_service()) fail(by);
}

bool avahi_session::state::add_service() {
  const auto text = std::string(txt_key) + '=' + announcement;
  while (true) {
    auto* txt = avahi_string_list_new("txtvers=1", text.c_str(), nullptr);
    const int error = avahi_entry_group_add_service_strlst(
        group.get(), AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC, AvahiPublishFlags{}, service_name.c_str(),
        service_type, nullptr, nullptr, port, txt);
    avahi_string_list_free(txt);
    if (error == AVAHI_ERR_COLLISION) {
      auto* other = avahi_alternative_service_name(service_name.c_str());
      service_name = other;
      avahi_free(other);
      continue;
    }
    return error == AVAHI_OK && avahi_entry_group_commit(group.get()) == AVAHI_OK;
  }
}

void avahi_session::state::on_group(AvahiEntryGroup* group, AvahiEntryGroupState now, void* self) {
  auto& my = *static_cast<state*>(self);
  if (now == AVAHI_ENTRY_GROUP_ESTABLISHED) my.to->on_state({}, {});
  if (now == AVAHI_ENTRY_GROUP_FAILURE) my.fail(avahi_entry_group_get_client(group));
  if (now != AVAHI_ENTRY_GROUP_COLLISION || !my.group) return;
  auto* other = avahi_alternative_service_name(my.service_name.c_str());
  my.service_name = other;
  avahi_free(other);
  avahi_entry_group_reset(group);
  if (!my.add_service()) my.fail(avahi_entry_group_get_client(group));
}

void avahi_session::state::browse(AvahiClient* by) {
  browser.reset(avahi_service_browser_new(by, AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC, service_type,
                                          nullptr, AvahiLookupFlags{}, on_browse, this));
  if (!browser) fail(by);
}

void avahi_session::state::on_browse(AvahiServiceBrowser*, AvahiIfIndex interface,
                                     AvahiProtocol protocol, AvahiBrowserEvent event,
                                     const char* name, const char*, const char* domain,
                                     AvahiLookupResultFlags, void* self) {
  auto& my = *static_cast<state*>(self);
  switch (event) {
    case AVAHI_BROWSER_NEW: {
      if (my.instances.size() >= most_instances) return;
      const auto place = place_of(interface, protocol, name, domain);
      auto& made = my.instances[place];
      made.interface = interface;
      made.protocol = protocol;
      made.name = name;
      made.domain = domain;
      my.unwanted.erase(place);
      my.resolve(made);
      break;
    }
    case AVAHI_BROWSER_REMOVE: {
      const auto place = place_of(interface, protocol, name, domain);
      my.instances.erase(place);
      my.to->on_gone(place);
      break;
    }
    case AVAHI_BROWSER_ALL_FOR_NOW:
      my.all_shown = true;
      break;
    case AVAHI_BROWSER_CACHE_EXHAUSTED:
      break;
    case AVAHI_BROWSER_FAILURE:
      my.fail(my.client.get());
      break;
  }
}

void avahi_session::state::resolve(instance& what) {
  auto* by = client.get();
  if (by == nullptr) return;
  what.resolver.reset(avahi_service_resolver_new(
      by, what.interface, what.protocol, what.name.c_str(), service_type, what.domain.c_str(),
      what.protocol, AvahiLookupFlags{}, on_resolve, this));
  if (!what.resolver) what.retry_at = time->steady() + retry_after;
}

void avahi_session::state::on_resolve(AvahiServiceResolver*, AvahiIfIndex interface,
                                      AvahiProtocol protocol, AvahiResolverEvent event,
                                      const char* name, const char*, const char* domain,
                                      const char*, const AvahiAddress* where, std::uint16_t port,
                                      AvahiStringList* txt, AvahiLookupResultFlags, void* self) {
  auto& my = *static_cast<state*>(self);
  const auto place = place_of(interface, protocol, name, domain);
  if (event == AVAHI_RESOLVER_FOUND && where != nullptr) {
    my.to->on_seen(place, announcement_in(txt), to_address(*where, interface, port));
    return;
  }
  // Not resolved in time: asked again later, as long as it is listed.
  const auto found = my.instances.find(place);
  if (found == my.instances.end()) return;
  found->second.retry_at = my.time->steady() + retry_after;
  my.unwanted.insert(place);
}

/// Resolvers are freed here, not in their own callbacks.
void avahi_session::state::retry_and_drop() {
  for (const auto& place : std::exchange(unwanted, {})) {
    const auto found = instances.find(place);
    if (found == instances.end()) continue;
    if (found->second.retry_at.count() == 0) {
      instances.erase(found);
    } else {
      found->second.resolver.reset();
    }
  }
  const auto now = time->steady();
  for (auto& [place, each] : instances) {
    if (!each.resolver && now >= each.retry_at) resolve(each);
  }
}

avahi_session::avahi_session(waker& with, observer& to, std::string service_name,
                             std::uint16_t port, std::string announcement, const clock& time)
    : state_(std::make_unique<state>()) {
  auto& my = *state_;
  if (!my.loop) throw std::bad_alloc();
  my.with = &with;
  my.to = &to;
  my.service_name = std::move(service_name);
  my.port = port;
  my.announcement = std::move(announcement);
  my.time = &time;
  int error = 0;
  my.client.reset(avahi_client_new(avahi_simple_poll_get(my.loop.get()), AVAHI_CLIENT_NO_FAIL,
                                   state::on_client, &my, &error));
  if (!my.client) {
    // With NO_FAIL a missing daemon is not an error here, though Avahi calls it so: the bus is
    // missing.
    my.failed = true;
    to.on_state(error == AVAHI_ERR_NO_DAEMON ? errc::no_bus : errc_of(error),
                avahi_strerror(error));
  }
  with.attach(my.loop.get());
}

avahi_session::~avahi_session() {
  state_->with->attach(nullptr);
}

bool avahi_session::run_once(milliseconds longest) {
  if (state_->failed) return false;
  if (avahi_simple_poll_iterate(state_->loop.get(), static_cast<int>(longest.count())) < 0)
    return false;
  if (!state_->failed) state_->retry_and_drop();
  return !state_->failed;
}

bool avahi_session::caught_up() const {
  return state_->all_shown;
}

void avahi_session::forget(const std::string& place) {
  const auto found = state_->instances.find(place);
  if (found == state_->instances.end()) return;
  found->second.retry_at = milliseconds(0);
  state_->unwanted.insert(place);
}

}  // namespace hearth::discovery
