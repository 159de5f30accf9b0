"""Whether a caller asks for a human, by their own words, in several languages."""

from __future__ import annotations

import re
from functools import lru_cache

from harness.text.meaning import denies

_HUMAN = (
    r"(?:human|person|agent|representative|rep|operator|someone|somebody|supervisor|manager|advis[eo]r|"
    r"colleague|receptionist|human being|specialist)"
)
_ASKS = re.compile(
    r"\b(?:speak|talk|talking|speaking|transfer|transferred|connect|connected|put (?:me )?through|pass me)\b"
    rf"(?: \w+){{0,4}}? (?:real |live |actual |human )?{_HUMAN}\b"
    r"|\b(?:want|need|like|give me|get me|have|is there)(?: (?:a|an|any|some|real|live|actual|human))+"
    rf" {_HUMAN}(?: (?:please|now|instead|here|(?:(?:that )?i can|to) (?:talk|speak)(?: to| with)?))*\W*$"
    rf"|^\W*(?:(?:please|just|a|an|the|real|live|human|no|yes) )*{_HUMAN}(?: (?:please|now))*\W*$"
    r"|\b(?:hablar|comunicar\w*|pasar?|p[aá]s\w+|transfi\w+)\b.{0,30}"
    r"\b(?:persona|agente|alguien|humano|operador\w*|asesor\w*|supervisor\w*)\b"
    r"|\b(?:mit|an)\b.{0,30}\b(?:menschen|mitarbeiter\w*|berater\w*|jemandem)\b.{0,20}"
    r"\b(?:sprechen|reden|verbinden)\b"
    r"|\bparler\b.{0,25}\b(?:conseill\w+|quelqu.un|humain|personne|agent|op[ée]rat\w+)\b"
    r"|(?:इंसान|एजेंट|किसी|आदमी|व्यक्ति|मैनेजर|अधिकारी|ऑपरेटर).{0,15}(?:से|को).{0,12}(?:बात|बुला|जोड़|मिला)"
    r"|\b(?:insaan|agent|kisi|aadmi|manager|human|executive)\b.{0,12}\bse\b.{0,12}\b(?:baat|baath|connect|milw?a)\w*",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def asks_for_human(text: str) -> bool:
    """Whether a caller asks to be put through to a human; "I don't want to talk to anyone" doesn't."""
    return any(_ASKS.search(clause) and not _refuses(clause) for clause in re.split(r"[.,;!?।]+", text))


def _refuses(clause: str) -> bool:
    """Whether a clause denies; a "no" at its beginning only answers what went before."""
    return denies(re.sub(r"^\W*(?:no|nein|non)\b", "", clause, flags=re.IGNORECASE))
