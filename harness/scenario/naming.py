"""What a call is called: `slug-condition-repeat`, short, unique in a run, and fit for a folder's name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath

_LONGEST = 40
_SPELLED = {"%": "pc", "+": "plus"}


def slug(text: str) -> str:
    """A text as a part of a call's name: ASCII letters and digits, with dashes between; perhaps empty."""
    for sign, word in _SPELLED.items():
        text = text.replace(sign, word)
    text = re.sub(r"(?:^|(?<=\s))-(?=\d)", "minus", text)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")[:_LONGEST].strip("-.")


def file_slugs(files: Sequence[PurePath]) -> list[str]:
    """A slug a file, from its stem; files of one stem take their folders' names before it, as far as it needs."""
    found = [slug(file.stem) or "scenario" for file in files]
    for depth in range(1, max((len(file.parts) for file in files), default=1)):
        counts = Counter(found)
        for i, file in enumerate(files):
            if counts[found[i]] > 1:
                parts = [slug(part) for part in (*file.parts[:-1][-depth:], file.stem)]
                found[i] = "-".join(part for part in parts if part) or "scenario"
    return _numbered(found)


def condition_slugs(conditions: Sequence[Mapping[str, str]]) -> list[str]:
    """A slug a condition of one scenario, from its values; their numbers where those don't tell them apart."""
    found = [slug(" ".join(axes.values())) for axes in conditions]
    if len(set(found)) < len(found) or (len(found) > 1 and not all(found)):
        return [f"c{i}" for i in range(1, len(found) + 1)]
    return found


def call_ids(stems: Sequence[str], repeats: Sequence[int]) -> list[str]:
    """`stem-repeat` for each call; a number is added where two of them would still be the same."""
    return _numbered([f"{stem}-{repeat}" for stem, repeat in zip(stems, repeats, strict=True)])


def _numbered(names: Sequence[str]) -> list[str]:
    taken: set[str] = set()
    found: list[str] = []
    for name in names:
        unique, number = name, 2
        while unique in taken:
            unique, number = f"{name}.{number}", number + 1
        taken.add(unique)
        found.append(unique)
    return found
