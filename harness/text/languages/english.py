"""English words for days, coins and addresses; its numbers have a reader of their own."""

from __future__ import annotations

from decimal import Decimal

from harness.text.languages.language import (
    Language,
    Numbers,
    dated,
    meaning,
    named_letters,
    numbered,
    off,
    phrases,
    turned,
)
from harness.text.months import ABBREVIATED, SPANISH
from harness.text.months import ENGLISH as MONTHS
from harness.text.months import HINDI as HINDI_MONTHS
from harness.text.numbers import SCALES
from harness.text.words import written

ENGLISH = Language(
    tag="en",
    numbers=Numbers(
        {},
        scales={**SCALES, "hundred": 100, "grand": 10**3, "lkh": 10**5, "lkhs": 10**5, "cr": 10**7, "crs": 10**7},
        points=frozenset({"point"}),
        articles=frozenset({"a", "an"}),
        groups={"dozen": 12, "dozens": 12, "couple": 2, "pair": 2},
        shares={"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.25")},
        joins=frozenset({"and"}),
    ),
    months={**ABBREVIATED, **MONTHS, **SPANISH, **HINDI_MONTHS},
    weekdays=numbered(
        "monday/mon tuesday/tue/tues wednesday/wed/weds thursday/thu/thur/thurs friday/fri saturday/sat sunday/sun", 0
    ),
    days=off(
        p0="today|tonight",
        p1="tomorrow",
        p2="day after tomorrow",
        m1="yesterday",
        m2="day before yesterday",
    ),
    cents={
        "cents": "dollars",
        "cent": "dollars",
        "pence": "pounds",
        "p": "pounds",
        "paise": "rupees",
        "paisa": "rupees",
    },
    slang={
        **dict.fromkeys(("fiver", "fivers"), (5, "pounds")),
        **dict.fromkeys(("tenner", "tenners"), (10, "pounds")),
        "nicker": (1, "pounds"),
        "buck": (1, "dollars"),
        "grand": (1000, ""),
    },
    denials=frozenset({"not", "never", "isn't", "wasn't", "don't", "doesn't", "won't"}),
    signs={
        ("at",): "@",
        ("dot",): ".",
        ("underscore",): "_",
        ("dash",): "-",
        ("hyphen",): "-",
        ("plus",): "+",
        ("at", "the", "rate"): "@",
        ("at", "the", "rate", "of"): "@",
    },
    like=frozenset({"as", "for", "like"}),
    spans={"day": 1, "days": 1, "week": 7, "weeks": 7, "fortnight": 14, "month": 0, "months": 0},
    weeks_on=frozenset({"week", "fortnight"}),
    ahead=phrases("in|from|later|after|hence"),
    ago=phrases("ago|earlier|back|before"),
    turns=turned(
        "next month=1|this month/the month=0|last month/previous month=-1|next week=1|this week=0"
        "|last week/previous week=-1"
    ),
    feasts=dated(
        "christmas=12-25|christmas day=12-25|xmas=12-25|christmas eve=12-24|boxing day=12-26"
        "|new years day=1-1|new years eve=12-31|valentines day=2-14"
        "|halloween=10-31"
    ),
    past=frozenset({"last", "past"}),
    beyond={("after", "next"): 1},
    letters=named_letters(
        "a:ay|b:bee|c:cee/sea/see|d:dee|f:ef/eff|g:gee|h:aitch/haitch|j:jay|k:kay|l:el/ell|m:em|n:en|p:pee|q:cue/queue"
        "|r:ar|s:ess|t:tee|u:you|v:vee|w:double u/double you|x:ex|y:why/wye|z:zed/zee|9:niner"
    ),
    code_leads=frozenset(
        written(
            "order number reference account booking ticket id no ref code capital pin otp zip postcode "
            "postal invoice tracking serial confirmation policy case customer member flight"
        )
    ),
    abbreviated=meaning(
        "st:street rd:road ave/av:avenue apt:apartment blvd:boulevard ln:lane sq:square fl/flr:floor ct:court dr:drive "
        "pl:place hwy:highway pkwy:parkway ste:suite bldg:building rm:room opp:opposite nr:near cres:crescent "
        "ter:terrace n:north s:south e:east w:west nw:northwest ne:northeast sw:southwest se:southeast sec:sector"
    ),
)
