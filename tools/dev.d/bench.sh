# tools/dev bench [NAME [ARGUMENT...]]
#
# Builds the programs and runs the measurements: every executable tests/bench/NAME.sh or NAME.py, or the
# named one with its arguments. They print tables, side by side with peers where there are any, and never
# fail because of a time.

mapfile -t scripts < <(find tests/bench -maxdepth 1 -type f -perm -u+x \( -name '*.sh' -o -name '*.py' \) \
                         2>/dev/null | sort)
[[ ${#scripts[@]} -gt 0 ]] || { say "there are no measurements in tests/bench"; exit 0; }
dev build
name=${1:-}
shift || true
found=0
for script in "${scripts[@]}"; do
  base=$(basename "${script%.*}")
  if [[ -z $name || $base == "$name" ]]; then
    say "$script"
    HEARTH_BIN=$root/build/release/bin "$script" "$@"
    found=1
  fi
done
[[ $found == 1 ]] || die "bench: no '$name' in tests/bench"
