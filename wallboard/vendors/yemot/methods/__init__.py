"""Yemot's methods, declared."""

from typing import Any

from wallboard.vendors.method import Method
from wallboard.vendors.yemot.methods import dialing, files, queues, sip, tasks
from wallboard.vendors.yemot.methods.queues import GET_CUSTOMER_DATA, GET_QUEUE_REAL_TIME, QUEUE_MANAGEMENT

__all__ = ["GET_CUSTOMER_DATA", "GET_QUEUE_REAL_TIME", "METHODS", "QUEUE_MANAGEMENT"]

METHODS: tuple[Method[Any], ...] = (
    *queues.METHODS,
    *dialing.METHODS,
    *tasks.METHODS,
    *sip.METHODS,
    *files.METHODS,
)
