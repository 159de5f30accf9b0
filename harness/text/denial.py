"""What a value claims and what it denies: "not the twelfth, the thirteenth" is the thirteenth."""

from __future__ import annotations

import re
from collections.abc import Callable

from harness.text.languages.known import lexicon

_CONTRAST = re.compile(r"[,;،؛]|\b(?:but|sino|sondern|mais|बल्कि|rather)\b", re.IGNORECASE)
_WORD = re.compile(r"[\w'\u0610-\u061a\u0620-\u06d3\u06d5-\u06ff\u0900-\u0dff]+")


def claimed(text: str, language: str, readable: Callable[[str], bool]) -> tuple[str, bool]:
    """The part of a value that is meant, and whether it is denied.

    readable: whether a text is a value of its kind. Where a part that isn't denied is one, that is
    meant; else what remains without its "not" is denied.
    """
    known = lexicon(language)
    plain = text.replace("’", "'")
    if not any(word in known.denials for word in _said(plain)):
        return text, False
    clauses = _CONTRAST.split(plain)
    if known.denies_behind:
        clauses = [piece for clause in clauses for piece in _after_denials(clause, known.denials)]
    assured = " ".join(clause for clause in clauses if known.denials.isdisjoint(_said(clause))).strip()
    if assured and readable(assured):
        return assured, False
    rest = _WORD.sub(lambda found: "" if found[0].lower() in known.denials else found[0], plain)
    return " ".join(rest.split()), True


def _said(text: str) -> list[str]:
    return [found.lower() for found in _WORD.findall(text)]


def _after_denials(clause: str, denials: frozenset[str]) -> list[str]:
    pieces: list[list[str]] = [[]]
    for word in clause.split():
        pieces[-1].append(word)
        if word.strip(".,;।۔،") in denials:
            pieces.append([])
    return [" ".join(piece) for piece in pieces if piece]
