"""Looking back on one run: what happened at a glance, in time, and what was learned from it."""
