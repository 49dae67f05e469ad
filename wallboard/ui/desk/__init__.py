"""The campaign desk: one campaign, its targets and its members."""
