"""What Voicenter's methods answer, in its spelling."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from wallboard.vendors.wire import (
    Count,
    Epoch,
    Flag,
    Id,
    Rows,
    RowsOrEmptyObject,
    RowsOrUnknown,
    Seconds,
    Text,
    Wire,
    object_or_none,
)


class Recording(Wire):
    """Of one call."""

    is_muted: Flag = Field(None, alias="IsMuted")


class Call(Wire):
    """One live leg at an extension. Epochs are the vendor's wall clock."""

    id: Id = Field(alias="ivrid")
    started: Epoch = Field(None, alias="callStarted")
    answered: Epoch = Field(None, alias="callAnswered")
    name: Text = Field("", alias="callername")
    phone: Text = Field("", alias="callerphone")
    status: Text = Field("", alias="callstatus")
    direction: Text = ""
    recording: Annotated[Recording | None, BeforeValidator(object_or_none)] = None
    queue: Text = Field("", alias="queueID")


class Extension(Wire):
    """One extension with the agent at it. `calls` is None where they are not told."""

    id: Id = Field(alias="username")
    name: Text = ""
    representative: Text = ""
    online_user: Text = Field("", alias="onlineUserID")  # "0": nobody
    status: Text = Field("", alias="onlineUserStatus")
    calls: RowsOrUnknown = None


class QueueCaller(Wire):
    """One waiting caller."""

    id: Id = Field(alias="CallID")
    phone: Text = Field("", alias="Phone")
    join_time: Epoch = Field(None, alias="JoinTime")
    duration: Seconds = Field(None, alias="Duration")


class QueueRow(Wire):
    """One queue. `callers` is None where they are not told."""

    id: Id = Field(alias="ID")
    name: Text = Field("", alias="Name")
    weight: Count = Field(None, alias="Weight")
    callers: RowsOrUnknown = Field(None, alias="Callers")


class DirectoryRow(Wire):
    """One extension of the organisation's list."""

    id: Id = Field(alias="SIP")
    name: Text = Field("", alias="Name")
    speed_dial: Text = Field("", alias="SpeedDial")
    account_name: Text = Field("", alias="AccountName")


class CampaignRow(Wire):
    """One campaign. Its code is a secret."""

    code: Id = Field(alias="Code", repr=False)
    name: Text = Field("", alias="Name")
    status: Text = Field("", alias="StatusName")
    pending: Count = Field(None, alias="TotalPendingCalls")
    awaiting: Count = Field(None, alias="TotalAwaitingCalls")
    min_priority: Count = Field(None, alias="MinPriority")
    max_priority: Count = Field(None, alias="MaxPriority")

    @property
    def id(self) -> str:
        return f"{self.code}\n{self.name}"


class MemberRow(Wire):
    """An extension whose agent a campaign rings."""

    id: Id = Field(alias="Member")
    name: Text = Field("", alias="DisplayName")


class ExtensionsCalls(Wire):
    """GetExtensionsCalls."""

    extensions: Rows = Field(alias="EXTENSIONS")


class QueuesCallers(Wire):
    """GetQueuesCallers."""

    queues: Rows = Field(alias="QUEUES")


class Extensions(Wire):
    """GetExtensions."""

    extensions: Rows = Field(alias="EXTENSIONS")


class CampaignList(Wire):
    """GetCampaignList."""

    campaigns: Rows = Field(alias="Data")


class CampaignSwitched(Wire):
    """StopCampaign and StartCampaign; their envelope tells all."""


class MembersList(Wire):
    """GetMembersList."""

    members: RowsOrEmptyObject = Field(alias="Data")
