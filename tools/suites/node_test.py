"""Files of Node's built-in test runner: one case a test, read from the lines that events.mjs writes."""
import json
import os
import pathlib
import tempfile

from outcome import FAILED, PASSED, SKIPPED, Case, crash_case, run, tail

REPORTER = pathlib.Path(__file__).with_name("events.mjs").resolve()


def run_file(file, environment, deadline_s):
    """Runs one file as a process of its own, so that a crash costs only that file."""
    with tempfile.TemporaryDirectory(prefix="hearth-node-") as folder:
        events = pathlib.Path(folder) / "events"
        finished = run(["node", f"--test-reporter={REPORTER}", f"--test-reporter-destination={events}",
                        "--test-reporter=spec", "--test-reporter-destination=stdout", file],
                       deadline_s, env={**os.environ, **environment})
        cases = read_events(file.name.removesuffix(".test.mjs"), events)
    failed = any(case.state == FAILED for case in cases)
    if finished.timed_out or not cases or (finished.status != 0 and not failed):
        return cases + [crash_case(file.name, finished)]
    if failed:
        # What the test itself printed (the logs of its nodes) belongs to the failure.
        last = [case for case in cases if case.state == FAILED][-1]
        last.output += "\n--- output of the file\n" + tail(finished.output)
    return cases


def read_events(prefix, events):
    cases = []
    try:
        lines = events.read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    for line in lines:
        event = json.loads(line)
        state = SKIPPED if event["skip"] else PASSED if event["passed"] else FAILED
        output = event["skip"] if event["skip"] else event["error"]
        cases.append(Case(f"{prefix}: {event['name']}", state, output, event["ms"] / 1000))
    return cases
