"""The source tree as the checks see it: a root folder and the files of our code in it."""
import pathlib
import re

FOLDERS = ("store", "net", "media", "node", "tools", "tests")
CPP = (".cpp", ".hpp")
SCRIPTS = (".ts", ".tsx", ".mjs", ".py", ".sh")
GENERATED = {"build", "node_modules", "__pycache__"}


def files(root, suffixes):
    """Our files with one of the suffixes, relative to root, in order."""
    found = []
    for folder in FOLDERS:
        for path in (pathlib.Path(root) / folder).rglob("*"):
            inside = path.relative_to(root)
            if path.suffix in suffixes and path.is_file() and not GENERATED & set(inside.parts):
                found.append(inside)
    return sorted(found)


def read(root, path):
    return (pathlib.Path(root) / path).read_text(encoding="utf-8")


_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^(\s]{0,16})\(.*?\)(?P=mark)"'
    r'|"(?:[^"\\\n]|\\.)*"|(?<![0-9A-Fa-f])\'(?:[^\'\\\n]|\\.)*\'', re.S)


def without_comments_and_strings(text):
    """C++ text of the same lines, with comments blanked and literals emptied."""
    def blank(match):
        token = match.group()
        lines = "\n" * token.count("\n")
        if token.startswith(("//", "/*")):
            return " " + lines
        return token[0].replace("R", '"') + lines + token[-1]
    return _TOKEN.sub(blank, text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1
