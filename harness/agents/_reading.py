"""What the agent makes of a caller's words: yes and no, days, times, numbers, names, sums of money.

The agent's own understanding, kept apart from how calls are scored: a scorer that shared its
parser would forgive its mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import lru_cache


def listed(text: str) -> tuple[str, ...]:
    """The words of a table's row."""
    return tuple(text.split())


UNITS = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
TENS = {word: 10 * i for i, word in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), 2)}
NUMBERS = {word: value for value, word in enumerate(UNITS)} | TENS | {"oh": 0, "o": 0, "fourty": 40}
ORDINALS = listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
MONTHS = listed("january february march april may june july august september october november december")
DAYS = listed("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")

_MONTH = {name: i for i, name in enumerate(MONTHS, 1)} | {name[:3]: i for i, name in enumerate(MONTHS, 1)}
_MONTH |= {"marsh": 3, "sept": 9}
_ORDINAL = {word: value for value, word in enumerate(ORDINALS, 1)} | {"thirtieth": 30, "twelth": 12}
_NOT = ("not", "isn't", "instead", "than", "wasn't")
_REPEAT = {"double": 2, "triple": 3, "treble": 3}
_HOMOPHONES = {
    "for": "4",
    "fourth": "4",
    "to": "2",
    "too": "2",
    "won": "1",
    "in": "1",
    "and": "1",
    "ate": "8",
    "a": "8",
}
_HOMOPHONES |= {"all": "0", "r": "0", "high": "9", "line": "9", "by": "5", "fife": "5", "free": "3", "sex": "6"}
_HALVES = (("morning",), ("afternoon",), ("evening",))
_HOURS = {"free": 3, "tree": 3, "for": 4, "to": 2, "too": 2, "won": 1, "ate": 8, "tin": 10}
_FILLERS = frozenset(listed("um uh er erm hmm well please thanks thank you and ah like"))


@dataclass(frozen=True, slots=True)
class Found:
    """A value in an utterance, at the words it was read from; `denied` where it follows a "not"."""

    value: str
    start: int
    end: int
    denied: bool = False


def words_of(text: str) -> tuple[str, ...]:
    """The words of an utterance: lower case, without punctuation, `p.m.` as `pm`, `4-4` as `4 4`.

    The p of p.m. is often heard as another letter of its sound.
    """
    text = text.lower().replace("’", "'")
    text = re.sub(r"(?<![a-z])([abdept])\.?\s?m\b\.?", lambda half: "am" if half[1] == "a" else "pm", text)
    text = re.sub(r"(\d)\s*(am|pm)\b", r"\1 \2", text.replace("o'clock", "oclock").replace("after noon", "afternoon"))
    text = re.sub(r"(?<=\d)([or])(?=\d)", r" \1 ", text)
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    text = re.sub(r"(?<=\d)\.(?=\d\d\b)", ":", text) if not re.search(r"[$£€]", text) else text
    text = re.sub(r"[$£€]\s?(\d+)(?:\.\d+)?", r"\1 dollars", text)
    return tuple(word.strip("'") for word in re.findall(r"\d+:\d+|[a-z0-9']+", text) if word.strip("'"))


def mentions(words: Sequence[str], *phrases: str) -> bool:
    """Whether any of the phrases is said; a long word counts where the recogniser all but got it."""
    joined = f" {' '.join(words)} "
    for phrase in phrases:
        if f" {phrase} " in joined:
            return True
        if " " not in phrase and len(phrase) >= 6 and any(_close(word, phrase) for word in words):
            return True
    return False


@lru_cache(maxsize=65_536)
def _close(word: str, meant: str) -> bool:
    if abs(len(word) - len(meant)) > 3 or word[0] != meant[0]:
        return False
    return word.startswith(meant) or SequenceMatcher(None, word, meant).ratio() >= 0.86


def says_yes(words: Sequence[str]) -> bool:
    """Whether the caller agrees."""
    if says_no(words):
        return False
    agreeing = ("yes", "yeah", "yep", "yup", "correct", "right", "exactly", "sure", "okay", "ok", "fine", "perfect")
    return mentions(words, *agreeing, "of course", "go ahead", "please do", "mhm", "uh huh", "sounds good", "indeed")


def says_no(words: Sequence[str]) -> bool:
    """Whether the caller disagrees, or wants no more."""
    said = [word for word in words if word not in _FILLERS]
    if said and said[0] in ("no", "nope", "nah", "wrong", "incorrect"):
        return True
    return mentions(words, "that's wrong", "not right", "not correct", "that's not", "isn't right", "nothing else")


def corrects(words: Sequence[str]) -> bool:
    """Whether the caller takes back something that was said or heard."""
    first = [word for word in words if word not in _FILLERS][:1]
    if first and first[0] in ("no", "not", "sorry", "actually", "wait"):
        return True
    return mentions(words, "i said", "i meant", "i mean", "sorry not", "make it", "change it", "instead", "not the")


def dates(words: Sequence[str], today: date, old: str | None = None) -> list[Found]:
    """Days that were named, as ISO dates: the next such day from `today` on.

    A day without its month takes the month of `old`, the date that it corrects, if there is one.
    """
    found: list[Found] = []
    i = 0
    while i < len(words):
        seen = _day_at(words, i)
        if seen is None:
            i += 1
            continue
        day, month, end = seen
        value = _next_such(day, month, today, old)
        if value is not None:
            found.append(Found(value, i, end, _denied(words, i, found)))
        i = end
    return found


def _day_at(words: Sequence[str], i: int) -> tuple[int, int | None, int] | None:
    """(day, month or None, end) of a day that is named from word i on."""
    if words[i] in _MONTH:
        after = i + 2 if i + 1 < len(words) and words[i + 1] == "the" else i + 1
        day = _ordinal(words, after) or _cardinal_day(words, after)
        return (day[0], _MONTH[words[i]], day[1]) if day else None
    day = _ordinal(words, i)
    plain = day is None
    if plain:
        day = _cardinal_day(words, i)
    if day is None:
        return None
    number, end = day
    # Between day and month whatever was heard is the "of" that stands there.
    for after in (end, end + 1):
        if after < len(words) and words[after] in _MONTH:
            return number, _MONTH[words[after]], after + 1
    if not plain:
        return number, None, end
    # "The twelve" is a twelfth whose end was not heard.
    article = i > 0 and words[i - 1] == "the" and not words[i].isdigit()
    return (number, None, end) if article and words[end : end + 1] not in (("am",), ("pm",), ("oclock",)) else None


def _ordinal(words: Sequence[str], i: int) -> tuple[int, int] | None:
    if i >= len(words):
        return None
    digits = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", words[i])
    if digits:
        return int(digits[1]), i + 1
    if words[i] in ("twenty", "thirty") and i + 1 < len(words) and _ORDINAL.get(words[i + 1], 10) < 10:
        return TENS[words[i]] + _ORDINAL[words[i + 1]], i + 2
    # "second" and "first" alone are more often no days: a day has its article.
    if words[i] in _ORDINAL and (_ORDINAL[words[i]] > 2 or (i > 0 and words[i - 1] in ("the", *_MONTH))):
        return _ORDINAL[words[i]], i + 1
    return None


def _cardinal_day(words: Sequence[str], i: int) -> tuple[int, int] | None:
    if i < len(words):
        seen = cardinal(words, i)
        if seen and 1 <= seen[0] <= 31:
            return seen
    return None


def _next_such(day: int, month: int | None, today: date, old: str | None) -> str | None:
    if month is None and old is not None:
        month = date.fromisoformat(old).month
    start = today
    for _ in range(800):
        if start.day == day and month in (None, start.month):
            return start.isoformat()
        start += timedelta(days=1)
    return None


def _denied(words: Sequence[str], start: int, before: Sequence[Found]) -> bool:
    since = max(before[-1].end if before else 0, start - 4)
    return any(word in _NOT for word in words[since:start])


def times(words: Sequence[str], *, asked: bool) -> list[Found]:
    """Times of day, as HH:MM. Where no half of the day is said, office hours decide: 8 to 12, 1 to 7.

    asked: whether a time was asked for, so that a bare number is one.
    """
    found: list[Found] = []
    afternoon = mentions(words, "the afternoon", "this afternoon", "the evening", "tonight")
    i = 0
    while i < len(words):
        seen = _time_at(words, i, bare=asked)
        if seen is None:
            i += 1
            continue
        hour, minute, end = seen
        half = words[end] if end < len(words) and words[end] in ("am", "pm") else "pm" if afternoon else None
        if half == "pm" and hour < 12:
            hour += 12
        elif half == "am" and hour == 12:
            hour = 0
        elif half is None and 1 <= hour <= 7:
            hour += 12
        end += end < len(words) and words[end] in ("am", "pm", "oclock")
        found.append(Found(f"{hour:02}:{minute:02}", i, end, _denied(words, i, found)))
        i = end
    return found


def _time_at(words: Sequence[str], i: int, *, bare: bool) -> tuple[int, int, int] | None:
    word = words[i]
    if word in ("noon", "midday"):
        return 12, 0, i + 1
    clock = re.fullmatch(r"(\d{1,2}):(\d\d)", word)
    if clock and int(clock[1]) < 24 and int(clock[2]) < 60:
        return int(clock[1]), int(clock[2]), i + 1
    if word in ("half", "quarter") or (i + 2 < len(words) and words[i + 1] in ("past", "to")):
        return _past_or_to(words, i)
    hour = _hour(words, i)
    if hour is None and word in _HOURS and i + 1 < len(words) and words[i + 1] in ("am", "pm", "oclock"):
        hour = _HOURS[word], i + 1
    if hour is None:
        return None
    number, end = hour
    minute = cardinal(words, end) if end < len(words) else None
    if minute and 10 <= minute[0] < 60 and (minute[0] % 5 == 0 or bare):
        return number, minute[0], minute[1]
    after = tuple(words[end : end + 3])
    marked = after[:1] in (("am",), ("pm",), ("oclock",)) or (after[:2] == ("in", "the") and after[2:] in _HALVES)
    if marked or bare or (i > 0 and words[i - 1] == "at"):
        return number, 0, end
    return None


def _past_or_to(words: Sequence[str], i: int) -> tuple[int, int, int] | None:
    amount = {"half": 30, "quarter": 15}.get(words[i]) or NUMBERS.get(words[i])
    if words[i] == "half" and words[i + 1 : i + 2] not in ((), ("past",)):
        hour = _hour(words, i + 1)
        return (hour[0], 30, hour[1]) if hour else None
    if amount is None or i + 2 >= len(words):
        return None
    hour = _hour(words, i + 2)
    if hour is None or words[i + 1] not in ("past", "to"):
        return None
    if words[i + 1] == "past":
        return hour[0], amount, hour[1]
    return (hour[0] - 1) or 12, 60 - amount, hour[1]


def _hour(words: Sequence[str], i: int) -> tuple[int, int] | None:
    word = words[i]
    if word.isdigit() and len(word) in (3, 4) and int(word[-2:]) < 60 and int(word[:-2]) < 24:
        return None
    value = int(word) if word.isdigit() else NUMBERS.get(word)
    return (value, i + 1) if value is not None and 1 <= value <= 23 else None


def cardinal(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """(value, end) of a number that is said from word i on: `two hundred and fifty`, `36`, `thirty six`."""
    if words[i].isdigit():
        value = int(words[i])
        i += 1
    elif words[i] in TENS:
        value = TENS[words[i]]
        i += 1
        if i < len(words) and 0 < NUMBERS.get(words[i], 0) < 10:
            value += NUMBERS[words[i]]
            i += 1
    elif words[i] in NUMBERS:
        value = NUMBERS[words[i]]
        i += 1
    elif words[i] == "a" and i + 1 < len(words) and words[i + 1] in ("hundred", "thousand"):
        value = 1
        i += 1
    else:
        return None
    if i < len(words) and words[i] in ("hundred", "thousand"):
        value *= 100 if words[i] == "hundred" else 1000
        i += 1
        after = i + 1 if i < len(words) and words[i] == "and" else i
        rest = cardinal(words, after) if after < len(words) else None
        if rest and rest[0] < value:
            return value + rest[0], rest[1]
    return value, i


def digit_runs(words: Sequence[str], *, asked: bool = False) -> list[Found]:
    """Numbers read out digit by digit, or in pairs: `double three`, `oh`, `forty four seventeen`, `4417`.

    asked: whether a number was asked for, so that a run may begin with a word that sounds like a digit.
    """
    found: list[Found] = []
    run: list[str] = []
    start = i = 0
    while i <= len(words):
        opened = bool(run) or asked or (i > 0 and words[i - 1] in ("number", "is", "order"))
        piece = _digits_at(words, i, run, inside=opened) if i < len(words) else None
        if piece is not None:
            start = start if run else i
            run.append(piece[0])
            i = piece[1]
            continue
        if run:
            found += _wrong_and_right(Found("".join(run), start, i, _denied(words, start, found)))
            run = []
        i += 1
    return found


def _wrong_and_right(run: Found) -> list[Found]:
    """A denied number and the one that follows it, which are read out as one run and are as long as each other."""
    half = len(run.value) // 2
    if not run.denied or len(run.value) % 2 or half < 3:
        return [run]
    return [Found(run.value[:half], run.start, run.end, denied=True), Found(run.value[half:], run.start, run.end)]


def _digits_at(words: Sequence[str], i: int, run: Sequence[str], *, inside: bool) -> tuple[str, int] | None:
    if i >= len(words):
        return None
    word = words[i]
    if word.isdigit():
        return word, i + 1
    if word in _REPEAT:
        piece = _digits_at(words, i + 1, run, inside=True)
        return (piece[0][0] * _REPEAT[word] + piece[0][1:], piece[1]) if piece else None
    if word in TENS:
        unit = NUMBERS.get(words[i + 1], 0) if i + 1 < len(words) else 0
        return (str(TENS[word] + unit), i + 2) if 0 < unit < 10 else (str(TENS[word]), i + 1)
    if word in NUMBERS and (inside or word != "o"):
        return str(NUMBERS[word]), i + 1
    if not inside or i + 1 >= len(words) or not _is_digit(words[i + 1]):
        return None
    # Before a digit, what sounds like a digit is one: "four for one" is 4 4 1.
    if word == "or" and run:
        return _breath_or_digit(run[-1], words[i + 1]), i + 1
    return (_HOMOPHONES[word], i + 1) if word in _HOMOPHONES else None


def _is_digit(word: str) -> bool:
    return word.isdigit() or word in NUMBERS or word in _REPEAT or word in _HOMOPHONES or word == "or"


def _breath_or_digit(before: str, after: str) -> str:
    """What an "or" was: between two fours a breath, behind one the second, else an "oh"."""
    if not before.endswith("4"):
        return "0"
    return "" if after in ("four", "4") else "4"


def amounts(words: Sequence[str]) -> list[Found]:
    """Sums of money, in whole units as digits."""
    found: list[Found] = []
    for i, seen in _cardinals(words):
        value, end = seen
        if end < len(words) and words[end] in ("dollars", "dollar", "pounds", "euros", "rupees", "bucks"):
            found.append(Found(str(value), i, end + 1, _denied(words, i, found)))
    return found


def _cardinals(words: Sequence[str]) -> Iterator[tuple[int, tuple[int, int]]]:
    i = 0
    while i < len(words):
        seen = cardinal(words, i)
        if seen is None:
            i += 1
        else:
            yield i, seen
            i = seen[1]


def meant(found: Sequence[Found]) -> str | None:
    """Of several values the last one that wasn't denied: "not the twelfth, the thirteenth"."""
    return next((value.value for value in reversed(found) if not value.denied), None)
