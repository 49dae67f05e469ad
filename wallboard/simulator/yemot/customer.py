"""The system itself: its numbers, its owner, its units."""

from collections.abc import Mapping
from datetime import datetime

from wallboard.simulator.floor import ZONE
from wallboard.simulator.system.numbers import MAIN_NUMBER
from wallboard.simulator.system.units import RefusedError
from wallboard.simulator.world import World
from wallboard.simulator.yemot.command import CLASSIC_ENGINE, Answer, Command, Parameters, error, ok
from wallboard.simulator.yemot.times import local_time

_UNITS_PER_TEXT, _UNITS_PER_CALL = 0.1, 1.0


def _customer_data(world: World, _parameters: Parameters) -> Answer:
    system, account = world.system, world.scenario.account
    units = system.units.balance
    return {
        "responseStatus": "OK",
        **CLASSIC_ENGINE,
        "mainDid": MAIN_NUMBER,
        "secondary_dids": [{"id": s.id, "did": s.number, "usage": s.usage} for s in system.numbers.secondary],
        "callerIds": [
            {"callerId": number, "expiryDate": f"{datetime.fromtimestamp(until, ZONE):%Y-%m-%d %H:%M:%S}"}
            for number, until in system.numbers.approved.items()
        ],
        "name": account.name,
        "expiredUnits": units <= 0,
        "unitsExpireDate": system.units.expires_on,
        "email": "office@example.invalid",
        "organization": account.name,
        "contactName": "שקד אלמוג",
        "phones": "0790000000",
        "invoiceName": account.name,
        "invoiceAddress": "",
        "fax": "",
        "accessPassword": "demo-access-password",
        "units": f"{units:.2f}",
        "recordPassword": "demo-record-password",
        "resellerCreditFile": "",
        "systemSite": "ymta",
        "pirsumPhoneStatus": system.is_in_pirsum,
        "ivrType": "IVR2",
    }


def _transactions(world: World, _parameters: Parameters) -> Answer:
    """The newest first."""
    units = world.system.units
    rows = [
        {
            "transactionTime": local_time(world.floor, transaction.moment),
            "amount": transaction.amount,
            "description": transaction.description,
            "newBalance": round(transaction.balance, 2),
            "expireDate": units.expires_on,
            "who": transaction.who,
        }
        for transaction in reversed(units.transactions)
    ]
    return ok(rows=rows)


def _secondary_number(world: World, parameters: Parameters) -> Answer:
    system, usage = world.system, parameters.required("newUsage")
    if usage.startswith("sip:"):
        system.sip.require_place(usage.removeprefix("sip:"))
    system.numbers.lead(parameters.number("secondaryDidId"), usage)
    return ok(status=True)


def _validation(world: World, parameters: Parameters) -> Answer:
    system, action = world.system, parameters.required("action")
    if action == "valid":
        return ok(status=system.numbers.approve(parameters.required("reId"), parameters.required("code")))
    if action != "send":
        return error(f"action must be send or valid, not {action}")
    number, how = parameters.required("callerId"), parameters.required("validType")
    if how not in {"SMS", "CALL"}:
        raise RefusedError("Wrong parameters: validType")
    if not number.isdecimal():
        raise RefusedError("מספר לא תקין", 120)
    units = _UNITS_PER_TEXT if how == "SMS" else _UNITS_PER_CALL
    system.units.require(units)
    system.units.charge(units, f"ValidationCallerId {how}")
    return ok(reqId=system.numbers.ask(number))


def _pirsum(world: World, parameters: Parameters) -> Answer:
    action = parameters.required("action")
    if action == "GetRegistrationStatus":
        return ok(registrationStatus=world.system.is_in_pirsum)
    if action not in {"Registration", "UnRegistration"}:
        return error(f"action must be GetRegistrationStatus, Registration or UnRegistration, not {action}")
    world.system.is_in_pirsum = action == "Registration"
    return ok(results="OK")


COMMANDS: Mapping[str, Command] = {
    "GetCustomerData": Command(_customer_data),
    "GetCustomerSmsTransactions": Command(_transactions),
    "SetSecondaryDidUsageDescription": Command(_secondary_number),
    "ValidationCallerId": Command(_validation),
    "PirsumPhoneManagement": Command(_pirsum),
}
