"""Every row of a file is a target, or is listed with what is wrong with it; nothing is lost between the two."""

import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.domain.imports import Double, Flaw, FlawReason, ImportPlan
from wallboard.domain.targets import NewTarget
from wallboard.engine.imports.checking import MOST_CELL, moment, plan
from wallboard.engine.imports.columns import understood
from wallboard.engine.imports.sheet import SheetError, read_sheet

PATH = Path("/somewhere/leads.csv")
NUMBERS = ("972500000001", "972500000002", "972500000003")
BAD = ["", "אין", "050123", "05012345678", "9.72501E+11", "*2700", "0100000000", "0501234567 x"]


def planned(text: str, *pending: str) -> ImportPlan:
    sheet = read_sheet(text.encode())
    return plan(PATH, sheet, understood(sheet), frozenset(pending))


def flaw_of(heading: str, row: str) -> FlawReason:
    found = planned(f"{heading}\n{row}\n")
    assert not found.good
    return found.bad[0].reason


def test_a_row_becomes_a_target_with_all_that_stands_in_it() -> None:
    found = planned(
        "טלפון,שם פרטי,שם משפחה,זיהוי,עדיפות,זמן,Lead ID,עיר\n"
        '050-0000001, דנה ,"לוי ""ג\'וני""",03-5000000,42,20/11/2026 14:30,007,"תל\nאביב"\n'
        "500000002,יוסי\n"
    )
    custom = (("var_Lead_ID", "007"), ("var_עיר", "תל\nאביב"))
    assert found.good == (
        NewTarget(2, NUMBERS[0], 'דנה לוי "ג\'וני"', "035000000", 42, custom, 1_795_185_000),
        NewTarget(4, NUMBERS[1], "יוסי"),
    )
    assert (found.bad, found.doubles, found.already_pending) == ((), (), ())
    assert found.rows == ((2, "050-0000001"), (4, "500000002"))
    assert (found.path, found.encoding, found.delimiter) == (PATH, "utf-8", ",")
    assert found.fields[-2:] == (("Lead ID", "var_Lead_ID"), ("עיר", "var_עיר"))


def test_strings_go_through_unharmed() -> None:
    name = '\u202eדוד\u202c "כהן" \'ש 💡 =1+1 <b>'
    found = planned('phone,name,note\n0500000001,"{}","@a\r\nb"\n'.format(name.replace('"', '""')))
    assert found.good[0].name == name
    assert found.good[0].custom == (("var_note", "@a\r\nb"),)


@pytest.mark.parametrize(
    ("heading", "row", "reason"),
    [
        ("phone,name", ",דנה", FlawReason.NO_NUMBER),
        ("name,phone", "דנה", FlawReason.NO_NUMBER),
        ("phone,name", "x,y", FlawReason.NOT_A_NUMBER),
        ("phone,name", "9.72501E+11,y", FlawReason.LOST_DIGITS),
        ("phone,name", "*2700,y", FlawReason.NOT_DIALABLE),
        ("phone,name", "050123,y", FlawReason.TOO_SHORT),
        ("phone,name", "05000000011,y", FlawReason.TOO_LONG),
        ("phone,name", "0500000001,y" + "y" * MOST_CELL, FlawReason.TOO_LONG),
        ("phone,name", "0500000001,y,z", FlawReason.WRONG_WIDTH),
        ("phone,name", "0500000001,y\0", FlawReason.DAMAGED),
        ("phone,name", '0500000001,"a\n0500000002,b\n0500000003,"c', FlawReason.OPEN_QUOTE),
        ("phone,priority", "0500000001,1.5", FlawReason.BAD_PRIORITY),
        ("phone,priority", "0500000001,high", FlawReason.BAD_PRIORITY),
        ("phone,priority", "0500000001,99999999999", FlawReason.BAD_PRIORITY),
        ("phone,callerid", "0500000001,me", FlawReason.BAD_CALLER_ID),
        ("phone,time", "0500000001,tomorrow", FlawReason.BAD_TIME),
    ],
)
def test_what_is_wrong_with_a_row_is_told(heading: str, row: str, reason: FlawReason) -> None:
    assert flaw_of(heading, row) is reason


def test_cells_beyond_the_heading_that_hold_nothing_do_no_harm() -> None:
    assert len(planned("phone,name\n0500000001,a,, \n").good) == 1


def test_a_note_of_many_lines_is_no_open_quote() -> None:
    note = "line one\nline, two\n\ncall 050-0000009, please"
    assert planned(f'phone,note\n0500000001,"{note}"\n').good[0].custom == (("var_note", note),)


@pytest.mark.parametrize(("cell", "priority"), [("5", 5), ("0", 0), ("-1", -1), ("7.0", 7), (" 3 ", 3), ("", None)])
def test_priorities_are_whole_numbers(cell: str, priority: int | None) -> None:
    assert planned(f"phone,priority\n0500000001,{cell}\n").good[0].priority == priority


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("2026-11-20 14:30", 1_795_185_000),
        ("2026-11-20T14:30:00", 1_795_185_000),
        ("2026-11-20T14:30:05.250", 1_795_185_005),
        ("20/11/2026 14:30", 1_795_185_000),
        ("20.11.2026 14:30:05", 1_795_185_005),
        ("5/3/2026 9:05", 1_772_701_500),
        ("20/11/2026", None),  # at midnight nobody wants to be called
        ("14:30", None),
        ("31/02/2026 10:00", None),
        ("11/20/2026 10:00", None),
        ("20/11/26 10:00", None),
        ("20/11/2026 25:00", None),
        ("2026-11-20T14:30Z", None),
        ("2026-11-20T14:30+02:00", None),
        ("1795185000", None),
    ],
)
def test_times_are_of_the_accounts_own_clock(written: str, seconds: int | None) -> None:
    assert moment(written) == seconds


def test_a_number_counts_once_however_it_is_written() -> None:
    found = planned("phone,priority\n0500000001,x\n050-0000001,1\n+972500000001,2\n500000001,3\n0500000002,4\n")
    assert found.bad == (Flaw(2, "0500000001", FlawReason.BAD_PRIORITY),)
    assert [(target.line, target.number) for target in found.good] == [(3, NUMBERS[0]), (6, NUMBERS[1])]
    assert found.doubles == (Double(4, NUMBERS[0], 3), Double(5, NUMBERS[0], 3))


def test_what_the_campaign_has_already_is_listed_and_not_among_the_good() -> None:
    found = planned("phone\n0500000001\n0500000002\n050-0000001\n", NUMBERS[0])
    assert [target.line for target in found.already_pending] == [2, 4]
    assert [target.line for target in found.good] == [3]
    assert found.doubles == ()


@given(st.lists(st.sampled_from(["0500000001", "050-0000002", "+972500000003", "0500000004", *BAD]), max_size=30))
def test_every_row_is_in_one_list_and_one_only(cells: list[str]) -> None:
    found = planned("phone,name\n" + "".join(f"{cell},x\n" for cell in [*cells, "0500000005"]), "972500000004")
    rows = [
        *(target.line for target in found.good),
        *(flaw.line for flaw in found.bad),
        *(double.line for double in found.doubles),
        *(target.line for target in found.already_pending),
    ]
    assert sorted(rows) == [line for line, _ in found.rows] == list(range(2, len(cells) + 3))
    assert len({target.number for target in found.good}) == len(found.good)


def test_twenty_thousand_rows_are_planned_exactly_and_soon() -> None:
    random = Random(4)
    numbers = random.sample(range(10**6), 19_200)
    good = [f"05{random.choice('0234')}-7{number:06}" for number in numbers]
    kinds = ["good"] * 19_200 + ["bad"] * 300 + ["double"] * 500
    random.shuffle(kinds)
    kinds.remove("good")
    kinds.insert(0, "good")  # a double needs one before it
    fresh, lines = iter(good), ["מספר טלפון;שם לקוח;עדיפות;הערה"]
    seen: list[str] = []
    for kind in kinds:
        if kind == "good":
            seen.append(next(fresh))
            number = seen[-1]
        else:
            number = random.choice(BAD) if kind == "bad" else random.choice(seen).replace("-", "")[1:]
        lines.append(f'{number};"לקוח ""{len(lines)}""";{random.randrange(9)};a,b')
    content = "\r\n".join(lines).encode("cp1255")

    began = time.process_time()
    sheet = read_sheet(content)
    found = plan(PATH, sheet, understood(sheet), frozenset())
    assert time.process_time() - began < 3.0
    expected = {kind: [line for line, each in enumerate(kinds, start=2) if each == kind] for kind in set(kinds)}
    assert [target.line for target in found.good] == expected["good"]
    assert [f"0{target.number[3:5]}-{target.number[5:]}" for target in found.good] == good
    assert [flaw.line for flaw in found.bad] == expected["bad"]
    assert [double.line for double in found.doubles] == expected["double"]
    written = dict(found.rows)
    assert all(written[double.first_line].replace("-", "")[1:] == written[double.line] for double in found.doubles)
    assert found.encoding == "cp1255"


@given(st.text(max_size=200))
def test_any_text_is_planned_or_refused(text: str) -> None:
    try:
        found = planned(f"phone,name\n0500000001,a\n{text}")
    except (SheetError, UnicodeEncodeError):
        return
    assert all(target.number.isdecimal() for target in found.good)
