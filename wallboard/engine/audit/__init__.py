"""The audit: its file, the chain of its lines, and what they tell."""
