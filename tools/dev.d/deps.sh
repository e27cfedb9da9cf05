# tools/dev deps [build|test|lint|fuzz|all]
#
# Installs the Debian 12 packages that are missing, as root or through sudo: those that building needs
# (the default), those that the tests need too, or those of another command. Does nothing, quickly,
# when all are there. node and npm are installed only where those commands are missing.

build_packages=(
  ca-certificates ccache cmake g++ mold ninja-build pkg-config
  libboost1.81-dev libboost-json1.81-dev libboost-system1.81-dev libboost-test1.81-dev
  libboost-url1.81-dev libavahi-client-dev libavcodec-dev libavformat-dev libavutil-dev libcereal-dev
  libcli11-dev librocksdb-dev libseccomp-dev libsodium-dev libspdlog-dev libsqlite3-dev libssl-dev
  libswscale-dev libtomlplusplus-dev libvips-dev zlib1g-dev
)
test_packages=(
  avahi-daemon avahi-utils chromium clang-format curl dbus ethtool ffmpeg fonts-dejavu-core iproute2 jq
  libvips-tools nftables procps python3 tcpdump
)
lint_packages=(clang clang-format clang-tidy git python3)
fuzz_packages=(clang libclang-rt-14-dev)

missing_packages() {
  local package
  local -A installed=()
  while read -r package; do
    installed[$package]=1
  done < <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
           sed -n 's/^installed //p')
  for package in "$@"; do
    [[ -n ${installed[$package]:-} ]] || echo "$package"
  done
}

install_packages() {
  local options=(-q -y --no-install-recommends -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0
                 -o Acquire::Retries=3)
  say "installing: $*"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q "${options[@]}" update >/dev/null ||
    say "apt-get update did not succeed; trying with the lists there are"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" install "$@" >"$log" 2>&1 || {
    tail -20 "$log" >&2
    die "the packages could not be installed"
  }
}

command -v dpkg-query >/dev/null || die "no dpkg here: Hearth is built on Debian 12"

wanted=("${build_packages[@]}")
command -v node >/dev/null || wanted+=(nodejs)
command -v npm >/dev/null || wanted+=(npm)
case ${1:-build} in
  build) ;;
  test) wanted+=("${test_packages[@]}") ;;
  lint) wanted+=("${lint_packages[@]}") ;;
  fuzz) wanted+=("${fuzz_packages[@]}") ;;
  all) wanted+=("${test_packages[@]}" "${lint_packages[@]}" "${fuzz_packages[@]}") ;;
  *) die "deps: build, test, lint, fuzz or all, not '$1'" ;;
esac

mapfile -t missing < <(missing_packages "${wanted[@]}")
if [[ ${#missing[@]} -gt 0 ]]; then
  mkdir -p build
  log=build/deps.log
  began=$SECONDS
  install_packages "${missing[@]}"
  say "installed ${#missing[@]} packages and what they need in $((SECONDS - began)) s"
fi
