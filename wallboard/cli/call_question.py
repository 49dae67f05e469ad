"""What a person is asked before something is changed or paid for."""

from collections.abc import Iterator

from wallboard.assembly.orders import CAMPAIGN, Order
from wallboard.language.clean import clean

LONGEST_VALUE = 200  # characters


def question(wanted: Order) -> str:
    """What is to be done, where, with which values, what is lost by it and at what cost.

    Of secrets a digest or a mask.
    """
    return "\n".join(_lines(wanted))


def confirmed_by(wanted: Order) -> str:
    """What has to be typed: the name of what is emptied, or a campaign's digest without one; "" where a y will do."""
    loss = wanted.loss
    if loss is None or not loss.typed:
        return ""
    named = wanted.campaign if loss.typed == CAMPAIGN else ""
    return clean(named, LONGEST_VALUE).strip() or clean(wanted.parameters[loss.typed], LONGEST_VALUE).strip()


def untold(wanted: Order) -> str:
    """That no row will have a result of its own, where there are too many for that; else ""."""
    most, rows = wanted.method.most_rows_told, wanted.given.rows or ()
    if not most or len(rows) <= most:
        return ""
    return (
        f"Above {most:,} rows the vendor tells no row's own result: these {len(rows):,} are answered as a whole, "
        "and voicenter.GetCampaignPendingCalls alone shows which were taken."
    )


def _lines(wanted: Order) -> Iterator[str]:
    method, values, loss = wanted.method, wanted.given.values, wanted.loss
    yield f"{wanted.name} at {wanted.source.name}: {method.description}"
    for name, value in wanted.parameters.items():
        yield f"  {name} = {_campaign(wanted, value) if name == CAMPAIGN else clean(value, LONGEST_VALUE)}"
    if remark := untold(wanted):
        yield remark
    if loss is not None:
        yield f"It {clean(loss.words, LONGEST_VALUE)}.{' It cannot be undone.' if loss.is_final else ''}"
    if tariff := method.cost(values):
        yield f"It costs {method.estimate(values)}: {tariff}." if method.estimate else f"It costs {tariff}."


def _campaign(wanted: Order, digest: str) -> str:
    """By its name, which people know; by its digest where the vendor does not tell one."""
    if not wanted.campaign:
        several = "campaigns with the digests" if len(wanted.codes) > 1 else "campaign with the digest"
        return f"{several} {clean(digest, LONGEST_VALUE)}"
    pending = "" if wanted.pending is None else f", {wanted.pending:,} targets pending"
    return f"{clean(wanted.campaign)} (digest {digest}{pending})"
