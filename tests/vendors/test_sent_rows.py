"""Answers taken apart row by row mean what Python's parser says they mean."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wallboard.vendors.sent_rows import SentRow, SentRows

ODD_TEXTS = ("", "\ud800", "שלום", '"', "\\", "}, {", "]")
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(ODD_TEXTS) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
rows = st.lists(st.dictionaries(st.sampled_from(["a", "b", "id"]), values, max_size=3) | values, max_size=6)
separators = st.sampled_from([(",", ":"), (", ", ": "), (" ,\n", "\t: ")])


def plain(document: dict[str, Any]) -> Any:
    return {
        key: [row.value if isinstance(row, SentRow) else row for row in value] if isinstance(value, list) else value
        for key, value in document.items()
    }


def same(one: Any, other: Any) -> bool:
    return json.dumps(one) == json.dumps(other)  # NaN is not equal to itself


@given(answers=st.lists(st.tuples(rows, separators, st.booleans()), min_size=1, max_size=4))
@example(answers=[([{"a": 1}, 12, 123], (",", ":"), True), ([{"a": 1}, 123, 12], (",", ":"), True)])
def test_successive_answers_mean_what_the_parser_says(
    answers: list[tuple[list[Any], tuple[str, str], bool]],
) -> None:
    taken = SentRows("ROWS")
    for sent, separator, is_padded in answers:
        text = json.dumps({"ERR": 0, " ROWS " if is_padded else "ROWS": sent, "more": [sent]}, separators=separator)
        found = taken.document(text)
        assert found is not None
        document, duplicates = found
        assert same(plain(document), json.loads(text))
        assert not duplicates
        for row in document[" ROWS " if is_padded else "ROWS"]:
            row.keep(None)  # what was parsed is forgotten, and parsed anew from the text
        assert same(plain(document), json.loads(text))


def test_what_is_sent_again_is_the_same_object_wherever_it_stands() -> None:
    taken = SentRows("ROWS")

    def sent(*names: str) -> list[SentRow]:
        found = taken.document(json.dumps({"ROWS": [{"id": name} for name in names]}))
        assert found is not None
        return list(found[0]["ROWS"])

    first = {row.value["id"]: row for row in sent("a", "b", "c", "d")}
    for names in ("abcd", "xabcd", "acd", "dcb", "abcdy"):
        again = sent(*names)
        assert [row.value["id"] for row in again] == list(names)
        first |= {row.value["id"]: row for row in again if row.value["id"] not in first}
    assert [row is first[row.value["id"]] for row in sent("y", "d", "a")] == [
        True,
        True,
        False,
    ]  # it had gone meanwhile


def test_a_row_that_only_begins_as_one_before_is_another() -> None:
    taken = SentRows("ROWS")
    for text, expected in (
        ('{"ROWS":[{"a":1}]}', [{"a": 1}]),
        ('{"ROWS":[{"a":1} , {"a":12}]}', [{"a": 1}, {"a": 12}]),
    ):
        found = taken.document(text)
        assert found is not None
        assert [row.value for row in found[0]["ROWS"]] == expected


def test_keys_that_come_twice_are_counted_with_each_answer() -> None:
    taken = SentRows("ROWS")
    text = '{"ERR":1,"ERR":0,"ROWS":[{"a":1,"a":2},{"a":{"b":1,"b":1,"b":1}}]}'
    for _ in range(3):
        found = taken.document(text)
        assert found is not None
        assert found[0]["ERR"] == 0
        assert found[0]["ROWS"][0].value == {"a": 2}
        assert found[1] == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "{}",
        "[]",
        "7",
        '"ROWS"',
        "{1:2}",
        '{"ROWS"}',
        '{"ROWS":[}',
        '{"ROWS":[1,]}',
        '{"ROWS":[{"a":1}',
        '{"ROWS":[{"a":1}{"a":1}]}',
        '{"ROWS":[]}x',
        '{"ROWS":[],}',
        '{"ROWS":[] "b":1}',
        '{,"ROWS":[]}',
        '{"ROWS":[{"a":1},{"a":]}',
    ],
)
def test_what_is_no_plain_object_is_left_to_the_parser(text: str) -> None:
    """Also where an answer before it was good: nothing is taken for known that is not there."""
    taken = SentRows("ROWS")
    taken.document('{"ROWS":[{"a":1},{"a":2}]}')
    try:
        document = json.loads(text)
    except ValueError:
        document = None
    try:
        found = taken.document(text)
    except ValueError:
        found = None
    assert found is None or plain(found[0]) == document


def test_nesting_without_end_is_the_parsers_error() -> None:
    taken = SentRows("ROWS")
    with pytest.raises(RecursionError):
        taken.document('{"ROWS":[' + "[" * 100_000)
