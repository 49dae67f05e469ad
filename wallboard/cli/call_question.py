"""What a person is asked before something is changed or paid for."""

from collections.abc import Iterator

from wallboard.assembly.orders import Order
from wallboard.language.clean import clean

LONGEST_VALUE = 200  # characters


def question(wanted: Order) -> str:
    """What is to be done, where, with which values and at what cost; of secrets a digest or a mask."""
    return "\n".join(_lines(wanted))


def _lines(wanted: Order) -> Iterator[str]:
    method, values = wanted.method, wanted.given.values
    yield f"{wanted.name} at {wanted.source.name}: {method.description}"
    for name, value in wanted.parameters.items():
        named = f" ({clean(wanted.campaign)})" if name == "Campaign" and wanted.campaign else ""
        yield f"  {name} = {clean(value, LONGEST_VALUE)}{named}"
    if tariff := method.cost(values):
        yield f"It costs {method.estimate(values)}: {tariff}." if method.estimate else f"It costs {tariff}."
