"""clang-format agrees with every C++ file."""
import shutil
import subprocess

import tree


def check(root):
    if not shutil.which("clang-format"):
        return ["clang-format is not installed: tools/dev deps test"]
    problems = []
    files = [str(path) for path in tree.files(root, tree.CPP)]
    for first in range(0, len(files), 40):
        done = subprocess.run(["clang-format", "--dry-run", "-Werror", *files[first:first + 40]], cwd=root,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            lines = [line for line in done.stderr.splitlines() if ": error:" in line]
            problems += sorted({line.split(":")[0] for line in lines}) or [done.stderr]
    return [f"{problem}: not formatted (tools/dev lint --fix)" for problem in problems]
