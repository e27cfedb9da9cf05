"""Boost.Test programs: one case a test case, read from the JUnit log that the program writes."""
import pathlib
import tempfile
import xml.etree.ElementTree as xml

from outcome import FAILED, PASSED, SKIPPED, Case, crash_case, run, tail

DEADLINE_S = 240


def run_program(program, environment):
    with tempfile.TemporaryDirectory(prefix="hearth-unit-") as folder:
        log = pathlib.Path(folder) / "log.xml"
        finished = run([program, f"--logger=HRF,error,stdout:JUNIT,error,{log}", "--report_level=no",
                        "--color_output=no"], DEADLINE_S, env=environment)
        cases = read_log(program.name, log)
    if finished.timed_out or finished.status < 0 or not cases:
        return cases + [crash_case(program.name, finished)]
    if finished.status != 0 and all(case.state != FAILED for case in cases):
        return cases + [crash_case(program.name, finished)]
    for case in cases:
        if case.state == FAILED and not case.output.strip():
            case.output = tail(finished.output)
    return cases


def read_log(program, log):
    try:
        root = xml.parse(log).getroot()
    except (OSError, xml.ParseError):
        return []
    return [read_case(program, each) for each in root.iter("testcase")]


def read_case(program, node):
    name = "/".join(filter(None, [program, node.get("classname"), node.get("name")]))
    seconds = float(node.get("time") or 0)
    problems = [*node.findall("failure"), *node.findall("error")]
    if problems:
        text = "\n".join((each.text or each.get("message") or "").strip() for each in problems)
        return Case(name, FAILED, tail(text), seconds)
    if node.find("skipped") is not None:
        return Case(name, SKIPPED, "disabled, or not reached", seconds)
    return Case(name, PASSED, "", seconds)
