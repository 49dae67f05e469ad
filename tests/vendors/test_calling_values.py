"""From words to typed values: a text to the letter, everything else by its type or not at all."""

import json
from pathlib import Path

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from wallboard.vendors.catalogue import METHODS
from wallboard.vendors.values import MOST_TEXT_BYTES, ValuesError, given


def values(name: str, *words: str) -> dict[str, object]:
    return given(name.partition(".")[0], METHODS[name], words).values


def refusal(name: str, *words: str) -> tuple[str, ...]:
    with pytest.raises(ValuesError) as raised:
        values(name, *words)
    assert all("\n" not in line for line in raised.value.lines)
    return raised.value.lines


@given_any(text=st.text().filter(lambda text: not text.startswith("@")))
def test_a_text_stays_as_it_was_typed(text: str) -> None:
    assert values("yemot.SendSms", f"message={text}") == {"message": text}


@given_any(value=st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_json_is_what_it_says(value: object) -> None:
    assert values("yemot.SendSms", f"message:={json.dumps(value)}") == {"message": value}


@pytest.mark.parametrize(
    ("name", "word", "value"),
    [
        ("yemot.SendSms", "phones=0500000001", "0500000001"),
        ("yemot.SendSms", "message= a ", " a "),
        ("yemot.SendSms", "message=", ""),
        ("yemot.SendSms", "message=a=b:=c", "a=b:=c"),
        ("yemot.SendSms", 'message:="@דנה"', "@דנה"),
        ("yemot.SendSms", "sendFlashMessage=1", 1),
        ("yemot.RunTzintuk", "callerId=0012", "0012"),
        ("yemot.RunTzintuk", "TzintukTimeOut=7", 7),
        ("yemot.RunTzintuk", "TzintukTimeOut=7.25", 7.25),
        ("yemot.RunTzintuk", 'phones:=["0500000001"]', ["0500000001"]),
        ("yemot.GetTasks", "limit=007", 7),
        ("yemot.SendTTS", "ttsRate=-10", -10),
        ("yemot.DeleteSipAccount", "accountNumber=3", 3),
        ("yemot.DeleteSipAccount", "accountNumber:=[3]", [3]),
        ("voicenter.GetExtensions", "showAll=True", True),
        ("voicenter.GetExtensions", "showAll=0", 0),
        ("voicenter.AddCall", "IsDateLocal=false", False),
        ("yemot.ValidationCallerId", "code=0042", "0042"),
    ],
)
def test_a_value_has_its_parameters_type(name: str, word: str, value: object) -> None:
    (found,) = values(name, word).values()
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("name", "word", "said"),
    [
        ("yemot.GetTasks", "limit=five", "GetTasks: limit must be a whole number"),
        ("yemot.GetTasks", "limit=5.0", "GetTasks: limit must be a whole number"),
        ("yemot.GetTasks", "limit=" + "9" * 30, "GetTasks: limit must be a whole number"),
        ("yemot.GetTasks", "limit=٥", "GetTasks: limit must be a whole number"),
        ("yemot.RunTzintuk", "TzintukTimeOut=nan", "RunTzintuk: TzintukTimeOut must be a number"),
        ("yemot.SendSms", "sendFlashMessage=true", "SendSms: sendFlashMessage must be 0 or 1"),
        ("voicenter.AddCall", "IsDateLocal=yes", "AddCall: IsDateLocal must be true or false"),
        ("yemot.QueueManagement", "callIds=a", "QueueManagement: callIds must be a list, given as JSON: callIds:=…"),
        ("yemot.QueueManagement", "callIds:=[a]", "QueueManagement: callIds is not JSON: Expecting value"),
        ("yemot.QueueManagement", "callIds:=[NaN]", "QueueManagement: callIds is not JSON that can be sent"),
        ("yemot.QueueManagement", "callIds:=" + "[" * 100_000, "QueueManagement: callIds is not JSON that can be sent"),
        ("yemot.SendFax", "fileToUpload=page.pdf", "SendFax: fileToUpload is a file: give its path after @"),
        ("yemot.SendSms", "hello", "SendSms: 'hello' is not key=value, key:=json or key=@file"),
        ("yemot.SendSms", "=hello", "SendSms: '=hello' is not key=value"),
        ("yemot.SendSms", "mesage=x", "SendSms: mesage is not a parameter of this method; did you mean message?"),
        ("yemot.SendSms", "Phones=1", "did you mean phones?"),
        ("yemot.SendSms", "token=CANARY", "SendSms: token comes from the source's own table in the configuration"),
        ("voicenter.GetCampaignList", "Code=CANARY", "GetCampaignList: Code comes from the source's own table"),
        ("voicenter.GetExtensions", "code=CANARY", "GetExtensions: code comes from the source's own table"),
        ("yemot.SendSms", "rows:=[]", "rows is not a parameter"),
        ("voicenter.AddCallsBulk", "rows:={}", "AddCallsBulk: rows must be a list of objects"),
        ("voicenter.AddCallsBulk", "rows:=[", "AddCallsBulk: rows is not JSON"),
    ],
)
def test_what_cannot_be_understood_is_said_in_one_line(name: str, word: str, said: str) -> None:
    (line,) = refusal(name, word)
    assert said in line
    assert "CANARY" not in line


def test_everything_that_is_wrong_is_said_at_once() -> None:
    lines = refusal("yemot.SendSms", "message=a", "message=b", "mesage=c", "sendFlashMessage=x", "d")
    assert len(lines) == 4
    assert lines[0] == "SendSms: message is given twice"


def test_a_file_gives_its_text_to_the_letter(tmp_path: Path) -> None:
    file = tmp_path / "text"
    for text in ("שלום\r\n", "@x", "\u202eabc\n\n", ""):
        file.write_bytes(text.encode())
        assert values("yemot.SendSms", f"message=@{file}") == {"message": text}
    file.write_bytes("\ufeffשלום".encode())  # as Notepad writes it
    assert values("yemot.SendSms", f"message=@{file}") == {"message": "שלום"}
    file.write_text('["a"]')
    assert values("yemot.QueueManagement", f"callIds=@{file}") == {"callIds": ["a"]}
    file.write_text("5\n")
    assert values("yemot.GetTasks", f"limit=@{file}") == {"limit": 5}
    file.write_text('[{"Target": "0500000001"}]')
    for word in (f"rows=@{file}", f"rows:=@{file}"):
        told = given("voicenter", METHODS["voicenter.AddCallsBulk"], [word])
        assert told.rows == [{"Target": "0500000001"}]


def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path) -> None:
    latin, large = tmp_path / "latin", tmp_path / "large"
    latin.write_bytes("שלום".encode("cp1255"))
    large.write_bytes(b"x" * (MOST_TEXT_BYTES + 1))
    for path, reason in (
        (tmp_path / "none", "No such file or directory"),
        (tmp_path, "Is a directory"),
        (latin, "it is not UTF-8 text"),
        (large, "it is larger than 1 MB"),
    ):
        (line,) = refusal("yemot.SendSms", f"message=@{path}")
        assert line.startswith("SendSms: message cannot be taken from ")
        assert line.endswith(f": {reason}")
    (line,) = refusal("yemot.SendFax", f"fileToUpload=@{tmp_path / 'none'}")
    assert "No such file" in line
