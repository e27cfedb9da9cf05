# tools/dev lint [--fix] [--tidy [--changed | FILE...]]
#
# Formatting (clang-format), layers, third-party fences, include cycles, sizes, READMEs, words. With --fix
# clang-format writes its result. With --tidy also clang-tidy (.clang-tidy: function size, complexity,
# coroutine traps, bugprone code) over all sources, those changed since the last commit, or the named ones.

fix= tidy= changed=
files=()
while [[ $# -gt 0 ]]; do
  case $1 in
    --fix) fix=1 ;;
    --tidy) tidy=1 ;;
    --changed) changed=1 ;;
    -*) die "lint: no option '$1'" ;;
    *) files+=("$1") ;;
  esac
  shift
done
export PYTHONDONTWRITEBYTECODE=1

dev deps lint
if [[ -n $fix ]]; then
  find store net media node tools tests \( -name '*.cpp' -o -name '*.hpp' \) -print0 | xargs -0r clang-format -i
fi
status=0
python3 tools/checks/run.py || status=1
[[ -n $tidy ]] || exit "$status"

# clang cannot use the precompiled header of g++, so clang-tidy gets a configuration of its own: clang, no
# precompiled header, and in its place one that clang makes of the same file.
say "configuring build/tidy"
mkdir -p build/tidy
cmake --preset dev -B build/tidy -DCMAKE_CXX_COMPILER=clang++ -DHEARTH_WERROR=OFF \
  -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON \
  >build/tidy/configure.log 2>&1 || { tail -30 build/tidy/configure.log >&2; exit 1; }
if [[ -n $changed ]]; then
  mapfile -t files < <({ git diff --name-only HEAD; git ls-files --others --exclude-standard; } | grep '\.cpp$')
elif [[ ${#files[@]} == 0 ]]; then
  mapfile -t files < <(find store net media node tools -name '*.cpp' | sort)
fi
[[ ${#files[@]} -gt 0 ]] || { say "clang-tidy: nothing to look at"; exit "$status"; }
say "clang-tidy over ${#files[@]} files"
python3 tools/checks/tidy.py build/tidy "${files[@]}" || status=1
exit "$status"
