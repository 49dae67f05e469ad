"""Columns are known by their names, in two languages, or by what stands in them."""

import pytest

from wallboard.engine.imports.columns import KNOWN_NAMES, Columns, Field, understood
from wallboard.engine.imports.sheet import SheetError, read_sheet


def columns_of(text: str) -> Columns:
    return understood(read_sheet(text.encode()))


def held(heading: str) -> list[str]:
    return [field for _, field in columns_of(f"{heading}\n0500000001\n").fields]


@pytest.mark.parametrize("field", [field for field in Field if field is not Field.NUMBER])
def test_every_known_name_is_understood_in_any_writing(field: Field) -> None:
    for name in KNOWN_NAMES[field]:
        for writing in (
            name,
            name.upper(),
            f" {name.replace(' ', '_')} ",
            name.replace(" ", "-"),
            name.replace(" ", ""),
        ):
            assert held(f"phone,{writing}") == ["number", field], writing


@pytest.mark.parametrize(
    "name",
    [*KNOWN_NAMES[Field.NUMBER], "Phone_Number", "PHONE-NO.", "\ufeffphone", "טֶלֶפוֹן", "מס' טלפון", "טל׳", "\u200fנייד"],
)
def test_every_known_name_of_the_number_is_understood(name: str) -> None:
    assert held(f"{name},city") == ["number", "var_city"]


def test_the_vendors_own_names_are_understood() -> None:
    fields = ["number", "name", "caller_id", "priority", "dial_at", "var_LeadID"]
    assert held("Target,CustomerName,CallerID,Priority,OriginateTime,var_LeadID") == fields


def test_all_other_columns_are_custom_data_under_their_own_names() -> None:
    heading = 'phone,Lead ID,var_x,"שם הקמפיין\n(פנימי)",,Lead ID,Lead  ID'
    assert held(heading) == [
        "number",
        "var_Lead_ID",
        "var_x",
        "var_שם_הקמפיין_(פנימי)",
        "var_column_5",
        "var_Lead_ID_2",
        "var_Lead_ID_3",
    ]


def test_of_two_columns_that_claim_the_same_the_first_has_it_and_nothing_is_lost() -> None:
    assert held("phone,priority,עדיפות") == ["number", "priority", "var_עדיפות"]


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        ("phone,שם פרטי,שם משפחה", ["number", "first_name", "last_name"]),
        ("phone,שם,שם משפחה", ["number", "first_name", "last_name"]),
        ("phone,name,surname", ["number", "first_name", "last_name"]),
        ("phone,full name,first name,last name", ["number", "name", "var_first_name", "var_last_name"]),
        ("phone,full name,last name", ["number", "name", "var_last_name"]),
    ],
)
def test_a_name_is_whole_or_in_two_parts(heading: str, fields: list[str]) -> None:
    assert held(heading) == fields


def test_a_file_without_a_heading_is_understood_by_its_only_column_of_numbers() -> None:
    single = columns_of("0500000001\n\n050-0000002\nx\n")
    assert single.fields == (("column 1", "number"),)
    assert [row.line for row in single.rows] == [1, 3, 4]
    wide = columns_of("דנה,0500000001,7\nיוסי,500000002,8\n")
    assert [field for _, field in wide.fields] == ["var_column_1", "number", "var_column_3"]
    assert len(wide.rows) == 2
    only = columns_of("0500000001")
    assert [row.cells for row in only.rows] == [("0500000001",)]


def test_a_wrong_number_in_the_first_row_is_still_no_heading() -> None:
    assert len(columns_of("9.72501E+11\n0500000001\n0500000002").rows) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n0500000001,x\n", 'no column is named .* holds: "a", "b". .* phone, .*טלפון'),
        ("לקוח\n0500000001\n", "no column is named"),
        ("12,13\n14,15\n", "no column is named"),
        ("phone,name,נייד\n0500000001,x,0500000002\n", '2 columns claim .*: "phone", "נייד"'),
        ("0500000001,0500000002\n0500000003,0500000004\n", "2 columns look like telephone numbers"),
        ("phone,name\n", "no row below it"),
        ('phone,"name\n0500000001,a\n0500000002,b"\n0500000003,c\n', "line 1: a quote"),
        (",".join(f"c{place}" for place in range(50)) + "\n1", "and 30 more"),
        ("\x1b[2J" + "x" * 500 + ",b\n1", "x…"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_the_names_found(text: str, words: str) -> None:
    with pytest.raises(SheetError, match=words) as caught:
        columns_of(text)
    assert "\x1b" not in str(caught.value)
    assert "\n" not in str(caught.value)
