# tools/dev build [--preset NAME] [--all | TARGET...]
#
# Installs what is missing, configures if needed and builds the programs into build/release/bin, or with
# --all also every test, or only the named targets. Presets: release (default), dev, asan, tsan, fuzz,
# coverage; each has its folder below build/.

preset=release
targets=()
while [[ $# -gt 0 ]]; do
  case $1 in
    --preset) preset=${2:?a preset}; shift ;;
    --all) targets+=(all) ;;
    -*) die "build: no option '$1'" ;;
    *) targets+=("$1") ;;
  esac
  shift
done
[[ ${#targets[@]} -gt 0 ]] || targets=(hearthd nodectl hearth-worker)

dev deps build
folder=build/$preset
mkdir -p "$folder"
exec 8>"$folder/.lock"
flock -n 8 || { say "another build of '$preset' is running; waiting"; flock 8; }

# Folders are found when CMake runs, so it runs again whenever a list is newer than the last time.
stale() {
  [[ ! -e $folder/build.ninja ]] ||
    [[ -n $(find CMakeLists.txt CMakePresets.json store net media node tools tests \
              \( -name CMakeLists.txt -o -name '*.cmake' -o -name CMakePresets.json \) \
              -newer "$folder/build.ninja" -print -quit) ]]
}
if stale; then
  say "configuring $folder"
  cmake --preset "$preset" >"$folder/configure.log" 2>&1 8>&- || { tail -40 "$folder/configure.log" >&2; exit 1; }
  touch "$folder/build.ninja"
fi
say "building in $folder: ${targets[*]}"
began=$SECONDS
if [[ -t 1 ]]; then
  ninja -C "$folder" "${targets[@]}" 8>&-
else
  # Without a terminal ninja prints a line a file: keep them in a log, show what went wrong.
  ninja -C "$folder" "${targets[@]}" >"$folder/build.log" 2>&1 8>&- || {
    grep -vE '^\[[0-9]+/[0-9]+\] (Building|Linking)' "$folder/build.log" | tail -80 >&2
    exit 1
  }
fi
say "built in $((SECONDS - began)) s"
exec 8>&-
