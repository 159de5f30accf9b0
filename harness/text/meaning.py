"""Whether a free text says what another says: by its content words, never turning a "not" around."""

from __future__ import annotations

from functools import lru_cache

from harness.text.normalising import words
from harness.text.words import written

_EMPTY = frozenset(
    written(
        "a an the to of for in on at by with and or is are was were be been am do does did has have had will would "
        "should could can may i me my we us our you your he she it its they them their this that these those "
        "caller customer client user patient wants want wanted needs need needed like liked please about there "
        "so just also as from into"
    )
)
_NEGATIONS = frozenset(
    written(
        "not no never without nor neither none refuse decline deny nicht kein keine nie ohne pas jamais sans nunca "
        "nahin nahi नहीं मत बिना नाही নয় না નથી નહીં ਨਹੀਂ نہیں ಇಲ್ಲ ಅಲ್ಲ അല്ല ഇല്ല లేదు இல்லை కాదు"
    )
)
"""Words that turn a statement around, of every language at once: a text may mix them."""
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ed", "es", "s", "ion", "e")
_SYNONYMS = (
    "book schedule reserve arrange make",
    "move reschedule change shift postpone rebook",
    "cancel",
    "phone call ring callback",
    "human person agent representative operator someone colleague staff",
    "speak talk",
    "repair fix mend",
    "fault problem issue trouble",
    "order purchase",
    "late delayed overdue",
    "check status track",
)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


_ONE_OF = {_stem(word): group.split()[0] for group in _SYNONYMS for word in group.split()}


@lru_cache(maxsize=2048)
def content(text: str) -> frozenset[str]:
    """What a text is about: the stems of its words, without those that say nothing; synonyms are one."""
    stems = (_stem(word) for word in words(text) if word not in _EMPTY and word not in _NEGATIONS)
    return frozenset(_ONE_OF.get(stem, stem) for stem in stems)


def denies(text: str) -> bool:
    """Whether a text says that something is not so."""
    return not _NEGATIONS.isdisjoint(words(text))


def agrees(meant: str, said: str) -> bool:
    """Whether `said` holds all of what `meant` says, and neither denies what the other asserts.

    A test of words, not of understanding: a paraphrase in other words is not recognised.
    """
    return bool(content(meant)) and content(meant) <= content(said) and denies(meant) == denies(said)
