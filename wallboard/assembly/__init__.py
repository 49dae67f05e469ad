"""The composition root: settings, clock, vendors, engine, simulator and board meet here and nowhere else."""
