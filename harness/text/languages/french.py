"""French, with the tens of Belgium and Switzerland."""

from __future__ import annotations

from decimal import Decimal

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


_GROUPS = {
    "douzaine": 12,
    "douzaines": 12,
    "dizaine": 10,
    "dizaines": 10,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "millier": 1000,
}

FRENCH = Language(
    tag="fr",
    numbers=Numbers(
        _atoms(),
        hundreds=frozenset({"cent", "cents"}),
        scales={"mille": 10**3, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9},
        points=frozenset({"virgule"}),
        repeats={"double": 2, "triple": 3},
        articles=frozenset({"une"}),
        groups=_GROUPS,
        shares={
            **dict.fromkeys(("demi", "demie"), Decimal("0.5")),
            **dict.fromkeys(("quart", "quarts"), Decimal("0.25")),
        },
        joins=frozenset({"et"}),
        ordinals={"premier": 1},
        clock=frozenset({"heure", "heures"}),
    ),
    months=numbered(
        "janvier/janv février/fevrier/févr/fév/fev mars avril/avr mai juin juillet/juil août/aout septembre/sept "
        "octobre/oct novembre/nov décembre/decembre/déc/dec"
    ),
    weekdays=numbered("lundi mardi mercredi jeudi vendredi samedi dimanche", 0),
    days=off(
        p0="aujourd hui",
        p1="demain",
        p7="aujourd hui en 8",
        p8="demain en 8",
        p14="aujourd hui en 15",
        p2="après demain",
        m1="hier",
        m2="avant hier",
    ),
    halves={
        "matin": 0,
        "mat": 0,
        "midi": MIDDAY,
        "soir": 12,
        "nuit": NIGHT,
        "après": 12,
        "apres": 12,
        "soirée": 12,
        "soiree": 12,
        "matinée": 0,
        "matinee": 0,
    },
    noons={"midi": "12:00", "minuit": "00:00"},
    coins=meaning(
        "euro:euros dollar:dollars franc:francs livre/livres:pounds roupie/roupies:rupees yen/yens:yen peso:pesos"
    ),
    cents={"centimes": "euros", "centime": "euros"},
    denials=frozenset({"pas", "jamais", "non"}),
    signs={
        ("arobase",): "@",
        ("arrobase",): "@",
        ("plus",): "+",
        ("underscore",): "_",
        ("point",): ".",
        ("tiret", "bas"): "_",
        ("tiret",): "-",
        ("souligné",): "_",
    },
    like=frozenset({"comme"}),
    spans={"jour": 1, "jours": 1, "semaine": 7, "semaines": 7, "mois": 0},
    ahead=phrases("dans|plus tard|d ici|après|à partir"),
    ago=phrases("il y a|plus tôt|avant"),
    turns=turned("mois prochain=1|ce mois=0|mois dernier=-1|semaine prochaine=1|cette semaine=0|semaine dernière=-1"),
    feasts=dated("noël=12-25|noel=12-25|réveillon de noël=12-24|saint sylvestre=12-31|jour de l an=1-1|nouvel an=1-1"),
    beyond={("en", "8"): 1, ("en", "15"): 2},
    past=frozenset({"dernier", "dernière", "passé"}),
    letters=named_letters(
        "b:bé|c:cé|d:dé|f:effe|g:gé|h:hache|j:ji|k:ka|l:elle|m:emme|n:enne|p:pé|q:ku|r:erre|s:esse|t:té|v:vé"
        "|w:double vé/double v|x:ixe|y:i grec|z:zède"
    ),
    code_leads=frozenset(written("code commande référence réservation numéro dossier postal client facture de")),
    abbreviated=meaning(
        "bd/bvd/blvd/boul:boulevard av/ave:avenue pl:place ch:chemin imp:impasse rte:route fg/fbg:faubourg all:allée "
        "apt/appt:appartement st:saint ste:sainte bât:bâtiment"
    ),
)
