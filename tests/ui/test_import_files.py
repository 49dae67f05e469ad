"""Which files are offered while a path is typed."""

import os
from pathlib import Path

import pytest

from wallboard.ui.desk import files
from wallboard.ui.desk.files import Entry, Listing


def put(path: Path, content: str = "x", changed_at: float = 1_000.0) -> Path:
    path.write_text(content)
    os.utime(path, (changed_at, changed_at))
    return path


def names(listing: Listing, typed: str = "") -> list[str]:
    return [entry.typed for entry in files.matching(listing, typed)]


def test_the_newest_files_come_first_then_folders(tmp_path: Path) -> None:
    put(tmp_path / "b.csv", changed_at=3_000)
    put(tmp_path / "a.CSV", changed_at=2_000)
    put(tmp_path / "unicode.txt", changed_at=1_000)
    put(tmp_path / "picture.png")
    put(tmp_path / "b.report-20261122-042757.csv", changed_at=4_000)
    put(tmp_path / "b.report-20261122-042757-2.csv", changed_at=4_000)
    for name in ("zeta", "Alpha"):
        (tmp_path / name).mkdir()
    (tmp_path / "broken.csv").symlink_to(tmp_path / "nothing")
    assert names(files.listed(tmp_path)) == ["b.csv", "a.CSV", "unicode.txt", "../", "Alpha/", "zeta/"]


def test_what_begins_with_the_typed_comes_before_what_holds_it(tmp_path: Path) -> None:
    for name in ("leads.csv", "spring-leads.csv", "לידים אביב.csv", ".hidden.csv"):
        put(tmp_path / name)
    listing = files.listed(tmp_path)
    assert names(listing, "LEA") == ["leads.csv"]
    assert names(listing, "-le") == ["spring-leads.csv"]
    assert names(listing, "ליד") == ["לידים אביב.csv"]
    assert names(listing, ".h") == [".hidden.csv"]
    assert ".hidden.csv" not in names(listing)


def test_a_name_that_was_typed_whole_is_the_first(tmp_path: Path) -> None:
    put(tmp_path / "new.csv", changed_at=1_000)
    put(tmp_path / "new.csv.txt", changed_at=2_000)
    assert names(files.listed(tmp_path), "new.csv") == ["new.csv", "new.csv.txt"]


@pytest.mark.parametrize(
    ("offered", "typed", "further"),
    [
        (["leads-1.csv", "leads-2.csv"], "le", "leads-"),
        (["leads-1.csv"], "le", "leads-1.csv"),
        (["Leads.csv"], "le", "Leads.csv"),
        (["a.csv", "b.csv"], "", ""),
        (["spring-leads.csv"], "-le", "-le"),  # it holds what was typed, and does not begin with it
        ([], "le", "le"),
    ],
)
def test_a_name_is_completed_as_far_as_all_agree(offered: list[str], typed: str, further: str) -> None:
    entries = tuple(Entry(name, Path(name), is_folder=False) for name in offered)
    assert files.completed(entries, typed) == further


def test_a_path_may_be_relative_or_of_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/dana")
    assert files.split("lists/le", tmp_path) == (tmp_path / "lists", "le")
    assert files.split("le", tmp_path) == (tmp_path, "le")
    assert files.split("~/lists/", tmp_path) == (Path("/home/dana/lists"), "")
    assert files.split("/le", tmp_path) == (Path("/"), "le")
    assert files.split("/srv/lists//tmp/x/le", tmp_path) == (Path("/tmp/x"), "le"), "pasted behind the folder"
    assert files.whole("/srv/lists/~/leads.csv", tmp_path) == Path("/home/dana/leads.csv")
    assert files.split("~nobody-of-this-name/x", tmp_path)[0] == tmp_path / "~nobody-of-this-name"
    assert files.shown_path(Path("/home/dana/lists/a.csv")) == "~/lists/a.csv"
    assert files.shown_path(Path("/home/danae/a.csv")) == "/home/danae/a.csv"
    assert files.shown_path(Path("/home/dana/lists/a.csv"), 10) == "…sts/a.csv"


def test_what_is_no_readable_file_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    good = put(tmp_path / "good.csv")
    assert files.trouble_of(good) == ""
    assert files.trouble_of(tmp_path / "folder") == "it is a folder"
    assert files.trouble_of(tmp_path / "pipe") == "it is no ordinary file"
    assert files.trouble_of(tmp_path / "missing") == "there is none of this name"
    assert files.trouble_of(good / "x") == "what stands before the last / is no folder"
    assert files.trouble_of(tmp_path / "nul\0") == "no file can be called so"
    assert files.trouble_of(tmp_path / ("x" * 300)) == "File name too long"
    assert files.listed(tmp_path / "missing").trouble == "there is none of this name"
    assert files.listed(good).trouble == "what stands before the last / is no folder"


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied")])
def test_what_may_not_be_read_is_told(error: OSError, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(os, "scandir", refuse)
    assert files.listed(tmp_path).trouble == "you are not allowed to read it"


def test_a_file_that_cannot_be_looked_at_hides_no_other(tmp_path: Path) -> None:
    put(tmp_path / "good.csv")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    assert names(files.listed(tmp_path), "good") == ["good.csv"]


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 B"), (999, "999 B"), (1_400, "1.4 kB"), (1_400_000, "1.4 MB"), (250_000_000, "250 MB")]
)
def test_sizes_are_told_shortly(size: int, words: str) -> None:
    assert files.size_words(size) == words
