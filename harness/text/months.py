"""The months by name, as callers and agents write them."""

from __future__ import annotations

from harness.text.words import written

ENGLISH = {
    name: number
    for number, name in enumerate(
        written("january february march april may june july august september october november december"), 1
    )
}
ABBREVIATED = {name[:3]: number for name, number in ENGLISH.items()} | {"sept": 9}
SPANISH = {
    name: number
    for number, name in enumerate(
        written("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"), 1
    )
} | {"setiembre": 9}
HINDI = {
    name: number
    for number, name in enumerate(written("जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर"), 1)
}
MONTHS = {**ABBREVIATED, **ENGLISH, **SPANISH, **HINDI}
"""A month's name in lower case → 1 to 12."""
