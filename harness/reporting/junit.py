"""junit.xml: a run as a CI server reads it, one test case a call."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from harness.reporting.outcome import standing
from harness.reporting.reasons import Reason, Row, called, measured, place, reasons, recording
from harness.reporting.totals import judged_gates
from harness.score import NEVER_TAKEN, Judged, Verdict

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(rows: Sequence[Row], gates: Sequence[Judged] = (), *, name: str = "vahness") -> str:
    """The document, as text. Whatever names and notes hold, it is well-formed.

    A suite a folder of scenarios, and one for the gates on the whole run. A failed limit is a
    failure; nothing measured, no limits and not run are skipped; void and invalid are errors, and so is a call that the
    agent never took and of which no limit failed.
    """
    root = Element("testsuites", name=_clean(name))
    for folder in dict.fromkeys(_folder(row) for row in rows):
        suite = SubElement(root, "testsuite", name=_clean(folder))
        for row in rows:
            if _folder(row) == folder:
                _call(suite, folder, row)
    if gates:
        suite = SubElement(root, "testsuite", name="gates")
        for gate in judged_gates(rows, gates):
            _gate(suite, gate)
    for suite in root:
        _count(suite)
    _count(root)
    indent(root)
    return tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _folder(row: Row) -> str:
    parent = PurePath(row["file"]).parent
    return ".".join(part for part in parent.parts if part not in ("/", ".", "..")) or "scenarios"


def _call(suite: Element, folder: str, row: Row) -> None:
    case = SubElement(
        suite, "testcase", classname=_clean(folder), name=_clean(called(row)), time=f"{row['seconds']:.3f}"
    )
    held = list(reasons(row))
    stands = standing(row)
    if stands in ("void", "invalid"):
        _say(case, "error", stands, row["why"] or stands)
    elif stands == "fail":
        _say(case, "failure", "limit", *(_line(reason) for reason in held if reason.verdict is not Verdict.PASS))
    elif (row["why"] or "").startswith(NEVER_TAKEN):
        _say(case, "error", "never_taken", str(row["why"]))
    elif stands == "not_measured":
        _say(case, "skipped", stands, *(_line(reason) for reason in held if reason.verdict is not Verdict.PASS))
    elif stands == "not_run":
        _say(case, "skipped", stands, row["why"] or "not run")
    elif stands == "no_limits":
        _say(case, "skipped", stands, "the scenario sets no limits, so nothing was asked")
    out = [f"{score}: {_told(cell)}" for score, cell in row["scores"].items()]
    SubElement(case, "system-out").text = _clean("\n".join([recording(row), *out]))


def _gate(suite: Element, gate: Reason) -> None:
    case = SubElement(suite, "testcase", classname="gates", name=_clean(f"{gate.score} {gate.limit}"), time="0")
    if gate.verdict is Verdict.FAIL:
        _say(case, "failure", "gate", _line(gate))
    elif gate.verdict is Verdict.NOT_MEASURED:
        _say(case, "skipped", "not_measured", _line(gate))


def _say(case: Element, tag: str, kind: str, *lines: str) -> None:
    said = SubElement(case, tag, message=_clean(lines[0]), type=kind)
    said.text = _clean("\n".join(lines))


def _line(reason: Reason) -> str:
    return f"{reason}, {place(reason.worst)}" if reason.worst else str(reason)


def _told(cell: Row) -> str:
    if "unscored" in cell:
        return f"not measured: {cell['unscored']}"
    return f"{measured(cell)} (n {cell['n']}){': ' + cell['detail'] if cell.get('detail') else ''}"


def _count(element: Element) -> None:
    cases = list(element.iter("testcase"))
    element.set("tests", str(len(cases)))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(name, str(sum(case.find(tag) is not None for case in cases)))
    element.set("time", f"{sum(float(case.get('time', '0')) for case in cases):.3f}")


def _clean(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
