import pytest

from harness.reporting.values import in_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"status": "delayed", "days": 2}, "status: delayed, days: 2"),
        ({"spoken": True, "interrupted": False, "until": None}, "spoken: yes, interrupted: no, until: –"),
        ({"order": {"id": "A 1", "items": []}}, "order: (id: A 1, items: –)"),
        ([{"name": "tea"}, "milk", 0], "(name: tea); milk; 0"),
        ("it's booked", "it's booked"),
        ({}, "–"),
        (None, "–"),
    ],
)
def test_what_an_agent_told_is_read_in_words(value: object, words: str) -> None:
    assert in_words(value) == words
