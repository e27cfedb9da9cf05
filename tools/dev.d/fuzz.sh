# tools/dev fuzz NAME SECONDS
#
# Builds the fuzz target NAME with clang and libFuzzer and runs it for SECONDS from tests/fuzz/corpus/NAME.
# What it grows lies in build/fuzz/grown/NAME, what breaks it in build/fuzz/findings/NAME-*. Without
# arguments it lists the targets. A finding makes the exit status 1.

names=$(sed -n 's/^ *hearth_fuzz(\([a-z0-9_]*\).*/\1/p' tests/fuzz/*.cmake | sort)
if [[ $# != 2 || ! $2 =~ ^[0-9]+$ ]]; then
  say "usage: tools/dev fuzz NAME SECONDS; the names are:"
  sed 's/^/  /' <<<"$names" >&2
  exit 2
fi
name=$1 seconds=$2
grep -qx -- "$name" <<<"$names" || die "fuzz: no target '$name'"
dev deps fuzz
dev build --preset fuzz "fuzz_$name"
grown=build/fuzz/grown/$name
findings=build/fuzz/findings
mkdir -p "$grown" "$findings" "tests/fuzz/corpus/$name"
exec "build/fuzz/tests/fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
  -print_final_stats=1 -artifact_prefix="$findings/$name-" "$grown" "tests/fuzz/corpus/$name"
