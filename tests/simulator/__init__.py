"""The simulated call centre."""
