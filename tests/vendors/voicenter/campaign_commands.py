"""Commands about one campaign."""

from typing import Any, TypeVar

from tests.vendors.commands import CAMPAIGN_CODE
from wallboard.domain.campaign_actions import AddTargets, CampaignCommand
from wallboard.domain.feeds import FeedKey
from wallboard.domain.targets import NewTarget

Made = TypeVar("Made", bound=CampaignCommand)

WHOLE = NewTarget(
    line=7,
    number="972500000001",
    name='נועה "שלו" \u200f',
    caller_id="0790000000",
    priority=42,
    custom=(("var_LeadID", "001234"), ("var_עיר", "ירושלים")),
    dial_at=1_602_750_000,
)
ABROAD = NewTarget(line=8, number="442079460958")


def made(kind: type[Made], **values: Any) -> Made:
    return kind(
        source="Head office",
        target="a1",
        words="סקר",
        feed=FeedKey("Head office", "GetCampaignList"),
        code=CAMPAIGN_CODE,
        **values,
    )


def bulk(*new: NewTarget) -> AddTargets:
    return made(AddTargets, new=new, file="0" * 64)
