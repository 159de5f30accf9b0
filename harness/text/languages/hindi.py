"""Hindi, in Devanagari and in Latin letters, and Marathi."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from harness.text.languages.devanagari import alike
from harness.text.languages.language import (
    MIDDAY,
    NIGHT,
    Language,
    Numbers,
    Words,
    listed,
    named_letters,
    numbered,
    off,
    phrases,
    turned,
)
from harness.text.words import written

_BELOW_HUNDRED = (
    "शून्य/जीरो एक दो तीन चार पांच छह सात आठ नौ दस "
    "ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह/सतरह अठारह/अट्ठारह उन्नीस बीस "
    "इक्कीस बाईस/बाइस तेईस/तेइस चौबीस पच्चीस छब्बीस सत्ताईस/सत्ताइस अट्ठाईस/अठाईस/अट्ठाइस उनतीस/उन्तीस तीस "
    "इकतीस/इकत्तीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस चालीस "
    "इकतालीस बयालीस तैंतालीस चौवालीस/चवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास पचास "
    "इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन/अठावन उनसठ साठ "
    "इकसठ बासठ तिरसठ चौंसठ/चौसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर सत्तर "
    "इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उनासी अस्सी "
    "इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी/अठासी नवासी नब्बे "
    "इक्यानवे/इक्यानबे बानवे/बानबे तिरानवे चौरानवे पंचानवे/पचानवे छियानवे सत्तानवे अट्ठानवे/अठानवे निन्यानवे/निन्यानबे"
)
_MONTHS = "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर/अक्तूबर नवंबर दिसंबर"
_SIGNS: dict[Words, str] = {
    ("एट",): "@",
    ("ऐट",): "@",
    ("डॉट",): ".",
    ("अंडरस्कोर",): "_",
    ("डैश",): "-",
    ("हाइफन",): "-",
    ("प्लस",): "+",
    ("एट", "द", "रेट"): "@",
    ("एट", "दी", "रेट"): "@",
    ("ऐट", "द", "रेट"): "@",
}


_VARIED = {
    "ीस": "िस",
    "ईस": "इस",
    "तिरपन": "तिरेपन त्रेपन",
    "तिरसठ": "तिरेसठ त्रेसठ",
    "नवे": "नवें नबे",
    "छियासठ": "छयासठ",
    "पचहत्तर": "पिचहत्तर पचत्तर",
    "छिहत्तर": "छियत्तर",
    "सतहत्तर": "सतत्तर",
    "अठहत्तर": "अठत्तर",
    "उनासी": "उन्यासी उन्नासी",
    "पचासी": "पिचासी",
    "उनचास": "उन्चास उनंचास",
    "उनसठ": "उन्सठ",
    "उनहत्तर": "उन्हत्तर उनत्तर",
    "उनतालीस": "उन्तालीस",
    "इक्यावन": "इक्कावन",
    "इकसठ": "एकसठ",
    "इकहत्तर": "इकत्तर",
    "पैंतालीस": "पेंतालीस पेंतालिस",
    "सैंतालीस": "सैतालीस",
    "नब्बे": "नव्वे",
}
"""Endings of number words that are written in other ways too."""

_LETTERS = named_letters(
    alike(
        "a:ए|b:बी|c:सी|d:डी|e:ई|f:एफ|g:जी|h:एच|i:आई|j:जे|k:के|l:एल|m:एम|n:एन|o:ओ|p:पी|q:क्यू|r:आर|s:एस|t:टी|u:यू|v:वी"
        "|w:डब्ल्यू/डब्लू/डबल्यू|x:एक्स|y:वाई/वाय|z:जेड/ज़ेड"
    )
)
ENGLISH_FIGURES = {
    word: str(figure)
    for (word,), figure in listed("जीरो/ज़ीरो वन टू/टु थ्री फोर/फ़ोर फाइव/फ़ाइव सिक्स सेवन/सेवेन एट/ऐट नाइन").items()
}
"""The English names of figures as they are said, and written, when a number is read out in Hindi."""


def _hindi_atoms() -> dict[Words, Decimal]:
    numbers = listed(alike(_BELOW_HUNDRED))
    for ending, others in _VARIED.items():
        for (word,), value in list(numbers.items()):
            if value > 20 and word.endswith(ending):
                varied = (alike(word.removesuffix(ending) + other) for other in others.split())
                numbers |= {(one,): value for one in varied if (one,) not in numbers}
    halves = {"डेढ़": Decimal("1.5"), "डेढ": Decimal("1.5"), "ढाई": Decimal("2.5"), "अढ़ाई": Decimal("2.5")}
    return numbers | {(alike(word),): value for word, value in halves.items()}


HINDI = Language(
    tag="hi",
    numbers=Numbers(
        _hindi_atoms(),
        hundreds=frozenset({"सौ"}),
        scales={
            "हजार": 10**3,
            "लाख": 10**5,
            alike("करोड़"): 10**7,
            "अरब": 10**9,
            "खरब": 10**11,
            "मिलियन": 10**6,
            "बिलियन": 10**9,
        },
        points=frozenset({"दशमलव", "पॉइंट"}),
        raised={alike("साढ़े"): Decimal("0.5"), "साढे": Decimal("0.5"), "सवा": Decimal("0.25"), "पौने": Decimal("-0.25")},
        repeats={"डबल": 2, "ट्रिपल": 3},
        ordinals={"पहली": 1, "दूसरी": 2, "तीसरी": 3, "चौथी": 4},
        clock=frozenset({"बजे"}),
        groups={"दर्जन": 12, "दर्जनों": 12},
        shares={"आधा": Decimal("0.5"), "आधे": Decimal("0.5"), "आधी": Decimal("0.5")},
        joins=frozenset({"और"}),
    ),
    months=numbered(_MONTHS),
    weekdays=numbered("सोमवार मंगलवार बुधवार गुरुवार/बृहस्पतिवार/वीरवार शुक्रवार शनिवार रविवार/इतवार", 0),
    days=off(p0="आज", p1="आने वाले कल|आने वाला कल", p1_m1="कल", p2_m2="परसों", m1="बीते कल|बीता हुआ कल"),
    halves={
        **dict.fromkeys(("सुबह", "सवेरे", alike("तड़के"), "भोर", "प्रातः", "प्रात", "प्रातःकाल"), 0),
        **dict.fromkeys(("दोपहर", alike("दिनके")), MIDDAY),
        **dict.fromkeys(("शाम", "सायं", "सांय", alike("संध्या"), "सायंकाल"), 12),
        **dict.fromkeys(("रात", "रात्रि"), NIGHT),
    },
    noons={"आधी रात": "00:00", "मध्यरात्रि": "00:00", "अर्धरात्रि": "00:00"},
    coins={"रुपए": "rupees", "डॉलर": "dollars", "यूरो": "euros", "पाउंड": "pounds", "येन": "yen", "फ्रैंक": "francs"},
    cents={"पैसे": "rupees", "पैसा": "rupees", "सेंट": "dollars"},
    denials=frozenset({"नहीं", "मत", "ना", "nahin", "nahi"}),
    signs=_SIGNS,
    like=frozenset({"फॉर"}),
    spans={
        **dict.fromkeys(("दिन", "दिनों", "रोज"), 1),
        **dict.fromkeys(("हफ्ते", "हफ्ता", "हफ्तों", "सप्ताह"), 7),
        **dict.fromkeys(("महीने", "महीना", "महीनों"), 0),
    },
    ahead=phrases("बाद|में|के बाद"),
    ago=phrases("पहले|पूर्व"),
    turns=turned("अगले महीने=1|इस महीने=0|पिछले महीने=-1|अगले हफ्ते/अगले सप्ताह=1|इस हफ्ते/इस सप्ताह=0|पिछले हफ्ते/पिछले सप्ताह=-1"),
    past=frozenset({"पिछले", "पिछली", "बीते"}),
    letters=_LETTERS,
    code_leads=frozenset(written("ऑर्डर नंबर पिन कोड ओटीपी रेफरेंस बुकिंग मेरा मेरी खाता pin code otp order number है")),
    latin=False,
)

_MARATHI = (
    "शून्य एक दोन तीन चार पाच सहा सात आठ नऊ दहा अकरा बारा तेरा चौदा पंधरा सोळा सतरा अठरा एकोणीस वीस "
    "एकवीस बावीस तेवीस चोवीस पंचवीस सव्वीस सत्तावीस अठ्ठावीस एकोणतीस तीस "
    "एकतीस बत्तीस तेहेतीस/तेहतीस चौतीस पस्तीस छत्तीस सदतीस अडतीस एकोणचाळीस चाळीस "
    "एक्केचाळीस बेचाळीस त्रेचाळीस चव्वेचाळीस पंचेचाळीस सेहेचाळीस/शेहेचाळीस सत्तेचाळीस अठ्ठेचाळीस एकोणपन्नास पन्नास "
    "एक्कावन्न/एकावन्न बावन्न त्रेपन्न चोपन्न पंचावन्न छप्पन्न सत्तावन्न अठ्ठावन्न एकोणसाठ साठ "
    "एकसष्ट/एकसष्ठ बासष्ट/बासष्ठ त्रेसष्ट/त्रेसष्ठ चौसष्ट/चौसष्ठ पासष्ट/पासष्ठ सहासष्ट/सहासष्ठ सदुसष्ट/सदुसष्ठ अडुसष्ट/अडुसष्ठ "
    "एकोणसत्तर सत्तर एकाहत्तर बाहत्तर त्र्याहत्तर चौऱ्याहत्तर पंच्याहत्तर शहात्तर सत्याहत्तर अठ्ठ्याहत्तर एकोणऐंशी ऐंशी "
    "एक्क्याऐंशी ब्याऐंशी त्र्याऐंशी चौऱ्याऐंशी पंच्याऐंशी शहाऐंशी सत्त्याऐंशी अठ्ठ्याऐंशी एकोणनव्वद नव्वद "
    "एक्क्याण्णव ब्याण्णव त्र्याण्णव चौऱ्याण्णव पंच्याण्णव शहाण्णव सत्त्याण्णव अठ्ठ्याण्णव नव्याण्णव"
)


def _marathi_atoms() -> dict[Words, Decimal]:
    atoms = listed(alike(_MARATHI, False))
    hours = {word: value for (word,), value in atoms.items() if 1 <= value <= 12}
    for front, more in (("साडे", "0.5"), ("सव्वा", "0.25"), ("पावणे", "-0.25"), ("पाऊणे", "-0.25")):
        atoms |= {(front + word,): value + Decimal(more) for word, value in hours.items()}
        atoms |= {(f"{front}{word}शे",): (value + Decimal(more)) * 100 for word, value in hours.items() if value < 10}
    atoms |= listed("शंभर/एकशे दोनशे तीनशे चारशे पाचशे सहाशे सातशे आठशे नऊशे", 100, 100)
    atoms |= {("दीडशे",): Decimal(150), ("अडीचशे",): Decimal(250), ("सव्वाशे",): Decimal(125)}
    return atoms | {("दीड",): Decimal("1.5"), ("अडीच",): Decimal("2.5")}


MARATHI = Language(
    tag="mr",
    numbers=Numbers(
        _marathi_atoms(),
        scales={"हजार": 10**3, "लाख": 10**5, "कोटी": 10**7},
        raised={"साडे": Decimal("0.5"), "सव्वा": Decimal("0.25"), "पावणे": Decimal("-0.25")},
        articles=frozenset({"एका"}),
        repeats={"डबल": 2, "ट्रिपल": 3},
        clock=frozenset({"वाजता", "वाजले", "वाजेपर्यंत"}),
    ),
    months=numbered("जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर"),
    weekdays=numbered("सोमवार मंगळवार बुधवार गुरुवार शुक्रवार शनिवार रविवार", 0)
    | numbered("सोमवारी मंगळवारी बुधवारी गुरुवारी शुक्रवारी शनिवारी रविवारी", 0),
    days=off(p0="आज", p1="उद्या", m1="काल", p2="परवा"),
    halves={
        **dict.fromkeys(("सकाळी", "सकाळ", "सकाळचे", "सकाळच्या", "पहाटे", "पहाटेचे", "पहाटेच्या"), 0),
        **dict.fromkeys(("दुपारी", "दुपार", "दुपारचे", "दुपारच्या"), MIDDAY),
        **dict.fromkeys(
            [alike(one, False) for one in ("संध्याकाळी", "संध्याकाळ", "संध्याकाळचे", "संध्याकाळच्या", "सायंकाळी", "सायंकाळचे")], 12
        ),
        **dict.fromkeys(("रात्री", "रात्र", "रात्रीचे", "रात्रीच्या"), NIGHT),
    },
    coins={"रुपये": "rupees", "रुपए": "rupees", "डॉलर": "dollars"},
    denials=frozenset({"नाही", "नको"}),
    signs=_SIGNS,
    letters=_LETTERS,
    code_leads=frozenset(written("ऑर्डर नंबर पिन कोड ओटीपी बुकिंग संदर्भ खाते क्रमांक")),
    cents={"पैसे": "rupees"},
    spans={
        "दिवस": 1,
        "दिवसांनी": 1,
        "दिवसात": 1,
        "आठवडा": 7,
        "आठवड्याने": 7,
        "आठवडे": 7,
        "आठवड्यांनी": 7,
        "आठवड्यानंतर": 7,
        "आठवड्यांनंतर": 7,
        "दिवसांनंतर": 1,
        "महिने": 0,
    },
    ahead=phrases("नंतर|आठवड्यानंतर|आठवड्यांनंतर|दिवसांनंतर|दिवसांनी|आठवड्याने|आठवड्यांनी"),
    ago=phrases("पूर्वी|आधी"),
    latin=False,
)

_ROMANISED = (
    "shunya/zero/jeero ek do teen chaar paanch chhe/chah/chhah saat aath nau das gyaarah/gyarah baarah terah "
    "chaudah pandrah/pandra solah satrah athaarah unnees bees ikkees baais/baees teis/teees chaubees "
    "pachchees/pachis chhabbees sattaais/sattais atthaais/atthais untees tees ikattees/iktees battees taintees "
    "chauntees paintees chhattees saintees adtees untaalees chaalees iktaalees bayaalees taintaalees chavaalees "
    "paintaalees chhiyaalees saintaalees adtaalees unchaas pachaas ikyaavan baavan tirpan chauvan pachpan "
    "chhappan sattaavan atthaavan unsath saath iksath baasath tirsath chaunsath painsath chhiyaasath sadsath "
    "adsath unhattar sattar ikhattar bahattar tihattar chauhattar pachhattar/pachattar chhihattar sathattar "
    "athhattar unaasi assi ikyaasi bayaasi tiraasi chauraasi pachaasi chhiyaasi sattaasi atthaasi navaasi nabbe "
    "ikyaanave baanave tiraanave chauraanave pachaanave/panchaanave chhiyaanave sattaanave atthaanave ninyaanave"
)
_ROMAN_WORDS = {
    "sau": "सौ",
    "hazaar": "हजार",
    "laakh": "लाख",
    "karod": "करोड़",
    "crore": "करोड़",
    "saadhe": "साढ़े",
    "sava": "सवा",
    "paune": "पौने",
    "dedh": "डेढ़",
    "dhaai": "ढाई",
    "dhai": "ढाई",
    "baje": "बजे",
    "bajkar": "बजकर",
    "minat": "मिनट",
    "minute": "मिनट",
    "double": "डबल",
    "tripal": "ट्रिपल",
    "rupaye": "रुपए",
    "rupae": "रुपए",
    "rupees": "रुपए",
    "rupaya": "रुपए",
    "paise": "पैसे",
    "subah": "सुबह",
    "subha": "सुबह",
    "subeh": "सुबह",
    "sandhya": "संध्या",
    "ke": "के",
    "shaam": "शाम",
    "raat": "रात",
    "dopahar": "दोपहर",
    "dopahr": "दोपहर",
    "nahin": "नहीं",
    "nahi": "नहीं",
    "aaj": "आज",
    "kal": "कल",
    "parson": "परसों",
    "january": "जनवरी",
    "february": "फरवरी",
    "march": "मार्च",
    "april": "अप्रैल",
    "may": "मई",
    "june": "जून",
    "july": "जुलाई",
    "august": "अगस्त",
    "september": "सितंबर",
    "october": "अक्टूबर",
    "november": "नवंबर",
    "december": "दिसंबर",
    "pehli": "पहली",
    "pahli": "पहली",
    "janvari": "जनवरी",
    "farvari": "फरवरी",
    "aprail": "अप्रैल",
    "julaai": "जुलाई",
    "agast": "अगस्त",
    "sitambar": "सितंबर",
    "aktubar": "अक्टूबर",
    "navambar": "नवंबर",
    "disambar": "दिसंबर",
    "taareekh": "तारीख",
    "din": "दिन",
    "hafte": "हफ्ते",
    "hafta": "हफ्ते",
    "maheene": "महीने",
    "baad": "बाद",
    "pehle": "पहले",
    "pahle": "पहले",
    "savere": "सवेरे",
    "tadke": "तड़के",
    "darjan": "दर्जन",
    "dozen": "दर्जन",
    "aadha": "आधा",
    "aadhi": "आधी",
    "bajne": "बजने",
    "mein": "में",
    "point": "पॉइंट",
    "dashamlav": "दशमलव",
    "dollar": "डॉलर",
    "itvaar": "इतवार",
    "agle": "अगले",
    "agla": "अगले",
    "pichhle": "पिछले",
    "brihaspativaar": "बृहस्पतिवार",
    "somvaar": "सोमवार",
    "mangalvaar": "मंगलवार",
    "budhvaar": "बुधवार",
    "guruvaar": "गुरुवार",
    "shukravaar": "शुक्रवार",
    "shanivaar": "शनिवार",
    "ravivaar": "रविवार",
}
_LOOSE = (("aa", "a"), ("ee", "i"), ("oo", "u"), ("chh", "ch"), ("z", "j"), ("w", "v"), ("ph", "f"))
_DOUBLED = re.compile(r"(.)\1")


def sound(word: str) -> str:
    """A romanised word by its sound, so that "paanch" and "panch" are one."""
    for spelling, sound in _LOOSE:
        word = word.replace(spelling, sound)
    return _DOUBLED.sub(r"\1", word)


def _roman_table() -> dict[str, str]:
    by_value = {value: word for (word,), value in reversed(listed(alike(_BELOW_HUNDRED)).items())}
    numbers = listed(_ROMANISED)
    table = {sound(word): by_value[value] for (word,), value in numbers.items()}
    return table | {sound(word): alike(hindi) for word, hindi in _ROMAN_WORDS.items()}


_ROMAN = _roman_table()


@lru_cache(maxsize=4096)
def in_devanagari(text: str) -> str:
    """A romanised Hindi text with its words for numbers, hours, days and coins in Devanagari; the rest stays."""
    return " ".join(_ROMAN.get(sound(word.lower().strip(".,;!?")), word) for word in text.split())


_FIGURES = {sound(word): f"{value:f}" for (word,), value in listed(_ROMANISED).items()}
_FIGURES |= {sound("tripal"): "triple", sound("dabal"): "double"}


def in_latin_figures(text: str) -> str:
    """A romanised Hindi text with its words below a hundred in figures, all else as it was said: codes need it so."""
    keyed = ((word, sound(word.lower().strip(".,;!?"))) for word in text.split())
    return " ".join(
        _FIGURES.get(key, word) + ("," if key in _FIGURES and word[-1] == "," else "") for word, key in keyed
    )


def is_hindi(text: str) -> bool:
    """Whether a text in Latin letters has a word of Hindi for a number, an hour, a day or a coin."""
    return in_devanagari(text) != " ".join(text.split())
