"""SIP accounts, on servers that have them."""

from collections.abc import Callable, Mapping

from wallboard.simulator.system.numbers import MAIN_NUMBER
from wallboard.simulator.system.sip import SipAccount
from wallboard.simulator.world import World
from wallboard.simulator.yemot.command import Answer, Command, Parameters, error, ok
from wallboard.simulator.yemot.times import local_time


def _create(world: World, parameters: Parameters) -> Answer:
    account = world.system.sip.create(parameters.number("extNumber"))
    return ok(accountID=account.id, accountNumber=account.number, PASS=account.password)


def _accounts(world: World, _parameters: Parameters) -> Answer:
    sip = world.system.sip
    sip.require()
    return ok(accounts=[_row(world, account) for account in sip.by_number.values()], accountLimit=sip.limit)


def _row(world: World, account: SipAccount) -> Answer:
    row = {
        "id": account.id,
        "accountNumber": account.number,
        "transport": "transport-wss" if account.is_wss else "transport-udp",
        "callerid": MAIN_NUMBER,
        "specialCallerID": account.caller_id,
        "password": account.password,
        "created_date": local_time(world.floor, account.created_at),
    }
    return row if account.extension is None else {**row, "customerExtension": account.extension}


def _transport(*, is_wss: bool) -> Callable[[World, Parameters], Answer]:
    def respond(world: World, parameters: Parameters) -> Answer:
        world.system.sip.account(parameters.number("accountNumber")).is_wss = is_wss
        return ok()

    return respond


def _caller_id(world: World, parameters: Parameters) -> Answer:
    parameters.required("accountNumber")
    account = world.system.sip.account(parameters.number("accountNumber"))
    account.caller_id = world.system.numbers.caller_id(parameters.required("callerId"))
    return ok()


def _delete(world: World, parameters: Parameters) -> Answer:
    return ok(affected_rows=world.system.sip.delete(parameters.numbers("accountNumber")))


def _extension(world: World, parameters: Parameters) -> Answer:
    """Set without a number takes the number away."""
    action = parameters.required("SipExtensionManagement")
    account = world.system.sip.account(parameters.number("accountNumber"))
    if action == "Set":
        world.system.sip.extend(account, parameters.number("extNumber"))
    elif action != "Get":
        return error(f"SipExtensionManagement must be Get or Set, not {action}")
    return ok(extNumber=account.extension)


COMMANDS: Mapping[str, Command] = {
    "CreateSipAccount": Command(_create),
    "GetSipAccountsInCustomer": Command(_accounts),
    "SipToWss": Command(_transport(is_wss=True)),
    "SipToUdp": Command(_transport(is_wss=False)),
    "EditCallerIdInSipAccount": Command(_caller_id),
    "DeleteSipAccount": Command(_delete),
    "SipExtensionManagement": Command(_extension),
}
