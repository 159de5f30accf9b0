"""When a human is needed: the desk's policy, as a table, in the order in which it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harness.agents._reading import mentions


@dataclass(frozen=True, slots=True)
class Trigger:
    """Why a call goes to a human.

    say: the agent's last words. summary: for the human. reason, next_action: of the packet, where
    no task gives them, or `instead` of the task's. to: the queue, None for that of the desk.
    """

    name: str
    say: str
    summary: str
    reason: str
    next_action: str
    to: str | None = None
    tone: str | None = None
    urgency: str | None = None
    instead: bool = False


EMERGENCY = Trigger(
    "emergency",
    "Please get everybody to safety first. I'm putting you through to our emergency team now.",
    "There may be danger.",
    reason="emergency",
    next_action="call the emergency team out",
    to="emergency",
    tone="worried",
    urgency="emergency",
    instead=True,
)
COMPLAINT = Trigger(
    "complaint",
    "I understand. I'm putting you through to our complaints team, with what you've told me.",
    "The caller speaks of a complaint or of the law.",
    reason="complaint",
    next_action="take the complaint",
    to="complaints",
    tone="frustrated",
    urgency="high",
    instead=True,
)
ANGER = Trigger(
    "anger",
    "I'm sorry about this. I'm putting you through to a colleague who can sort it out.",
    "The caller is angry.",
    reason="complaint",
    next_action="calm the caller and put it right",
    tone="angry",
    urgency="high",
)
FRUSTRATION = replace(ANGER, name="frustration", summary="The caller is frustrated.", tone="frustrated")
HUMAN = Trigger(
    "human",
    "Of course. I'm putting you through to a colleague, with what you've told me.",
    "The caller asked for a human.",
    reason="speak to a human",
    next_action="speak to the caller",
)
POLICY = Trigger(
    "policy",
    "That needs a colleague's approval. I'm putting you through, with what you've told me.",
    "It is more than I may decide.",
    reason="approval",
    next_action="decide",
)
NOT_UNDERSTOOD = Trigger(
    "not understood",
    "I'm sorry, I don't understand. I'm putting you through to a colleague.",
    "I could not understand the caller, who may speak another language.",
    reason="not understood, perhaps another language",
    next_action="find out what the caller wants, and in which language",
)
ALWAYS = replace(HUMAN, name="always", say="I'm putting you through to a colleague.", summary="Every call goes there.")

_DANGER = (
    "gas leak",
    "smell gas",
    "smell of gas",
    "smells of gas",
    "smells like gas",
    "gas smell",
    "smoke",
    "smoking",
    "sparks",
    "sparking",
    "on fire",
    "a fire",
    "burning",
    "electric shock",
    "flooding",
    "flooded",
    "emergency",
    "ambulance",
    "can't breathe",
    "chest pain",
    "injured",
    "carbon monoxide",
)
_LAW = (
    "lawyer",
    "solicitor",
    "attorney",
    "sue",
    "suing",
    "legal action",
    "take you to court",
    "complaint",
    "complain",
    "ombudsman",
    "trading standards",
)
_ANGRY = (
    "ridiculous",
    "unacceptable",
    "furious",
    "disgusting",
    "outrageous",
    "sick of",
    "sick and tired",
    "fed up",
    "useless",
    "angry",
    "upset",
    "had enough",
    "waste of time",
    "waste of my time",
    "appalling",
    "pathetic",
    "a joke",
    "a disgrace",
    "disgraceful",
    "how dare you",
)
_ANNOYED = (
    "annoyed",
    "annoying",
    "frustrated",
    "frustrating",
    "disappointed",
    "third time",
    "fourth time",
    "fifth time",
    "again and again",
    "still waiting",
    "terrible",
    "worst",
    "nobody helps",
    "not good enough",
)
_ASK = frozenset(("speak", "talk", "transfer", "connect", "through", "give", "get", "want", "need", "like", "pass"))
_SURE_HUMANS = ("human", "human being", "real person", "operator", "representative", "supervisor", "a person")
_MAYBE_HUMANS = ("someone", "somebody", "manager", "agent", "adviser", "advisor", "colleague", "person", "anyone")
_DENIALS = ("no", "not", "isn't", "any", "without", "don't", "never")


def trigger_in(words: Sequence[str]) -> Trigger | None:
    """What in an utterance calls for a human, the most pressing first."""
    if _said(words, _DANGER):
        return EMERGENCY
    if _said(words, _LAW):
        return COMPLAINT
    if _said(words, _ANGRY):
        return ANGER
    if sum(mentions(words, phrase) for phrase in _ANNOYED) > 1:
        return FRUSTRATION
    return HUMAN if _asks_for_human(words) else None


def tone_of(words: Sequence[str]) -> str | None:
    """How the caller sounds by its words, None where they don't say."""
    if mentions(words, "desperate", "crying", "please help", "distressed"):
        return "distressed"
    if mentions(words, "worried", "afraid", "scared", "worrying"):
        return "worried"
    if any(mentions(words, phrase) for phrase in _ANNOYED):
        return "frustrated"
    return "confused" if mentions(words, "confused", "confusing") else None


def is_urgent(words: Sequence[str]) -> bool:
    """Whether the caller presses."""
    return mentions(words, "urgent", "urgently", "as soon as possible", "asap", "immediately", "right away", "at once")


def _said(words: Sequence[str], phrases: Sequence[str], denials: Sequence[str] = _DENIALS, reach: int = 2) -> bool:
    """Whether one of the phrases is said, and not denied up to `reach` words before: "it's not an emergency"."""
    for phrase in phrases:
        parts = tuple(phrase.split())
        for i in range(len(words) - len(parts) + 1):
            before = words[max(0, i - reach) : i]
            if tuple(words[i : i + len(parts)]) == parts and not any(word in denials for word in before):
                return True
    return False


def _asks_for_human(words: Sequence[str]) -> bool:
    if mentions(words, "message"):
        return False
    wants = any(word in _ASK for word in words)
    if _said(words, _SURE_HUMANS, ("not", "don't", "without"), 3) and (wants or len(words) <= 4):
        return True
    speaks = mentions(
        words, "speak to", "speak with", "talk to", "talk with", "put me through", "transfer me", "connect me"
    )
    return speaks and _said(words, _MAYBE_HUMANS)
