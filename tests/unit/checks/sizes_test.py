import made_up
import sizes


def function(lines, head="int f(int a)"):
    return head + " {\n" + "  g();\n" * (lines - 2) + "}\n"


class SizesTest(made_up.TreeTest):
    def test_limits_are_fine_when_just_met(self):
        self.write("store/base/a.cpp", function(70) + "//" + "x" * 98 + "\n" + "// y\n" * 429)
        self.assert_clean(sizes.check)

    def test_long_file(self):
        self.write("store/base/a.cpp", "// y\n" * 501)
        self.assert_found(sizes.check, "501 lines")

    def test_wide_line(self):
        self.write("store/base/a.cpp", "\n//" + "x" * 99 + "\n")
        self.assert_found(sizes.check, "a.cpp:2", "101 columns")

    def test_a_long_literal_may_be_wide(self):
        self.write("store/base/a.cpp", 'auto a =\n    "' + "x" * 130 + '";\n')
        self.assert_clean(sizes.check)

    def test_wished_sizes_warn(self):
        self.write("store/base/a.hpp", "// y\n" * 201)
        self.assert_clean(sizes.check)
        self.assertEqual(len(sizes.warnings(self.root)), 1)

    def test_long_functions_of_every_shape(self):
        shapes = (
            "int f(int a)", "auto f() -> int", "bool t::f() const noexcept", "t::t() : a_{1}, b_(2)",
            "template <class T>\n  requires std::integral<T>\nvoid f(T a)", "void f() override",
            "asio::awaitable<void> f(std::map<int, std::string> a)",
        )
        for head in shapes:
            for before, after in (("", ""), ("namespace a::b {\n", "}\n"), ("class c {\n public:\n", "};\n")):
                with self.subTest(before + head):
                    extra = head.count("\n")
                    self.write("store/base/a.cpp", before + function(71 - extra, head) + after)
                    self.assert_found(sizes.check, "a function of 71 lines")

    def test_braces_in_text_and_comments_do_not_confuse(self):
        body = '  a("}{{"); // }}\n  b(\'{\'); /* { */\n  c(R"x({{{)x");\n  d(1\'000);\n' * 17
        self.write("store/base/a.cpp", "#define M {\nvoid f() {\n" + body + "}\nvoid g() {\n" + body + "}\n")
        self.assert_clean(sizes.check)

    def test_a_table_is_not_a_function(self):
        self.write("store/base/a.cpp", "const std::array<int, 90> table{{\n" + "  f(1),\n" * 90 + "}};\n")
        self.assert_clean(sizes.check)

    def test_python_function(self):
        self.write("tools/checks/a.py", "def f():\n" + "    g()\n" * 70)
        self.assert_found(sizes.check, "a.py:1", "71 lines")
