"""Languages by their tags (BCP-47), as the voices choose by them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from harness.errors import PartMissing


def plain(language: str) -> str:
    """A tag in the one form they are compared in: `en_IN` and `EN-in` are `en-in`."""
    return language.strip().lower().replace("_", "-")


def family(language: str) -> str:
    """The language without its region or variety: `en` of `en-IN`."""
    return plain(language).partition("-")[0]


def nearest(language: str, there: Collection[str], neighbours: Mapping[str, str]) -> str | None:
    """Which of the tags that are there stands for a language: itself, its neighbour, or without its region.

    None where there is nothing of that language.
    """
    tag = plain(language)
    while tag:
        if tag in there:
            return tag
        if neighbours.get(tag) in there:
            return neighbours[tag]
        tag = tag.rpartition("-")[0]
    return None


@cache
def installed(distribution: str) -> str:
    """The version of a distribution. Raises PartMissing, with the cure, where it isn't installed."""
    try:
        return version(distribution)
    except PackageNotFoundError as problem:
        raise PartMissing(f"{distribution} isn't installed: pip install {distribution}") from problem
