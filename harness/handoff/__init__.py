"""The packet a human agent inherits, and reading it from what an agent sends."""

from harness.handoff.packet import LARGEST, TONES, URGENCIES, Fact, FieldVerdict, Finding, Packet
from harness.handoff.reading import in_our_names, read_destination, read_packet

__all__ = [
    "LARGEST",
    "TONES",
    "URGENCIES",
    "Fact",
    "FieldVerdict",
    "Finding",
    "Packet",
    "in_our_names",
    "read_destination",
    "read_packet",
]
