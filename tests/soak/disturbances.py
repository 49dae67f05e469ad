"""What is done to the board while it is soaked: everything that happens to one in a month, and nothing that acts.

Dialogs that would act are opened and left; nothing is ever confirmed, for `y` is never typed to the board.
"""

import signal
from collections.abc import Callable
from random import Random

from tests.soak.stage import Plan, Stage
from tests.soak.terminals import Tmux

Disturbance = Callable[[Stage, Random], None]

AWKWARD_SIZES = ((20, 5), (1, 1), (500, 200), (80, 24))
NONSENSE = (
    b"\xff",
    b"\xe9\xc3",
    b"\x1b[999999999999A",
    b"\x1b[<0;99999;99999M\x1b[<0;99999;99999m",
    b"\x1b]52;c;%s\x07" % (b"A" * 50),
    b"\x1b[200~q q q\nk\x1b[201~",
    b"\x1b[200~" + b"0500000001\n" * 6000 + b"\x1b[201~",
    b"\x1b[?1;2;3;4;5;6;7;8;9$z\x1b[>99999999999999999999c",
    "ש\u202e\U0001f468\u200d\U0001f469".encode(),
    b"\x1bP!|00\x1b\\\x00\x0e",
)
THEMES = ("mono", "ansi", "colour-blind", "wall", "night")  # not "day", for its last letter


def sizes(stage: Stage, dice: Random) -> None:
    """Awkward sizes, and some of anybody's."""
    anyones = [(dice.randint(60, 240), dice.randint(20, 70)) for _ in range(2)]
    for columns, lines in (*AWKWARD_SIZES, *anyones):
        stage.resize(columns, lines)
        stage.linger(dice.uniform(0.1, 0.5))
    stage.usual_size()


def storm_of_sizes(stage: Stage, dice: Random) -> None:
    """A window's edge, dragged."""
    for _ in range(40):
        stage.resize(dice.randint(30, 240), dice.randint(8, 70))
        stage.linger(0.02)
    stage.usual_size()


def unread(stage: Stage, dice: Random) -> None:
    """The terminal takes nothing for some seconds; somebody types all the same."""
    stage.program.stop_reading()
    stage.linger(dice.uniform(2, 4))
    stage.press("down", "tab", "down")
    stage.linger(dice.uniform(2, 4))
    stage.program.go_on()
    stage.linger(0.5)


def suspended(stage: Stage, dice: Random) -> None:
    """As by ^Z and fg; then by somebody who does not ask, and goes on."""
    for number in (signal.SIGTSTP, signal.SIGSTOP):
        stage.signal(number)
        if not isinstance(stage.seat, Tmux):  # tmux lets a stopped program go on at once
            stage.until(lambda: stage.is_stopped, f"stopped by {number.name}")
            stage.linger(dice.uniform(0.5, 1.5))
        stage.signal(signal.SIGCONT)
        stage.until(lambda: not stage.is_stopped, "going on")
        stage.linger(1.2)


def detached(stage: Stage, dice: Random) -> None:
    """The line to the tmux is cut and comes again."""
    assert isinstance(stage.seat, Tmux)
    for _ in range(2):
        stage.seat.detach()
        stage.linger(dice.uniform(0.3, 2))
        stage.seat.attach()
        stage.linger(dice.uniform(0.3, 1))


def looking_round(stage: Stage, dice: Random) -> None:
    """Panel by panel, down and up, one alone, sorted anew."""
    for panel in dice.sample("12345", 3):
        stage.press(panel, "down", "down", "pagedown", "end", "up", "home")
    stage.press("tab", "z", "down", "z", *"oO" * dice.randint(1, 2))


def filtered(stage: Stage, dice: Random) -> None:
    """Narrowed as one types, and wide again."""
    stage.press(dice.choice("123"), "/", dice.choice("05av"), dice.choice("0a"), "down", "escape")


def detail(stage: Stage, dice: Random) -> None:
    """All of a row."""
    for panel in dice.sample("123", 2):
        stage.press(panel, "down", "enter")
        stage.linger(0.4)
        stage.press("down", "escape")


def campaign_desk(stage: Stage, _: Random) -> None:
    """A campaign opened, its panels gone through."""
    stage.press("4", "home", "enter")
    stage.linger(1)
    stage.press("down", "tab", "down", "escape", "escape")


def reading(stage: Stage, _: Random) -> None:
    """Help, what was done, a picture that stands still."""
    stage.press("?", "pagedown", "end", "escape", "l", "down", "end", "escape", "f")
    stage.linger(0.5)
    stage.press("f")


def wall_on_and_off(stage: Stage, dice: Random) -> None:
    stage.press("w")
    stage.linger(dice.uniform(1, 3))
    stage.press("w")


def palette_left(stage: Stage, dice: Random) -> None:
    stage.press("ctrl+p", *dice.choice(("queue", "agent", "05", "theme")))
    stage.linger(0.4)
    stage.press("down", "escape", "escape")


def dialogs(stage: Stage, dice: Random) -> None:
    """Every one that would act, opened and left."""
    for panel, keys in (("2", "ktmbc"), ("3", "p"), ("4", "s")):
        stage.press(panel, "down")
        for key in dice.sample(keys, min(len(keys), 3)):
            stage.press(key)
            stage.linger(0.2)
            stage.press("escape", "escape")


def nonsense(stage: Stage, dice: Random) -> None:
    """What a bad line, a cat on the keys or a paste types."""
    for data in dice.sample(NONSENSE, len(NONSENSE)):
        stage.type(data)
        stage.linger(0.1)


def themes(stage: Stage, dice: Random) -> None:
    for name in (dice.choice(THEMES), "night"):
        by_name(stage, f"theme {name}")


def languages(stage: Stage, _: Random) -> None:
    by_name(stage, "language עברית")
    stage.linger(1)
    by_name(stage, "language English")


def by_name(stage: Stage, words: str) -> None:
    """Have the palette do what these words alone name."""
    stage.press("ctrl+p")
    stage.wait(0.3)
    stage.type(words.encode())
    stage.wait(0.7)
    stage.press("enter", "escape")
    stage.wait(0.3)


DISTURBANCES: tuple[Disturbance, ...] = (
    sizes,
    storm_of_sizes,
    unread,
    suspended,
    looking_round,
    filtered,
    detail,
    campaign_desk,
    reading,
    wall_on_and_off,
    palette_left,
    dialogs,
    nonsense,
    themes,
    languages,
)


def disturbances_of(plan: Plan) -> tuple[Disturbance, ...]:
    """Those that can be done to it, and are to be."""
    able = (*DISTURBANCES, detached) if plan.is_in_tmux else DISTURBANCES
    return tuple(each for each in able if not plan.only or each.__name__ in plan.only)


def disturb(stage: Stage, disturbance: Disturbance, dice: Random, rest: float) -> None:
    """Do this to the board, then let it rest as it was."""
    with stage.doing(disturbance.__name__):
        disturbance(stage, dice)
        stage.press("escape", "escape")
    stage.linger(rest)
