"""clang-tidy over files: tidy.py BUILD_FOLDER FILE...

BUILD_FOLDER holds a compile_commands.json made for clang without precompiled headers. Most files lean on
the precompiled header, so it is compiled once by clang and given to every call: three times as fast as
reading Asio anew for each file. Prints what was found; the exit status is 1 if there was anything.
"""
import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys

HEADER = "tools/cmake/precompiled.hpp"
DROPPED = ("-o", "-c", "-MF", "-MT", "-MQ")


def commands(folder):
    table = json.loads((folder / "compile_commands.json").read_text())
    return {os.path.relpath(each["file"]): each for each in table}


def options(command):
    """The options of a compile command that matter for parsing, without its inputs and outputs."""
    words, kept = shlex.split(command), []
    index = next(i for i, word in enumerate(words) if word.endswith("clang++")) + 1
    while index < len(words):
        word = words[index]
        index += 1
        if word in DROPPED:
            index += 1
        elif word == "-isystem":
            kept += [word, words[index]]
            index += 1
        elif word.startswith("-"):
            kept.append(word)
    return kept


def precompile(folder, entry):
    """Makes clang's precompiled header with the options of one file, and answers where it is."""
    output = (folder / "precompiled.pch").resolve()
    flags = [word for word in options(entry["command"]) if not word.startswith("-I")]
    done = subprocess.run(["clang++", "-x", "c++-header", *flags, HEADER, "-o", str(output)], check=False)
    return output if done.returncode == 0 else None


def look_at(folder, file, header):
    extra = ["--extra-arg=-Wno-unknown-warning-option", "--extra-arg=-Wno-unused-command-line-argument"]
    if header:
        extra += ["--extra-arg=-include-pch", f"--extra-arg={header}"]
    else:
        extra += [f"--extra-arg=-include{pathlib.Path(HEADER).resolve()}"]
    done = subprocess.run(["clang-tidy", "--quiet", "-p", str(folder), *extra, file], capture_output=True,
                          text=True, check=False)
    return file, done.returncode, done.stdout.strip() or (done.stderr.strip() if done.returncode else "")


def main(folder, files):
    known = commands(folder)
    files = [file for file in map(os.path.relpath, files) if file in known]
    if not files:
        print("none of the files is compiled")
        return 0
    header = precompile(folder, known[files[0]])
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for file, status, output in pool.map(lambda each: look_at(folder, each, header), files):
            print(f"{'ok ' if status == 0 else 'BAD'} {file}", flush=True)
            if output:
                print(output)
            bad += status != 0
    print(f"{len(files)} files, {bad} with findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), sys.argv[2:]))
