"""What each panel says (pure `rows`) and the frame that shows it."""
