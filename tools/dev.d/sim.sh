# tools/dev sim [RUNS | --seed N]
#
# Runs the simulated cluster (tests/sim) with RUNS seeds a case (default 200) instead of the few of
# tools/dev test. A failure names its seed; --seed N replays exactly that run.

runs=200 seed=
case ${1:-} in
  --seed) seed=${2:?a seed} ;;
  '') ;;
  *) runs=$1 ;;
esac
[[ $runs$seed =~ ^[0-9]+$ ]] || die "sim: RUNS and the seed are numbers"
targets=$(find tests/sim -name CMakeLists.txt -exec sed -n 's/^hearth_test(\([a-z_]*\).*/unit_\1/p' {} +)
# shellcheck disable=SC2086  # one word a target
dev build $targets
if [[ -n $seed ]]; then export HEARTH_SIM_SEED=$seed; else export HEARTH_SIM_RUNS=$runs; fi
for target in $targets; do
  say "$target"
  "build/release/tests/$target" --log_level=message --report_level=short
done
