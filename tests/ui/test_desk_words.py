"""The campaign desk in another language: every text is looked up, and when it is shown."""

from pathlib import Path

import anyio
import pytest

from tests.ui.behind import Burns
from tests.ui.boards import VOICENTER
from tests.ui.desks import LEADS, clerk, desk, target, targets
from tests.ui.pseudo import latin_words, pseudo_language
from tests.ui.test_importing import plan_of
from wallboard.domain.campaigns import Burn
from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.domain.imports import Double, Flaw, FlawReason
from wallboard.domain.targets import NewTarget
from wallboard.ui.desk import files, forms
from wallboard.ui.desk.plan_rows import chapters, rows
from wallboard.ui.screens.form import FormScreen

DATA = (
    "Hot leads", "Renewals", "Head office", "Main line", "Customer 1", "Customer 2", "SIPSIP", "Yoav Mor", "Gone Gal",
    "Ruth Gal", "Omer Tal", "Tamar Bar", "Billing", "Sales", "Support", "city", "name=value", "wallboard",
    "api.example.com",
)  # fmt: skip
KEYS = ("esc", "tab", "enter", "ctrl", "space", "home", "end")
LISTED = [target(1, "דנה לוי", priority=5, custom=(("city", "חיפה"),), status=""), target(2, status="")]


async def test_the_desk_says_nothing_in_english() -> None:
    with pseudo_language():
        async with desk(clerk(LISTED), burns=Burns({(VOICENTER, LEADS.id): Burn(4.0, 60.0)})) as opened:
            await opened.board.press("down")
            assert latin_words(opened.board.text, *DATA, *KEYS) == []
            assert "שששששששששש" in opened.board.text


@pytest.mark.parametrize("key", ["a", "e", "d", "D", "plus", "minus", "s"])
async def test_what_its_keys_ask_is_not_in_english(key: str) -> None:
    with pseudo_language():
        async with desk(clerk(LISTED)) as opened:
            if key in {"plus", "minus"}:
                await opened.board.press("tab")
            await opened.board.press("down", key)
            assert opened.board.app.screen is not opened.screen
            assert latin_words(opened.board.text, *DATA, *KEYS) == []


async def test_a_smart_dialers_pace_is_not_in_english() -> None:
    with pseudo_language():
        async with desk(clerk(LISTED), campaign="Renewals") as opened:
            await opened.board.press("plus")
            assert opened.toasts
            assert latin_words(opened.toasts, *DATA) == []
            await opened.board.press("g")
            assert latin_words(opened.board.text, *DATA, *KEYS) == []
            await opened.confirm("enter")
            assert isinstance(opened.board.app.screen, FormScreen)
            assert latin_words(opened.board.text, *DATA, *KEYS) == []


async def test_old_and_awaited_answers_are_not_told_in_english() -> None:
    waiting = clerk(targets(2))
    waiting.gate = anyio.Event()
    with pseudo_language():
        async with desk(waiting) as opened:
            assert latin_words(opened.board.text, *DATA, *KEYS) == []
    broken = VendorFault(Fault(FaultCode.TIMEOUT, "api.example.com"))
    with pseudo_language():
        async with desk(clerk(broken, broken)) as opened:
            await opened.board.until(lambda: "api.example.com" in opened.board.text)
            assert latin_words(opened.board.text, *DATA, *KEYS) == []


async def test_the_desk_follows_when_another_language_is_spoken() -> None:
    async with desk(clerk(LISTED)) as opened:
        assert "Pending" in opened.board.text
        with pseudo_language():
            opened.screen.lists.ask_again()
            opened.screen._show()
            await opened.board.pilot.pause()
            for place in ("#head", "#whole", "DeskFooter"):
                shown = str(opened.screen.query_one(place).render())
                assert latin_words(shown, *DATA, *KEYS) == [], place
        opened.screen._show()
        await opened.board.pilot.pause()
        assert "Pending 23" in str(opened.screen.query_one("#head").render())


async def test_the_rows_of_a_file_are_not_told_in_english() -> None:
    async with desk() as opened:
        picture = opened.screen.live_picture
    plan = plan_of(
        Path("leads.csv"),
        bad=(Flaw(4, "?", FlawReason.NO_NUMBER),),
        doubles=(Double(5, "972500000001", 2),),
        already_pending=(NewTarget(6, "972500000006", priority=3, caller_id="0790000000"),),
        done=frozenset({2}),
        refused=frozenset({3}),
        unsure=frozenset({4}),
    )
    with pseudo_language():
        told = chapters(plan)
        assert {chapter.id for chapter in told} == {"bad", "doubles", "pending", "to_send", "done", "refused", "unsure"}
        for chapter in told:
            texts = [chapter.title, chapter.empty, *(row.words for row in rows(plan, chapter.id, picture))]
            assert latin_words(" ".join(texts), "Customer") == [], chapter.id
    assert rows(plan, "doubles", picture)[0].words.endswith("the same number as in line 2")


def test_what_is_wrong_with_a_field_or_a_file_is_not_told_in_english(tmp_path: Path) -> None:
    wrong = {"number": "x", "caller_id": "x", "priority": "x", "data": "x"}
    with pseudo_language():
        for field in forms.new_target():
            assert latin_words(f"{field.label} {field.hint}") == []
            if field.id in wrong:
                assert field.check(wrong[field.id])
                assert latin_words(field.check(wrong[field.id])) == []
        for field in forms.pace():
            assert latin_words(f"{field.label} {field.hint} {field.check('0')}") == []
        for path in (tmp_path, tmp_path / "none", Path("/dev/null")):
            assert files.trouble_of(path)
            assert latin_words(files.trouble_of(path)) == []
