from __future__ import annotations

import pytest

from harness import plugins
from tests.cli.calling import names, vahness


@pytest.mark.parametrize("family", plugins.FAMILIES)
def test_a_family_of_plug_ins_is_listed_by_name_with_its_documentation(family: str) -> None:
    listed = vahness("list", family, "--json").document
    assert list(listed) == [family]
    assert names(listed, family) == list(plugins.names(family))
    assert all(entry["summary"] for entry in listed[family])


def test_an_effect_is_listed_with_the_options_its_author_may_write() -> None:
    listed = {entry["name"]: entry for entry in vahness("list", "effects", "--json").document["effects"]}
    assert listed["noise"]["options"] == {"bed": "a text, required", "snr": "a level in dB, required"}
    assert listed["telephone"]["options"] == {"codec": "a codec (mulaw, alaw, none), default mulaw"}


def test_the_text_says_the_same() -> None:
    said = vahness("list", "effects")
    assert said.code == 0
    assert "      codec=  a codec (mulaw, alaw, none), default mulaw" in said.out.splitlines()


def test_a_scorer_is_listed_with_its_unit_direction_and_parts() -> None:
    listed = {entry["name"]: entry for entry in vahness("list", "scorers", "--json").document["scorers"]}
    latency = listed["response_latency"]
    assert (latency["unit"], latency["better"], latency["version"]) == ("s", "lower", 2)
    assert "p50" in latency["parts"]


def test_what_the_run_hands_an_agent_is_no_option_of_it() -> None:
    (demo,) = (entry for entry in vahness("list", "agents", "--json").document["agents"] if entry["name"] == "demo")
    assert not {"voice", "recogniser", "charge"} & set(demo["options"])


def test_beds_accents_and_personas_are_listed() -> None:
    assert {"cafe", "car", "street"} <= set(names(vahness("list", "beds", "--json").document, "beds"))
    assert "pico en-GB" in names(vahness("list", "accents", "--json").document, "accents")
    personas = vahness("list", "personas", "--json").document["personas"]
    assert all(entry["summary"] for entry in personas)


def test_scenarios_are_those_that_come_with_it_or_those_below_a_path() -> None:
    shipped = vahness("list", "scenarios", "--json").document["scenarios"]
    assert len(shipped) >= 14
    (one,) = vahness("list", "scenarios", shipped[0]["name"], "--json").document["scenarios"]
    assert one == shipped[0]


def test_everything_is_listed_where_nothing_is_named() -> None:
    said = vahness("list")
    assert said.code == 0
    for family in ("scenarios", "personas", "beds", *plugins.FAMILIES):
        assert f"{family}:" in said.out
    assert "see `vahness list accents`" in said.out


def test_a_family_that_is_not_there_gets_the_nearest() -> None:
    said = vahness("list", "scorrers")
    assert (said.code, said.out) == (2, "")
    assert said.err == "there is no such family to list: 'scorrers' (did you mean 'scorers'?)\n"


def test_only_scenarios_are_listed_by_path() -> None:
    assert vahness("list", "scorers", "scenarios").code == 2
