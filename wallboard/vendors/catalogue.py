"""Every method both vendors document, by the name people call it: `yemot.GetQueueRealTime`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from wallboard.vendors.method import Method
from wallboard.vendors.voicenter import methods as voicenter
from wallboard.vendors.yemot import methods as yemot

METHODS: Mapping[str, Method[Any]] = MappingProxyType(
    {
        f"{vendor}.{method.name}": method
        for vendor, methods in (("yemot", yemot.METHODS), ("voicenter", voicenter.METHODS))
        for method in methods
    }
)
