"""What Yemot answers of tasks, telephones, numbers, lists and units, in its spelling. Passwords are not read."""

from typing import Annotated, Any

from pydantic import Field, PlainValidator

from wallboard.vendors.wire import Amount, Count, Flag, Id, LongText, RowsOrEmptyObject, RowsOrUnknown, Text, Wire


class TransactionRow(Wire):
    """One movement of units."""

    at: Text = Field("", alias="transactionTime")
    amount: Amount = None
    description: LongText = ""
    balance: Amount = Field(None, alias="newBalance")
    expires_on: Text = Field("", alias="expireDate")
    who: Text = ""


class Transactions(Wire):
    """GetCustomerSmsTransactions."""

    rows: RowsOrEmptyObject


class TaskRow(Wire):
    """A scheduled task, as the list tells it."""

    id: Id
    description: LongText = ""  # sent back whole when the task is switched
    type: Text = ""
    created_at: Text = Field("", alias="createTs")
    status: Text = ""
    is_active: Flag = Field(None, alias="active")
    mails_end: Flag = Field(None, alias="sendMailInEnd")
    mails_error: Flag = Field(None, alias="sendMailInError")
    next_run: Text = Field("", alias="nextRun")


class TaskList(Wire):
    """GetTasks."""

    tasks: RowsOrEmptyObject


Raw = Annotated[Any, PlainValidator(lambda value: value)]


class TaskData(TaskRow):
    """GetTasksData; run times as they came, for what is misread there would be sent back."""

    updated_at: Text = Field("", alias="updateTs")
    last_run: Text = Field("", alias="lastRun")
    minute: Raw = None
    hour: Raw = None
    day: Raw = None
    month: Raw = None
    year: Raw = None
    days: Raw = Field(None, alias="days_of_week")
    action: Raw = Field(None, alias="action_data")


class TaskRunRow(Wire):
    """One run of a task."""

    id: Text = ""
    has_succeeded: Flag = Field(None, alias="succeeded")
    error: LongText = Field("", alias="error_message")
    at: Text = Field("", alias="ts")


class TaskLogs(Wire):
    """GetTasksLogs."""

    logs: RowsOrEmptyObject


class SipAccountRow(Wire):
    """A telephone by internet."""

    id: Id
    number: Text = Field("", alias="accountNumber")
    extension: Text = Field("", alias="customerExtension")
    transport: Text = ""
    caller_id: Text = Field("", alias="specialCallerID")
    created_at: Text = Field("", alias="created_date")


class SipAccountList(Wire):
    """GetSipAccountsInCustomer."""

    accounts: RowsOrEmptyObject
    most: Count = Field(None, alias="accountLimit")


class SecondaryRow(Wire):
    """A further number of the system."""

    id: Id
    number: Text = Field("", alias="did")
    usage: LongText = ""


class CallerIdRow(Wire):
    """An approved number."""

    number: Text = Field("", alias="callerId")
    until: Text = Field("", alias="expiryDate")


class NumberData(Wire):
    """GetCustomerData, its numbers."""

    main: Text = Field("", alias="mainDid")
    secondary: RowsOrUnknown = Field(None, alias="secondary_dids")
    caller_ids: RowsOrUnknown = Field(None, alias="callerIds")


class RingListRow(Wire):
    """A one-ring list."""

    name: Id = Field(alias="listName")
    subscribers: Count = None


class RingListData(Wire):
    """TzintukimListManagement, getlists."""

    lists: RowsOrEmptyObject


class SubscriberRow(Wire):
    """A subscribed number."""

    number: Text = Field("", alias="phone")
    name: Text = ""


class Subscribers(Wire):
    """TzintukimListManagement, getlistEnteres."""

    rows: RowsOrEmptyObject = Field(alias="enteres")


class EventRow(Wire):
    """What was done to a list."""

    date: Text = Field("", alias="Date")
    time: Text = Field("", alias="Time")
    what: Text = Field("", alias="TypeOperation")
    by: Text = Field("", alias="Phone")
    number: Text = Field("", alias="PhoneAction")
    folder: Text = Field("", alias="Folder")


class Events(Wire):
    """TzintukimListManagement, getLogList."""

    events: RowsOrEmptyObject
