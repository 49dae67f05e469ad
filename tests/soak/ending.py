"""How the board is when it has been soaked: it obeys, its data live again, and it leaves in good order."""

import json
import re
import signal
import time

from tests.e2e.terminal import log_text
from tests.soak.disturbances import by_name
from tests.soak.judging import Verdict, judge_log
from tests.soak.seen import Seen
from tests.soak.stage import SoakError, Stage
from tests.soak.terminals import USUAL_SIZE
from wallboard.config.logs import LOG_BYTES, LOG_FILES

ANSWER_SECONDS = 2.0
LIVE_SECONDS = 60.0  # the vendors of the scenario may ask to be left alone for 20 s
GOODBYE_SECONDS = 3.0
_FEED = re.compile(r"Get\w+(?: ×\d+)?\s+[●…▲!] (.*?)  ")
_CLOCK = re.compile(r"\d\d:\d\d:\d\d")


def judge_end(stage: Stage) -> list[Verdict]:
    """End it, and say how that went."""
    with stage.doing("the end"):
        stage.heal()
        seen = Seen(stage, USUAL_SIZE)
        verdicts = _judge_wall(stage, seen) if stage.plan.is_wall else _judge_board(stage, seen)
        return [*verdicts, *_judge_goodbye(stage)]


def judge_traces(stage: Stage) -> list[Verdict]:
    """What it left in its files."""
    done = [line for path in stage.home.rglob("audit*.jsonl") for line in path.read_text("utf-8").splitlines()]
    acted = [line for line in done if json.loads(line)["event"] != "note"]
    return [
        Verdict("actions done", str(len(acted)), "0", not acted),
        *judge_log(log_text(stage.home), stage.failed, LOG_FILES * LOG_BYTES),
    ]


def _judge_board(stage: Stage, seen: Seen) -> list[Verdict]:
    stage.press("escape", "escape")
    by_name(stage, "language English")
    _draw_anew(stage)
    if "F R O Z E N" in seen.text:  # of the two keys that freeze and unfreeze it, one came with an escape before it
        stage.press("f")
    stage.press("5", "z", "r")
    try:
        live = stage.until(lambda: _are_all_live(seen.text), "every feed is live again", LIVE_SECONDS)
    except SoakError as error:
        raise SoakError(f"{error}; on the screen:\n{seen.text}") from None
    stage.press("escape")
    stage.type(b"?")
    try:
        answer = stage.until(lambda: "Hold the picture still" in seen.text, "the help is shown")
    except SoakError as error:
        raise SoakError(f"{error}; on the screen:\n{seen.text}") from None
    return [
        Verdict("live again", f"after {live:.1f} s", f"<= {LIVE_SECONDS:g} s", live <= LIVE_SECONDS),
        Verdict("answers a key", f"after {answer:.2f} s", f"<= {ANSWER_SECONDS:g} s", answer <= ANSWER_SECONDS),
    ]


def _judge_wall(stage: Stage, seen: Seen) -> list[Verdict]:
    _draw_anew(stage)
    live = stage.until(lambda: "data 00:0" in seen.text and "STALE" not in seen.text, "the wall is live", LIVE_SECONDS)
    before = _CLOCK.findall(seen.text)
    goes_on = stage.until(lambda: _CLOCK.findall(seen.text) != before, "the wall's clock goes on")
    return [
        Verdict("live again", f"after {live:.1f} s", f"<= {LIVE_SECONDS:g} s", live <= LIVE_SECONDS),
        Verdict("goes on", f"after {goes_on:.2f} s", f"<= {ANSWER_SECONDS:g} s", goes_on <= ANSWER_SECONDS),
    ]


def _draw_anew(stage: Stage) -> None:
    stage.resize(USUAL_SIZE[0] - 1, USUAL_SIZE[1])
    stage.wait(0.5)
    stage.usual_size()
    stage.wait(0.5)


def _are_all_live(text: str) -> bool:
    states = _FEED.findall(text)
    return len(states) > 1 and set(states) == {"LIVE"}


def _judge_goodbye(stage: Stage) -> list[Verdict]:
    began = time.monotonic()
    stage.signal(signal.SIGTERM)
    while stage.seat.exit_code is None and time.monotonic() < began + 3 * GOODBYE_SECONDS:
        time.sleep(0.01)
    took, code = time.monotonic() - began, stage.seat.exit_code
    time.sleep(0.3)  # what it wrote last is read
    left = stage.seat.leftovers()
    return [
        Verdict(
            "ends on SIGTERM",
            f"with {code} after {took:.2f} s",
            f"with 0 within {GOODBYE_SECONDS:g} s",
            code == 0 and took <= GOODBYE_SECONDS,
        ),
        Verdict("terminal", f"left: {', '.join(left)}" if left else "as it was", "as it was", not left),
    ]
