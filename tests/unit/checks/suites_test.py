"""The test runner does not lose failures: crashes, hangs, silence and empty runs all count."""
import contextlib
import io
import os
import pathlib
import sys

import made_up

SUITES = made_up.CHECKS.parent / "suites"
sys.path.insert(0, str(SUITES))

import boost  # noqa: E402
import node_test  # noqa: E402
import replay  # noqa: E402
from outcome import FAILED, PASSED, SKIPPED, Case, run  # noqa: E402

LOG = """<testsuite><testcase assertions="1" classname="words" name="good" time="0.1"></testcase>
<testcase classname="words" name="bad" time="0.1"><failure message="m"><![CDATA[one is not two]]></failure>
</testcase><testcase classname="words" name="off" time="0"><skipped/></testcase></testsuite>"""


class RunnerTest(made_up.TreeTest):
    def program(self, name, script):
        self.write(name, "#!/bin/bash\n" + script + "\n")
        path = self.root / name
        path.chmod(0o755)
        return path

    def states(self, cases):
        return [case.state for case in cases]

    def unit(self, script):
        """Runs a made-up Boost.Test program; $log is where it has to write its log."""
        find = 'for a in "$@"; do case $a in --logger=*) log=${a##*,};; esac; done\n'
        return boost.run_program(self.program("unit_made_up", find + script), dict(os.environ))

    def test_cases_are_read_from_the_log(self):
        cases = self.unit(f"cat >$log <<'X'\n{LOG}\nX\nexit 201")
        self.assertEqual(self.states(cases), [PASSED, FAILED, SKIPPED])
        self.assertEqual(cases[1].name, "unit_made_up/words/bad")
        self.assertIn("one is not two", cases[1].output)

    def test_a_crash_without_a_log_is_a_failure_with_its_output(self):
        cases = self.unit("echo last words; kill -SEGV $$")
        self.assertEqual(self.states(cases), [FAILED])
        self.assertIn("SIGSEGV", cases[0].output)
        self.assertIn("last words", cases[0].output)

    def test_a_bad_status_with_good_cases_is_a_failure(self):
        cases = self.unit("echo '<a><testcase name=\"x\"/></a>' >$log; exit 3")
        self.assertEqual(self.states(cases), [PASSED, FAILED])

    def test_silence_is_a_failure(self):
        self.assertEqual(self.states(self.unit("exit 0")), [FAILED])

    def test_a_hang_ends_at_its_deadline_with_all_its_children(self):
        finished = run([self.program("hang", "sleep 1000 & echo $!; wait")], 0.5)
        self.assertTrue(finished.timed_out)
        child = pathlib.Path("/proc", finished.output.strip(), "stat")
        gone = not child.exists() or child.read_text().rpartition(")")[2].split()[0] == "Z"
        self.assertTrue(gone, "the child of the program outlived it")

    def test_a_replay_that_fails_or_has_no_corpus(self):
        here = os.getcwd()
        self.addCleanup(os.chdir, here)
        os.chdir(self.root)
        program = self.program("fuzz_words", "exit ${FUZZ_STATUS:-0}")
        self.assertEqual(self.states(replay.run_program(program, {})), [FAILED])
        self.write("tests/fuzz/corpus/words/one", "x")
        self.assertEqual(self.states(replay.run_program(program, {})), [PASSED])
        self.assertEqual(self.states(replay.run_program(program, {"FUZZ_STATUS": "77"})), [FAILED])
        self.assertEqual(replay.orphans([program]), [])
        self.write("tests/fuzz/corpus/forgotten/one", "x")
        self.assertEqual(self.states(replay.orphans([program])), [FAILED])

    def node(self, script, deadline_s=20):
        self.write("a.test.mjs", "import { describe, it } from 'node:test';\n" + script)
        return node_test.run_file(self.root / "a.test.mjs", {}, deadline_s)

    def test_node_cases_count_once(self):
        cases = self.node("describe('a', () => { it('x', () => {}); it('y', { skip: 'why' }, () => {});"
                          " it('z', () => { throw new Error('words'); }); });"
                          " describe('b', { skip: 'all' }, () => { it('x', () => {}); });")
        self.assertEqual(self.states(cases), [PASSED, SKIPPED, FAILED, SKIPPED])
        self.assertIn("words", cases[2].output)

    def test_node_crashes_and_hangs_are_failures(self):
        self.assertIn(FAILED, self.states(self.node("process.kill(process.pid, 'SIGKILL');")))
        self.assertIn(FAILED, self.states(self.node("it('x', () => {}); import('./not_there.mjs');")))
        self.assertIn(FAILED, self.states(self.node("while (true) {}", 0.7)))
        self.assertIn(FAILED, self.states(self.node("")))


class SummaryTest(made_up.TreeTest):
    def summary(self, suites):
        sys.path.insert(0, str(SUITES))
        spec = made_up.load("suites_run", SUITES / "run.py")
        spec.SUITES = suites
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            status = spec.main([])
        return status, said.getvalue().strip().splitlines()[-1]

    def test_counts(self):
        good, bad, off = (Case("a", state) for state in (PASSED, FAILED, SKIPPED))
        self.assertEqual(self.summary({"x": lambda _: [good]}), (0, "1 passed, 0 failed"))
        self.assertEqual(self.summary({"x": lambda _: [good, bad], "y": lambda _: [off]}),
                         (1, "1 passed, 1 failed, 1 skipped"))

    def test_nothing_ran_is_a_failure(self):
        self.assertEqual(self.summary({"x": lambda _: []}), (1, "0 passed, 0 failed"))
        self.assertEqual(self.summary({"x": lambda _: [Case("a", SKIPPED)]})[0], 1)

    def test_a_suite_that_breaks_is_a_failure_and_the_others_run(self):
        def broken(_):
            raise OSError("no such thing")
        self.assertEqual(self.summary({"x": broken, "y": lambda _: [Case("a", PASSED)]}),
                         (1, "1 passed, 1 failed"))
