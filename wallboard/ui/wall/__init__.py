"""TV mode: the board for a floor that looks up at it."""
