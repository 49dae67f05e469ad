"""Words, digits and directions: everything between a domain value and what a person reads."""
