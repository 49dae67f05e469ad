"""Polls every feed on its own timer and keeps the last good picture. Knows vendors only through domain.ports."""
