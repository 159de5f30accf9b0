"""English words for days, coins and addresses; its numbers have a reader of their own."""

from __future__ import annotations

from harness.text.languages.language import Language, Numbers, numbered, off, phrases
from harness.text.months import ABBREVIATED, SPANISH
from harness.text.months import ENGLISH as MONTHS
from harness.text.months import HINDI as HINDI_MONTHS

ENGLISH = Language(
    tag="en",
    numbers=Numbers({}),
    months={**ABBREVIATED, **MONTHS, **SPANISH, **HINDI_MONTHS},
    weekdays=numbered("monday/mon tuesday/tue/tues wednesday/wed thursday/thu/thurs friday/fri saturday/sat sunday", 0),
    days=off(
        p0="today|tonight",
        p1="tomorrow",
        p2="day after tomorrow",
        p7="week from today",
        m1="yesterday",
        m2="day before yesterday",
    ),
    cents={"cents": "dollars", "cent": "dollars", "pence": "pounds", "paise": "rupees", "paisa": "rupees"},
    denials=frozenset({"not", "never", "isn't", "wasn't", "don't", "doesn't", "won't"}),
    signs={
        ("at",): "@",
        ("dot",): ".",
        ("underscore",): "_",
        ("dash",): "-",
        ("hyphen",): "-",
        ("plus",): "+",
    },
    leads=phrases("my name is|this is|it is|i am|that is|my email is|my number is|my address is|the name is"),
    like=frozenset({"as", "for", "like"}),
)
