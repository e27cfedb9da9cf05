"""The checks of tools/checks over this repository, and the tests that show that no check is blind."""
import importlib.util
import pathlib
import unittest

from outcome import FAILED, PASSED, SKIPPED, Case

CHECKS = pathlib.Path("tools/checks")
TESTS = pathlib.Path("tests/unit/checks")


def run_checks(names):
    cases = []
    for name, check in _table().items():
        if not names or any(each in name for each in names):
            problems = check(pathlib.Path("."))
            cases.append(Case(name, FAILED if problems else PASSED, "\n".join(problems)))
    return cases + _self_tests(names)


def _table():
    spec = importlib.util.spec_from_file_location("checks_table", CHECKS / "run.py")
    table = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(table)
    return table.CHECKS


class _Collector(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.cases = []

    def _add(self, test, state, output=""):
        self.cases.append(Case("test " + test.id(), state, output))

    def addSuccess(self, test):
        self._add(test, PASSED)

    def addFailure(self, test, err):
        self._add(test, FAILED, self._exc_info_to_string(err, test))

    def addError(self, test, err):
        self._add(test, FAILED, self._exc_info_to_string(err, test))

    def addSkip(self, test, reason):
        self._add(test, SKIPPED, reason)


def _self_tests(names):
    loader = unittest.TestLoader()
    collector = _Collector()
    loader.discover(str(TESTS), pattern="*_test.py").run(collector)
    if not collector.cases:
        return [Case("tests of the checks", FAILED, f"{TESTS} holds none")]
    return [case for case in collector.cases if not names or any(each in case.name for each in names)]
