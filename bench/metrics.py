"""`python -m bench.metrics`: write docs/metrics.md, the reference of every score, from the scorers' own words."""

from __future__ import annotations

import inspect
from pathlib import Path

from harness import plugins
from harness.score import PROFILES, Metric

PAGE = Path(__file__).parent.parent / "docs" / "metrics.md"

HEAD = """# The scores

Written from the scorers' own docstrings; `vahness list scorers` prints the same.

Times are seconds on the recording's one sample clock, at the caller's ear: after playout. The
caller's turns are known, since their samples were scheduled; only the agent's are detected. An
edge is the first or last sample whose 2 ms RMS is within 30 dB of the active speech level; an agent's
*spurt* bridges silences under 250 ms, and its *turn* is all its spurts between two turns of the
caller's. A *reply* is its first spurt after the caller's onset, backchannels apart. What can't be
known is *not measured*, and never passes a limit. A rate over fewer than ten events is marked *few*.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for name in plugins.names("scorers"):
        scorer = plugins.load("scorers", name)
        metric: Metric = scorer.metric
        ids = [f"`{name}.{part}` ({metric.unit_of(part)})" for part in metric.parts] or [f"`{name}` ({metric.unit})"]
        facts = f"{', '.join(ids)}. Better: {metric.better}. Version {metric.version}."
        text = (inspect.getdoc(scorer) or "").replace("Source: the score catalogue, docs/metrics.md.", "").strip()
        parts.append(f"## {name}\n\n{facts}\n\n{text}\n")
    rows = [
        f"| {name} | {p.response_p50} / {p.response_p95} | {p.greeting} | {p.yield_p95} |"
        for name, p in PROFILES.items()
    ]
    table = "| profile | response p50 / p95 | greeting | yield p95 |\n|---|---|---|---|\n" + "\n".join(rows)
    parts.append(f"## Profiles\n\nNamed limits, in seconds, that scores refer to; they add no gates.\n\n{table}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
