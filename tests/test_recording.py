"""A recording comes back from disk as it was saved."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from harness.recording import Recording, load, save
from harness.timeline import AgentSaid, HeardAs


def test_a_text_may_hold_any_line_separator(tmp_path: Path) -> None:
    events = (HeardAs(5, "one\u2028two\u0085three\x1cfour\nfive"), AgentSaid(6, "six\u2029seven"))
    silence = np.zeros(320, np.float32)
    save(Recording(silence, silence, silence, events), tmp_path)
    assert load(tmp_path).events == events
