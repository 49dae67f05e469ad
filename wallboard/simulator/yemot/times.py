"""Moments as Yemot writes them."""

from wallboard.simulator.floor import Floor


def local_time(floor: Floor, moment: float | None) -> str:
    """The wall clock in Israel, as `2025-06-15 18:06:40`; "" of no moment."""
    return "" if moment is None else f"{floor.local(moment):%Y-%m-%d %H:%M:%S}"
