"""Tamil, Telugu, Kannada and Malayalam, whose numbers melt into one another."""

from __future__ import annotations

from decimal import Decimal

from harness.text.languages.language import MIDDAY, NIGHT, Language, Numbers, Words, listed, numbered, off, phrases

_HALF = Decimal("0.5")
_QUARTER = Decimal("0.25")
_WHOLE = Decimal(0)


def _joined(tens: dict[Words, Decimal], units: dict[Words, Decimal], *melted: dict[str, str]) -> dict[Words, Decimal]:
    """Tens with the units behind them, in two words and in one.

    melted: what a unit's first letter becomes behind a ten that has lost its last sign; "" is every other letter.
    """
    made: dict[Words, Decimal] = {}
    for (ten,), value in tens.items():
        for (unit,), more in units.items():
            if not 0 < more < 10:
                continue
            made |= {(ten, unit): value + more, (ten + unit,): value + more}
            for first in melted:
                if (sign := first.get(unit[0])) is not None:
                    made[(ten[:-1] + sign + unit[1:],)] = value + more
    return made


def _cased(names: dict[str, int], *changes: tuple[str, str]) -> dict[str, int]:
    """Names of days with the endings of their cases: what the end of the name becomes ("on Friday", "from Friday")."""
    return names | {
        name.removesuffix(end) + ending: day
        for name, day in names.items()
        for end, endings in changes
        if name.endswith(end)
        for ending in endings.split("/")
    }


def _halved(numbers: dict[Words, Decimal], *endings: tuple[str, Decimal], cut: int = 1) -> dict[Words, Decimal]:
    """Numbers up to twelve with a part of one as their ending: half past, nine and a half."""
    return {
        tuple(f"{word[: len(word) - cut]}{ending}".split()): value + more
        for (word,), value in numbers.items()
        if 0 < value <= 12
        for ending, more in endings
    }


# --- Tamil

_TA_UNITS = "பூஜ்யம்/பூஜ்ஜியம்/சைபர்/ஜீரோ ஒன்று/ஒண்ணு இரண்டு/ரெண்டு மூன்று/மூணு நான்கு/நாலு ஐந்து/அஞ்சு ஆறு ஏழு எட்டு ஒன்பது/ஒம்பது பத்து"
_TA_TEENS = (
    "பதினொன்று/பதினொன்னு/பதினொண்ணு பன்னிரண்டு/பன்னெண்டு பதின்மூன்று/பதிமூன்று/பதிமூணு பதினான்கு/பதினாலு "
    "பதினைந்து/பதினஞ்சு பதினாறு பதினேழு பதினெட்டு பத்தொன்பது"
)
_TA_TENS = "இருபது முப்பது நாற்பது ஐம்பது அறுபது எழுபது எண்பது தொண்ணூறு"
_TA_STEMS = "இருபத்த முப்பத்த நாற்பத்த ஐம்பத்த அறுபத்த எழுபத்த எண்பத்த தொண்ணூற்ற"
_TA_SIGNS = {"ஒ": "ொ", "இ": "ி", "ஐ": "ை", "ஆ": "ா", "ஏ": "ே", "எ": "ெ", "அ": ""}
_TA_HUNDREDS = "நூறு இருநூறு முந்நூறு/முன்னூறு நானூறு ஐந்நூறு/ஐநூறு/அஞ்சூறு அறுநூறு எழுநூறு எண்ணூறு தொள்ளாயிரம்"
_TA_THOUSANDS = "ஆயிரம் இரண்டாயிரம்/ரெண்டாயிரம் மூவாயிரம் நாலாயிரம்/நான்காயிரம் ஐயாயிரம்/ஐந்தாயிரம் ஆறாயிரம் ஏழாயிரம் எட்டாயிரம் ஒன்பதாயிரம் பத்தாயிரம்"


def _tamil_atoms() -> dict[Words, Decimal]:
    """Units melt into the tens before them: இருபது and ஐந்து are இருபத்தைந்து."""
    units = listed(_TA_UNITS)
    atoms = units | listed(_TA_TEENS, 11) | listed(_TA_TENS, 20, 10)
    atoms |= _halved(
        atoms,
        ("ரை", _HALF),
        ("ரைக்கு", _HALF),
        ("ரைமணிக்கு", _HALF),
        ("ுமணிக்கு", _WHOLE),
        ("ுமணி", _WHOLE),
        ("ே கால்", _QUARTER),
        ("ேகால்", _QUARTER),
        ("ே முக்கால்", 3 * _QUARTER),
    )
    for number, stem in enumerate(_TA_STEMS.split(), 2):
        for (unit,), value in units.items():
            if not 0 < value < 10:
                continue
            for front in (f"{stem}ி", f"{stem}ு"):
                atoms |= {(front, unit): number * 10 + value, (front + unit,): number * 10 + value}
            if unit[0] in _TA_SIGNS:
                atoms[(stem + _TA_SIGNS[unit[0]] + unit[1:],)] = number * 10 + value
    hundreds = listed(_TA_HUNDREDS, 100, 100)
    thousands = {one: value for one, value in listed(_TA_THOUSANDS, 1000, 1000).items() if value > 1000}
    endings = {"று": ("ற்று", "ற்றி"), "ம்": ("த்து", "த்தி")}
    before = {
        (word[:-2] + ending,): value
        for (word,), value in (hundreds | thousands).items()
        for ending in endings[word[-2:]]
    }
    return atoms | hundreds | thousands | before


TAMIL = Language(
    tag="ta",
    numbers=Numbers(
        _tamil_atoms(),
        scales={
            **dict.fromkeys(("ஆயிரம்", "ஆயிரத்து", "ஆயிரத்தி"), 10**3),
            **dict.fromkeys(("லட்சம்", "லட்சத்து", "இலட்சம்"), 10**5),
            "கோடி": 10**7,
        },
        articles=frozenset({"ஒரு"}),
        repeats={"டபுள்": 2, "டபிள்": 2, "ட்ரிபிள்": 3},
        clock=frozenset({"மணி", "மணிக்கு", "மணியளவில்"}),
    ),
    months=numbered("ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்"),
    weekdays=_cased(
        numbered(
            "திங்கட்கிழமை/திங்கள்கிழமை/திங்கள் செவ்வாய்க்கிழமை/செவ்வாய் புதன்கிழமை/புதன் வியாழக்கிழமை/வியாழன் "
            "வெள்ளிக்கிழமை/வெள்ளி சனிக்கிழமை/சனி ஞாயிற்றுக்கிழமை/ஞாயிறு",
            0,
        ),
        ("கிழமை", "கிழமையன்று/கிழமையில்/கிழமைக்கு/கிழமையிலிருந்து/கிழமையே"),
    ),
    days=off(
        p0="இன்று|இன்னைக்கு|இன்றைக்கு",
        p1="நாளை|நாளைக்கு",
        p2="நாளை மறுநாள்|நாளைமறுநாள்|நாளை மறுதினம்|நாளன்னைக்கு",
        m1="நேற்று|நேத்து",
        m2="நேற்று முன்தினம்|முந்தாநாள்",
    ),
    halves={
        **dict.fromkeys(
            ("காலை", "காலையில்", "காலையில", "காலைல", "காலையிலே", "அதிகாலை", "அதிகாலையில்", "விடியற்காலை", "முற்பகல்"), 0
        ),
        **dict.fromkeys(
            ("மதியம்", "மதியத்தில்", "மத்தியானம்", "மத்தியானத்தில்", "பகல்", "பகலில்", "நண்பகல்", "பிற்பகல்", "பிற்பகலில்"), MIDDAY
        ),
        **dict.fromkeys(("மாலை", "மாலையில்", "மாலையில", "மாலைல", "சாயங்காலம்", "சாயந்திரம்", "சாயந்தரம்", "சாயங்காலத்தில்"), 12),
        **dict.fromkeys(("இரவு", "இரவில்", "இரவுல", "ராத்திரி", "ராத்திரியில்", "ராத்திரில"), NIGHT),
    },
    coins={"ரூபாய்": "rupees", "டாலர்": "dollars"},
    cents={"பைசா": "rupees"},
    denials=frozenset({"இல்லை", "அல்ல"}),
    spans={
        **dict.fromkeys(("நாள்", "நாட்கள்", "நாளில்", "நாட்களில்"), 1),
        **dict.fromkeys(("வாரம்", "வாரங்கள்", "வாரத்தில்", "வாரத்திற்கு", "வாரத்திற்குப்", "வாரத்துக்கு", "வாரத்துக்குப்"), 7),
    },
    ahead=phrases("கழித்து|பிறகு|பின்|பின்னர்"),
    ago=phrases("முன்|முன்பு|முன்னால்"),
    latin=False,
)

# --- Telugu


def _telugu_atoms() -> dict[Words, Decimal]:
    units = listed("సున్నా/సున్న/జీరో ఒకటి రెండు మూడు నాలుగు ఐదు/అయిదు ఆరు ఏడు ఎనిమిది తొమ్మిది పది")
    tens = listed("ఇరవై ముప్పై నలభై/నలబై యాభై/యాబై అరవై డెబ్బై/డెబ్భై ఎనభై/ఎనబై తొంభై/తొంబై", 20, 10)
    teens = listed("పదకొండు పన్నెండు/పన్నిండు పదమూడు పద్నాలుగు/పధ్నాలుగు/పద్నాల్గు పదిహేను పదహారు పదిహేడు పద్దెనిమిది పంతొమ్మిది/పందొమ్మిది", 11)
    hours = _halved(units | teens, *((f"న్నర{end}", _HALF) for end in ("", "కు", "కి")), cut=0)
    hours |= _halved(units | teens, ("ింటికి", _WHOLE))
    return units | teens | tens | _joined(tens, units) | hours


TELUGU = Language(
    tag="te",
    numbers=Numbers(
        _telugu_atoms(),
        hundreds=frozenset({"వంద", "వందల", "వందలు", "నూరు", "నూట"}),
        scales={
            **dict.fromkeys(("వెయ్యి", "వేయి", "వేలు", "వేల"), 10**3),
            **dict.fromkeys(("లక్ష", "లక్షల", "లక్షలు"), 10**5),
            **dict.fromkeys(("కోటి", "కోట్ల", "కోట్లు"), 10**7),
        },
        repeats={"డబుల్": 2, "డబల్": 2, "ట్రిపుల్": 3},
        articles=frozenset({"ఒక"}),
        clock=frozenset({"గంట", "గంటకు", "గంటలు", "గంటలకు", "గంటల"}),
    ),
    months=numbered(
        "జనవరి ఫిబ్రవరి మార్చి/మార్చ్ ఏప్రిల్ మే జూన్ జూలై/జులై ఆగస్టు/ఆగష్టు/ఆగస్ట్ సెప్టెంబర్/సెప్టెంబరు అక్టోబర్/అక్టోబరు నవంబర్/నవంబరు డిసెంబర్/డిసెంబరు"
    ),
    weekdays=_cased(numbered("సోమవారం మంగళవారం బుధవారం గురువారం శుక్రవారం శనివారం ఆదివారం", 0), ("వారం", "వారానికి/వారాన/వారంనాడు/వారము")),
    days=off(p0="ఈరోజు|ఈ రోజు|ఇవాళ|నేడు", p1="రేపు", p2="ఎల్లుండి", m1="నిన్న", m2="మొన్న"),
    halves={
        **dict.fromkeys(("ఉదయం", "ఉదయాన", "ఉదయాన్నే", "ఉదయపు", "పొద్దున", "పొద్దున్న", "పొద్దున్నే", "ప్రొద్దున", "తెల్లవారుజామున"), 0),
        **dict.fromkeys(("మధ్యాహ్నం", "మధ్యాహ్నపు", "మధ్యాహ్నానికి"), MIDDAY),
        **dict.fromkeys(("సాయంత్రం", "సాయంత్రపు", "సాయంత్రానికి", "సాయంకాలం"), 12),
        **dict.fromkeys(("రాత్రి", "రాత్రికి", "రాత్రిపూట"), NIGHT),
    },
    coins={"రూపాయలు": "rupees", "రూపాయల": "rupees", "రూపాయి": "rupees", "డాలర్లు": "dollars"},
    cents={"పైసలు": "rupees"},
    denials=frozenset({"కాదు", "లేదు"}),
    spans={**dict.fromkeys(("రోజు", "రోజులు", "రోజుల", "రోజుల్లో"), 1), **dict.fromkeys(("వారం", "వారాలు", "వారాల"), 7)},
    ahead=phrases("తర్వాత|తరువాత"),
    ago=phrases("క్రితం|ముందు"),
    latin=False,
)

# --- Kannada

_KN_SIGNS = {"ಒ": "ೊ", "ಎ": "ೆ", "ಐ": "ೈ", "ಆ": "ಾ", "ಏ": "ೇ"}


def _kannada_atoms() -> dict[Words, Decimal]:
    """Units melt into the tens before them: ಮೂವತ್ತು and ಆರು are ಮೂವತ್ತಾರು."""
    units = listed("ಸೊನ್ನೆ/ಶೂನ್ಯ/ಜೀರೋ ಒಂದು ಎರಡು ಮೂರು ನಾಲ್ಕು ಐದು ಆರು ಏಳು ಎಂಟು ಒಂಬತ್ತು/ಒಂಭತ್ತು ಹತ್ತು")
    teens = listed("ಹನ್ನೊಂದು ಹನ್ನೆರಡು ಹದಿಮೂರು ಹದಿನಾಲ್ಕು ಹದಿನೈದು ಹದಿನಾರು ಹದಿನೇಳು ಹದಿನೆಂಟು ಹತ್ತೊಂಬತ್ತು", 11)
    tens = listed("ಇಪ್ಪತ್ತು ಮೂವತ್ತು ನಲವತ್ತು/ನಲ್ವತ್ತು ಐವತ್ತು ಅರವತ್ತು ಎಪ್ಪತ್ತು ಎಂಬತ್ತು/ಎಂಭತ್ತು ತೊಂಬತ್ತು/ತೊಂಭತ್ತು", 20, 10)
    hundreds = listed(
        "ನೂರು ಇನ್ನೂರು ಮುನ್ನೂರು ನಾನೂರು/ನಾಲ್ಕುನೂರು ಐನೂರು/ಐದುನೂರು ಆರುನೂರು/ಆರ್ನೂರು ಏಳುನೂರು/ಏಳ್ನೂರು ಎಂಟುನೂರು/ಎಂಟ್ನೂರು ಒಂಬೈನೂರು/ಒಂಭೈನೂರು",
        100,
        100,
    )
    before = {(word[:-1],): value for (word,), value in hundreds.items()}
    melted = _joined(tens, units, _KN_SIGNS, {"ಮ": "ಮ", "ನ": "ನ"})
    short = {
        (word[:-2] + unit,): v + more
        for (word,), v in tens.items()
        for (unit,), more in units.items()
        if more in (3, 4)
    }
    parts = (("ೂವರೆ", _HALF), ("ೂವರೆಗೆ", _HALF), ("ೂಕಾಲು", _QUARTER), ("ೂಮುಕ್ಕಾಲು", 3 * _QUARTER))
    return units | teens | tens | melted | short | hundreds | before | _halved(units | teens, *parts)


KANNADA = Language(
    tag="kn",
    numbers=Numbers(
        _kannada_atoms(),
        scales={**dict.fromkeys(("ಸಾವಿರ", "ಸಾವಿರದ"), 10**3), **dict.fromkeys(("ಲಕ್ಷ", "ಲಕ್ಷದ"), 10**5), "ಕೋಟಿ": 10**7},
        repeats={"ಡಬಲ್": 2, "ಟ್ರಿಪಲ್": 3},
        clock=frozenset({"ಗಂಟೆ", "ಗಂಟೆಗೆ", "ಗಂಟೆಯ"}),
    ),
    months=numbered("ಜನವರಿ ಫೆಬ್ರವರಿ/ಫೆಬ್ರುವರಿ ಮಾರ್ಚ್ ಏಪ್ರಿಲ್ ಮೇ ಜೂನ್ ಜುಲೈ ಆಗಸ್ಟ್ ಸೆಪ್ಟೆಂಬರ್ ಅಕ್ಟೋಬರ್ ನವೆಂಬರ್ ಡಿಸೆಂಬರ್"),
    weekdays=_cased(
        numbered("ಸೋಮವಾರ ಮಂಗಳವಾರ ಬುಧವಾರ ಗುರುವಾರ ಶುಕ್ರವಾರ ಶನಿವಾರ ಭಾನುವಾರ/ರವಿವಾರ", 0), ("ವಾರ", "ವಾರದಂದು/ವಾರದ/ವಾರಕ್ಕೆ/ವಾರದಿಂದ")
    ),
    days=off(p0="ಇಂದು|ಇವತ್ತು", p1="ನಾಳೆ", p2="ನಾಡಿದ್ದು|ನಾಳಿದ್ದು", m1="ನಿನ್ನೆ", m2="ಮೊನ್ನೆ"),
    halves={
        **dict.fromkeys(("ಬೆಳಿಗ್ಗೆ", "ಬೆಳಗ್ಗೆ", "ಬೆಳಿಗ್ಗೆಯ", "ಬೆಳಗ್ಗೆಯ", "ಬೆಳಗಿನ", "ಬೆಳಿಗ್ಗಿನ", "ಮುಂಜಾನೆ", "ಮುಂಜಾನೆಯ"), 0),
        **dict.fromkeys(("ಮಧ್ಯಾಹ್ನ", "ಮಧ್ಯಾಹ್ನದ", "ಮಧ್ಯಾಹ್ನಕ್ಕೆ"), MIDDAY),
        **dict.fromkeys(("ಸಂಜೆ", "ಸಂಜೆಯ", "ಸಂಜೆಗೆ", "ಸಾಯಂಕಾಲ", "ಸಾಯಂಕಾಲದ"), 12),
        **dict.fromkeys(("ರಾತ್ರಿ", "ರಾತ್ರಿಯ", "ರಾತ್ರಿಗೆ"), NIGHT),
    },
    coins={"ರೂಪಾಯಿ": "rupees", "ರೂಪಾಯಿಗಳು": "rupees", "ಡಾಲರ್": "dollars"},
    cents={"ಪೈಸೆ": "rupees"},
    denials=frozenset({"ಅಲ್ಲ", "ಇಲ್ಲ", "ಬೇಡ"}),
    spans={**dict.fromkeys(("ದಿನ", "ದಿನಗಳ", "ದಿನದ", "ದಿನಗಳಲ್ಲಿ"), 1), **dict.fromkeys(("ವಾರ", "ವಾರದ", "ವಾರಗಳ"), 7)},
    ahead=phrases("ನಂತರ|ಬಳಿಕ"),
    ago=phrases("ಹಿಂದೆ|ಮುಂಚೆ"),
    latin=False,
)

# --- Malayalam

_ML_SIGNS = {"ഒ": "ിയൊ", "അ": "ിയ", "ആ": "ിയാ", "ഏ": "ിയേ", "എ": "ിയെ", "ര": "ിര", "മ": "ിമ", "ന": "ിന"}
_ML_SHORT = {"അ": "", "ആ": "ാ"}


def _malayalam_atoms() -> dict[Words, Decimal]:
    """Units melt into the tens before them: മുപ്പത് and ആറ് are മുപ്പത്തിയാറ്."""
    units = listed("പൂജ്യം/സീറോ ഒന്ന് രണ്ട് മൂന്ന് നാല് അഞ്ച് ആറ് ഏഴ് എട്ട് ഒമ്പത്/ഒൻപത് പത്ത്")
    teens = listed("പതിനൊന്ന് പന്ത്രണ്ട് പതിമൂന്ന് പതിനാല് പതിനഞ്ച് പതിനാറ് പതിനേഴ് പതിനെട്ട് പത്തൊമ്പത്/പത്തൊൻപത്", 11)
    tens = listed("ഇരുപത് മുപ്പത് നാല്പത്/നാൽപത് അമ്പത്/അൻപത് അറുപത് എഴുപത് എൺപത് തൊണ്ണൂറ്", 20, 10)
    doubled: dict[Words, Decimal] = {(word + word[-2] + "്",): value for (word,), value in tens.items()}
    spaced: dict[Words, Decimal] = {
        (word + word[-2] + "ി", unit): value + more
        for (word,), value in tens.items()
        for (unit,), more in units.items()
        if 0 < more < 10
    }
    spaced |= {("".join(words),): value for words, value in spaced.items()}
    hundreds = listed("നൂറ് ഇരുനൂറ് മുന്നൂറ് നാനൂറ്/നാന്നൂറ് അഞ്ഞൂറ് അറുനൂറ് എഴുനൂറ് എണ്ണൂറ്", 100, 100)
    before = {(word + "റി",): value for (word,), value in hundreds.items()}
    thousands = listed("രണ്ടായിരം മൂവായിരം നാലായിരം അയ്യായിരം ആറായിരം ഏഴായിരം എണ്ണായിരം/എട്ടായിരം ഒമ്പതിനായിരം പതിനായിരം", 2000, 1000)
    thousands |= {("തൊള്ളായിരം",): Decimal(900)}
    before |= {(word[:-1] + "ത്തി",): value for (word,), value in thousands.items()}
    parts = (
        ("ര", _HALF),
        ("രയ്ക്ക്", _HALF),
        ("രക്ക്", _HALF),
        ("ുമണിക്ക്", _WHOLE),
        ("ുമണി", _WHOLE),
        ("േകാൽ", _QUARTER),
        ("േ കാൽ", _QUARTER),
        ("േമുക്കാൽ", 3 * _QUARTER),
    )
    made = units | teens | tens | spaced | _joined(doubled, units, _ML_SIGNS, _ML_SHORT)
    made = made | hundreds | before | thousands | _halved(units | teens, *parts)
    # Before a word, and at a speaker's will, the half vowel at the end is a whole one: പത്ത്, പത്തു.
    return made | {(*words[:-1], words[-1][:-1] + "ു"): v for words, v in made.items() if words[-1].endswith("്")}


MALAYALAM = Language(
    tag="ml",
    numbers=Numbers(
        _malayalam_atoms(),
        scales={
            **dict.fromkeys(("ആയിരം", "ആയിരത്തി"), 10**3),
            **dict.fromkeys(("ലക്ഷം", "ലക്ഷത്തി"), 10**5),
            "കോടി": 10**7,
        },
        repeats={"ഡബിൾ": 2, "ട്രിപ്പിൾ": 3},
        articles=frozenset({"ഒരു"}),
        clock=frozenset({"മണിയ്ക്ക്", "മണി", "മണിക്ക്", "മണിക്കു"}),
    ),
    months=numbered("ജനുവരി ഫെബ്രുവരി മാർച്ച് ഏപ്രിൽ മേയ്/മെയ് ജൂൺ ജൂലൈ/ജൂലായ് ഓഗസ്റ്റ്/ആഗസ്റ്റ് സെപ്റ്റംബർ/സെപ്തംബർ ഒക്ടോബർ നവംബർ ഡിസംബർ"),
    weekdays=_cased(
        numbered("തിങ്കളാഴ്ച/തിങ്കൾ ചൊവ്വാഴ്ച/ചൊവ്വ ബുധനാഴ്ച/ബുധൻ വ്യാഴാഴ്ച/വ്യാഴം വെള്ളിയാഴ്ച/വെള്ളി ശനിയാഴ്ച/ശനി ഞായറാഴ്ച/ഞായർ", 0),
        ("ാഴ്ച", "ാഴ്ചയ്ക്ക്/ാഴ്ചത്തേക്ക്/ാഴ്ചയിൽ/ാഴ്ചക്ക്"),
        ("യാഴ്ച", "യാഴ്ചയ്ക്ക്"),
    ),
    days=off(p0="ഇന്ന്", p1="നാളെ", p2="മറ്റന്നാൾ", m1="ഇന്നലെ", m2="മിനിഞ്ഞാന്ന്"),
    halves={
        **dict.fromkeys(("രാവിലെ", "രാവിലത്തെ", "പുലർച്ചെ", "പുലർച്ചയ്ക്ക്", "പുലർച്ചയ്ക്കു", "കാലത്ത്", "കാലത്തു"), 0),
        **dict.fromkeys(("ഉച്ചയ്ക്ക്", "ഉച്ചയ്ക്കു", "ഉച്ചക്ക്", "ഉച്ചക്കു", "ഉച്ച", "ഉച്ചയ്ക്കത്തെ"), MIDDAY),
        **dict.fromkeys(("വൈകിട്ട്", "വൈകിട്ടു", "വൈകീട്ട്", "വൈകീട്ടു", "വൈകുന്നേരം", "വൈകുന്നേരത്തെ", "സന്ധ്യയ്ക്ക്", "സന്ധ്യക്ക്"), 12),
        **dict.fromkeys(("രാത്രി", "രാത്രിയിൽ", "രാത്രിയിലെ"), NIGHT),
    },
    coins={"രൂപ": "rupees", "ഡോളർ": "dollars"},
    cents={"പൈസ": "rupees"},
    denials=frozenset({"അല്ല", "ഇല്ല", "വേണ്ട"}),
    spans={
        **dict.fromkeys(("ദിവസം", "ദിവസത്തിനു", "ദിവസത്തിന്"), 1),
        **dict.fromkeys(("ആഴ്ച", "ആഴ്ചയ്ക്ക്", "ഒരാഴ്ച", "ഒരാഴ്ചയ്ക്ക്"), 7),
    },
    ahead=phrases("കഴിഞ്ഞ്|ശേഷം"),
    ago=phrases("മുമ്പ്|മുൻപ്"),
    latin=False,
)
