"""The top level holds exactly these, beside dotfiles and the build folder."""
import os

EXPECTED = {"CMakeLists.txt", "CMakePresets.json", "CHANGELOG.md", "LICENSE", "README.md", "docs", "media",
            "net", "node", "node.conf", "store", "tests", "tools"}
LOCAL = {"build", "compile_commands.json"}


def check(root):
    present = {name for name in os.listdir(root) if not name.startswith(".")} - LOCAL
    return ([f"{name}: does not belong at the top level" for name in sorted(present - EXPECTED)]
            + [f"{name}: missing at the top level" for name in sorted(EXPECTED - present)])
