"""English words that are said inside Hindi, in either script: the accepted variants of one word."""

from __future__ import annotations

from harness.text.languages.devanagari import alike

_WRITTEN = """
order ऑर्डर आर्डर|cancel कैंसिल कैंसल|confirm कन्फर्म कंफर्म|refund रिफंड रीफंड|doctor डॉक्टर डाक्टर
appointment अपॉइंटमेंट अपाइंटमेंट अपॉइन्टमेंट|book बुक|booking बुकिंग|please प्लीज प्लीज़|number नंबर|note नोट|bill बिल
call कॉल|hello हैलो हेलो|account अकाउंट एकाउंट|block ब्लॉक|payment पेमेंट|fail फेल|thank थैंक|thanks थैंक्स|you यू
sorry सॉरी|internet इंटरनेट|slow स्लो|fast फास्ट|flight फ्लाइट|ticket टिकट|otp ओटीपी|manager मैनेजर|email ईमेल
id आईडी|card कार्ड|rupees रुपए|mobile मोबाइल|switch स्विच|off ऑफ|on ऑन|address एड्रेस|change चेंज|okay ओके
minute मिनट|second सेकंड|phone फोन|time टाइम|date डेट|bank बैंक|loan लोन|policy पॉलिसी|plan प्लान
recharge रिचार्ज|data डेटा|network नेटवर्क|app ऐप एप|service सर्विस|customer कस्टमर|care केयर|support सपोर्ट
problem प्रॉब्लम|issue इशू|update अपडेट|check चेक|cash कैश|online ऑनलाइन|delivery डिलीवरी
train ट्रेन|bus बस|hotel होटल|hospital हॉस्पिटल|report रिपोर्ट|test टेस्ट|form फॉर्म|office ऑफिस
sir सर|madam मैडम|yes यस|no नो|message मैसेज|whatsapp व्हाट्सएप वॉट्सऐप|password पासवर्ड|pin पिन|code कोड
debit डेबिट|credit क्रेडिट|transfer ट्रांसफर|balance बैलेंस|amount अमाउंट|return रिटर्न|exchange एक्सचेंज
size साइज|color कलर|free फ्री|offer ऑफर|discount डिस्काउंट|company कंपनी|complaint कंप्लेंट|request रिक्वेस्ट
"""


def _table() -> dict[str, str]:
    groups = [group.split() for group in alike(_WRITTEN).replace("\n", "|").split("|")]
    return {word: group[0] for group in groups for word in group[1:]}


LOANS = _table()
"""A loan word in Devanagari (in its normal form) → the same word in Latin letters."""
