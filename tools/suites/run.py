"""Runs the suites of tests and counts: run.py [SUITE [NAME...]]. Called by tools/dev test.

Prints a line a suite, every failing case with its output, and last "N passed, N failed[, N skipped]".
The exit status is 1 if a case failed or none ran.
"""
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "checks"))

import boost
import node_test
import replay
from checks_suite import run_checks
from outcome import FAILED, PASSED, SKIPPED, Case, crash_case
from outcome import run as run_process

BUILD = pathlib.Path("build/release")
PROGRAMS = ("hearthd", "nodectl", "hearth-worker")
WEB_DEADLINE_S = 120
E2E_DEADLINE_S = 420
LAB_DEADLINE_S = 300


def matching(paths, names):
    return sorted(path for path in paths if not names or any(name in path.name for name in names))


def programs(prefix):
    found = (BUILD / "tests").glob(f"{prefix}_*")
    return [path for path in found if path.is_file() and os.access(path, os.X_OK)]


def at_once(function, items, *arguments):
    """Runs function over the items, as many at a time as there are processors, keeping the order."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        results = pool.map(lambda item: function(item, *arguments), items)
        return [case for cases in results for case in cases]


def unit_suite(names):
    found = [path for path in programs("unit") if not path.name.startswith("unit_sim_")]
    return at_once(boost.run_program, matching(found, names), dict(os.environ))


def sim_suite(names):
    return at_once(boost.run_program, matching(programs("unit_sim"), names), dict(os.environ))


def lab_suite(names):
    """Programs of ours with real Avahi daemons in network namespaces: one case a script."""
    cases = []
    for script in matching(pathlib.Path("tests/lab").glob("*_test.py"), names):
        probe = BUILD / "tests" / script.name.replace("_test.py", "_probe")
        if os.geteuid() != 0:
            cases.append(Case(script.name, SKIPPED, "network namespaces need root"))
            continue
        finished = run_process([sys.executable, "-B", script, probe], LAB_DEADLINE_S)
        good = finished.status == 0 and not finished.timed_out
        cases.append(Case(script.name, PASSED) if good else crash_case(script.name, finished))
    return cases


def fuzz_suite(names):
    found = programs("fuzz")
    cases = at_once(replay.run_program, matching(found, names), dict(os.environ))
    return cases + ([] if names else replay.orphans(found))


def web_suite(names):
    files = matching(pathlib.Path("tests/unit/web").glob("*.test.mjs"), names)
    return at_once(node_test.run_file, files, {}, WEB_DEADLINE_S)


def e2e_suite(names):
    files = matching(pathlib.Path("tests/e2e").glob("*.test.mjs"), names)
    absent = [name for name in PROGRAMS if not (BUILD / "bin" / name).exists()]
    if absent:
        return [Case("programs", FAILED, f"not built: {', '.join(absent)}")]
    packages = install_packages()
    if packages:
        return [packages]
    environment = {"HEARTH_BIN": str((BUILD / "bin").resolve()),
                   "HEARTH_E2E_PACKAGES": str(pathlib.Path("build/e2e").resolve())}
    cases = []
    for file in files:
        print(f"  {file.name}", flush=True)
        cases += node_test.run_file(file, environment, E2E_DEADLINE_S)
    return cases


def install_packages():
    """Puts the packages of tests/e2e into build/e2e; a failed case if that does not work."""
    source, folder = pathlib.Path("tests/e2e"), pathlib.Path("build/e2e")
    wanted = (source / "package-lock.json").read_text()
    stamp = folder / "installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        (folder / name).write_text((source / name).read_text())
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    if done.returncode != 0:
        return Case("npm ci", FAILED, done.stdout)
    stamp.write_text(wanted)
    return None


SUITES = {"checks": run_checks, "unit": unit_suite, "fuzz": fuzz_suite, "web": web_suite,
          "sim": sim_suite, "lab": lab_suite, "e2e": e2e_suite}


def count(cases, state):
    return sum(case.state == state for case in cases)


def counts(cases):
    skipped = count(cases, SKIPPED)
    text = f"{count(cases, PASSED)} passed, {count(cases, FAILED)} failed"
    return text + (f", {skipped} skipped" if skipped else "")


def show(suite, cases):
    for case in cases:
        if case.state == FAILED:
            print(f"FAILED {suite}: {case.name}")
            print("    " + case.output.strip().replace("\n", "\n    "))
        elif case.state == SKIPPED:
            print(f"skipped {suite}: {case.name} ({case.output.strip()})")


def main(arguments):
    if arguments and arguments[0] not in SUITES:
        print(f"no suite '{arguments[0]}'; there are: {', '.join(SUITES)}", file=sys.stderr)
        return 2
    chosen, names = (arguments[:1], arguments[1:]) if arguments else (list(SUITES), [])
    everything, lines = [], []
    for suite in chosen:
        print(f"== {suite}", flush=True)
        began = time.monotonic()
        try:
            cases = SUITES[suite](names)
        except Exception as error:  # a suite that cannot run is a failure, not the end of the others
            cases = [Case("the suite itself", FAILED, f"{type(error).__name__}: {error}")]
        show(suite, cases)
        lines.append(f"{suite:8}{counts(cases)} ({time.monotonic() - began:.0f} s)")
        print(lines[-1], flush=True)
        everything += cases
    if len(lines) > 1:
        print("== summary", *lines, sep="\n")
    print(counts(everything))
    return 0 if everything and not count(everything, FAILED) and count(everything, PASSED) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
