"""Settings: one file, one environment, one frozen object passed down."""
