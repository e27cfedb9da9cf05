"""Fuzz targets: each replays its corpus; one case a target."""
import pathlib

from outcome import FAILED, PASSED, Case, crash_case, run

DEADLINE_S = 120


def run_program(program, environment):
    name = program.name.removeprefix("fuzz_")
    corpus = pathlib.Path("tests/fuzz/corpus") / name
    if not corpus.is_dir() or not any(corpus.iterdir()):
        return [Case(f"fuzz/{name}", FAILED, f"{corpus} holds no input: a target needs a corpus")]
    finished = run([program, corpus], DEADLINE_S, env=environment)
    if finished.status != 0 or finished.timed_out:
        return [crash_case(f"fuzz/{name}", finished)]
    return [Case(f"fuzz/{name}", PASSED, "", finished.seconds)]


def orphans(programs):
    """A corpus that no program replays is a test that silently stopped running."""
    known = {program.name.removeprefix("fuzz_") for program in programs}
    folders = sorted(pathlib.Path("tests/fuzz/corpus").glob("*/"))
    return [Case(f"fuzz/{folder.name}", FAILED, f"{folder} has no program fuzz_{folder.name}")
            for folder in folders if folder.name not in known]
