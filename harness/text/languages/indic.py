"""Tamil, Telugu and Bengali: their figures' names, as far as callers read out numbers."""

from __future__ import annotations

from decimal import Decimal

from harness.text.languages.language import Language, Numbers, Words, listed, numbered, off

_TAMIL_UNITS = "பூஜ்யம்/பூஜ்ஜியம்/சைபர் ஒன்று இரண்டு மூன்று நான்கு/நாலு ஐந்து/அஞ்சு ஆறு ஏழு எட்டு ஒன்பது பத்து"
_TAMIL_TEENS = "பதினொன்று/பதினொன்னு பன்னிரண்டு பதின்மூன்று பதினான்கு பதினைந்து பதினாறு பதினேழு பதினெட்டு பத்தொன்பது"
_TAMIL_TENS = "இருபது முப்பது நாற்பது ஐம்பது அறுபது எழுபது எண்பது தொண்ணூறு"
_TAMIL_STEMS = "இருபத்த முப்பத்த நாற்பத்த ஐம்பத்த அறுபத்த எழுபத்த எண்பத்த தொண்ணூற்ற"
_SIGN_OF = {"ஒ": "ொ", "இ": "ி", "ஐ": "ை", "ஆ": "ா", "ஏ": "ே", "எ": "ெ"}


def _tamil_atoms() -> dict[Words, Decimal]:
    """Units melt into the tens before them: இருபது and ஐந்து are இருபத்தைந்து."""
    units = listed(_TAMIL_UNITS)
    atoms = units | listed(_TAMIL_TEENS, 11) | listed(_TAMIL_TENS, 20, 10)
    for number, stem in enumerate(_TAMIL_STEMS.split(), 2):
        for (unit,), value in units.items():
            if not 0 < value < 10:
                continue
            for front in (f"{stem}ி", f"{stem}ு"):
                atoms |= {(front, unit): number * 10 + value, (front + unit,): number * 10 + value}
            if unit[0] in _SIGN_OF:
                atoms[(stem + _SIGN_OF[unit[0]] + unit[1:],)] = number * 10 + value
    return atoms | listed("நூறு இருநூறு முந்நூறு/முன்னூறு நானூறு ஐந்நூறு/ஐநூறு அறுநூறு எழுநூறு எண்ணூறு தொள்ளாயிரம்", 100, 100)


TAMIL = Language(
    tag="ta",
    numbers=Numbers(_tamil_atoms(), scales={"ஆயிரம்": 10**3, "லட்சம்": 10**5, "கோடி": 10**7}),
    months=numbered("ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்"),
    days=off(p0="இன்று", p1="நாளை", m1="நேற்று"),
    halves={"காலை": 0, "மதியம்": 12, "மாலை": 12, "இரவு": 12},
    coins={"ரூபாய்": "rupees"},
    denials=frozenset({"இல்லை", "அல்ல"}),
    latin=False,
)
TELUGU = Language(
    tag="te",
    numbers=Numbers(
        listed("సున్నా ఒకటి రెండు మూడు నాలుగు ఐదు ఆరు ఏడు ఎనిమిది తొమ్మిది పది")
        | listed("ఇరవై ముప్పై నలభై యాభై అరవై డెబ్బై ఎనభై తొంభై", 20, 10)
        | {("వంద",): Decimal(100), ("నూరు",): Decimal(100)},
        scales={"వెయ్యి": 10**3, "వేలు": 10**3, "లక్ష": 10**5, "కోటి": 10**7},
    ),
    coins={"రూపాయలు": "rupees"},
    denials=frozenset({"కాదు"}),
    latin=False,
)


def _bengali_atoms() -> dict[Words, Decimal]:
    units = listed("শূন্য এক দুই/দু তিন চার পাঁচ ছয় সাত আট নয় দশ")
    tens = listed("বিশ ত্রিশ চল্লিশ পঞ্চাশ ষাট সত্তর আশি নব্বই", 20, 10)
    hundreds = {(unit + end,): value * 100 for (unit,), value in units.items() if 0 < value < 10 for end in ("শ", "শো")}
    return units | tens | hundreds


BENGALI = Language(
    tag="bn",
    numbers=Numbers(_bengali_atoms(), scales={"হাজার": 10**3, "লাখ": 10**5, "কোটি": 10**7}),
    coins={"টাকা": "taka"},
    denials=frozenset({"না"}),
    latin=False,
)
