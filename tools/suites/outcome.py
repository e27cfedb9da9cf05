"""What a suite of tests hands back: cases, each passed, failed or skipped."""
import dataclasses
import os
import signal
import subprocess
import time

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"


@dataclasses.dataclass
class Case:
    name: str
    state: str
    output: str = ""
    seconds: float = 0.0


@dataclasses.dataclass
class Finished:
    """A process that ended: status (negative: killed by that signal), whether for its deadline, output."""
    status: int
    timed_out: bool
    output: str
    seconds: float

    def ending(self):
        if self.timed_out:
            return f"stopped after {self.seconds:.0f} s, its deadline"
        if self.status < 0:
            return f"killed by {signal.Signals(-self.status).name}"
        return f"ended with status {self.status}"


def run(command, deadline_s, **options):
    """Runs a command in a process group of its own, all of which is killed at the deadline."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, start_new_session=True, **options)
    timed_out = False
    try:
        output, _ = process.communicate(timeout=deadline_s)
    except subprocess.TimeoutExpired:
        timed_out = True
        kill_group(process.pid)
        output, _ = process.communicate()
    finally:
        if process.poll() is None:  # interrupted
            kill_group(process.pid)
    text = output.decode("utf-8", "replace")
    return Finished(process.returncode, timed_out, text, time.monotonic() - began)


def kill_group(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def tail(text, limit=8000):
    """The end of a long output."""
    return text if len(text) <= limit else f"[… {len(text) - limit} characters before]\n{text[-limit:]}"


def crash_case(name, finished):
    """The failed case that stands for a program that said nothing usable."""
    return Case(name, FAILED, f"{finished.ending()}\n{tail(finished.output)}", finished.seconds)
