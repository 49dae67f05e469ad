"""A call centre that lives, seen by both vendors through their own interfaces over real HTTP."""
