# tools/dev test [SUITE [NAME...]]
#
# Installs what is missing, builds everything and runs every test; the last line is "N passed, N failed"
# (and ", N skipped"). With a suite only that one runs, with names only the files or programs whose name
# contains one of them. A failing case is printed with its output.
#
#   checks     layers, fences, cycles, sizes, READMEs, words, formatting, and the tests of those checks
#   unit       build/release/tests/unit_* (Boost.Test)
#   fuzz       the corpora in tests/fuzz/corpus through their fuzz targets
#   web        tests/unit/web (node --test)
#   sim        the simulated cluster, a few seeds
#   lab        discovery with real Avahi daemons in network namespaces (root)
#   e2e        tests/e2e: real daemons, FFmpeg, Avahi, Chromium
#
# Examples: tools/dev test unit; tools/dev test e2e live peers; tools/dev test unit store_log

dev deps test
if [[ ${1:-} != checks ]]; then
  dev build --all
fi
export PYTHONDONTWRITEBYTECODE=1
exec python3 tools/suites/run.py "$@"
