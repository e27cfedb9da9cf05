"""Small made-up source trees for the tests of the checks."""
import importlib.util
import pathlib
import sys
import tempfile
import unittest

CHECKS = pathlib.Path(__file__).resolve().parents[3] / "tools" / "checks"
sys.path.insert(0, str(CHECKS))


class TreeTest(unittest.TestCase):
    """A test with an empty tree, whose files it writes itself."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="hearth-checks-")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, path, text=""):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def library(self, folder, deps=""):
        name = folder.replace("/", "_")
        self.write(f"{folder}/CMakeLists.txt", f"hearth_library({name} SOURCES a.cpp DEPS {deps})\n")

    def assert_found(self, check, *parts):
        """Exactly one problem is found, and it says all the parts."""
        problems = check(self.root)
        self.assertEqual(len(problems), 1, problems)
        for part in parts:
            self.assertIn(part, problems[0])

    def assert_clean(self, check):
        self.assertEqual(check(self.root), [])


def load(name, file):
    """A module from a file, under a name of its own."""
    spec = importlib.util.spec_from_file_location(name, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
