"""A value without what a caller says around it: "my surname is O'Brien", "Anne with an e", "…, all lower case"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from harness.text.languages.devanagari import spelled_alike
from harness.text.languages.frames import FRAMES, Frame
from harness.text.languages.hindi import sound
from harness.text.languages.known import lexicon
from harness.text.languages.language import Words
from harness.text.words import composed, written

FRAMED = frozenset({"name", "email", "code", "phone", "address"})
"""Kinds of which any word may be a part, so that a frame must be known to be taken off."""

_LONGEST_TAIL = 12
"""Words that a closing phrase has at the most."""

_LONGEST_NAMED = 5
"""Words that say whose and what at the most: "my husband's e-mail address"."""

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


_Table: TypeAlias = Mapping[str, tuple[Words, ...]]
"""Phrases by their first word, the longest first."""


@dataclass(frozen=True, slots=True)
class _Phrases:
    """What leads a value of one kind in or closes it: whole phrases, and the parts that others are made of.

    tails: by their last word. owned: the nouns with an 's.
    """

    leads: _Table
    tails: _Table
    asides: _Table
    mine: _Table
    nouns: _Table
    owned: _Table
    copulas: _Table


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
    left = tuple(_key(word, language) for word in unframed(value, kind, language).split())
    return not left or any(_is_whole(left, frame, kind, language) for frame in _frames(language))


def _is_whole(keys: Words, frame: Frame, kind: str, language: str) -> bool:
    """Whether words are one phrase of a frame, from the first to the last."""
    known = _known(frame, kind, language)
    sizes = (_lead_size(keys, frame, kind, known), _tail_size(keys, frame, known), _size(keys, known.asides))
    return len(keys) in sizes


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
        found = _about(keys, frame, kind, language) or _lead_size(keys, frame, kind, _known(frame, kind, language))
        if found:
            return found
    return 0


def _about(keys: Sequence[str], frame: Frame, kind: str, language: str) -> int:
    """How many words say whose or what the value is of, "the name on the booking is"; 0 where they don't."""
    known = _known(frame, kind, language)
    size = max(_behind(keys[:_LONGEST_NAMED], _behind(keys, (0,), known.mine), known.nouns), default=0)
    if not size or size >= len(keys) or keys[size] not in frame.about:
        return 0
    copulas = {copula[0] for copula in frame.copulas if len(copula) == 1}
    return next((i + 1 for i in range(size + 2, min(size + 6, len(keys))) if keys[i] in copulas), 0)


def _tail(keys: Sequence[str], kind: str, language: str) -> int:
    """How many words at the end close the value."""
    for frame in _frames(language):
        size = _tail_size(keys, frame, _known(frame, kind, language))
        if size:
            return size
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


def _size(keys: Sequence[str], table: _Table) -> int:
    """How many words the longest phrase has that the words begin with; 0 where they begin with none."""
    return next(iter(_sizes(keys, table)), 0)


def _sizes(keys: Sequence[str], table: _Table) -> list[int]:
    """How many words each phrase has that the words begin with, the longest first."""
    found = table.get(keys[0], ()) if keys else ()
    return [len(phrase) for phrase in found if tuple(keys[: len(phrase)]) == phrase]


def _behind(keys: Sequence[str], ends: Iterable[int], table: _Table) -> set[int]:
    """Where the phrases of a table end that begin at one of these places."""
    return {end + size for end in ends for size in _sizes(keys[end:], table)}


def _lead_size(keys: Sequence[str], frame: Frame, kind: str, known: _Phrases) -> int:
    """How many words lead a value in: a whole phrase; or whose, what and "is": "my first name is"."""
    mine = _behind(keys, (0,), known.mine)
    named = _behind(keys, mine, known.nouns)
    alone = _behind(keys, (0,), known.nouns)
    ends = {*named, *_behind(keys, {0, *mine}, known.owned), *_behind(keys, {*named, *alone}, known.copulas)}
    # A noun of one word may be the value's own first word: "Name Road".
    ends |= {size for size in alone if size > 1 or (frame.behind and kind != "email")}
    return max((*ends, _size(keys, known.leads)), default=0)


def _tail_size(keys: Sequence[str], frame: Frame, known: _Phrases) -> int:
    """How many words close a value: a whole phrase; or what and whose it is: "… is my first name"."""
    whole = (
        (phrase for phrase in known.tails.get(keys[-1], ()) if tuple(keys[-len(phrase) :]) == phrase) if keys else ()
    )
    longest = len(next(iter(whole), ()))
    for size in range(min(len(keys), _LONGEST_TAIL), longest, -1):
        if _closes(keys[-size:], frame, known):
            return size
    return longest


def _closes(keys: Sequence[str], frame: Frame, known: _Phrases) -> bool:
    """Whether words say what the value behind which they stand is, from the first to the last."""
    if frame.behind:
        named = _behind(keys, _behind(keys, (0,), known.mine), known.nouns)
        turned = _behind(keys, _behind(keys, (0,), known.nouns), known.mine)
        return len(keys) in {*named, *turned, *_behind(keys, named, known.copulas)}
    mine = _behind(keys, _behind(keys, (0,), known.copulas), known.mine)
    return len(keys) in _behind(keys, mine, known.nouns)


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


def _table(phrases: Iterable[Words], language: str, place: int = 0) -> _Table:
    table: dict[str, list[Words]] = {}
    for phrase in phrases:
        keys = tuple(key for word in phrase if (key := _key(word, language)))
        table.setdefault(keys[place], []).append(keys)
    return {word: tuple(sorted(found, key=len, reverse=True)) for word, found in table.items()}


@lru_cache(maxsize=256)
def _tables_of(tag: str, kind: str, language: str) -> _Phrases:
    frame = FRAMES[tag]
    nouns = frame.nouns.get(kind, ())
    return _Phrases(
        leads=_table((*frame.leads.get("any", ()), *frame.leads.get(kind, ())), language),
        tails=_table((*frame.tails.get("any", ()), *frame.tails.get(kind, ())), language, -1),
        asides=_table(frame.asides, language),
        mine=_table(frame.mine, language),
        nouns=_table(nouns, language),
        owned=_table(((*noun[:-1], f"{noun[-1]}'s") for noun in nouns), language),
        copulas=_table(frame.copulas, language),
    )


def _known(frame: Frame, kind: str, language: str) -> _Phrases:
    tag = next(tag for tag, one in FRAMES.items() if one is frame)
    return _tables_of(tag, kind, lexicon(language).tag)
