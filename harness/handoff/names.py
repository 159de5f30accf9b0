"""What other people call the fields of a packet, and the words they have for tones and urgencies.

Names are compared without the way they are written: `callReason`, `call_reason`, `Call Reason`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

TEXTS = ("reason", "tone", "urgency", "summary", "next_action", "language", "consent", "transcript")
LISTS = ("tried", "promised")


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """A field's name without the way it is written: appointmentDate, appointment_date, Appointment Date."""
    return re.sub(r"[\W_]", "", name).casefold()


@lru_cache(maxsize=4096)
def parts_of(name: str) -> frozenset[str]:
    """The words of a field's name."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    return frozenset(re.findall(r"[^\W_]+", apart.casefold()))


FIELDS: Mapping[str, tuple[str, ...]] = {
    "reason": (
        *("reason", "intent", "topic", "purpose", "issue", "subject", "problem", "call_reason", "contact_reason"),
        *("reason_for_call", "reason_for_transfer", "transfer_reason", "handoff_reason", "escalation_reason"),
        *("caller_intent", "customer_intent", "motivo", "कारण", "grund", "motif"),
    ),
    "tone": (
        *("tone", "sentiment", "emotion", "mood", "user_sentiment", "customer_sentiment", "caller_sentiment"),
        *("caller_tone", "customer_tone", "customer_emotion", "tono", "stimmung"),
    ),
    "urgency": ("urgency", "priority", "severity", "urgency_level", "priority_level", "urgencia", "dringlichkeit"),
    "summary": (
        *("summary", "conversation_summary", "call_summary", "handoff_summary", "transfer_summary", "notes", "note"),
        *("description", "transcript_summary", "chat_summary", "briefing", "whisper", "resumen", "zusammenfassung"),
        *("agent_notes", "message_to_agent", "context_summary", "résumé"),
    ),
    "tried": (
        *("tried", "attempted", "already_tried", "steps_tried", "steps_taken", "actions_taken", "troubleshooting"),
        *("attempts", "troubleshooting_steps", "what_was_tried"),
    ),
    "promised": ("promised", "promises", "commitments", "commitments_made", "promises_made"),
    "next_action": (
        *("next_action", "next_step", "next_steps", "next_best_action", "recommended_action", "suggested_action"),
        *("action_required", "follow_up", "follow_up_action", "requested_action"),
    ),
    "language": ("language", "locale", "lang", "caller_language", "customer_language", "language_code", "idioma"),
    "consent": ("consent", "consent_given", "recording_consent", "has_consent", "gdpr_consent"),
    "transcript": (
        *("transcript", "conversation", "history", "messages", "conversation_history", "chat_history"),
        *("full_transcript", "transcript_object", "chat_ctx"),
    ),
    "entities": (
        *("entities", "slots", "facts", "fields", "collected", "collected_data", "captured", "captured_data"),
        *("extracted", "extracted_data", "variables", "dynamic_variables", "structured_data", "custom_analysis_data"),
        *("data_collection_results", "custom_parameters", "customer_data", "entidades"),
    ),
}
"""Our field → the names by which it is known without a mapping."""

WRAPPERS = (
    *("packet", "handoff", "handoff_data", "payload", "context", "arguments", "args", "input", "message", "call"),
    *("analysis", "call_analysis", "function", "function_call", "tool_call", "tool_calls", "function_calls", "body"),
    *("tool_call_list", "tool_with_tool_call_list", "event", "item", "request", "transfer", "handoff_packet", "attrs"),
    *("client_tool_call", "userdata", "user_data", "properties", "information", "form"),
    *("data", "details", "parameters", "params", "metadata", "attributes", "customer", "caller", "customer_info"),
    *("caller_info", "user", "contact_info"),
)
"""Names of what only holds the packet."""

DESTINATIONS = (
    *("to", "queue", "destination", "department", "transfer_to", "target", "skill", "team", "new_agent", "refer_to"),
    *("transfer_number", "transfer_destination", "phone_number_to", "target_queue", "queue_name", "new_agent_id"),
)
"""Names under which a packet says where the call goes: no fact of the call."""

CARRIERS_OWN = (
    *("type", "id", "label", "event", "version", "v", "at", "timestamp", "ts", "ts_ms", "reason_code", "status"),
    *("call_id", "callsid", "call_sid", "account_sid", "stream_sid", "session_id", "conversation_id", "role", "object"),
    *(
        "item_id",
        "event_id",
        "response_id",
        "output_index",
        "tool_name",
        "tool_call_id",
        "function_name",
        "sip_call_id",
    ),
    *("old_agent", "old_agent_id", "created_at", "index", "receipt", "confidence", "api_version", "request_id", "ok"),
    *("channel", "vahness_call", "call_successful", "from", "via", "cseq", "contact", "max_forwards", "user_agent"),
    *(
        "content_length",
        "content_type",
        "expires",
        "allow",
        "supported",
        "referred_by",
        "target_dialog",
        "record_route",
    ),
    *("message_type", "started_at", "ended_at", "direction", "is_final", "strict", "success", "sequence_number"),
)
"""Names of what belongs to the carrier and is no fact of the call."""


_NOTHING = (
    "unknown|n/a|na|none|null|nil|undefined|unspecified|tbd|tba|?|??|???|-|--|\u2014|unset|empty|nan|"
    "desconocido|unbekannt|inconnu|अज्ञात|not provided|not given|not specified|not mentioned|not stated|not said|"
    "not available|not applicable|not known|not collected|not captured|no value|no data|to be confirmed|"
    "to be determined|not yet known|not yet provided|none provided|none given|keine angabe"
)
_SAYS_NOTHING = frozenset(_NOTHING.split("|"))


def says_nothing(value: str) -> bool:
    """Whether a value only says that there is none: "unknown", "N/A", "not provided"."""
    plain = " ".join(value.casefold().replace("_", " ").split()).strip(" .()[]<>\"'{}")
    return not plain or plain in _SAYS_NOTHING


def _by_name(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {plain_name(name): ours for ours, names in table.items() for name in names}


OURS = _by_name(FIELDS)
"""A name, written plain → our field."""

_WRAPPERS = frozenset(map(plain_name, WRAPPERS))
_DESTINATIONS = frozenset(map(plain_name, DESTINATIONS))
_NO_FACTS = frozenset(map(plain_name, CARRIERS_OWN)) | _DESTINATIONS


def wraps(name: str) -> bool:
    """Whether something of this name only holds the packet."""
    return plain_name(name) in _WRAPPERS


def is_destination(name: str) -> bool:
    """Whether a field says where the call goes."""
    return plain_name(name) in _DESTINATIONS


def is_no_fact(name: str) -> bool:
    """Whether a field of this name is the carrier's or the destination."""
    return plain_name(name) in _NO_FACTS


_TONE_WORDS: Mapping[str, tuple[str, ...]] = {
    "calm": ("calm", "neutral", "friendly", "polite", "happy", "satisfied", "relaxed", "positive", "tranquilo", "शांत"),
    "confused": ("confused", "unsure", "puzzled", "lost", "uncertain", "confundido", "confundida", "verwirrt"),
    "worried": (
        "worried",
        "anxious",
        "concerned",
        "nervous",
        "preocupado",
        "preocupada",
        "चिंतित",
        "besorgt",
        "inquiet",
    ),
    "frustrated": ("frustrated", "annoyed", "irritated", "upset", "impatient", "frustrado", "frustrada", "frustriert"),
    "angry": ("angry", "furious", "irate", "mad", "hostile", "enojado", "enojada", "enfadado", "गुस्सा", "wütend"),
    "distressed": ("distressed", "panicked", "panicking", "desperate", "crying", "scared", "terrified", "in distress"),
}
_URGENCY_WORDS: Mapping[str, tuple[str, ...]] = {
    "low": ("low", "minor", "baja", "niedrig", "not urgent", "p4"),
    "normal": ("normal", "medium", "standard", "routine", "moderate", "media", "mittel", "p3"),
    "high": ("high", "urgent", "asap", "alta", "urgente", "hoch", "dringend", "तत्काल", "p2"),
    "emergency": ("emergency", "critical", "life threatening", "emergencia", "notfall", "आपातकाल", "p1"),
}
_DOUBTFUL = frozenset({"lost", "positive", "neutral", "mad", "happy", "unsure", "friendly", "polite", "in distress"})
"""Words that say more in a free text than how somebody sounds."""

_CHOICES = {"tone": _by_name(_TONE_WORDS), "urgency": _by_name(_URGENCY_WORDS)}


def chosen(field: str, value: str) -> str:
    """A tone or an urgency by our word for it; as it was written where we have none."""
    return _CHOICES[field].get(plain_name(value), value)


_PLAIN_WORDS: Mapping[str, Mapping[str, str]] = {
    "tone": {word: tone for tone, words in _TONE_WORDS.items() for word in words if word not in _DOUBTFUL},
    "urgency": {"urgent": "high", "urgently": "high", "urgente": "high", "asap": "high", "emergency": "emergency"},
}


def named_in(field: str, words: Iterable[str]) -> frozenset[str]:
    """The tones or urgencies that the words of a free text name beyond doubt."""
    table = _PLAIN_WORDS[field]
    return frozenset(table[word] for word in words if word in table)
