"""SIP accounts; on servers that support them."""

from collections.abc import Mapping
from typing import Any

from wallboard.vendors.loss import Loss
from wallboard.vendors.method import Mode
from wallboard.vendors.parameter import ValueType, conditional, defaulted, optional, required
from wallboard.vendors.rules import Rule
from wallboard.vendors.yemot.methods.declaring import FIRST_ACCOUNT, SIP_EXTENSION, command
from wallboard.vendors.yemot.methods.verdicts import removed

_ACCOUNT_OR_FIRST = defaulted("accountNumber", FIRST_ACCOUNT, ValueType.INTEGER)
_STATUS = "responseStatus  string"


_ACCOUNTS = Rule(
    "must be an account's number, or a list of at least one",
    lambda value: type(value) is int or (bool(value) and all(type(number) is int for number in value)),
)


def _lost_accounts(values: Mapping[str, Any]) -> Loss:
    named = values["accountNumber"]
    several = isinstance(named, list | tuple) and len(named) > 1
    numbers = ", ".join(map(str, named)) if isinstance(named, list | tuple) else str(named)
    return Loss(f"deletes SIP account{'s' * several} {numbers}")


def _lost_extension(values: Mapping[str, Any]) -> Loss | None:
    if "extNumber" in values:
        return None
    account = f"SIP account {values['accountNumber']}" if "accountNumber" in values else FIRST_ACCOUNT
    return Loss(f"deletes the extension number of {account}")


CREATE_SIP_ACCOUNT = command(
    "CreateSipAccount",
    "Creates a SIP account; its password is in the answer.",
    optional("extNumber", ValueType.INTEGER, rules=(SIP_EXTENSION,)),
    is_mutating=True,
    answer="""
        responseStatus  string
        accountID       string
        accountNumber   integer
        PASS            string  secret
    """,
)

GET_SIP_ACCOUNTS_IN_CUSTOMER = command(
    "GetSipAccountsInCustomer",
    "Lists the system's SIP accounts, with their passwords.",
    answer="""
        responseStatus                string
        accounts                      array
        accounts[].id                 string
        accounts[].accountNumber      integer
        accounts[].customerExtension  integer
        accounts[].transport          string
        accounts[].callerid           string
        accounts[].specialCallerID    string
        accounts[].password           string  secret
        accounts[].created_date       string
        accountLimit                  integer
    """,
)

SIP_TO_WSS = command(
    "SipToWss",
    "Lets a SIP account connect by WebSocket (WSS).",
    _ACCOUNT_OR_FIRST,
    is_mutating=True,
    answer=_STATUS,
)

SIP_TO_UDP = command(
    "SipToUdp",
    "Lets a SIP account connect by UDP.",
    _ACCOUNT_OR_FIRST,
    is_mutating=True,
    answer=_STATUS,
)

EDIT_CALLER_ID_IN_SIP_ACCOUNT = command(
    "EditCallerIdInSipAccount",
    "Sets the outgoing caller ID of a SIP account.",
    required("accountNumber", ValueType.INTEGER),
    required("callerId"),
    is_mutating=True,
    answer=_STATUS,
)

DELETE_SIP_ACCOUNT = command(
    "DeleteSipAccount",
    "Deletes SIP accounts.",
    required("accountNumber", ValueType.INTEGER, ValueType.ARRAY, rules=(_ACCOUNTS,)),
    is_mutating=True,
    verdict=removed("affected_rows", "accountNumber"),
    loses=_lost_accounts,
    answer="""
        responseStatus  string
        affected_rows   integer
    """,
)

SIP_EXTENSION_MANAGEMENT = command(
    "SipExtensionManagement",
    "Tells a SIP account's extension number or sets it; set without a number, it is deleted.",
    required("SipExtensionManagement"),  # named as the command itself; other commands call it `action`
    _ACCOUNT_OR_FIRST,
    conditional("extNumber", ValueType.INTEGER, rules=(SIP_EXTENSION,)),
    is_mutating=True,
    mode_parameter="SipExtensionManagement",
    modes=(
        Mode("Get", takes=("extNumber",), is_mutating=False),
        Mode("Set", takes=("extNumber",), loses=_lost_extension),
    ),
    answer="""
        responseStatus  string
        extNumber       integer
    """,
)

METHODS = (
    CREATE_SIP_ACCOUNT,
    GET_SIP_ACCOUNTS_IN_CUSTOMER,
    SIP_TO_WSS,
    SIP_TO_UDP,
    EDIT_CALLER_ID_IN_SIP_ACCOUNT,
    DELETE_SIP_ACCOUNT,
    SIP_EXTENSION_MANAGEMENT,
)
