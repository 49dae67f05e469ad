"""Where settings come from, which wins, and what is said when something is wrong with them."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wallboard.config.errors import ConfigError, MissingConfigError
from wallboard.config.keys import nearest, valid_keys
from wallboard.config.load import LoadedSettings, checked, load_settings
from wallboard.config.location import is_configured, locate
from wallboard.config.model import Board, Settings, VoicenterSource, YemotSource

CANARY = "canary-5f1d0c"
YEMOT = f"""
[[source]]
kind = "yemot"
name = "Main line"
token = "{CANARY}"
queues = ["/1", {{ path = "/2/5", name = "Support" }}]
"""


def write(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "wallboard.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def load(folder: Path, text: str, **environ: str) -> LoadedSettings:
    return load_settings(write(folder, text), environ=environ)


def problems(folder: Path, text: str, **environ: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(folder, text, **environ)
    assert CANARY not in str(caught.value)
    return list(caught.value.problems)


def test_a_file_is_read_with_its_defaults(tmp_path: Path) -> None:
    settings = load(tmp_path, '[board]\ntheme = "day"\n' + YEMOT).settings
    source = settings.source[0]
    assert isinstance(source, YemotSource)
    assert (settings.board.theme, settings.board.language) == ("day", "auto")
    assert source.token.get_secret_value() == CANARY
    assert [(queue.path, queue.name) for queue in source.queues] == [("/1", None), ("/2/5", "Support")]
    assert source.poll_seconds == 5


def test_a_byte_order_mark_and_hebrew_are_read(tmp_path: Path) -> None:
    settings = load(tmp_path, '\ufeff[agents]\n"0500000001" = "דנה"\n').settings
    assert settings.agent_name("any", "0500000001") == "דנה"


def test_the_command_line_wins_over_the_environment_over_the_file_over_the_default(tmp_path: Path) -> None:
    path = write(tmp_path, '[board]\ntheme = "file"\n')
    environ = {"WALLBOARD_BOARD__THEME": "environment"}
    assert load_settings(path, environ={}).settings.board.theme == "file"
    assert load_settings(path, environ=environ).settings.board.theme == "environment"
    assert load_settings(path, {"board": {"theme": "line"}}, environ).settings.board.theme == "line"
    assert load_settings(write(tmp_path, ""), environ={}).settings.board == Board()


def test_the_place_is_the_one_given_then_the_variable_then_the_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    environ = {"WALLBOARD_CONFIG": "/named/by/variable.toml"}
    assert locate(Path("/given.toml"), environ) == Path("/given.toml")
    assert locate(None, environ) == Path("/named/by/variable.toml")
    assert locate(None, {}) == tmp_path / "wallboard" / "wallboard.toml"
    assert not is_configured(None, {})
    assert is_configured(None, environ)
    assert is_configured(None, {"WALLBOARD_SOURCE__0__KIND": "yemot"})


def test_a_missing_file_names_the_two_ways_on(tmp_path: Path) -> None:
    with pytest.raises(MissingConfigError, match=r"none\.toml.*wallboard init.*wallboard demo"):
        load_settings(tmp_path / "none.toml", environ={})


def test_the_environment_alone_can_configure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    environ = {
        "WALLBOARD_SOURCE__0__KIND": "voicenter",
        "WALLBOARD_SOURCE__0__NAME": "Head office",
        "WALLBOARD_SOURCE__0__CODE_ENV": "OFFICE_CODE",
        "OFFICE_CODE": CANARY,
    }
    loaded = load_settings(environ=environ)
    assert loaded.path is None
    assert isinstance(loaded.settings.source[0], VoicenterSource)
    assert loaded.settings.source[0].code.get_secret_value() == CANARY


@pytest.mark.parametrize("content", [b"[board\n", b"\xff\xfe", b"a = 1\na = 2", b"x = " + b"[" * 100_000])
def test_what_is_not_toml_names_the_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"broken\.toml: (not TOML|byte 0 is not UTF-8)"):
        load_settings(path, environ={})


def test_a_toml_error_names_the_line(tmp_path: Path) -> None:
    assert "line 2" in problems(tmp_path, "[board]\ntheme = day")[0]


def test_a_folder_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, Path("/dev/zero")):
        with pytest.raises(ConfigError, match="cannot be read"):
            load_settings(path, environ={})


def test_everything_wrong_is_said_at_once_with_file_key_and_source(tmp_path: Path) -> None:
    lines = problems(
        tmp_path,
        f"""
        [board]
        them = "day"
        language = "fr"
        [[source]]
        kind = "yemot"
        name = "Main line"
        token = "{CANARY}"
        tokn = "{CANARY}"
        queues = ["3", {{ pth = "/1" }}]
        proxy = "socks5://user:{CANARY}@host"
        poll_seconds = 0.1
        """,
    )
    assert len(lines) == 9
    assert all(line.startswith(f"{tmp_path}/wallboard.toml: ") for line in lines)
    text = "\n".join(lines)
    assert 'board.them: unknown key "them"; the nearest valid key is "theme"' in text
    assert "board.language: must be 'auto', 'en' or 'he'" in text
    assert 'source[0].tokn: (source "Main line") unknown key "tokn"; the nearest valid key is "token"' in text
    assert 'source[0].queues[1].pth: (source "Main line") unknown key "pth"; the nearest valid key is "path"' in text
    assert "source[0].queues[0].path" in text
    assert "source[0].poll_seconds" in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[source]\n", "[[source]]"),
        ('[[source]]\nkind = "asterisk"\n', "must be 'yemot', 'voicenter'"),
        ('[[source]]\nname = "x"\n', 'source[0].kind: (source "x") is missing'),
        ("source = [1]\n", "source[0]"),
        ('theme = "day"\n', '"theme" in [board]'),
        ("[bord]\n", 'the nearest valid key is "board"'),
        (YEMOT + YEMOT, 'two sources are named "Main line"'),
        (YEMOT.replace('"/2/5"', '"/1/"'), "queue /1 is listed twice"),
        (YEMOT.replace("Main line", "a/b"), "source[0].name"),
        (YEMOT + 'base_url = "ftp://x/"\n', "source[0].base_url"),
        (YEMOT + 'base_url = "https://x/?token=1"\n', "source[0].base_url"),
        (YEMOT + 'ca_file = "nowhere.pem"\n', "nowhere.pem cannot be read"),
        ("[thresholds]\nwaiting = { warn = 9, breach = 2 }\n", "warn must not be above breach"),
        ("[agents]\nx = 1\n", "agents.x: must be a text"),
    ],
)
def test_each_mistake_has_its_own_words(tmp_path: Path, text: str, words: str) -> None:
    assert words in "\n".join(problems(tmp_path, text))


def test_a_time_zone_must_exist(tmp_path: Path) -> None:
    text = f'[[source]]\nkind = "voicenter"\nname = "x"\ncode = "{CANARY}"\ntime_zone = "Asia/Jerusalm"\n'
    assert "Asia/Jerusalem" in problems(tmp_path, text)[0]


def test_a_certificate_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("not a certificate")
    assert "holds no certificate" in problems(tmp_path, YEMOT + 'ca_file = "empty.pem"\n')[0]


def test_a_url_without_its_last_slash_gets_it(tmp_path: Path) -> None:
    source = load(tmp_path, YEMOT + 'base_url = "http://127.0.0.1:8/ym/api"\n').settings.source[0]
    assert isinstance(source, YemotSource)
    assert str(source.base_url) == "http://127.0.0.1:8/ym/api/"


def test_what_is_allowed_and_better_otherwise_is_a_warning(tmp_path: Path) -> None:
    warnings = load(
        tmp_path,
        f"""
        [agents]
        "Hed office/SIP1" = "Dana"
        [[source]]
        kind = "voicenter"
        name = "Head office"
        code = "{CANARY}"
        poll_seconds = 2
        monitor_url = "http://monitor.example/"
        dialer_url = "http://127.0.0.1:9/"
        [[source]]
        kind = "yemot"
        name = "Main"
        token = "0770000000:{CANARY}"
        queues = ["."]
        """,
        WALLBOARD_THEME="x",
    ).warnings
    assert CANARY not in "\n".join(warnings)
    for line, words in zip(
        warnings,
        ["WALLBOARD_THEME", "monitor_url is plain http", "poll_seconds = 2", "API key", "Hed office"],
        strict=True,
    ):
        assert words in line
    assert 'the nearest is "Head office"' in warnings[-1]


def test_good_settings_have_no_warnings(tmp_path: Path) -> None:
    assert load(tmp_path, YEMOT).warnings == ()


def test_tables_are_checked_without_a_file() -> None:
    with pytest.raises(ConfigError, match="is missing: give one of token"):
        checked({"source": [{"kind": "yemot", "name": "x", "queues": ["/1"]}]})


@settings(deadline=None)
@given(st.text(min_size=1))
def test_some_key_is_always_the_nearest(key: str) -> None:
    known = valid_keys((Settings,))
    assert nearest(key, known) in known


@settings(deadline=None)
@given(st.sampled_from(sorted(Board.model_fields)), st.data())
def test_one_slip_of_the_pen_is_understood(key: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(key) - 1))
    assert nearest(key[:position] + key[position + 1 :], Board.model_fields) == key
