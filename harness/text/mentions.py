"""Whether a text in any language mentions a fact, and whether it denies it."""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile

from harness.text.days import days
from harness.text.entities import Kind, meanings, said_in
from harness.text.hours import times
from harness.text.languages.known import lexicon
from harness.text.normalising import words

NEAR = 3
"""Words among which a "not" is looked for beside what it denies."""


@lru_cache(maxsize=2048)
def mentioned(text: str, value: str, kind: Kind, language: str = "en") -> bool:
    """Whether a text mentions a fact given in its canonical form, in any way of saying it.

    language: the text's tag, or several joined by "+".
    """
    if not text:
        return False
    tags = [tag for tag in language.split("+") if tag] or ["en"]
    return any(_mentioned(text, value, kind, tag) for tag in tags)


def _mentioned(text: str, value: str, kind: Kind, tag: str) -> bool:
    if said_in(text, value, kind):
        return True
    if tag.partition("-")[0].lower() == "en":
        return False
    if kind == "date":
        wanted = meanings(value, "date")
        return any(a[1:] == b[1:] and (a[0] == b[0] or None in (a[0], b[0])) for a in days(text, tag) for b in wanted)
    if kind == "time":
        return not meanings(value, "time").isdisjoint(times(text, tag))
    return said_in(" ".join(words(text, tag)), value, kind)


@lru_cache(maxsize=2048)
def denied_in(text: str, value: str, kind: Kind, language: str = "en") -> bool:
    """Whether a text that mentions a fact says that it is not so: "not the twelfth"."""
    tag = language.partition("+")[0] or "en"
    known = lexicon(tag)
    said = words(text, language)
    # Of a contraction only the "not" denies: "isn't" is "is not", and "it is the twelfth" denies nothing.
    denials = {words(denial, language)[-1] for denial in (*known.denials, "not")}
    if denials.isdisjoint(said):
        return False
    end = next((k for k in range(1, len(said) + 1) if mentioned(" ".join(said[:k]), value, kind, language)), None)
    if end is None:
        return False
    start = next(k for k in reversed(range(end)) if mentioned(" ".join(said[k:end]), value, kind, language))
    behind = known.denies_behind
    around = said[end : end + NEAR] if behind else said[max(0, start - NEAR) : start][::-1]
    # Another figure between them has the "not" for itself.
    near = takewhile(lambda word: not any(char.isdecimal() for char in word), around)
    return not denials.isdisjoint(near)
