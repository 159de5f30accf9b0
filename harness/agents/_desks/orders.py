"""Orders: where one is, and money back for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from harness.agents._desk import AMOUNT, ORDER, Desk, Slot, Task

REFUND_LIMIT = 100
"""Dollars beyond which a refund is for a human to decide."""

STATUSES = (
    ("packed", "is packed, and leaves our warehouse tomorrow"),
    ("shipped", "is on its way, and arrives in two days"),
    ("delivered", "was delivered yesterday"),
    ("delayed", "is delayed, and leaves on Monday"),
)
"""The back end is made up: an order's last digit says, by its remainder, how it stands."""


def _status(facts: Mapping[str, str]) -> Mapping[str, str]:
    status, words = STATUSES[int(facts["order"][-1]) % len(STATUSES)]
    return {"status": status, "words": words}


def _too_much(facts: Mapping[str, str]) -> str | None:
    if int(facts.get("amount", "0")) > REFUND_LIMIT:
        return f"A refund of more than {REFUND_LIMIT} dollars needs a human's approval."
    return None


_NUMBER = Slot("order", ORDER, "What's your order number?")
_ORDERED = ("order", "parcel", "package", "delivery", "shipment", "orders")

_STATUS = Task(
    tool="order_status",
    reason="order status",
    cues=(
        (("status", "where", "when", "track", "tracking", "arrive", "arrived", "check", "late", "about"), _ORDERED),
        (_ORDERED,),
    ),
    slots=(replace(_NUMBER, opens=True),),
    check=None,
    done="Order {order} {words}.",
    note="Your order {order} {words}.",
    next_action="find the order",
    weight=1,
    result=_status,
)

_REFUND = Task(
    tool="refund_order",
    reason="refund",
    cues=((("refund", "money back", "reimburse", "refunded"),),),
    slots=(_NUMBER, Slot("amount", AMOUNT, "How much was it, in dollars?")),
    check="So that's a refund of {amount} for order {order}. Is that right?",
    done="Your refund of {amount} is on its way.",
    note="We are refunding {amount} dollars for your order {order}.",
    next_action="decide on the refund",
    weight=3,
    result=lambda _: {"status": "refunded"},
    beyond=_too_much,
)

ORDERS = Desk("orders", "orders", "orders", (_REFUND, _STATUS))
