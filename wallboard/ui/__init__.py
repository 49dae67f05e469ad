"""The board: the only room that knows Textual."""
