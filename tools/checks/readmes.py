"""A README.md of at most 60 lines in every folder of code: store/log, node/web, tests/e2e, tools/checks, …"""
import pathlib

import tree

LINES = 60


def check(root):
    code = tree.files(root, tree.CPP + tree.SCRIPTS)
    folders = sorted({pathlib.Path(*path.parts[:min(2, len(path.parts) - 1)]) for path in code})
    problems = []
    for folder in folders:
        readme = pathlib.Path(root) / folder / "README.md"
        if not readme.is_file():
            problems.append(f"{folder}: no README.md")
            continue
        lines = len(readme.read_text(encoding="utf-8").splitlines())
        if lines == 0:
            problems.append(f"{folder}/README.md: empty")
        if lines > LINES:
            problems.append(f"{folder}/README.md: {lines} lines, at most {LINES}")
    return problems
