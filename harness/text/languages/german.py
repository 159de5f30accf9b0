"""German, whose numbers are one word: siebenundzwanzig."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from harness.text.languages.language import (
    MIDDAY,
    NIGHT,
    Language,
    Numbers,
    Words,
    dated,
    listed,
    meaning,
    named_letters,
    numbered,
    off,
    phrases,
    turned,
)
from harness.text.words import written

_UNITS = (
    "null ein/eins zwei/zwo drei vier fünf/fuenf sechs sieben acht neun zehn elf zwölf/zwoelf dreizehn vierzehn "
    "fünfzehn/fuenfzehn sechzehn siebzehn achtzehn neunzehn"
)
_TENS = "zwanzig dreißig/dreissig vierzig fünfzig/fuenfzig sechzig siebzig achtzig neunzig"


def _below_hundred() -> dict[str, int]:
    values = {word: int(value) for (word,), value in listed(_UNITS).items()}
    units = {word: value for word, value in values.items() if 0 < value < 10 and word != "eins"}
    for (tens,), value in listed(_TENS, 20, 10).items():
        values[tens] = int(value)
        values |= {f"{unit}und{tens}": int(value) + number for unit, number in units.items()}
    return values


_VALUES = _below_hundred()
_SPOKEN: dict[Words, Decimal] = {
    (unit, "und", tens): Decimal(_VALUES[unit] + _VALUES[tens])
    for unit in _VALUES
    if 0 < _VALUES[unit] < 10 and unit != "eins"
    for tens in _VALUES
    if _VALUES[tens] >= 20 and _VALUES[tens] % 10 == 0
}


@lru_cache(maxsize=4096)
def _compound(word: str) -> int | None:
    """The value of a number written as one word; None where it is none."""
    if word in _VALUES:
        return _VALUES[word]
    for scale, value, limit in (("tausend", 1000, 1000), ("hundert", 100, 100)):
        before, found, behind = word.partition(scale)
        if not found:
            continue
        many = _compound(before) if before else 1
        rest = _compound(behind.removeprefix("und")) if behind else 0
        return many * value + rest if many and rest is not None and many < limit and rest < value else None
    return None


def _stems() -> dict[str, int]:
    special = {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}
    return {
        special.get(number, word + ("t" if number < 20 else "st")): number
        for word, number in _VALUES.items()
        if 0 < number <= 31 and word not in ("eins", "zwo")
    }


def _ordinals() -> dict[str, int]:
    return {stem + ending: number for stem, number in _stems().items() for ending in ("e", "en", "er")}


def _together() -> dict[str, int]:
    """How many people are there, "zu fünft"."""
    return {stem: number for stem, number in _stems().items() if 2 < number <= 12} | {"zweit": 2}


GERMAN = Language(
    tag="de",
    numbers=Numbers(
        {(word,): Decimal(value) for word, value in _VALUES.items() if word != "ein"}
        | _SPOKEN
        | {("anderthalb",): Decimal("1.5"), ("anderthalbtausend",): Decimal(1500)}
        | {
            (f"{unit}einhalbtausend",): Decimal(_VALUES[unit] * 1000 + 500)
            for unit in _VALUES
            if 0 < _VALUES[unit] <= 12
        }
        | {("zu", stem): Decimal(number) for stem, number in _together().items()}
        | {(f"{unit}einhalb",): Decimal(_VALUES[unit]) + Decimal("0.5") for unit in _VALUES if 0 < _VALUES[unit] <= 12},
        hundreds=frozenset({"hundert"}),
        scales={
            "tausend": 10**3,
            "million": 10**6,
            "millionen": 10**6,
            "milliarde": 10**9,
            "mio": 10**6,
            "mrd": 10**9,
            "milliarden": 10**9,
        },
        joints=frozenset({"und"}),
        points=frozenset({"komma"}),
        repeats={"doppel": 2, "zweimal": 2, "dreimal": 3},
        articles=frozenset({"ein", "eine", "einem", "einen", "einer"}),
        groups={"dutzend": 12, "paar": 2},
        shares={
            **dict.fromkeys(("halb", "halbe", "halbes", "halben"), Decimal("0.5")),
            "viertel": Decimal("0.25"),
            "dreiviertel": Decimal("0.75"),
        },
        joins=frozenset({"und"}),
        ordinals=_ordinals(),
        clock=frozenset({"uhr"}),
        compound=_compound,
    ),
    months=numbered(
        "januar/jänner/jan februar/feber/feb märz/maerz/mär april/apr mai juni/juno/jun juli/jul august/aug "
        "september/sept/sep oktober/okt november/nov dezember/dez"
    ),
    weekdays=numbered("montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag", 0),
    days=off(p0="heute", p1="morgen", p2="übermorgen", m1="gestern", m2="vorgestern", m3="vorvorgestern"),
    halves={
        **dict.fromkeys(("morgens", "früh", "frühmorgens", "vormittags", "vormittag", "ammorgen", "frühenmorgen"), 0),
        **dict.fromkeys(("mittags", "mittag"), MIDDAY),
        **dict.fromkeys(("nachmittags", "nachmittag", "spätnachmittag", "abends", "abend"), 12),
        **dict.fromkeys(("nachts", "nacht"), NIGHT),
    },
    noons={"mittag": "12:00", "mitternacht": "00:00"},
    coins=meaning("euro:euros dollar:dollars pfund:pounds franken:francs rupie/rupien:rupees yen:yen"),
    cents=meaning("cent/cents:euros rappen:francs pence:pounds"),
    denials=frozenset({"nicht", "nie", "kein", "keine"}),
    signs={
        ("at",): "@",
        ("ät",): "@",
        ("et",): "@",
        ("minus",): "-",
        ("plus",): "+",
        ("klammeraffe",): "@",
        ("punkt",): ".",
        ("unterstrich",): "_",
        ("bindestrich",): "-",
    },
    like=frozenset({"wie"}),
    spans={
        **dict.fromkeys(("tag", "tage", "tagen"), 1),
        **dict.fromkeys(("woche", "wochen"), 7),
        **dict.fromkeys(("monat", "monate", "monaten"), 0),
    },
    ahead=phrases("in|über|später|ab|nach"),
    ago=phrases("vor|früher|her"),
    turns=turned(
        "nächsten monat/nächsten monats/kommenden monats=1|diesen monat/diesen monats/dieses monats=0"
        "|nächste woche/nächster woche/nächsten woche/kommende woche/kommender woche/kommenden woche=1"
        "|diese woche/dieser woche=0|letzte woche/letzter woche=-1"
    ),
    feasts=dated("weihnachten=12-25|heiligabend=12-24|silvester=12-31|neujahr=1-1|nikolaus=12-6"),
    beyond={(which,): 1 for which in ("übernächste", "übernächsten", "übernächster")},
    past=frozenset({"letzten", "letzter", "letzte", "vergangenen"}),
    letters=named_letters(
        "ä:ä|h:ha|j:jot|k:ka|q:ku|v:vau|w:we|x:ix|y:ypsilon|z:zett|b:be|c:ce|d:de|g:ge|p:pe|t:te|f:ef|l:el|m:em|s:ess"
    ),
    code_leads=frozenset(
        written(
            "bestellnummer kundennummer auftragsnummer rechnungsnummer buchungsnummer vorgangsnummer postleitzahl "
            "nummer code referenz"
        )
    ),
    abbreviated=meaning("str:straße pl:platz nr:nummer st:sankt"),
)
