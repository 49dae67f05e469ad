"""A live call-center wallboard for the terminal."""

__version__ = "0.1.0"
