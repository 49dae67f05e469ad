"""What Yemot's methods answer, in its spelling."""

from typing import Annotated, Any

from pydantic import Field, PlainValidator

from wallboard.vendors.wire import (
    Amount,
    Count,
    Epoch,
    Flag,
    Id,
    RowsOrEmptyObject,
    Seconds,
    Text,
    Wire,
    object_or_none,
)


class QueueData(Wire):
    """Asterisk's counters of one queue."""

    abandoned: Count = Field(None, alias="Abandoned")
    calls: Count = Field(None, alias="Calls")  # waiting now
    completed: Count = Field(None, alias="Completed")
    talk_time: Seconds = Field(None, alias="TalkTime")
    hold_time: Seconds = Field(None, alias="Holdtime")
    max: Count = Field(None, alias="Max")
    strategy: Text = Field("", alias="Strategy")


class Member(Wire):
    """One agent of a queue."""

    id: Id = Field(alias="agent")
    status: Text = Field("", alias="Status")
    calls_taken: Count = Field(None, alias="CallsTaken")
    last_call: Epoch = Field(None, alias="LastCallUnitTime")
    is_paused: Flag = Field(None, alias="Paused")
    penalty: Count = Field(None, alias="Penalty")


class Entry(Wire):
    """One waiting caller."""

    id: Id = Field(alias="CallId")
    phone: Text = ""
    wait: Seconds = Field(None, alias="Wait")
    position: Count = Field(None, alias="Position")


class QueueRealTime(Wire):
    """GetQueueRealTime."""

    queue: QueueData = Field(alias="queueData")
    members: RowsOrEmptyObject
    entries: RowsOrEmptyObject


class CustomerData(Wire):
    """GetCustomerData, without its passwords."""

    name: Text = ""
    units: Amount = None
    units_expire_on: Text = Field("", alias="unitsExpireDate")
    has_expired: Flag = Field(None, alias="expiredUnits")


class QueueManaged(Wire):
    """QueueManagement. `calls`, by their ids, is told of a kick."""

    calls: Annotated[dict[str, Any] | None, PlainValidator(object_or_none)] = Field(None, alias="status")
