"""Widgets of our own, where Textual's fall short."""
