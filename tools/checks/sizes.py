"""Sizes: lines of a file, lines of a function, columns of a line.

Failures: a file over 500 lines, a function over 70, a C++ line over 100 columns, a line of another
language over 120 (but not a line that is one long literal, which nothing can break). Warnings: a .cpp
over 300 lines, a .hpp over 200.
"""
import ast
import re

import tree

FILE_LINES = 500
WISHED_LINES = {".cpp": 300, ".hpp": 200}
FUNCTION_LINES = 70
COLUMNS = {".cpp": 100, ".hpp": 100}
OTHER_COLUMNS = 120

_LITERAL = re.compile(r"""\s*(?:[\w-]+\s*[:=]\s*)?(["'`]).*\1[,;)}]*\s*$""")
_CONTAINER = re.compile(r'(^|[\s>])(namespace|class|struct|union|enum)\b|^\s*extern\s*"')
_BODY_TAIL = re.compile(
    r"\)(\s*(const|noexcept(\([^)]*\))?|override|final|mutable|&{1,2}|try|requires.*|->.*|:.*))*\s*$", re.S)
_ACCESS = re.compile(r"\b(public|private|protected)\s*:(?!:)")


def check(root):
    return [problem for path in tree.files(root, tree.CPP + tree.SCRIPTS)
            for problem in check_file(path, tree.read(root, path))]


def warnings(root):
    result = []
    for path in tree.files(root, tree.CPP):
        lines = tree.read(root, path).count("\n")
        if lines > WISHED_LINES[path.suffix]:
            result.append(f"{path}: {lines} lines, wished are {WISHED_LINES[path.suffix]}")
    return result


def check_file(path, text):
    problems = []
    lines = text.splitlines()
    if len(lines) > FILE_LINES:
        problems.append(f"{path}: {len(lines)} lines, at most {FILE_LINES}")
    columns = COLUMNS.get(path.suffix, OTHER_COLUMNS)
    problems += [f"{path}:{number}: {len(line)} columns, at most {columns}"
                 for number, line in enumerate(lines, 1)
                 if len(line) > columns and not _LITERAL.match(line)]
    functions = {".cpp": cpp_functions, ".hpp": cpp_functions, ".py": python_functions}
    for first, last in functions.get(path.suffix, lambda _: [])(text):
        if last - first + 1 > FUNCTION_LINES:
            problems.append(f"{path}:{first}: a function of {last - first + 1} lines, "
                            f"at most {FUNCTION_LINES}")
    return problems


def python_functions(text):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [(node.lineno, node.end_lineno) for node in ast.walk(ast.parse(text))
            if isinstance(node, kinds)]


def cpp_functions(text):
    """(first, last) line of every function body at namespace or class scope."""
    code = re.sub(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", "", tree.without_comments_and_strings(text), flags=re.M)
    code = _ACCESS.sub(lambda match: " " * len(match.group()), code)
    found, scopes, start = [], [], 0
    for match in re.finditer(r"[{};]", code):
        sign, position = match.group(), match.start()
        inside = all(kind == "container" for kind, _ in scopes)
        if sign == "{":
            head = code[start:position]
            scopes.append((_kind(head, inside), tree.line_of(code, _first(code, start))))
        elif sign == "}" and scopes:
            kind, line = scopes.pop()
            if kind == "function":
                found.append((line, tree.line_of(code, position)))
        if all(kind == "container" for kind, _ in scopes):
            start = position + 1
    return found


def _first(code, start):
    while start < len(code) and code[start].isspace():
        start += 1
    return start


def _kind(head, inside):
    if not inside:
        return "block"
    if "(" in head and _BODY_TAIL.search(head) and not re.search(r"=\s*$", head):
        return "function"
    return "container" if _CONTAINER.search(head) else "block"
