"""Judges of a few lines, who keep what they are asked."""

from __future__ import annotations

from harness.score import Judgement, Question, Unscored


class Gives:
    """Gives the same points to everything, and quotes all of what it judges."""

    def __init__(self, points: float, by: str = "planted") -> None:
        self.asked: list[Question] = []
        self._points = points
        self._by = by

    def __call__(self, question: Question) -> Judgement | Unscored:
        self.asked.append(question)
        return Judgement(self._points, (question.judged.text,), "Because.", self._by)


def fails(_question: Question) -> Judgement | Unscored:
    """A judge that can't be asked."""
    return Unscored("no judgement: out of order")


def unasked(question: Question) -> Judgement | Unscored:
    """A judge to whom nothing may be left."""
    raise AssertionError(question)
