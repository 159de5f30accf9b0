"""What callers say around a name, an e-mail address, a code, a telephone number or an address, by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.text.languages.language import Words, phrases
from harness.text.words import written


@dataclass(frozen=True, slots=True)
class Frame:
    """The words of a language around a value, each table by the kind of the value, "any" for all of them.

    mine: whose it is ("my"). nouns: what it is called. copulas: what joins the two ("is"). leads: whole phrases
    before it; tails: behind it. asides: phrases that say how it is written, wherever they stand. opens: what a
    caller begins to speak with. about: what the noun may be said of, before its copula ("the name on the booking
    is"). spelt: what says which letter it is written with ("with" an e). places: what
    says where a caller is from.
    """

    mine: tuple[Words, ...]
    nouns: Mapping[str, tuple[Words, ...]]
    copulas: tuple[Words, ...] = ()
    leads: Mapping[str, tuple[Words, ...]] = field(default_factory=dict)
    tails: Mapping[str, tuple[Words, ...]] = field(default_factory=dict)
    asides: tuple[Words, ...] = ()
    opens: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    spelt: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    behind: bool = False
    """Whether the copula stands behind the value, as in every language of India."""


def _by_kind(**tables: str) -> dict[str, tuple[Words, ...]]:
    return {kind: phrases(text) for kind, text in tables.items()}


_ENGLISH = Frame(
    mine=phrases("my|the|our|his|her|their|your|and my|and the|the customer's|the caller's|my husband's|my wife's"),
    nouns=_by_kind(
        name="name|first name|last name|full name|family name|given name|middle name|maiden name|second name|surname",
        email="email|e-mail|email address|e-mail address|mail|mail id|email id|e-mail id|address",
        phone="number|phone|phone number|mobile|mobile number|cell|cell number|telephone number|contact number"
        "|callback number|home number|landline",
        code="code|last four|last four digits|last three|last three digits|order|booking|ticket|case|ticket number"
        "|case number|invoice number|customer number|serial number|card number|membership number|flight number|plate"
        "|registration|number plate|licence plate|promo code|voucher code|otp|passcode|password|order number"
        "|booking number|reference|reference number|booking reference|order id|account number"
        "|tracking number|confirmation code|postcode|post code|zip code|zip|pin code|pin|number|pnr|id|policy number",
        address="address|home address|street address|postal address|delivery address|billing address",
    ),
    copulas=phrases("is|is just|will be|would be|was|are|should be|has to be|it is|it's|that is|that's"),
    leads=_by_kind(
        any="it is|it's|its|spelled|spelt|that's spelled|it's spelled|that is spelled|it is spelled"
        "|that's spelt|it's spelt|that is|that's|that would be|that'll be|it'd be|it would be"
        "|it should be|it will be",
        name="i am|i'm|this is|call me|just call me|you can call me|they call me|people call me|everyone calls me"
        "|i go by|i'm called|i am called|you're speaking to|you are speaking to|you're speaking with|speaking with"
        "|you are speaking with|under the name|under the name of|in the name of|it's under|it is under|he's|she's"
        "|he is|she is|surname|he's called|she's called|it's called|the name of|under",
        email="you can reach me at|reach me at|write to me at|email me at|mail me at|send it to|you can email me at",
        phone="call me on|call me at|call me back on|reach me on|you can reach me on|you can reach me at",
        address="i live at|i live in|i'm at|i am at|we live at|we're at|we are at|it's at|send it to|deliver it to"
        "|deliver to|come to",
    ),
    tails=_by_kind(
        any="please|thanks|thank you|that's it|that's all|that is it|that is all|by the way",
        name="speaking|calling|here|on the line|is what i'm called|is what they call me|it is",
        email="all together|altogether|in lower|all lower",
        phone="any time|anytime",
    ),
    asides=phrases(
        "all lower case|all lowercase|all in lower case|all in lowercase|in lower case|in lowercase|lower case"
        "|it's all lower case|it's all lowercase|that's all lower case|that's all lowercase|all small letters"
        "|all in small letters|in small letters|small letters|everything lower case|everything in lower case"
        "|lowercase"
        "|all upper case|all in upper case|upper case|in capitals|all caps|all capitals|in capital letters|no caps"
        "|no capitals|no spaces|without spaces|no space|with no spaces|with no space|all one word"
        "|all in one word|one word"
        "|as one word|it's one word|it's all one word|that's one word|that's all one word|two words|in one word"
    ),
    opens=frozenset(
        written("no yes yeah yep hi hello hey sure okay ok so well um uh oh right and good morning afternoon")
    ),
    about=frozenset({"on", "for", "under", "with"}),
    spelt=frozenset({"with", "without", "capital"}),
    places=frozenset({"from"}),
)

_SPANISH = Frame(
    mine=phrases("mi|el|la|su|nuestro|nuestra|y mi|y el|y la"),
    nouns=_by_kind(
        name="nombre|apellido|primer apellido|segundo apellido|nombre completo|nombre de pila|apellidos",
        email="correo|email|e-mail|mail|correo electrónico|dirección de correo"
        "|dirección de correo electrónico|dirección",
        phone="número|teléfono|móvil|celular|número de teléfono|número de móvil|número de celular|telefono|numero",
        code="código|referencia|número|número de pedido|número de referencia|localizador|código postal|pedido",
        address="dirección|domicilio|casa",
    ),
    copulas=phrases("es|sería|son|sigue siendo|era"),
    leads=_by_kind(
        any="es|sería|pues es|se escribe|se deletrea|deletreado",
        name="me llamo|yo me llamo|me apellido|soy|yo soy|habla|le habla|habla con|está hablando con"
        "|a nombre de|está a nombre de"
        "|se llama|puede llamarme|llámeme|pues soy",
        email="escríbame a|puede escribirme a",
        phone="llámeme al|me puede llamar al|puede llamarme al",
        address="vivo en|en|es en|está en",
    ),
    tails=_by_kind(
        any="por favor|gracias|muchas gracias|nada más|y ya está|eso es todo|mucho gusto|encantado|encantada",
        name="al habla|para servirle|a sus órdenes|me llamo",
    ),
    asides=phrases(
        "todo en minúsculas|en minúsculas|todo minúsculas|todo en minúscula|en minúscula|minúsculas"
        "|todo junto|todo seguido"
        "|en una palabra|en una sola palabra|una sola palabra|sin espacios|en mayúsculas|todo en mayúsculas"
    ),
    opens=frozenset(written("sí hola buenas buenos días tardes pues bueno vale mire eh")),
    about=frozenset({"de", "en", "del"}),
    spelt=frozenset({"con", "sin"}),
)

_GERMAN = Frame(
    mine=phrases("mein|meine|der|die|das|unser|unsere|ihr|ihre|sein|seine|und mein|und meine|und der|und die"),
    nouns=_by_kind(
        name="name|nachname|vorname|familienname|zuname|mädchenname|geburtsname",
        email="e-mail|email|mail|e-mail-adresse|email-adresse|mailadresse|emailadresse|adresse|mail-adresse",
        phone="nummer|telefonnummer|handynummer|rufnummer|mobilnummer|rückrufnummer",
        code="code|nummer|bestellnummer|kundennummer|auftragsnummer|buchungsnummer|referenz|postleitzahl|kennung",
        address="adresse|anschrift|lieferadresse|postanschrift",
    ),
    copulas=phrases("ist|lautet|wäre|heißt|heisst|war"),
    leads=_by_kind(
        any="es ist|das ist|das schreibt sich|geschrieben|buchstabiert|das buchstabiert sich|das wäre"
        "|das sind|sie lautet|er lautet|die lautet|der lautet",
        name="ich heiße|ich heisse|ich bin|ich bin der|ich bin die|hier ist|hier spricht|am apparat ist"
        "|sie sprechen mit"
        "|nennen sie mich|auf den namen|auf|er heißt|sie heißt|hier|ich bin herr|ich bin frau",
        email="schreiben sie mir an|schreiben sie an",
        phone="rufen sie mich an unter|sie erreichen mich unter|erreichbar unter|unter der nummer",
        address="ich wohne in der|ich wohne in|ich wohne am|wir wohnen in der|wir wohnen in|ich wohne",
    ),
    tails=_by_kind(any="bitte|danke|vielen dank|bitte schön|das wär's", name="am apparat|heiße ich|hier|spricht"),
    asides=phrases(
        "alles klein|alles kleingeschrieben|alles klein geschrieben|kleingeschrieben|klein geschrieben"
        "|in kleinbuchstaben"
        "|alles in kleinbuchstaben|alles zusammen|zusammengeschrieben|zusammen geschrieben|alles zusammengeschrieben"
        "|alles zusammen geschrieben|in einem wort|ein wort|ohne leerzeichen|in großbuchstaben|alles groß"
    ),
    opens=frozenset(written("ja hallo guten tag morgen also gut äh okay grüß gott genau")),
    about=frozenset({"auf", "für", "der", "zur"}),
    spelt=frozenset({"mit", "ohne"}),
)

_FRENCH = Frame(
    mine=phrases("mon|ma|le|la|notre|son|sa|et mon|et ma|et le"),
    nouns=_by_kind(
        name="nom|prénom|nom de famille|nom de jeune fille|nom complet|prenom",
        email="email|e-mail|mail|adresse|adresse mail|adresse e-mail|adresse email|adresse électronique|courriel",
        phone="numéro|téléphone|portable|numéro de téléphone|numéro de portable|mobile|numero",
        code="code|référence|numéro|numéro de commande|numéro de dossier|numéro de réservation|code postal|commande",
        address="adresse|adresse postale|adresse de livraison",
    ),
    copulas=phrases("est|n'est|c'est|serait|sera"),
    leads=_by_kind(
        any="c'est|ça s'écrit|qui s'écrit|cela s'écrit|ce serait|ça serait|il s'agit de|l'adresse est"
        "|l'adresse c'est|l'adresse mail est",
        name="je m'appelle|moi c'est|je suis|ici|je me nomme|je ne m'appelle|je ne suis|ce n'est"
        "|vous parlez à|au nom de"
        "|c'est au nom de|il s'appelle|elle s'appelle|appelez-moi|je suis monsieur|je suis madame",
        email="écrivez-moi à|vous pouvez m'écrire à|l'e-mail est|l'email est",
        phone="rappelez-moi au|vous pouvez me joindre au|appelez-moi au|joignable au",
        address="j'habite au|j'habite|j'habite à|nous habitons au|nous habitons|c'est au|au|j'habite dans la",
    ),
    tails=_by_kind(
        any="s'il vous plaît|s'il vous plait|s'il te plaît|merci|merci beaucoup|c'est tout|voilà",
        name="à l'appareil|au téléphone|à l'appareil oui",
    ),
    asides=phrases(
        "tout en minuscules|tout en minuscule|en minuscules|en minuscule|tout minuscule|tout attaché|attaché"
        "|en un seul mot"
        "|en un mot|sans espace|sans espaces|tout collé|en majuscules|tout en majuscules"
    ),
    opens=frozenset(written("oui bonjour bonsoir alors euh allô bien eh")),
    about=frozenset({"de", "sur", "pour", "du"}),
    spelt=frozenset({"avec", "sans"}),
)


def _indic(mine: str, nouns: Mapping[str, str], copulas: str, leads: str, tails: str, *, polite: str = "") -> Frame:
    """A frame of a language of India: "my name … is"; the nouns are listed in both scripts.

    leads: who speaks, before a name. tails: what stands behind a name. polite: behind any value.
    """
    every = {kind: phrases(text) for kind, text in nouns.items()}
    return Frame(
        mine=phrases(mine),
        nouns=every,
        copulas=phrases(copulas),
        leads={"name": phrases(leads)},
        tails={"any": phrases(f"{copulas}|{polite}" if polite else copulas), "name": phrases(tails)},
        behind=True,
    )


_HINDI = _indic(
    "मेरा|मेरी|मेरे|हमारा|हमारी|उनका|उसका|mera|meri|mere|hamara|hamari|unka|uska",
    {
        "name": "नाम|पूरा नाम|शुभ नाम|पहला नाम|सरनेम|उपनाम|नेम|naam|pura naam|shubh naam|surname|sarnem|name",
        "email": "ईमेल|ई मेल|ईमेल आईडी|ईमेल एड्रेस|मेल|मेल आईडी|ईमेल पता|email|e-mail|email id|email address|mail|mail id",
        "phone": "नंबर|फोन नंबर|मोबाइल नंबर|मोबाइल|फोन|number|phone number|mobile number|mobile|phone",
        "code": "नंबर|कोड|ऑर्डर नंबर|पिन कोड|पिनकोड|बुकिंग नंबर|रेफरेंस नंबर|number|code|order number|pin code|pincode|pnr"
        "|booking number|reference number|order id|booking id",
        "address": "पता|घर का पता|एड्रेस|pata|ghar ka pata|address",
    },
    "है|हैं|hai|hain",
    "मैं|जी मैं|नाम|main|mai|ji main|ji|जी|यह|ये|yeh|ye|naam",
    "हूँ|हूं|बोल रहा हूँ|बोल रही हूँ|बात कर रहा हूँ|बात कर रही हूँ|हूँ मैं|hoon|hun|hu|bol raha hoon"
    "|bol rahi hoon|bol raha hun"
    "|bol rahi hun|bol raha hu|bol rahi hu|baat kar raha hoon|baat kar rahi hoon|speaking|से बोल रहा हूँ",
    polite="प्लीज|कृपया|धन्यवाद|जी|सब छोटे अक्षरों में|सब छोटे अक्षर में|छोटे अक्षरों में"
    "|sab chhote akshar mein|sab small letters mein"
    "|sab small mein|small letters mein|please|ji|dhanyavaad|shukriya",
)
_MARATHI = _indic(
    "माझे|माझं|माझा|माझी|आमचे|majhe|majha|maza|maze|mazi|majhi",
    {
        "name": "नाव|पूर्ण नाव|आडनाव|naav|nav|purna naav|aadnaav",
        "email": "ईमेल|ई मेल|ईमेल आयडी|ईमेल पत्ता|मेल|email|email id|mail",
        "phone": "नंबर|फोन नंबर|मोबाईल नंबर|मोबाइल नंबर|number|phone number|mobile number",
        "code": "नंबर|कोड|ऑर्डर नंबर|पिन कोड|number|code|order number|pin code",
        "address": "पत्ता|घरचा पत्ता|patta|address",
    },
    "आहे|आहेत|aahe|ahe",
    "मी|mi|mee|मी आहे",
    "बोलतोय|बोलते आहे|बोलत आहे|बोलतेय|bolatoy|boltoy|bolteye|bolat aahe|म्हणतात",
    polite="प्लीज|कृपया|धन्यवाद|please",
)
_BENGALI = _indic(
    "আমার|আমাদের|তার|amar|aamar",
    {
        "name": "নাম|পুরো নাম|ভালো নাম|পদবি|পদবী|ডাকনাম|ডাক নাম|naam|nam|puro naam|padabi",
        "email": "ইমেল|ইমেইল|ই মেল|মেল|ইমেল আইডি|ইমেইল আইডি|ইমেল ঠিকানা|email|email id|mail",
        "phone": "নম্বর|নাম্বার|ফোন নম্বর|ফোন নাম্বার|মোবাইল নম্বর|মোবাইল নাম্বার|number|phone number|mobile number",
        "code": "নম্বর|নাম্বার|কোড|অর্ডার নম্বর|অর্ডার নাম্বার|পিন কোড|number|code|order number|pin code",
        "address": "ঠিকানা|বাড়ির ঠিকানা|thikana|address",
    },
    "হল|হলো|হচ্ছে|holo|hocche",
    "আমি|ami|aami",
    "বলছি|কথা বলছি|bolchi|kotha bolchi",
    polite="প্লিজ|দয়া করে|ধন্যবাদ|please|dhonnobad",
)
_GUJARATI = _indic(
    "મારું|મારુ|મારો|મારી|અમારું|maru|maaru|maro|mari",
    {
        "name": "નામ|પૂરું નામ|અટક|naam|nam|puru naam|atak",
        "email": "ઈમેલ|ઇમેલ|ઈમેઈલ|ઇમેઇલ|મેલ|ઈમેલ આઈડી|email|email id|mail",
        "phone": "નંબર|ફોન નંબર|મોબાઈલ નંબર|મોબાઇલ નંબર|number|phone number|mobile number",
        "code": "નંબર|કોડ|ઓર્ડર નંબર|પિન કોડ|number|code|order number|pin code",
        "address": "સરનામું|ઘરનું સરનામું|એડ્રેસ|sarnamu|address",
    },
    "છે|chhe|che",
    "હું|hu|hun",
    "બોલું છું|બોલી રહ્યો છું|બોલી રહી છું|વાત કરું છું|છું|bolu chu|bolu chhu|chu|chhu",
    polite="પ્લીઝ|મહેરબાની કરીને|આભાર|please",
)
_PUNJABI = _indic(
    "ਮੇਰਾ|ਮੇਰੀ|ਮੇਰੇ|ਸਾਡਾ|ਉਸਦਾ|mera|meri|mere|sada",
    {
        "name": "ਨਾਮ|ਨਾਂ|ਨਾਂਅ|ਪੂਰਾ ਨਾਮ|ਪੂਰਾ ਨਾਂ|ਗੋਤ|naam|naa|naan|pura naam",
        "email": "ਈਮੇਲ|ਈ ਮੇਲ|ਈਮੇਲ ਆਈਡੀ|ਮੇਲ|email|email id|mail",
        "phone": "ਨੰਬਰ|ਫ਼ੋਨ ਨੰਬਰ|ਫੋਨ ਨੰਬਰ|ਮੋਬਾਈਲ ਨੰਬਰ|ਮੋਬਾਇਲ ਨੰਬਰ|number|phone number|mobile number",
        "code": "ਨੰਬਰ|ਕੋਡ|ਆਰਡਰ ਨੰਬਰ|ਪਿੰਨ ਕੋਡ|number|code|order number|pin code",
        "address": "ਪਤਾ|ਘਰ ਦਾ ਪਤਾ|pata|address",
    },
    "ਹੈ|ਏ|ਹਨ|hai|hain",
    "ਮੈਂ|main|mai",
    "ਹਾਂ|ਬੋਲ ਰਿਹਾ ਹਾਂ|ਬੋਲ ਰਹੀ ਹਾਂ|ਬੋਲਦਾ ਹਾਂ|ਬੋਲਦੀ ਹਾਂ|ਗੱਲ ਕਰ ਰਿਹਾ ਹਾਂ|ਗੱਲ ਕਰ ਰਹੀ ਹਾਂ|bol riha haan|bol rahi haan|haan",
    polite="ਜੀ|ਪਲੀਜ਼|ਕਿਰਪਾ ਕਰਕੇ|ਧੰਨਵਾਦ|ji|please",
)
_URDU = _indic(
    "میرا|میری|میرے|ہمارا|ہماری|ان کا|اس کا|mera|meri|mere|hamara",
    {
        "name": "نام|پورا نام|خاندانی نام|پہلا نام|اسم گرامی|naam|pura naam",
        "email": "ای میل|ایمیل|ای میل ایڈریس|ای میل آئی ڈی|میل|email|email id|mail",
        "phone": "نمبر|فون نمبر|موبائل نمبر|موبائل|number|phone number|mobile number",
        "code": "نمبر|کوڈ|آرڈر نمبر|پن کوڈ|number|code|order number|pin code",
        "address": "پتہ|پتا|گھر کا پتہ|ایڈریس|pata|address",
    },
    "ہے|ہیں|hai|hain",
    "میں|جی میں|جی|main|mai|یہ",
    "ہوں|بول رہا ہوں|بول رہی ہوں|بات کر رہا ہوں|بات کر رہی ہوں|hoon|hun|bol raha hoon|bol rahi hoon",
    polite="پلیز|براہ کرم|شکریہ|جی|please|shukriya",
)
_TAMIL = _indic(
    "என்|என்னுடைய|எனது|என்னோட|எங்கள்|en|ennudaiya|ennoda|enadhu",
    {
        "name": "பெயர்|பேர்|பேரு|முழுப்பெயர்|முழு பெயர்|குடும்பப் பெயர்|peyar|per|peru|muzhu peyar",
        "email": "மின்னஞ்சல்|மின்னஞ்சல் முகவரி|இமெயில்|ஈமெயில்|இமெயில் ஐடி|மெயில்|மெயில் ஐடி|email|email id|mail",
        "phone": "எண்|நம்பர்|தொலைபேசி எண்|கைபேசி எண்|போன் நம்பர்|மொபைல் நம்பர்|மொபைல் எண்|number|phone number|mobile number",
        "code": "எண்|நம்பர்|கோட்|குறியீடு|ஆர்டர் எண்|ஆர்டர் நம்பர்|பின் கோட்|number|code|order number|pin code",
        "address": "முகவரி|வீட்டு முகவரி|விலாசம்|அட்ரஸ்|mugavari|address",
    },
    "ஆகும்|தான்|dhaan|thaan",
    "நான்|இது|naan|nan",
    "பேசுகிறேன்|பேசுறேன்|பேசறேன்|பேசிக்கிட்டு இருக்கேன்|pesuren|pesugiren|pesaren|என்று பெயர்|ன்னு பேரு",
    polite="ப்ளீஸ்|தயவுசெய்து|தயவு செய்து|நன்றி|please|nandri",
)
_TELUGU = _indic(
    "నా|మా|నాది|naa|na|maa",
    {
        "name": "పేరు|పూర్తి పేరు|ఇంటి పేరు|ఇంటిపేరు|peru|inti peru|puurti peru",
        "email": "ఈమెయిల్|ఇమెయిల్|ఈ మెయిల్|మెయిల్|ఈమెయిల్ ఐడి|మెయిల్ ఐడి|email|email id|mail",
        "phone": "నంబర్|నెంబర్|నంబరు|నెంబరు|ఫోన్ నంబర్|ఫోన్ నెంబర్|మొబైల్ నంబర్|మొబైల్ నెంబర్|number|phone number|mobile number",
        "code": "నంబర్|నెంబర్|కోడ్|ఆర్డర్ నంబర్|ఆర్డర్ నెంబర్|పిన్ కోడ్|number|code|order number|pin code",
        "address": "చిరునామా|ఇంటి చిరునామా|అడ్రస్|అడ్రెస్|chirunama|address",
    },
    "అవుతుంది|అండి|అండీ|andi",
    "నేను|nenu|nen",
    "మాట్లాడుతున్నాను|మాట్లాడుతున్నా|ని|ని మాట్లాడుతున్నాను|అంటారు|matladutunnanu|matladutunna",
    polite="ప్లీజ్|దయచేసి|ధన్యవాదాలు|please",
)
_KANNADA = _indic(
    "ನನ್ನ|ನಮ್ಮ|nanna|namma",
    {
        "name": "ಹೆಸರು|ಪೂರ್ಣ ಹೆಸರು|ಮನೆತನದ ಹೆಸರು|ಉಪನಾಮ|hesaru|purna hesaru",
        "email": "ಇಮೇಲ್|ಈಮೇಲ್|ಇ ಮೇಲ್|ಮೇಲ್|ಇಮೇಲ್ ಐಡಿ|ಇಮೇಲ್ ವಿಳಾಸ|email|email id|mail",
        "phone": "ನಂಬರ್|ಸಂಖ್ಯೆ|ಫೋನ್ ನಂಬರ್|ಮೊಬೈಲ್ ನಂಬರ್|ದೂರವಾಣಿ ಸಂಖ್ಯೆ|number|phone number|mobile number",
        "code": "ನಂಬರ್|ಸಂಖ್ಯೆ|ಕೋಡ್|ಆರ್ಡರ್ ನಂಬರ್|ಆರ್ಡರ್ ಸಂಖ್ಯೆ|ಪಿನ್ ಕೋಡ್|number|code|order number|pin code",
        "address": "ವಿಳಾಸ|ಮನೆ ವಿಳಾಸ|ಅಡ್ರೆಸ್|vilasa|address",
    },
    "ಆಗಿದೆ|ಇದೆ|aagide|ide",
    "ನಾನು|naanu|nanu",
    "ಮಾತನಾಡುತ್ತಿದ್ದೇನೆ|ಮಾತಾಡ್ತಿದ್ದೇನೆ|ಮಾತಾಡುತ್ತಿದ್ದೇನೆ|ಅಂತ|ಎಂದು|maatadtiddini|maatanaaduttiddene|anta",
    polite="ಪ್ಲೀಸ್|ದಯವಿಟ್ಟು|ಧನ್ಯವಾದ|ಧನ್ಯವಾದಗಳು|please",
)
_MALAYALAM = _indic(
    "എന്റെ|എൻ്റെ|ഞങ്ങളുടെ|ente",
    {
        "name": "പേര്|പേരു|മുഴുവൻ പേര്|മുഴുവൻ പേരു|വീട്ടുപേര്|കുടുംബപ്പേര്|peru|per|peeru",
        "email": "ഇമെയിൽ|ഈമെയിൽ|ഇ മെയിൽ|മെയിൽ|ഇമെയിൽ ഐഡി|മെയിൽ ഐഡി|ഇമെയിൽ വിലാസം|email|email id|mail",
        "phone": "നമ്പർ|നമ്പര്|ഫോൺ നമ്പർ|മൊബൈൽ നമ്പർ|number|phone number|mobile number",
        "code": "നമ്പർ|കോഡ്|ഓർഡർ നമ്പർ|പിൻ കോഡ്|പിൻകോഡ്|number|code|order number|pin code",
        "address": "വിലാസം|മേൽവിലാസം|വീട്ടുവിലാസം|അഡ്രസ്|vilasam|address",
    },
    "ആണ്|ആണു|ആകുന്നു|aanu|aan",
    "ഞാൻ|ഇത്|njan|njaan",
    "എന്നാണ്|എന്നാണു|സംസാരിക്കുന്നു|സംസാരിക്കുന്നത്|ennaanu|ennanu|samsarikkunnu|ആണ് സംസാരിക്കുന്നത്",
    polite="പ്ലീസ്|ദയവായി|നന്ദി|please",
)

FRAMES: Mapping[str, Frame] = {
    "en": _ENGLISH,
    "es": _SPANISH,
    "de": _GERMAN,
    "fr": _FRENCH,
    "hi": _HINDI,
    "mr": _MARATHI,
    "bn": _BENGALI,
    "gu": _GUJARATI,
    "pa": _PUNJABI,
    "ur": _URDU,
    "ta": _TAMIL,
    "te": _TELUGU,
    "kn": _KANNADA,
    "ml": _MALAYALAM,
}
"""By the tag of a language."""
