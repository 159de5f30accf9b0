"""What callers say around a value is taken off it, and nothing that is the value's own."""

from __future__ import annotations

import pytest

from harness.text.entities import Kind, canonical
from harness.text.framing import FRAMED, unframed
from harness.text.languages.frames import FRAMES
from tests.text.golden import BLIND, rows

_NAMES = [
    ("en", "my last name is Rao", "rao"),
    ("en", "surname Rao", "rao"),
    ("en", "hello, this is Asha Rao speaking", "asharao"),
    ("en", "the name on the booking is Rao", "rao"),
    ("en", "Philip with one l, please", "philip"),
    ("en", "Catherine with a C, not a K", "catherine"),
    ("en", "Catherine, spelled K A T H E R I N E", "katherine"),
    ("en", "McDonald, capital M, capital D", "mcdonald"),
    ("en", "I'm Priya from Airtel", "priya"),
    ("en", "no, it's Rao", "rao"),
    ("es", "me llamo Lucía Pérez, mucho gusto", "luciaperez"),
    ("es", "Sara sin hache", "sara"),
    ("de", "Weber ist mein Name", "weber"),
    ("de", "hier spricht Schmidt mit dt", "schmidt"),
    ("fr", "mon nom de famille c'est Le Goff", "legoff"),
    ("fr", "Philippe avec deux p", "philippe"),
    ("hi", "मैं राहुल बोल रहा हूँ", "राहुल"),
    ("hi", "main Rahul bol rahi hoon", "rahul"),
    ("mr", "माझे नाव सचिन आहे", "सचिन"),
    ("bn", "আমার নাম রহিম", "রহিম"),
    ("gu", "મારું નામ હેતલ છે", "હેતલ"),
    ("pa", "ਮੇਰਾ ਨਾਂ ਹਰਪ੍ਰੀਤ ਹੈ", "ਹਰਪ੍ਰੀਤ"),
    ("ur", "میں سلمان بول رہا ہوں", "سلمان"),
    ("ta", "என் பெயர் குமார்", "குமார்"),
    ("te", "నా పేరు రవి", "రవి"),
    ("kn", "ನನ್ನ ಹೆಸರು ರವಿ", "ರವಿ"),
    ("ml", "എന്റെ പേര് അനിൽ എന്നാണ്", "അനിൽ"),
    ("ta", "en peyar Kumar", "kumar"),
]


@pytest.mark.parametrize(("language", "spoken", "name"), _NAMES)
def test_a_name_is_what_is_left_when_what_introduces_it_is_taken_off(language: str, spoken: str, name: str) -> None:
    assert canonical(spoken, "name", language=language) == name


@pytest.mark.parametrize(
    ("language", "kind", "spoken", "value"),
    [
        ("en", "email", "my email is jane at acme dot com, all lower case please", "jane@acme.com"),
        ("en", "email", "jane miller all one word at acme dot com", "janemiller@acme.com"),
        ("hi", "email", "mera email hai asha at gmail dot com", "asha@gmail.com"),
        ("es", "email", "mi correo es ana arroba gmail punto com, todo en minúsculas", "ana@gmail.com"),
        ("de", "email", "meine E-Mail-Adresse lautet peter at web punkt de, alles klein", "peter@web.de"),
        ("fr", "email", "mon adresse mail c'est marie arobase orange point fr, tout attaché", "marie@orange.fr"),
        ("en", "code", "my reference is A B one two, thanks", "AB12"),
        ("hi", "code", "mera pin code chaar ek ek shunya teen do hai", "411032"),
        ("hi", "code", "PNR number hai double chaar nine seven", "4497"),
        ("hi", "code", "ऑर्डर नंबर पी के फोर थ्री", "PK43"),
        ("hi", "email", "मेरा ईमेल rahul at gmail dot com है", "rahul@gmail.com"),
        ("ta", "email", "என் மின்னஞ்சல் ravi at gmail dot com", "ravi@gmail.com"),
        ("ta", "code", "என் ஆர்டர் நம்பர் A B one two", "AB12"),
        ("en", "code", "I D four two seven", "ID427"),
        ("en", "code", "the last four are nine one two two", "9122"),
        ("hi", "phone", "mera number nine eight do teen ek shunya four five six seven hai", "9823104567"),
        ("en", "address", "my address is 12 Oak Road please", "12 oak road"),
        ("es", "address", "vivo en la calle Mayor doce", "calle mayor 12"),
        ("fr", "address", "j'habite au douze rue Voltaire", "12 rue voltaire"),
    ],
)
def test_what_is_said_around_a_value_is_no_part_of_it(language: str, kind: Kind, spoken: str, value: str) -> None:
    assert canonical(spoken, kind, language=language) == value


@pytest.mark.parametrize(
    "name", ["Is", "May", "Will", "Please", "It", "Name", "Hi", "Here", "From", "No", "Under", "Surname"]
)
def test_a_person_may_be_called_by_a_word_that_introduces_others(name: str) -> None:
    assert canonical(name, "name") == name.lower()
    assert canonical(f"my name is {name}", "name") == name.lower()
    assert canonical(f"this is {name} speaking", "name") == name.lower()


@pytest.mark.parametrize(
    ("language", "kind", "value"),
    [
        ("en", "address", "12 Name Road"),
        ("en", "address", "Name Road"),
        ("en", "address", "7 May Street"),
        ("de", "address", "In der Au 5"),
        ("en", "email", "mail at acme dot com"),
        ("en", "email", "please at acme dot com"),
        ("en", "code", "IS-12"),
        ("en", "name", "Oh Sandra"),
        ("fr", "name", "Le Goff"),
    ],
)
def test_a_value_that_holds_words_of_a_frame_keeps_them(language: str, kind: Kind, value: str) -> None:
    assert unframed(value, kind, language) == value


def test_a_code_keeps_letters_that_spell_a_word_of_a_frame() -> None:
    assert canonical("IS-12", "code") == "IS12"
    assert canonical("the code is IS 12", "code") == "IS12"
    assert canonical("AB 12 ES", "code", language="es") == "AB12ES"


def test_nothing_is_taken_off_kinds_that_find_their_value_among_words() -> None:
    assert unframed("my date is the third", "date") == "my date is the third"


@pytest.mark.parametrize("language", sorted(FRAMES))
@pytest.mark.parametrize("kind", sorted(FRAMED))
def test_a_value_alone_has_no_frame_in_any_language(language: str, kind: str) -> None:
    for value in ("Q", "Zed", "Zed Quux"):
        assert unframed(value, kind, language) == value


def test_a_canonical_value_has_no_frame() -> None:
    plain = [row for name in BLIND for row in rows(f"{name}.jsonl") if row["type"] in FRAMED]
    plain = [row for row in plain if not row["canonical"].startswith("not ")]
    assert len(plain) > 100
    found = {row["id"]: unframed(row["canonical"], row["type"], row["language"]) for row in plain}
    assert found == {row["id"]: row["canonical"] for row in plain}


# --- denials of what can't be told from a part of itself


@pytest.mark.parametrize(
    ("language", "spoken", "meant"),
    [
        ("en", "not Stephen, Steven", "steven"),
        ("en", "it's not Stephen, it's Steven", "steven"),
        ("en", "my name isn't Stephen", "not stephen"),
        ("en", "not Stephen, please", "not stephen"),
        ("de", "ich heiße nicht Müller, sondern Möller", "moller"),
        ("es", "no me llamo Ana, me llamo Eva", "eva"),
        ("fr", "je ne m'appelle pas Anne", "not anne"),
        ("hi", "मेरा नाम सुनीता नहीं अनीता है", "अनीता"),
        ("hi", "मेरा नाम सुनीता नहीं है", "not सुनीता"),
        ("hi", "mera naam Rohit nahi hai", "not rohit"),
        ("ur", "میرا نام کامران نہیں، عمران ہے", "عمران"),
    ],
)
def test_of_two_names_the_one_that_is_not_denied_is_meant(language: str, spoken: str, meant: str) -> None:
    assert canonical(spoken, "name", language=language) == meant


def test_of_two_addresses_of_mail_the_one_that_is_not_denied_is_meant() -> None:
    assert canonical("not jo at acme dot com, jo at acme dot org", "email") == "jo@acme.org"
    assert canonical("not jo at acme dot com, all lower case", "email") == "not jo@acme.com"


def test_of_two_addresses_with_a_house_number_each_the_one_that_is_not_denied_is_meant() -> None:
    assert canonical("not twelve Elm Road, fourteen Elm Road", "address") == "14 elm road"
    assert canonical("no calle Mayor doce, calle Mayor catorce", "address", language="es") == "calle mayor 14"
    assert canonical("not flat three, eighteen Park Avenue", "address") == "not flat 3 18 park avenue"
