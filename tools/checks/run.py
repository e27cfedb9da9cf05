"""Runs every check over the repository: run.py [ROOT]. The exit status is 1 if one found something."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import coroutines
import formatting
import layers
import readmes
import sizes
import toplevel
import words

CHECKS = {"layers": layers.check, "sizes": sizes.check, "readmes": readmes.check,
          "toplevel": toplevel.check, "words": words.check, "coroutines": coroutines.check,
          "formatting": formatting.check}


def main(arguments):
    root = pathlib.Path(arguments[0] if arguments else ".")
    for warning in sizes.warnings(root):
        print(f"warning: {warning}")
    bad = 0
    for name, check in CHECKS.items():
        problems = check(root)
        bad += bool(problems)
        print(f"{name:12}{len(problems) or 'no'} problem{'s' * (len(problems) != 1)}")
        for problem in problems:
            print(f"  {problem}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
