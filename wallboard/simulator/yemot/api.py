"""All commands, and who may give them."""

from collections.abc import Mapping

from wallboard.simulator.request_log import ApiCall
from wallboard.simulator.system.units import RefusedError
from wallboard.simulator.wire import JSON, Reply, encode, same_secret
from wallboard.simulator.world import World
from wallboard.simulator.yemot import customer, files, lines, lists, queues, reports, sending, sip, tasks
from wallboard.simulator.yemot.command import CLASSIC_ENGINE, Answer, Command, Parameters, error

COMMANDS: Mapping[str, Command] = {
    **queues.COMMANDS,
    **customer.COMMANDS,
    **sending.COMMANDS,
    **lines.COMMANDS,
    **lists.COMMANDS,
    **tasks.COMMANDS,
    **sip.COMMANDS,
    **files.COMMANDS,
    **reports.COMMANDS,
}


def answer(world: World, call: ApiCall) -> Reply:
    """Answer a request; HTTP 200 whatever happens, as the vendor does."""
    given = _answer(world, call)
    return given if isinstance(given, Reply) else Reply(encode(given))


def _answer(world: World, call: ApiCall) -> Answer | Reply:
    command = COMMANDS.get(call.method)
    if command is None:
        return error(f"{call.method} is not simulated; there are {', '.join(COMMANDS)}")
    if command.is_json_only and (call.verb != "POST" or call.content_type != JSON):
        return error(f"{call.method} takes only POST with a JSON body")
    refusal = _refusal(world, call)
    if refusal is not None:
        return refusal
    world.advance()
    try:
        return command.respond(world, Parameters(call.parameters))
    except RefusedError as refused:
        return error(refused.message, refused.code)


def _refusal(world: World, call: ApiCall) -> Answer | None:
    token = call.authorization if call.authorization is not None else call.parameters.get("token", "")
    if not same_secret(token, world.access.token):
        return {"responseStatus": "FORBIDDEN", "message": "user name or password do not match", **CLASSIC_ENGINE}
    if world.access.is_session_expired:
        message = "IllegalStateException(session token is invalid)"
        return {**CLASSIC_ENGINE, "responseStatus": "EXCEPTION", "message": message}
    return None
