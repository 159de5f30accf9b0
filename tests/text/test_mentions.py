from __future__ import annotations

import pytest

from harness.text.entities import Kind
from harness.text.mentions import denied_in, mentioned


@pytest.mark.parametrize(
    ("text", "value", "kind", "language", "says"),
    [
        ("at three pm please", "15:00", "time", "en", True),
        ("at three am please", "15:00", "time", "en", False),
        ("on the twelfth of March", "2026-03-12", "date", "en", True),
        ("el doce de marzo", "2026-03-12", "date", "es-MX", True),
        ("el doce de mayo", "2026-03-12", "date", "es-MX", False),
        ("las tres y media de la tarde", "15:30", "time", "es", True),
        ("तीन बजे शाम को", "15:00", "time", "hi", True),
        ("मेरा order बारह मार्च का", "2026-03-12", "date", "hi+en", True),
        ("", "15:00", "time", "en", False),
    ],
)
def test_a_fact_is_mentioned_in_any_way_of_saying_it(
    text: str, value: str, kind: Kind, language: str, says: bool
) -> None:
    assert mentioned(text, value, kind, language) is says


@pytest.mark.parametrize(
    ("text", "value", "language", "denied"),
    [
        ("Sorry, not the twelfth, the thirteenth.", "2026-03-12", "en", True),
        ("Sorry, not the twelfth, the thirteenth.", "2026-03-13", "en", False),
        ("sorry 12th not the 13th", "2026-03-13", "en", True),
        ("the twelfth of March", "2026-03-12", "en", False),
        ("I would not like it on the twelfth", "2026-03-12", "en", False),
        ("it is the twelfth of March", "2026-03-12", "en", False),
        ("do it on the twelfth of March", "2026-03-12", "en", False),
        ("it isn't the twelfth of March", "2026-03-12", "en", True),
        ("not twelfth thirteenth", "2026-03-13", "en", False),
        ("बारह मार्च नहीं तेरह मार्च", "2026-03-12", "hi", True),
        ("बारह मार्च नहीं तेरह मार्च", "2026-03-13", "hi", False),
        ("no el doce de marzo sino el trece de marzo", "2026-03-12", "es", True),
        ("no el doce de marzo sino el trece de marzo", "2026-03-13", "es", False),
    ],
)
def test_a_not_belongs_to_the_fact_beside_it(text: str, value: str, language: str, denied: bool) -> None:
    assert denied_in(text, value, "date", language) is denied
