"""Words and calls that have no place in the tree.

- marks of unfinished work, in any text file;
- asio::detached (spawn through a task group) and stopping an io_context (cancel and join) in the product;
- sleeping in tests: they wait for a condition with a deadline (in C++ a loop that polls, in scripts
  tests/e2e/support/wait.mjs), or use a virtual clock;
- the raw clocks and random devices outside store/base: time and randomness are injected.
"""
import re

import tree

_UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
_CPP = (
    (re.compile(r"\bdetached\b"), "asio::detached: spawn through a task group"),
    (re.compile(r"\b(io|ioc|context|io_context|io_)(\(\))?\s*(\.|->)\s*stop\s*\("),
     "stopping an io_context: cancel and join instead"),
)
_TEST_SLEEP = re.compile(
    r"(?<!co_await )(?<!co_await hearth::)\b(sleep_for|sleep_until|usleep|nanosleep)\s*\("
    r"|(?<![\w.])sleep\s*\(")
_LOOP = re.compile(r"\b(while|for)\s*\(")
_SCRIPT_SLEEP = re.compile(r"(?<![\w.])setTimeout\s*\(|timers/promises|\btime\.sleep\s*\(")
_WAITING = {"wait.mjs", "lan.py", "virtual_timers.mjs"}
_TIME = re.compile(r"\b(system_clock|steady_clock)::now\s*\(|\bstd::(random_device|mt19937(_64)?)\b")
_CLOCKS = ("store/base",)
_TEXT = tree.CPP + tree.SCRIPTS + (".md", ".txt", ".cmake", ".json", ".html", ".css")


def check(root):
    problems = []
    for path in tree.files(root, _TEXT):
        text = tree.read(root, path)
        problems += _report(path, text, _UNFINISHED, "a mark of unfinished work")
        if path.suffix in tree.CPP:
            problems += _check_cpp(path, tree.without_comments_and_strings(text))
        elif path.parts[0] == "tests" and path.suffix in tree.SCRIPTS and path.name not in _WAITING:
            if path.parts[1] not in ("bench", "lab"):
                problems += _report(path, text, _SCRIPT_SLEEP, "a test sleeps: wait for a condition")
    return problems


def _check_cpp(path, code):
    if path.parts[0] == "tests":
        return [f"{path}:{tree.line_of(code, each.start())}: {each.group()}: a test sleeps: poll a condition"
                for each in _TEST_SLEEP.finditer(code) if not _polls(code, each.start())]
    problems = []
    for pattern, why in _CPP:
        problems += _report(path, code, pattern, why)
    if "/".join(path.parts[:2]) not in _CLOCKS:
        problems += _report(path, code, _TIME, "time and randomness come from store/base only")
    return problems


def _polls(code, position):
    """Whether a loop begins in the few lines before: a sleep between two looks at a condition."""
    return _LOOP.search("\n".join(code[:position].split("\n")[-4:])) is not None


def _report(path, text, pattern, why):
    return [f"{path}:{tree.line_of(text, each.start())}: {each.group().strip()}: {why}"
            for each in pattern.finditer(text)]
