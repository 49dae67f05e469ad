"""A scripted call centre: how many there are of everything, and how much of it changes from poll to poll, is known."""

import json
from dataclasses import asdict, dataclass
from random import Random
from typing import Any, Literal

OLDEST_CALL_SECONDS = 3_000
CALLERS_PATIENCE_SECONDS = 600
CAMPAIGNS = 6
YEMOT_MEMBERS = 4
_TEAMS = 8
_NAMES = ("נועה שלו", "Dana Levi", "יואב ברק", "Omer Tal")
_DIFFICULT_NAMES = (
    "李小龍",
    "e\u0301lan",
    "שָׁלוֹם",
    "한국어 김",
    "נועה (2) שלו",
    "ｆｕｌｌ",
    "🙂 Ruth",
    "مكتب",
    "א" * 40,
)
_DIRECTIONS = ("Incoming", "Outgoing", "Click2Call")

Change = Literal["phones", "calls"]


@dataclass(frozen=True, slots=True)
class Script:
    """What is on the floor.

    Args:
        agents: at Voicenter; told all at once.
        queues: of Voicenter; told all at once.
        yemot_queues: of Yemot; each a request.
        callers: who wait, in the queues of Voicenter by turns.
        share: of the agents' rows that change from one poll to the next, 0 to 1.
        change: `phones`: another number and direction in the same call, so that nobody changes his place;
            `calls`: another call altogether, so that everybody may.
        spared: so many agents, from the longest call on, never change: those that a screen shows.
        is_moving: at every poll the first caller leaves the queue and another joins at its end; nobody's waiting time
            is told, so that nothing else changes.
        has_difficult_names: wide letters, combining marks and Hebrew of every kind.
        seed: of all chance.
    """

    agents: int = 50
    queues: int = 3
    yemot_queues: int = 0
    callers: int = 8
    share: float = 0.0
    change: Change = "phones"
    spared: int = 0
    is_moving: bool = False
    has_difficult_names: bool = False
    seed: int = 1

    def to_json(self) -> str:
        return json.dumps(asdict(self))


class Floor:
    """The bodies of the vendors' answers. `now` is seconds since the epoch, UTC.

    Bodies that did not change are the same bytes.
    """

    def __init__(self, script: Script, now: float) -> None:
        self.script = script
        self._random = Random(script.seed)
        self._began = int(now)
        self._rows = [self._first_row(number) for number in range(script.agents)]
        self._extensions = _listed("EXTENSIONS", map(_encoded, self._rows))
        self._encoded = [_encoded(row) for row in self._rows]
        self._polls = 0

    def extensions_calls(self, now: float) -> bytes:
        """GetExtensionsCalls; each time the scripted share of the rows is another."""
        script = self.script
        self._polls += 1
        changing = round(script.share * script.agents)
        if self._polls > 1 and changing:
            for number in self._random.sample(range(script.spared, script.agents), changing):
                self._change(self._rows[number], int(now))
                self._encoded[number] = _encoded(self._rows[number])
            self._extensions = _listed("EXTENSIONS", self._encoded)
        return self._extensions

    def queues_callers(self, now: float) -> bytes:
        """GetQueuesCallers."""
        script = self.script
        gone = self._polls if script.is_moving else 0
        waiting: list[list[dict[str, Any]]] = [[] for _ in range(script.queues)]
        for number in range(gone, gone + script.callers if script.queues else gone):
            waiting[number % script.queues].append(self._caller(number, int(now)))
        return _listed(
            "QUEUES",
            (
                _encoded({"Name": f"תור {number}", "ID": 90_000_000 + number, "Weight": 0, "Callers": callers})
                for number, callers in enumerate(waiting, 1)
            ),
        )

    def extensions(self, now: float) -> bytes:
        """GetExtensions."""
        return _listed(
            "EXTENSIONS",
            (
                _encoded({"SIP": row["username"], "Name": row["name"], "AccountName": f"Team {number % _TEAMS + 1}"})
                for number, row in enumerate(self._rows)
            ),
        )

    def campaigns(self, now: float) -> bytes:
        """GetCampaignList."""
        data = [
            {
                "Name": f"Campaign {number}",
                "StatusName": "Enabled" if number % 3 else "Disabled",
                "TotalPendingCalls": 100 * number,
                "MaxPriority": 5,
                "MinPriority": 1,
                "TotalAwaitingCalls": 90 * number,
                "Code": f"invented-code-{number:02}",
            }
            for number in range(1, CAMPAIGNS + 1)
        ]
        return _encoded({"Data": data, "ErrorCode": 0, "Description": "OK"})

    def real_time(self, path: str, now: float) -> bytes:
        """GetQueueRealTime of one queue: one caller waits."""
        number = int(path.strip("/") or 0)
        counts = {
            "Abandoned": number % 7,
            "Completed": 10 + number,
            "TalkTime": 187,
            "Holdtime": 52,
            "Max": 0,
            "Calls": 1,
            "Strategy": "ringall",
        }
        members = [
            {
                "agent": f"{number:03}{member}",
                "Status": "1",
                "CallsTaken": member,
                "LastCallUnitTime": "0",
                "Paused": False,
                "Penalty": "0",
            }
            for member in range(YEMOT_MEMBERS)
        ]
        wait = int(now) - self._began + number % CALLERS_PATIENCE_SECONDS
        entries = [{"phone": f"05100{number:05}", "Wait": str(wait), "Position": "1", "CallId": f"{number:032x}"}]
        return _encoded({"responseStatus": "OK", "queueData": counts, "members": members, "entries": entries})

    def customer_data(self, now: float) -> bytes:
        """GetCustomerData."""
        return _encoded({"responseStatus": "OK", "name": "Bench", "units": "1234", "mainDid": "0790000000"})

    def _first_row(self, number: int) -> dict[str, Any]:
        names = _DIFFICULT_NAMES if self.script.has_difficult_names else _NAMES
        age = OLDEST_CALL_SECONDS - number * (OLDEST_CALL_SECONDS - 100) // max(1, self.script.agents)
        return {
            "name": f"שלוחה {number}",
            "representative": f"{names[number % len(names)]} {number}",
            "username": f"SIP{number:05}",
            "extensionID": 800_000 + number,
            "userID": 700_000 + number,
            "onlineUserID": 700_000 + number,
            "onlineUserStatus": 1,
            "calls": [self._call(number, self._began - age)],
        }

    def _call(self, number: int, started: int) -> dict[str, Any]:
        call_id = f"{number:05}{self._random.getrandbits(48):012x}"
        return {
            "callStarted": started,
            "callAnswered": started + 1,
            "answered": 1,
            "callername": "",
            "callerphone": f"0500{self._random.randrange(10**6):06}",
            "callstatus": "Talking",
            "customdata": {},
            "direction": self._random.choice(_DIRECTIONS),
            "ivrid": call_id,
            "recording": {"Filename": f"{call_id}-aws.mp3", "IsMuted": 0},
            "did": "0790000001",
        }

    def _change(self, row: dict[str, Any], now: int) -> None:
        call = row["calls"][0]
        if self.script.change == "phones":
            call["callerphone"] = f"0500{self._random.randrange(10**6):06}"
            call["direction"] = _DIRECTIONS[(_DIRECTIONS.index(call["direction"]) + 1) % len(_DIRECTIONS)]
        else:
            started = now - self._random.randrange(100, OLDEST_CALL_SECONDS)
            row["calls"] = [self._call(row["extensionID"] - 800_000, started)]

    def _caller(self, number: int, now: int) -> dict[str, Any]:
        caller = {"Phone": f"0510{number * 791_937 % 10**6:06}", "CallID": f"2020{number:012}"}
        if self.script.is_moving:
            return caller
        joined = self._began - 5 - number * 7 % CALLERS_PATIENCE_SECONDS
        return {**caller, "JoinTime": joined, "Duration": now - joined}


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _encoded(value: object) -> bytes:
    return _ENCODER.encode(value).encode()


def _listed(key: str, rows: Any) -> bytes:
    return b'{"ERR":0,"DESC":"OK","%s":[%s]}' % (key.encode(), b",".join(rows))
