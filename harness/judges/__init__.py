"""Judges: what says whether something is so where words alone can't tell; a scorer is handed one by the run."""
