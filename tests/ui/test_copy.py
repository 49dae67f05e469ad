"""`ctrl+c` copies what is selected, else the row one stands on: as it is read, never as it stands on the screen."""

from tests.ui.boards import board


async def test_a_row_is_copied_as_it_is_read() -> None:
    async with board(size=(120, 35), text_mode="visual") as shown:
        await shown.press("1", "home")
        name = shown.screen.panel.table.rows[0].cells[0].at(0).text
        assert name == "שירות לקוחות"
        assert name not in shown.text  # it stands the other way round there
        await shown.press("ctrl+c")
        assert shown.app.clipboard.split("\t")[0] == name
        assert "שירות" in shown.app.clipboard
        await shown.until(lambda: "copied" in shown.text)


async def test_without_a_row_what_was_copied_stays() -> None:
    async with board(size=(120, 35)) as shown:
        shown.app.copy_to_clipboard("before")
        assert shown.screen.panel.table.cursor_key is None
        await shown.press("ctrl+c")
        assert shown.app.clipboard == "before"
