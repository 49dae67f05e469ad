"""Overrides from the environment: any key, nothing but keys."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wallboard.config.environment import overlay
from wallboard.config.model import Settings

FILE: dict[str, Any] = {
    "board": {"theme": "night"},
    "agents": {"SIPSIP1": "Dana"},
    "source": [
        {"kind": "yemot", "name": "Main", "token_command": ["pass"], "queues": ["/1", {"path": "/2"}]},
        {"kind": "voicenter", "name": "Office", "code_file": "code"},
    ],
}


def laid(**variables: str) -> dict[str, Any]:
    tables = copy.deepcopy(FILE)
    result = overlay(tables, {f"WALLBOARD_{name}": value for name, value in variables.items()})
    assert result.problems == []
    return tables


def complaint(**variables: str) -> str:
    tables = copy.deepcopy(FILE)
    [problem] = overlay(tables, {f"WALLBOARD_{name}": value for name, value in variables.items()}).problems
    return problem


def test_keys_of_tables_lists_and_lists_in_lists() -> None:
    tables = laid(
        BOARD__THEME="day",
        THRESHOLDS__WAITING__WARN="2",
        SOURCE__1__POLL_SECONDS="7",
        SOURCE__0__QUEUES__0__NAME="Support",
        SOURCE__0__QUEUES__1="/7",
        SOURCE__0__QUEUES__2="/9",
    )
    assert tables["board"]["theme"] == "day"
    assert tables["thresholds"] == {"waiting": {"warn": "2"}}
    assert tables["source"][1]["poll_seconds"] == "7"
    assert tables["source"][0]["queues"] == [{"path": "/1", "name": "Support"}, "/7", "/9"]


def test_whole_lists_and_tables_are_written_as_in_the_file() -> None:
    tables = laid(
        SOURCE__0__QUEUES='["/3", { path = "/4" }]',
        THRESHOLDS__WAITING="{ warn = 1, breach = 2 }",
        SOURCE__1__QUEUES="[]\nevil = 1",
        BOARD__THEME="[" * 100_000,
        SOURCE__0__TRANSFER_TO="[" * 100_000,
    )
    assert tables["source"][0]["queues"] == ["/3", {"path": "/4"}]
    assert tables["thresholds"]["waiting"] == {"warn": 1, "breach": 2}
    assert tables["source"][1]["queues"] == "[]\nevil = 1"


def test_a_secret_from_the_environment_replaces_the_files_in_whatever_way_that_was_given() -> None:
    tables = laid(SOURCE__0__TOKEN="t", SOURCE__1__CODE_ENV="OFFICE")
    assert "token_command" not in tables["source"][0]
    assert tables["source"][0]["token"] == "t"
    assert "code_file" not in tables["source"][1]
    assert tables["source"][1]["code_env"] == "OFFICE"


def test_a_new_source_after_the_last() -> None:
    tables = laid(SOURCE__2__NAME="Third", SOURCE__2__KIND="voicenter", SOURCE__2__CODE="c")
    assert tables["source"][2] == {"kind": "voicenter", "name": "Third", "code": "c"}


def test_ids_and_actions_are_any_keys() -> None:
    tables = laid(AGENTS__SIPSIP1="Noa", AGENTS__0500000001="Gil", KEYS__KICK_CALLER="x")
    assert tables["agents"] == {"SIPSIP1": "Noa", "0500000001": "Gil"}
    assert Settings.model_validate({"keys": tables["keys"]}).keys == {"kick_caller": "x"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("BOARD__THEM", 'unknown key "them"; the nearest valid key is "theme"'),
        ("BORD__THEME", 'the nearest valid key is "board"'),
        ("SOURCE__0__CODE", 'unknown key "code"'),
        ("SOURCE__4__NAME", '"4" is not the number of an item: 0 to 2'),
        ("SOURCE__X__NAME", '"X" is not the number'),
        (f"SOURCE__{'9' * 5000}__NAME", "is not the number"),
        ("SOURCE__-1__NAME", '"-1" is not the number'),
        ("BOARD__THEME__X", "single value"),
        ("BOARD____THEME", 'unknown key ""'),
    ],
)
def test_what_is_no_key_is_named_with_its_variable(name: str, words: str) -> None:
    problem = complaint(**{name: "value-that-may-be-secret"})
    assert f"WALLBOARD_{name}" in problem
    assert words in problem
    assert "value-that" not in problem


def test_variables_of_others_are_left_alone() -> None:
    tables = copy.deepcopy(FILE)
    tables["source"][0] = {"kind": "yemot", "token_env": "WALLBOARD__MAIN__TOKEN"}
    result = overlay(tables, {"WALLBOARD__MAIN__TOKEN": "t", "WALLBOARD_CONFIG": "f", "WALLBOARD_X": "1", "PATH": "/"})
    assert (result.problems, result.origins, result.unknown) == ([], {}, ["WALLBOARD_X"])


segments = st.one_of(
    st.sampled_from(["BOARD", "SOURCE", "0", "1", "2", "QUEUES", "PATH", "TOKEN", "KEYS", "AGENTS", "KIND", "THEME"]),
    st.text(alphabet=st.characters(codec="ascii", exclude_characters="=\0"), max_size=6),
)


@settings(deadline=None)
@given(st.lists(segments, min_size=1, max_size=5), st.text(max_size=20))
def test_any_variable_is_taken_or_refused_and_never_crashes(parts: list[str], value: str) -> None:
    tables = copy.deepcopy(FILE)
    result = overlay(tables, {"WALLBOARD_" + "__".join(parts): value})
    assert len(result.problems) + len(result.origins) + len(result.unknown) <= 1
    if result.problems:
        assert tables == FILE or result.origins == {}


@settings(deadline=None)
@given(st.sampled_from(["theme", "operator"]), st.text(max_size=30))
def test_a_text_arrives_as_it_was_written(key: str, value: str) -> None:
    tables: dict[str, Any] = {}
    overlay(tables, {f"WALLBOARD_BOARD__{key.upper()}": value})
    assert tables["board"][key] == value
