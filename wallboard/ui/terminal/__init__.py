"""What touches the terminal itself, and the only place that leans on Textual's private names."""
