"""Files of targets: read, checked, and reported on."""
