"""The demo agent's desks, as tables."""

from harness.agents._desk import Desk
from harness.agents._desks.booking import BOOKING
from harness.agents._desks.faults import FAULTS
from harness.agents._desks.messages import MESSAGES
from harness.agents._desks.orders import ORDERS

DESKS: tuple[Desk, ...] = (BOOKING, ORDERS, FAULTS, MESSAGES)
"""All desks, in the order in which a caller is offered them."""
