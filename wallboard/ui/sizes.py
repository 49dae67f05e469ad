"""What a screen has room for."""

LEAST_SMALL_WIDTH, LEAST_SMALL_HEIGHT = 100, 30  # below which the board shows fewer panels at once
LEAST_BIG_WIDTH, LEAST_BIG_HEIGHT = 150, 40  # from which on its figures are in big digits


def is_small(width: int, height: int) -> bool:
    """Whether there is room for two rows of panels only."""
    return width < LEAST_SMALL_WIDTH or height < LEAST_SMALL_HEIGHT


def is_big(width: int, height: int) -> bool:
    """Whether there is room for figures in big digits."""
    return width >= LEAST_BIG_WIDTH and height >= LEAST_BIG_HEIGHT
