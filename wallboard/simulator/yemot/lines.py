"""Bridges and faxes."""

from collections.abc import Mapping

from wallboard.simulator.request_log import Upload
from wallboard.simulator.system.lines import UNITS_TO_SET_UP, Bridge
from wallboard.simulator.system.units import RefusedError
from wallboard.simulator.world import World
from wallboard.simulator.yemot.command import Answer, Command, Parameters, ok

_UPLOAD = "UPLOAD"
_EMAIL = "office@example.invalid"


def _bridge(world: World, parameters: Parameters) -> Answer:
    """With DialSip the number in `Phones` does not matter, but it has to be there."""
    system, shown = world.system, world.system.numbers.caller_id(parameters.text("callerId"))
    if "Phones" not in parameters:
        raise RefusedError("Missing parameters: Phones")
    customer = parameters.required("BridgePhones")
    account = None
    if parameters.bit("DialSipExtension"):
        account = system.sip.of_extension(parameters.number("SipExtension"))
    elif parameters.bit("DialSip"):
        account = system.sip.account(parameters.number("AccountNumber"))
    if account is not None:
        agent = system.sip.agent_of(account)
    else:
        agent = system.lines.agent_at(parameters.required("Phones"))
    bridge = Bridge(system.sending.new_line_id(), customer, agent, is_sip=account is not None)
    system.lines.bridge(bridge)
    return ok(
        CampaignId=bridge.id,
        callerId=shown,
        callsCount=1,
        bilingPerCall=UNITS_TO_SET_UP,
        biling=f"{UNITS_TO_SET_UP:.2f}",
        SendMailInCall=parameters.bit("SendMailInCall"),
        RecordCall=parameters.bit("RecordCall"),
        SendMailInCallTo=parameters.text("SendMailInCallTo") or _EMAIL,
    )


def _fax(world: World, parameters: Parameters) -> Answer:
    system, path = world.system, parameters.required("pdfFile")
    parameters.required("phone")
    shown = system.numbers.caller_id(parameters.text("callerId"))
    upload = parameters.get("fileToUpload")
    if path == _UPLOAD:
        if not isinstance(upload, Upload) or not upload.content:
            raise RefusedError("Missing parameters: fileToUpload")
        path = upload.name
    elif system.files.find(path) is None:
        raise RefusedError("הקובץ לא נמצא")
    if not path.lower().endswith(".pdf"):
        raise RefusedError("ניתן לשלוח בפקס קובץ PDF בלבד")
    fax_id = system.sending.new_line_id()
    system.lines.fax(fax_id)
    answer = ok(
        callerId=shown,
        CampaignId=fax_id,
        fileNameSend=path,
        callsCount=1,
        bilingPerCall=UNITS_TO_SET_UP,
        biling=UNITS_TO_SET_UP,
    )
    return {**answer, "deliveryUrl": parameters.text("deliveryUrl")} if parameters.text("deliveryUrl") else answer


COMMANDS: Mapping[str, Command] = {"CreateBridgeCall": Command(_bridge), "SendFax": Command(_fax)}
