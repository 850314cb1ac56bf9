"""The shared screen: what the participants see on the wall, and nothing else."""
