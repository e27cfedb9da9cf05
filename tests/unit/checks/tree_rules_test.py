"""README in each folder, the top level, words, coroutines, formatting."""
import shutil
import unittest

import made_up
import coroutines
import formatting
import readmes
import toplevel
import words


class ReadmesTest(made_up.TreeTest):
    def test_every_folder_of_code_has_one(self):
        self.write("store/log/deep/a.cpp")
        self.write("tests/e2e/a.mjs")
        self.assertEqual(len(readmes.check(self.root)), 2)
        self.write("store/log/README.md", "# Logs\n")
        self.write("tests/e2e/README.md", "# End to end\n")
        self.assert_clean(readmes.check)

    def test_too_long_or_empty(self):
        self.write("store/log/a.cpp")
        self.write("store/log/README.md", "a\n" * 61)
        self.assert_found(readmes.check, "61 lines")
        self.write("store/log/README.md", "")
        self.assert_found(readmes.check, "empty")


class TopLevelTest(made_up.TreeTest):
    def setUp(self):
        super().setUp()
        for name in toplevel.EXPECTED:
            self.write(name)

    def test_exact(self):
        self.write(".hidden")
        self.write("build/x")
        self.assert_clean(toplevel.check)

    def test_stray(self):
        self.write("notes.txt")
        self.assert_found(toplevel.check, "notes.txt", "does not belong")

    def test_missing(self):
        (self.root / "LICENSE").unlink()
        self.assert_found(toplevel.check, "LICENSE", "missing")


class WordsTest(made_up.TreeTest):
    def test_unfinished(self):
        for mark in ("TO" "DO", "FIX" "ME", "X" "XX", "HA" "CK"):
            with self.subTest(mark):
                self.write("store/base/a.cpp", f"// {mark}: later\n")
                self.assert_found(words.check, "a.cpp:1", mark)

    def test_words_inside_words_are_fine(self):
        self.write("store/base/a.cpp", 'f("/tmp/a-XX' 'XXXX"); // HA' "CKNEY\n")
        self.assert_clean(words.check)

    def test_detached_and_stop(self):
        for code in ("co_spawn(a, b(), asio::detached);", "ioc.stop();", "context_->stop();",
                     "io_context.stop ();", "self->context().stop();"):
            with self.subTest(code):
                self.write("net/wire/a.cpp", code + "\n")
                bare = code.replace("context_->", "context->")
                self.write("net/wire/a.cpp", bare + "\n")
                self.assertEqual(len(words.check(self.root)), 1)
        self.write("net/wire/a.cpp", "timer.stop(); // ioc.stop() is not the way, nor detached\n")
        self.assert_clean(words.check)

    def test_sleeping_tests(self):
        self.write("tests/unit/a/a_test.cpp", "std::this_thread::sleep_for(1s);\n")
        self.assert_found(words.check, "sleeps")
        self.write("tests/unit/a/a_test.cpp", "")
        self.write("tests/e2e/a.test.mjs", "await new Promise((r) => set" "Timeout(r, 5));\n")
        self.assert_found(words.check, "sleeps")

    def test_polling_is_not_sleeping(self):
        self.write("tests/unit/a/a_test.cpp", "while (!done()) {\n  std::this_thread::sleep_for(1ms);\n}\n")
        self.assert_clean(words.check)
        self.write("tests/unit/a/a_test.cpp", "while (b()) {}\n\n\n\n\nstd::this_thread::sleep_for(1ms);\n")
        self.assert_found(words.check, "a_test.cpp:6")

    def test_the_helper_that_waits_may(self):
        self.write("tests/e2e/wait.mjs", "set" "Timeout(f, 5);\n")
        self.assert_clean(words.check)

    def test_clocks_are_injected(self):
        self.write("node/notes/a.cpp", "auto t = std::chrono::system_clock::now();\n")
        self.assert_found(words.check, "store/base only")
        self.write("node/notes/a.cpp", "std::mt19937 r;\n")
        self.assert_found(words.check, "store/base only")
        self.write("node/notes/a.cpp", "")
        self.write("store/base/clock.cpp", "auto t = std::chrono::system_clock::now();\n")
        self.assert_clean(words.check)


class CoroutinesTest(made_up.TreeTest):
    def bad(self, code, *parts):
        with self.subTest(code):
            self.write("net/wire/a.cpp", code + "\n")
            self.assert_found(coroutines.check, *parts)

    def good(self, code):
        with self.subTest(code):
            self.write("net/wire/a.cpp", code + "\n")
            self.assert_clean(coroutines.check)

    def test_capturing_lambda_as_a_coroutine(self):
        self.bad("spawn([this]() -> awaitable<void> { co_return; });", "named function")
        self.bad("spawn([self = a(), &b] -> asio::awaitable<result<int>> { co_return 1; });", "named function")
        self.bad("auto f = [=](int a, std::string b) mutable -> asio::awaitable<void> {};", "named function")

    def test_captureless_is_fine(self):
        self.good("spawn([](int a) -> awaitable<void> { co_return; });")
        self.good("[[nodiscard]] auto f(int a) -> awaitable<void>;")

    def test_capturing_lambda_inside_co_await(self):
        self.bad("co_await run_on(pool, [this] { return 1; });", "name it first")
        self.bad("auto a = co_await (x(), run([&a](int b) mutable { return b; }, 2));", "name it first")

    def test_named_lambda_is_fine(self):
        self.good("auto work = [this] { return 1; }; co_await run_on(pool, work);")
        self.good("co_await a[i](b); co_await run(pool, [] { return 1; });")
        self.good("if (co_await f()) { g([this] { return 1; }); }")


@unittest.skipUnless(shutil.which("clang-format"), "clang-format is not installed")
class FormattingTest(made_up.TreeTest):
    def test_sees_a_badly_formatted_file(self):
        self.write(".clang-format", "BasedOnStyle: Google\n")
        self.write("store/base/a.cpp", "int  a ;\n")
        self.write("store/base/b.cpp", "int b;\n")
        self.assert_found(formatting.check, "store/base/a.cpp")
