// hearthd: one node of Hearth.
#include <sys/resource.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <vector>

#include "node/app/daemon.hpp"
#include "store/base/log.hpp"

namespace {

/// As many open files as the system lets this process have: every viewer is one.
void raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

void set_up_log(const hearth::config::node_config& config) {
  using hearth::log::level;
  const auto& name = config.log.level;
  const auto least = name == "debug"   ? level::debug
                     : name == "warn"  ? level::warn
                     : name == "error" ? level::error
                                       : level::info;
  const bool json = config.log.format == "json";
  hearth::log::configure(least, json ? hearth::log::format::json : hearth::log::format::text);
}

int report(const std::vector<hearth::config::problem>& problems) {
  for (const auto& each : problems)
    std::fprintf(stderr, "hearthd: %s\n", each.text().c_str());
  return 2;
}

int serve(hearth::config::node_config config) {
  hearth::app::daemon daemon(std::move(config));
  std::printf("Hearth is up: %s\n", daemon.page_address().c_str());
  std::fflush(stdout);
  daemon.run();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  using hearth::config::request;
  try {
    auto outcome = hearth::config::load({argv + 1, argv + argc}, hearth::config::this_process());
    if (outcome.wanted == request::show_help) return std::puts(outcome.help.c_str()) < 0;
    if (outcome.wanted == request::show_version) return std::puts("hearthd " HEARTH_VERSION) < 0;
    if (!outcome.errors.empty()) return report(outcome.errors);
    set_up_log(outcome.config);
    for (const auto& each : outcome.warnings)
      hearth::log::warn("config", each.text());
    if (outcome.wanted == request::check) return std::puts("the configuration is good") < 0;
    std::signal(SIGPIPE, SIG_IGN);
    raise_file_limit();
    return serve(std::move(outcome.config));
  } catch (const std::exception& e) {
    std::fprintf(stderr, "hearthd: %s\n", e.what());
    return 1;
  }
}
