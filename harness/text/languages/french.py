"""French, with the tens of Belgium and Switzerland."""

from __future__ import annotations

from decimal import Decimal

from harness.text.languages.language import Language, Numbers, Words, listed, numbered, off, phrases


def _atoms() -> dict[Words, Decimal]:
    below = listed(
        "zéro/zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
        "dix-sept dix-huit dix-neuf"
    )
    atoms = {tuple(word.split("-")): value for (word,), value in below.items()}
    small = {words: value for words, value in atoms.items() if value}
    for (tens,), value in listed(
        "vingt trente quarante cinquante soixante septante huitante/octante nonante", 20, 10
    ).items():
        atoms[(tens,)] = value
        top = 20 if tens == "soixante" else 10
        atoms |= {(tens, *words): value + number for words, number in small.items() if number < top}
        atoms |= {(tens, "et", "un"): value + 1, (tens, "et", "une"): value + 1}
    atoms[("soixante", "et", "onze")] = Decimal(71)
    for twenties in (("quatre", "vingt"), ("quatre", "vingts")):
        atoms[twenties] = Decimal(80)
        atoms |= {(*twenties, *words): 80 + number for words, number in small.items() if number < 20}
    return atoms


FRENCH = Language(
    tag="fr",
    numbers=Numbers(
        _atoms(),
        hundreds=frozenset({"cent", "cents"}),
        scales={"mille": 10**3, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9},
        points=frozenset({"virgule"}),
        repeats={"double": 2, "triple": 3},
        articles=frozenset({"une"}),
        ordinals={"premier": 1},
        clock=frozenset({"heure", "heures"}),
    ),
    months=numbered(
        "janvier février/fevrier mars avril mai juin juillet août/aout septembre octobre novembre décembre/decembre"
    ),
    weekdays=numbered("lundi mardi mercredi jeudi vendredi samedi dimanche", 0),
    days=off(p0="aujourd hui", p1="demain", p2="après demain", m1="hier", m2="avant hier"),
    halves={"matin": 0, "midi": 12, "soir": 12, "nuit": 12, "après": 12},
    noons={"midi": "12:00", "minuit": "00:00"},
    coins={"euro": "euros", "dollar": "dollars", "franc": "francs"},
    cents={"centimes": "euros", "centime": "euros"},
    denials=frozenset({"pas", "jamais", "non"}),
    signs={("arobase",): "@", ("point",): ".", ("tiret", "bas"): "_", ("tiret",): "-", ("souligné",): "_"},
    leads=phrases("je m appelle|mon nom est|c est|je suis|mon numéro est"),
    like=frozenset({"comme"}),
)
