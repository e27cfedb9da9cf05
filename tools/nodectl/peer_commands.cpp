#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "tools/nodectl/session.hpp"
#include "tools/nodectl/terminal.hpp"

namespace hearth::nodectl {
namespace {

exit_code list(session& in) {
  const auto items = in.list("/api/peers");
  if (!items) return in.code();
  if (in.printed(*items)) return exit_code::done;
  if (items->empty()) {
    in.out() << "No other node is known yet.\n";
    return exit_code::done;
  }
  table rows({"NAME", "STATE", "ADDRESS", "FOUND BY", "BEHIND", "RTT MS", "ID"});
  for (const auto& one : *items) {
    rows.row({text_of(one, "name"), text_of(one, "state"), text_of(one, "address"),
              text_of(one, "found_by"), text_of(one, "behind"), text_of(one, "rtt_ms"),
              text_of(one, "node_id")});
  }
  rows.print(in.out());
  for (const auto& one : *items) {
    const auto why = text_of(one, "why");
    if (why.empty()) continue;
    const auto name = text_of(one, "name");
    in.out() << (name.empty() ? text_of(one, "address") : name) << ": " << why << '\n';
  }
  return exit_code::done;
}

exit_code add_peer(session& in, const std::string& address) {
  const auto answer =
      in.call(http::method::post, "/api/peers", boost::json::object{{"address", address}});
  if (!answer) return in.code();
  if (!in.printed(*answer)) in.out() << "The node at " << harmless(address) << " is tried now.\n";
  return exit_code::done;
}

}  // namespace

void add_peers(CLI::App& app, action& chosen) {
  auto* noun = app.add_subcommand("peers", "Other nodes")->require_subcommand(1);
  noun->add_subcommand("list", "Members and neighbours")->callback([&chosen] { chosen = list; });
  const auto address = std::make_shared<std::string>();
  auto* added = noun->add_subcommand("add", "A node by its address");
  added->add_option("ADDRESS", *address, "host:port")->required();
  added->callback(
      [&chosen, address] { chosen = [address](session& in) { return add_peer(in, *address); }; });
}

}  // namespace hearth::nodectl
