"""The campaign desk and the toolbox against the simulator, over HTTP: what is said to be done is seen to be done."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, TypeVar

from tests.simulator.worlds import make_patient_world
from tests.vendors.accounts import part_of
from tests.vendors.simulated import Floor, serving
from wallboard.domain.account_actions import (
    AccountCommand,
    CallBack,
    CreateTask,
    DeleteTask,
    EmptyRingList,
    Schedule,
    SendSms,
    SetNumberUsage,
    SetSipExtension,
    SetSipTransport,
    SwitchTask,
    TaskType,
    Transport,
)
from wallboard.domain.actions import Outcome, Result
from wallboard.domain.campaign_actions import (
    AddMember,
    AddTarget,
    AddTargets,
    CampaignCommand,
    ChangeTarget,
    ClearTargets,
    RemoveMember,
    RemoveTarget,
    SetPace,
)
from wallboard.domain.campaigns import Campaign, CampaignKind
from wallboard.domain.enquiries import (
    MembersOf,
    Numbers,
    PendingTargetsOf,
    RingListEventsOf,
    RingListMembersOf,
    RingLists,
    SipAccount,
    SipAccounts,
    SmsTransactions,
    TaskOf,
    TaskRunsOf,
    Tasks,
)
from wallboard.domain.feeds import FeedKey
from wallboard.domain.targets import NewTarget, PendingTarget

MadeCampaign = TypeVar("MadeCampaign", bound=CampaignCommand)
MadeAccount = TypeVar("MadeAccount", bound=AccountCommand)


def of_campaign(kind: type[MadeCampaign], campaign: Campaign, **values: Any) -> MadeCampaign:
    return kind(source="Head office", target=campaign.id, words="", feed=campaign.feed, code=campaign.code, **values)


def of_system(kind: type[MadeAccount], target: str, **values: Any) -> MadeAccount:
    return kind(source="Main line", target=target, words="", feed=FeedKey("Main line", "GetCustomerData"), **values)


@asynccontextmanager
async def desk(kind: CampaignKind) -> AsyncIterator[tuple[Floor, Campaign]]:
    """A floor and a campaign of this kind."""
    async with serving(make_patient_world()) as floor:
        campaigns = await floor.campaigns()
        yield floor, next(campaign for campaign in campaigns.values() if campaign.kind is kind)


async def pending(floor: Floor, campaign: Campaign) -> dict[str, PendingTarget]:
    told = await floor.voicenter.ask(PendingTargetsOf(campaign.code))
    assert (told.dropped, told.total) == (0, len(told.targets))
    return {target.number: target for target in told.targets}


async def test_targets_come_change_and_go() -> None:
    async with desk(CampaignKind.SMART) as (floor, campaign):
        perform = floor.voicenter.perform
        assert await pending(floor, campaign)
        assert (await perform(of_campaign(ClearTargets, campaign))).result is Result.OK
        assert not await pending(floor, campaign)
        first = NewTarget(1, "972500000001", name="נועה", priority=3, custom=(("var_a", "ב"),))
        assert (await perform(of_campaign(AddTarget, campaign, new=first))).result is Result.OK
        new = (NewTarget(2, "972500000002"), NewTarget(3, "12"), NewTarget(4, "442079460958"))
        outcome = await perform(of_campaign(AddTargets, campaign, new=new, file="0" * 64))
        assert [item.result for item in outcome.items] == [Result.OK, Result.REFUSED, Result.OK]
        assert (outcome.result, outcome.items[1].words) == (Result.OK, "Number is invalid")
        there = await pending(floor, campaign)
        assert there.keys() == {"972500000001", "972500000002", "442079460958"}
        told = there["972500000001"]
        assert (told.name, told.priority, told.custom, told.dial_at) == ("נועה", 3, (("var_a", "ב"),), None)
        changed = replace(first, priority=9, dial_at=2_000_000_000)
        assert (await perform(of_campaign(ChangeTarget, campaign, new=changed))).result is Result.OK
        told = (await pending(floor, campaign))["972500000001"]
        assert (told.name, told.priority, told.custom, told.dial_at) == ("נועה", 9, (("var_a", "ב"),), 2_000_000_000)
        for number in ("972500000001", "442079460958"):
            assert (await perform(of_campaign(RemoveTarget, campaign, number=number))).result is Result.OK
        assert (await pending(floor, campaign)).keys() == {"972500000002"}


async def test_a_wrong_campaign() -> None:
    async with desk(CampaignKind.SMART) as (floor, campaign):
        wrong = replace(campaign, code="0" * 32)
        new = (NewTarget(1, "972500000001"), NewTarget(2, "972500000002"))
        for command in (
            of_campaign(AddTargets, wrong, new=new, file="0" * 64),
            of_campaign(AddTarget, wrong, new=new[0]),
            of_campaign(ClearTargets, wrong),
        ):
            outcome = await floor.voicenter.perform(command)
            assert (outcome.result, outcome.items) == (Result.REFUSED, ())


async def test_members_come_and_go() -> None:
    async with desk(CampaignKind.AGENT) as (floor, campaign):
        members = await floor.voicenter.ask(MembersOf(campaign.code))
        one = members[0]
        assert one.name
        results = [
            (await floor.voicenter.perform(of_campaign(kind, campaign, member=one.id))).result
            for kind in (RemoveMember, RemoveMember, AddMember, AddMember)
        ]
        assert results == [Result.OK, Result.GONE, Result.OK, Result.REFUSED]
        after = await floor.voicenter.ask(MembersOf(campaign.code))
        assert set(after) == set(members)


async def test_the_pace() -> None:
    async with desk(CampaignKind.SMART) as (floor, campaign):
        queues = (await part_of(floor.voicenter.feeds[1])).queues
        pace = of_campaign(SetPace, campaign, queue=queues[0].id, most_waiting=2, coefficient=3)
        assert pace.kind in floor.voicenter.capabilities
        assert (await floor.voicenter.perform(pace)).result is Result.OK


async def test_messages_and_calls_cost_units() -> None:
    async with serving(make_patient_world()) as floor:
        before = (await floor.yemot.ask(SmsTransactions()))[0].balance
        for command in (
            of_system(SendSms, "0500000001", message="שלום"),
            of_system(CallBack, "0500000001", agent_number="0500000002"),
        ):
            assert (await floor.yemot.perform(command)).result is Result.OK
        told = await floor.yemot.ask(SmsTransactions())
        balances = [row.balance for row in told if row.balance is not None]
        assert before is not None
        assert min(balances) < before


async def test_a_task_is_made_switched_off_and_deleted() -> None:
    async with serving(make_patient_world()) as floor:
        schedule = Schedule(minute=3, hour=4, days=frozenset({1, 2}))
        settings = (("smsList", "17"), ("smsMessage", "שלום"))
        create = of_system(CreateTask, "בוקר", type=TaskType.SMS, schedule=schedule, settings=settings)
        assert (await floor.yemot.perform(create)).result is Result.OK
        task = next(task for task in await floor.yemot.ask(Tasks()) if task.description == "בוקר")
        detail = await floor.yemot.ask(TaskOf(task.id))
        assert (detail.schedule, detail.task.is_active, dict(detail.action)["smsMessage"]) == (schedule, True, "שלום")
        switch = of_system(
            SwitchTask,
            task.id,
            is_active=False,
            description=task.description,
            schedule=detail.schedule,
            mails_end=bool(task.mails_end),
            mails_error=bool(task.mails_error),
        )
        assert (await floor.yemot.perform(switch)).result is Result.OK
        switched = await floor.yemot.ask(TaskOf(task.id))
        assert (switched.schedule, switched.task.is_active, switched.task.mails_error) == (schedule, False, True)
        assert await floor.yemot.ask(TaskRunsOf(task.id)) == ()
        results = [(await floor.yemot.perform(of_system(DeleteTask, task.id))).result for _ in range(2)]
        assert results == [Result.OK, Result.GONE]


async def test_a_telephone_is_changed() -> None:
    async with serving(make_patient_world()) as floor:

        async def first() -> SipAccount:
            return (await floor.yemot.ask(SipAccounts())).accounts[0]

        async def perform(command: AccountCommand) -> Outcome:
            return await floor.yemot.perform(command)

        number = (await first()).number
        assert (await perform(of_system(SetSipExtension, number, extension=777))).result is Result.OK
        assert (await first()).extension == "777"
        assert (await perform(of_system(SetSipExtension, number, extension=None))).result is Result.OK
        assert (await first()).extension == ""
        for transport in (Transport.WSS, Transport.UDP):
            assert (await perform(of_system(SetSipTransport, number, transport=transport))).result is Result.OK
            assert (await first()).transport is transport
        assert (await perform(of_system(CallBack, "0500000001", sip_account=int(number)))).result is Result.OK


async def test_a_number_leads_elsewhere_and_a_list_is_emptied() -> None:
    async with serving(make_patient_world()) as floor:
        number = (await floor.yemot.ask(Numbers())).secondary[0]
        change = of_system(SetNumberUsage, number.id, usage="goto:/1/20")
        assert (await floor.yemot.perform(change)).result is Result.OK
        assert (await floor.yemot.ask(Numbers())).secondary[0].usage == "goto:/1/20"
        ring_list = (await floor.yemot.ask(RingLists()))[0]
        subscribers = await floor.yemot.ask(RingListMembersOf(ring_list.name))
        assert len(subscribers) == ring_list.subscribers
        assert (await floor.yemot.perform(of_system(EmptyRingList, ring_list.name))).result is Result.OK
        assert await floor.yemot.ask(RingListMembersOf(ring_list.name)) == ()
        assert (await floor.yemot.ask(RingListEventsOf(ring_list.name)))[-1].what
