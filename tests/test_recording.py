"""A recording comes back from disk as it was saved."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from harness.recording import Recording, load, save
from harness.timeline import AgentSaid, Controlled, HeardAs


def test_a_text_may_hold_any_line_separator(tmp_path: Path) -> None:
    events = (HeardAs(5, "one\u2028two\u0085three\x1cfour\nfive"), AgentSaid(6, "six\u2029seven"))
    silence = np.zeros(320, np.float32)
    save(Recording(silence, silence, silence, events), tmp_path)
    assert load(tmp_path).events == events


def test_what_a_control_call_showed_is_kept_whether_or_not_the_agent_would_have_spoken(tmp_path: Path) -> None:
    events = (Controlled(5, 1, left=160), Controlled(6, 2, left=0, next=320))
    silence = np.zeros(320, np.float32)
    save(Recording(silence, silence, silence, events), tmp_path)
    assert load(tmp_path).events == events
