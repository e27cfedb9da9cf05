"""Traps of coroutines that g++ 12 does not warn of.

- A lambda that captures and returns an awaitable: its captures die before the coroutine does.
- A capturing lambda written inside a co_await expression: g++ 12.2 destroys it twice; name it first.
"""
import re

import tree

# A capture list that is not empty, where a lambda can begin (not an index or an attribute).
_CAPTURE = r"(?<![\w\])\[])\s*\[(?!\[)\s*[^\]\s][^\]]*\]"
_COROUTINE = re.compile(_CAPTURE + r"\s*(\([^{};]*?\))?\s*(mutable|noexcept)?\s*->\s*(\w+::)*awaitable\s*<")
_AWAITED = re.compile(_CAPTURE + r"\s*(\([^{};]*?\)\s*(mutable\b|noexcept\b|->[^{;]*)?)?\s*\{")


def check(root):
    problems = []
    for path in tree.files(root, tree.CPP):
        code = tree.without_comments_and_strings(tree.read(root, path))
        for match in _COROUTINE.finditer(code):
            problems.append(f"{path}:{tree.line_of(code, match.end())}: a capturing lambda is a "
                            "coroutine: make it a named function that takes values")
        for start, text in awaited(code):
            for match in _AWAITED.finditer(text):
                problems.append(f"{path}:{tree.line_of(code, start + match.end())}: a capturing lambda "
                                "inside co_await: name it first")
    return problems


def awaited(code):
    """(position, text) of what follows each co_await, up to the end of its expression."""
    for match in re.finditer(r"\bco_await\b", code):
        depth, end = 0, match.end()
        while end < len(code):
            sign = code[end]
            depth += (sign in "([{") - (sign in ")]}")
            if depth < 0 or (depth == 0 and sign in ";,"):
                break
            end += 1
        yield match.end(), code[match.end():end]
