"""The anti-corruption layer: what the vendors say, from bytes to the language of the floor."""
