"""Reports: of what was sent here, and of the queues' calls as a ymgr file tells them."""

import csv
import html
import io
from collections.abc import Mapping

from wallboard.simulator.entities import Caller, Outcome
from wallboard.simulator.floor import Floor
from wallboard.simulator.scenario import Vendor
from wallboard.simulator.system.numbers import MAIN_NUMBER
from wallboard.simulator.system.units import RefusedError
from wallboard.simulator.wire import Reply
from wallboard.simulator.world import World
from wallboard.simulator.yemot.command import Answer, Command, Parameters
from wallboard.simulator.yemot.times import local_time

_ROWS = 500
_STATUSES = {Outcome.ANSWERED: "CONTINUE", Outcome.ABANDONED: "HANGUP", Outcome.KICKED: "KICK"}
# What the columns are called to people, by language; another language has the raw names.
_COLUMNS = {
    "HE": {
        "Folder": "שלוחה",
        "Phone": "טלפון",
        "Date": "תאריך",
        "Time": "שעה",
        "QueueStatus": "סטטוס",
        "QueueWaitingSeconds": "שניות המתנה",
    },
    "EN": {"QueueStatus": "Status", "QueueWaitingSeconds": "Seconds of waiting"},
}


def _campaign(world: World, parameters: Parameters) -> Answer:
    """Only of billing details that begin with Start-YA-."""
    if not parameters.bit("json"):
        raise RefusedError("Missing parameters: json")
    campaign = world.system.sending.campaign(parameters.required("CampaignId"))
    data = {
        "CampaignId": campaign.id,
        "Type": campaign.kind,
        "CustomerDID": MAIN_NUMBER,
        "createTS": local_time(world.floor, campaign.moment),
        "Count": len(campaign.report),
    }
    return {"responseStatus": "OK", "CampaignData": data, "report": campaign.report}


def _render(world: World, parameters: Parameters) -> Answer | Reply:
    """`wath` is the vendor's spelling. An error is JSON, whatever was asked for."""
    path, kind = parameters.required("wath"), parameters.required("convertType")
    if world.system.files.find(path) is None or not path.endswith(".ymgr"):
        raise RefusedError("הקובץ לא נמצא")
    if kind not in {"html", "csv", "json"}:
        raise RefusedError("Wrong parameters: convertType")
    language = parameters.text("renderLanguage") or "HE"
    titles = {} if parameters.bit("notLoadLang") else _COLUMNS.get(language, {})
    ended = [caller for caller in world.floor.finished if caller.queue.vendor is Vendor.YEMOT][-_ROWS:]
    rows = [{titles.get(name, name): value for name, value in _row(world.floor, one).items()} for one in ended]
    if kind == "json":
        return {"responseStatus": "OK", "yALogsVersion": "1.4.12", "data": rows}
    names = [titles.get(name, name) for name in _COLUMNS["HE"]]
    if kind == "csv":
        return Reply(_csv(names, rows), content_type="text/csv; charset=utf-8")
    return Reply(_page(names, rows), content_type="text/html; charset=utf-8")


def _row(floor: Floor, caller: Caller) -> dict[str, str]:
    local = floor.local(caller.joined_at)
    waited = (caller.ended_at or floor.now) - caller.joined_at
    return {
        "Folder": caller.queue.key.strip("/"),
        "Phone": caller.phone,
        "Date": f"{local:%d/%m/%Y}",
        "Time": f"{local:%H:%M:%S}",
        "QueueStatus": _STATUSES.get(caller.outcome, ""),
        "QueueWaitingSeconds": str(int(waited)),
    }


def _csv(names: list[str], rows: list[dict[str, str]]) -> bytes:
    """With a byte order mark, for spreadsheets."""
    text = io.StringIO()
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _page(names: list[str], rows: list[dict[str, str]]) -> bytes:
    head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
    lines = ("".join(f"<td>{html.escape(row[name])}</td>" for name in names) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<!DOCTYPE html><html dir='rtl'><body><table><tr>{head}</tr>{body}</table></body></html>".encode()


COMMANDS: Mapping[str, Command] = {"ViewCampaignReports": Command(_campaign), "RenderYMGRFile": Command(_render)}
