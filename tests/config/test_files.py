"""Files of the user: folders, private writing, TOML as it is written, the schema."""

import json
import os
import pwd
import re
import stat
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wallboard.config import paths
from wallboard.config.file import write_private
from wallboard.config.load import load_settings
from wallboard.config.model import Board, Settings
from wallboard.config.template import new_configuration
from wallboard.config.toml import toml_text
from wallboard.resources import themes_dir

SOURCES: list[dict[str, Any]] = [
    {"kind": "yemot", "name": "Main", "token": 'a"b\\c', "queues": ["/1", "/2"]},
    {"kind": "voicenter", "name": "מוקד", "code": "c", "dialer_url": "http://127.0.0.1:1/"},
]


def test_folders_are_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "c"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "s"))
    assert paths.config_dir() == tmp_path / "c" / "wallboard"
    assert paths.themes_dir() == tmp_path / "c" / "wallboard" / "themes"
    assert paths.state_dir() == tmp_path / "s" / "wallboard"


def test_a_user_without_a_home_gets_the_systems_folder_and_never_the_working_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)

    def nobody(uid: int) -> pwd.struct_passwd:
        raise KeyError(uid)

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    for folder in (paths.config_dir(), paths.state_dir(), paths.log_dir()):
        assert folder.is_absolute()
        assert "~" not in str(folder)


def test_the_shipped_themes_are_found() -> None:
    assert (themes_dir() / "night.toml").is_file()


def test_a_private_file_is_private_from_its_first_byte_and_replaces_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "file.toml"
    write_private(path, "one")
    write_private(path, "two")
    assert path.read_text() == "two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.toml"
    write_private(path, "old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_private(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    write_private(tmp_path / "link", "text")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text() == "text"


leaves = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text() | st.floats(allow_nan=False)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner.filter(lambda v: v is not None)) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(st.text(), st.dictionaries(st.text(), values, max_size=3), max_size=3))
def test_toml_says_what_was_meant(tables: dict[str, dict[str, Any]]) -> None:
    def without_none(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: without_none(item) for key, item in value.items() if item is not None}
        return [without_none(item) for item in value] if isinstance(value, list) else value

    assert tomllib.loads(toml_text(tables)) == without_none(tables)


def test_lists_of_tables_have_two_brackets() -> None:
    text = toml_text({"source": SOURCES, "agents": {"0500000001": "דנה"}})
    assert text.startswith("[agents]")
    assert text.count("[[source]]") == 2
    assert tomllib.loads(text)["source"] == SOURCES


def test_a_new_configuration_can_be_read_and_all_its_comments_taken_up(tmp_path: Path) -> None:
    text = new_configuration(SOURCES)
    assert tomllib.loads(text)["source"] == SOURCES
    (tmp_path / "filter.pem").write_text(_certificate())
    lines = [line for line in text.splitlines() if not re.match(r"# \S+ configuration|# `|# Every", line)]
    lines = [line.replace("scrypt:…", f"scrypt:32768:8:1:{'0' * 32}:{'0' * 64}") for line in lines]
    path = tmp_path / "wallboard.toml"
    write_private(path, "\n".join(line.removeprefix("# ") if " = " in line else line for line in lines))
    loaded = load_settings(path, environ={})
    assert loaded.settings.board == Board(operator="dana", lock_after_minutes=10)
    assert loaded.settings.actions.confirm == Settings().actions.confirm
    assert loaded.settings.thresholds == Settings().thresholds
    assert loaded.settings.source[1].name == "מוקד"
    assert loaded.settings.source[0].ca_file == str(tmp_path / "filter.pem")


def test_the_schema_tells_of_every_way_to_name_a_secret() -> None:
    schema = Settings.model_json_schema()
    json.dumps(schema)
    yemot, voicenter = schema["$defs"]["YemotSource"], schema["$defs"]["VoicenterSource"]
    assert {"token", "token_env", "token_file", "token_command"} <= set(yemot["properties"])
    assert "token" not in yemot["required"]
    assert yemot["allOf"][0]["oneOf"][:2] == [{"required": ["token"]}, {"required": ["token_env"]}]
    assert len(voicenter["allOf"]) == 2
    assert {"type": "string"} in yemot["properties"]["queues"]["items"]["anyOf"]


def _certificate() -> str:
    import trustme

    return trustme.CA().cert_pem.bytes().decode()
