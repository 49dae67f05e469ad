"""The language of the floor: plain frozen values, standard library only, no text for people."""
