"""Texts that carry a packet without being JSON: SIP headers, TwiML, form fields.

Source: RFC 3515 (REFER), RFC 7433 (User-to-User), TwiML's Parameter, WHATWG URL (forms).
"""

from __future__ import annotations

import binascii
import re
from typing import TypeAlias

Pairs: TypeAlias = tuple[tuple[str, str], ...]

_HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]{0,63})[ \t]*:[ \t]*(.*)$")
_REFER = re.compile(r"^\s*(REFER\s+sips?:|Refer-To\s*:|User-to-User\s*:|X-[A-Za-z0-9-]+\s*:)", re.IGNORECASE)
_PARAMETER = re.compile(r"<Parameter\b([^<>]*?)/?>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DIALLED = re.compile(r"<(?:Number|Sip|Queue|Client|Dial|Enqueue)\b[^<>]*>\s*([^<>\s][^<>]*?)\s*</", re.IGNORECASE)
_FORM = re.compile(r"^[\w.\[\]-]+=[^\s&]*(?:&[\w.\[\]-]+=[^\s&]*)*$")
_XML = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}


def carried(text: str) -> Pairs:
    """The named values that a text carries; none where it's no carrier's text."""
    if _REFER.match(text):
        return tuple(_headers(text))
    if "<parameter" in text[:8192].lower() or "<response" in text[:256].lower():
        return _twiml(text)
    if _FORM.match(text.strip()):
        return _form(text.strip())
    return ()


def _headers(text: str) -> Pairs:
    found: list[tuple[str, str]] = []
    for line in re.sub(r"\r?\n[ \t]+", " ", text).splitlines():
        if (header := _HEADER.match(line)) and header[2].strip():
            found += opened(header[1], header[2].strip())
    return tuple(found)


def opened(name: str, value: str) -> Pairs:
    """What a SIP header holds: an X- header by its own name, User-to-User's text, a Refer-To's queue and headers."""
    plain = name.lower()
    if plain == "user-to-user":
        return (("payload", user_to_user(value)),)
    if plain == "refer-to":
        return _refer_to(value)
    if plain.startswith("x-"):
        return ((name[2:], _unescaped(value)),)
    return ()


def is_header(name: str) -> bool:
    """Whether a name is that of a SIP header which can hold a part of a packet."""
    return name.lower() in ("user-to-user", "refer-to") or name.lower().startswith("x-")


def _refer_to(value: str) -> Pairs:
    address, _, tail = value.strip().partition("?")
    tail = tail.rstrip().removesuffix(">")
    found: list[tuple[str, str]] = [("refer_to", address.strip().lstrip("<").rstrip(">").partition(";")[0])]
    for name, inner in _form(tail):
        found += opened(name, inner)
    return tuple(found)


def user_to_user(value: str) -> str:
    """The text of a User-to-User header: hexadecimal unless it says otherwise, or plain."""
    data, _, parameters = value.strip().partition(";")
    data = data.strip().strip('"')
    if "encoding" in parameters and "encoding=hex" not in parameters.replace(" ", "").lower():
        return _unescaped(data)
    if len(data) % 2 or not re.fullmatch(r"[0-9A-Fa-f]{2,}", data):
        return _unescaped(data)
    try:
        raw = binascii.unhexlify(data)
        return raw.lstrip(b"\x00\x04").decode("utf-8").strip("\x00")
    except (ValueError, binascii.Error):
        return data


def _twiml(text: str) -> Pairs:
    found: list[tuple[str, str]] = []
    for one in _PARAMETER.finditer(text):
        attributes = {name.lower(): _plain(a or b) for name, a, b in _ATTRIBUTE.findall(one[1])}
        if attributes.get("name"):
            found.append((attributes["name"], attributes.get("value", "")))
    found += [("to", _plain(number)) for number in _DIALLED.findall(text)]
    return tuple(found)


def _plain(text: str) -> str:
    for written, char in _XML.items():
        text = text.replace(written, char)
    return text


def _form(text: str) -> Pairs:
    """The fields of a form as a URL has them, those with nothing in them left out."""
    halves = (field.partition("=") for field in text.split("&"))
    return tuple((_unescaped(name, plus=True), _unescaped(value, plus=True)) for name, _, value in halves if value)


_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def _unescaped(text: str, *, plus: bool = False) -> str:
    """A text without a URL's escapes; plus: where a + is a space."""
    text = text.replace("+", " ") if plus else text
    return _ESCAPED.sub(lambda one: bytes.fromhex(one[0].replace("%", "")).decode("utf-8", "replace"), text)
