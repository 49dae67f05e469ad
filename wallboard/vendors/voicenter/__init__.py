"""Voicenter."""
