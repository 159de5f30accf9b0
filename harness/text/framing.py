"""A value without what a caller says around it: "my surname is O'Brien", "Anne with an e", "…, all lower case"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from harness.text.languages.devanagari import spelled_alike
from harness.text.languages.frames import FRAMES, Frame
from harness.text.languages.hindi import sound
from harness.text.languages.known import lexicon
from harness.text.languages.language import Words
from harness.text.words import composed, written

FRAMED = frozenset({"name", "email", "code", "phone", "address"})
"""Kinds of which any word may be a part, so that a frame must be known to be taken off."""

_WRITTEN_SO = frozenset({"name", "email", "code"})
_EDGES = "\"'.,;:!?()[]-–—।۔،؟¿¡"
_PAUSE = re.compile(r"[,;:.!?।۔،–—-]$")
_SPELT_WITH = frozenset(
    written(
        "a an the one two double no letter letters capital at end in of and it front instead small "
        "un una dos doble al final y minúscula ein einem einer zwei am ende und weichem hartem deux à la fin et"
    )
)
"""What may stand beside the letters that a name is said to be written with: "with two n at the end"."""


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Everything that leads a value of one kind in or closes it, by its first or last word, the longest first."""

    leads: dict[str, tuple[Words, ...]]
    tails: dict[str, tuple[Words, ...]]
    asides: dict[str, tuple[Words, ...]]


def unframed(value: str, kind: str, language: str = "en") -> str:
    """The value alone; what would leave nothing of it stays, so that a caller may be called Will, May or Is."""
    if kind not in FRAMED:
        return value
    said = value.split()
    keys = [_key(word, language) for word in said]
    kept = _without_asides(keys, kind, language)
    if len(kept) < len(said):
        said, keys = [said[i] for i in kept], [keys[i] for i in kept]
    first, last = _bounds(said, keys, kind, language)
    if last - first == len(said):
        return " ".join(said) if len(kept) < len(value.split()) else value
    return " ".join(said[first:last]).rstrip(",;:").lstrip(",;: ")


def is_frame(value: str, kind: str, language: str = "en") -> bool:
    """Whether a text is only what is said around a value, so that it is none."""
    known = [_known(frame, kind, language) for frame in _frames(language)]
    left = tuple(_key(word, language) for word in unframed(value, kind, language).split())
    tables = (table for one in known for table in (one.leads, one.tails, one.asides))
    return not left or any(left in phrases for table in tables for phrases in table.values())


def _bounds(said: Sequence[str], keys: Sequence[str], kind: str, language: str) -> tuple[int, int]:
    """Where the value begins and ends among the words."""
    first, last = 0, len(said)
    while True:
        lead = _lead(said, keys[first:last], first, kind, language)
        # "This is Under speaking": what would leave only a closing word is itself the value.
        closes = first > 0 and _tail(keys[first + lead : last], kind, language) == last - first - lead
        if lead and first + lead < last and not closes:
            first += lead
            continue
        tail = _tail(keys[first:last], kind, language)
        if not tail or last - tail <= first:
            return first, last
        last -= tail


def _lead(said: Sequence[str], keys: Sequence[str], at: int, kind: str, language: str) -> int:
    """How many words from `at` on lead the value in; those that only open a call need a pause or a lead behind them."""
    found = _led(keys, kind, language)
    if found:
        return found
    opens = frozenset().union(*(frame.opens for frame in _frames(language)))
    size = next((i for i, key in enumerate(keys) if key not in opens), len(keys))
    for n in range(size, 0, -1):
        if _PAUSE.search(said[at + n - 1]) or _led(keys[n:], kind, language):
            return n
    if keys and len(said[at]) > 1 and said[at].endswith((",", ":")):
        return 1 if any((keys[0],) in frame.nouns.get(kind, ()) for frame in _frames(language)) else 0
    return 0


def _led(keys: Sequence[str], kind: str, language: str) -> int:
    for frame in _frames(language):
        found = _about(keys, frame, kind) or _size(keys, _known(frame, kind, language).leads)
        if found:
            return found
    return 0


def _about(keys: Sequence[str], frame: Frame, kind: str) -> int:
    """How many words say whose or what the value is of, "the name on the booking is"; 0 where they don't."""
    nouns = {(*mine, *noun) for mine in frame.mine for noun in frame.nouns.get(kind, ())}
    size = next((n for n in range(min(5, len(keys)), 1, -1) if tuple(keys[:n]) in nouns), 0)
    if not size or size >= len(keys) or keys[size] not in frame.about:
        return 0
    copulas = {copula[0] for copula in frame.copulas if len(copula) == 1}
    return next((i + 1 for i in range(size + 2, min(size + 6, len(keys))) if keys[i] in copulas), 0)


def _tail(keys: Sequence[str], kind: str, language: str) -> int:
    """How many words at the end close the value."""
    backwards = tuple(reversed(keys))
    for frame in _frames(language):
        known = _known(frame, kind, language)
        for phrase in known.tails.get(backwards[0], ()) if backwards else ():
            if backwards[: len(phrase)] == tuple(reversed(phrase)):
                return len(phrase)
        place = next((i for i in range(1, len(keys)) if keys[i] in frame.places), 0) if kind == "name" else 0
        if place:
            return len(keys) - place
        if kind == "name" and (spelt := _spelt(keys, frame, language)):
            return spelt
    return 0


def _spelt(keys: Sequence[str], frame: Frame, language: str) -> int:
    """How many words at the end say which letters a name is written with."""
    letters = lexicon(language).letters
    for i in range(len(keys) - 2, 0, -1):
        if keys[i] not in frame.spelt:
            continue
        rest = keys[i + 1 :]
        named = [len(key) <= 2 or (key,) in letters or key.startswith("doppel") for key in rest]
        beside = [key in _SPELT_WITH for key in rest]
        if any(named) and all(a or b for a, b in zip(named, beside, strict=True)):
            return len(keys) - i
    return 0


def _without_asides(keys: Sequence[str], kind: str, language: str) -> list[int]:
    """The places of the words that don't say how the value is written; all of them where nothing else is left."""
    everything = list(range(len(keys)))
    if kind not in _WRITTEN_SO:
        return everything
    kept: list[int] = []
    i = 0
    while i < len(keys):
        sizes = (_size(keys[i:], _known(frame, kind, language).asides) for frame in _frames(language))
        step = max(sizes, default=0)
        if not step:
            kept.append(i)
        i += step or 1
    return kept or everything


def _size(keys: Sequence[str], table: dict[str, tuple[Words, ...]]) -> int:
    """How many words the longest phrase has that the words begin with; 0 where they begin with none."""
    found = (phrase for phrase in table.get(keys[0], ()) if tuple(keys[: len(phrase)]) == phrase) if keys else iter(())
    return len(next(found, ()))


# --- the tables


@lru_cache(maxsize=64)
def _frames(language: str) -> tuple[Frame, ...]:
    """The frames of a language; beside another script's, those of English, which are said inside it."""
    known = lexicon(language)
    return (FRAMES[known.tag],) if known.latin else (FRAMES[known.tag], FRAMES["en"])


@lru_cache(maxsize=8192)
def _key(word: str, language: str) -> str:
    """A written word as frames are compared: without its edges and hyphens; romanised words by their sound."""
    known = lexicon(language)
    bare = composed(word).strip(_EDGES).replace("-", "")
    if known.latin:
        return bare
    return sound(bare) if bare.isascii() else spelled_alike(bare, known.tag != "mr")


def _leads(frame: Frame, kind: str) -> Iterator[Words]:
    nouns = frame.nouns.get(kind, ())
    yield from (*frame.leads.get("any", ()), *frame.leads.get(kind, ()))
    for noun in nouns:
        named = (*noun[:-1], f"{noun[-1]}'s")
        yield from ((*mine, *noun) for mine in frame.mine)
        yield from ((*mine, *named) for mine in ((), *frame.mine))
        yield from ((*mine, *noun, *copula) for mine in ((), *frame.mine) for copula in frame.copulas)
        if len(noun) > 1 or (frame.behind and kind != "email"):
            yield noun


def _tails(frame: Frame, kind: str) -> Iterator[Words]:
    yield from (*frame.tails.get("any", ()), *frame.tails.get(kind, ()))
    for mine in frame.mine:
        for noun in frame.nouns.get(kind, ()):
            if frame.behind:
                yield (*mine, *noun)
                yield (*noun, *mine)
            for copula in frame.copulas:
                yield (*mine, *noun, *copula) if frame.behind else (*copula, *mine, *noun)


def _table(phrases: Iterable[Words], language: str, place: int) -> dict[str, tuple[Words, ...]]:
    table: dict[str, list[Words]] = {}
    for phrase in phrases:
        keys = tuple(key for word in phrase if (key := _key(word, language)))
        table.setdefault(keys[place], []).append(keys)
    return {word: tuple(sorted(found, key=len, reverse=True)) for word, found in table.items()}


@lru_cache(maxsize=256)
def _tables_of(tag: str, kind: str, language: str) -> _Phrases:
    frame = FRAMES[tag]
    return _Phrases(
        _table(_leads(frame, kind), language, 0),
        _table(_tails(frame, kind), language, -1),
        _table(frame.asides, language, 0),
    )


def _known(frame: Frame, kind: str, language: str) -> _Phrases:
    tag = next(tag for tag, one in FRAMES.items() if one is frame)
    return _tables_of(tag, kind, lexicon(language).tag)
