"""Faults of the line: what sounds on it besides speech, and how the call ends."""

from __future__ import annotations

from collections.abc import Mapping

from harness.agents._behaviours import Line, Planted, sure_after
from harness.agents._conduct import Echo, hangs_up, noise, speaks_on
from harness.agents._faults import Chosen, Fault, Number
from harness.agents._own_echo import OwnEcho, stops_for


def _comfort_noise(chosen: Chosen) -> Planted:
    return chosen.agent(chosen.yields(), chosen.answers(), bed=noise(chosen.number("level", "dBFS")))


def _echoes_caller(chosen: Chosen) -> Planted:
    echo = Echo(chosen.time("echo_delay"), chosen.number("echo_loss", "dB"))
    return chosen.agent(echo.hear, chosen.yields(), chosen.answers(), bed=echo.bed)


def _cancels_echo(chosen: Chosen) -> Planted:
    return chosen.agent(chosen.yields(), chosen.answers(), ear=_own(chosen).take_out)


def _stops_for_echo(chosen: Chosen) -> Planted:
    echo = _own(chosen)
    stops = stops_for(echo, chosen.time("stops_after"))
    return chosen.agent(chosen.yields(), stops, chosen.answers(), ear=echo.take_out)


def _own(chosen: Chosen) -> OwnEcho:
    return OwnEcho(chosen.time("echo_delay"), chosen.number("echo_loss", "dB"))


def _silent(chosen: Chosen) -> Planted:
    return Planted(Line("real"), sure_after(chosen.time("delay")), ())


def _hangs_up(chosen: Chosen) -> Planted:
    return chosen.agent(chosen.yields(), chosen.answers(), hangs_up(chosen.time("hang_up")))


def _speaks_after_hangup(chosen: Chosen) -> Planted:
    parting = speaks_on(chosen.says("parting"), chosen.time("after"))
    return chosen.agent(chosen.yields(), chosen.answers(), parting, stays=True)


_RETURNED = {"echo_delay": Number("s", 0.02, 0.4, 0.2), "echo_loss": Number("dB", 0, 40, 20)}
"""How late and how much quieter the line returns the agent's voice: what an agent cancels by."""

LINE: Mapping[str, Fault] = {
    "comfort_noise": Fault(
        "Noise sounds on its line all the time.", _comfort_noise, {"level": Number("dBFS", -60, -38, -40)}
    ),
    "echoes_caller": Fault(
        "The caller's own voice comes back, late and quieter.",
        _echoes_caller,
        {"echo_delay": Number("s", 0.05, 0.4, 0.2), "echo_loss": Number("dB", 6, 30, 15)},
    ),
    "cancels_echo": Fault(
        "None: where the line returns its own voice, it takes that out of what it hears.", _cancels_echo, _RETURNED
    ),
    "stops_for_echo": Fault(
        "Stops when its own voice comes back, and says no more until the caller has spoken.",
        _stops_for_echo,
        {**_RETURNED, "stops_after": Number("s", 0.2, 1.5, 0.6)},
    ),
    "silent": Fault("Never says a word.", _silent),
    "hangs_up": Fault(
        "Closes the line in the middle of its first answer.", _hangs_up, {"hang_up": Number("s", 0.3, 2.5, 1.0)}
    ),
    "speaks_after_hangup": Fault(
        "Goes on speaking when the caller has hung up.",
        _speaks_after_hangup,
        {"after": Number("s", 0.05, 0.4, 0.1)},
        {"parting": "And thank you for calling, have a good day."},
    ),
}
"""The faults by their names."""
