"""The parts of a system, put together."""

from random import Random

from wallboard.simulator.desk import Desk
from wallboard.simulator.floor import Floor
from wallboard.simulator.system.files import Files
from wallboard.simulator.system.lines import SystemLines
from wallboard.simulator.system.lists import Lists
from wallboard.simulator.system.numbers import Numbers
from wallboard.simulator.system.schedule import RunTimes
from wallboard.simulator.system.sending import Sending
from wallboard.simulator.system.sip import SipAccounts
from wallboard.simulator.system.tasks import Plan, Tasks, TaskType
from wallboard.simulator.system.units import Ledger


class System:
    """A Yemot system. Its dice are its own, so that what is asked of it leaves the floor's day the same."""

    def __init__(self, floor: Floor, desk: Desk, key: str) -> None:
        random = Random(f"{key}/system")
        self.units = Ledger(floor)
        self.numbers = Numbers(floor, random)
        self.lists = Lists(floor)
        self.sip = SipAccounts(floor, random)
        self.files = Files(floor)
        self.sending = Sending(floor, self.units, self.numbers, self.lists, random)
        self.lines = SystemLines(floor, desk, self.units, random)
        self.tasks = Tasks(floor, self.lists, self.files, self.sending)
        self.is_in_pirsum = False
        self._schedule()

    def _schedule(self) -> None:
        """The tasks that were there before anybody looked."""
        workdays = (0, 1, 2, 3, 4)
        morning = Plan("תזכורת בוקר לצוות", RunTimes(minute=30, hour=8, days=workdays), is_active=True)
        message = {"smsList": "17", "smsMessage": "בוקר טוב, המשמרת מתחילה ב-9:00", "callerId": ""}
        self.tasks.create(TaskType.SEND_SMS, message, morning, rests_on_sabbath=True)
        noon = Plan("צינתוק לרשימת המנויים", RunTimes(minute=0, hour=13, days=(2,)), is_active=True)
        ring = {"toList": "100", "typeList": "tzl", "callerId": ""}
        self.tasks.create(TaskType.RUN_TZINTUK, ring, noon, rests_on_sabbath=True)
        night = Plan("העברת הודעה לארכיון", RunTimes(minute=15, hour=2), is_active=False)
        move = {"folder": "/9", "target": "/9/1", "moveFileType": "minFile", "blockMoveIfNewFileInMinutes": 60}
        self.tasks.create(TaskType.MOVE_ON_FILE, move, night, rests_on_sabbath=False)
