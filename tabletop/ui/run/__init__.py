"""Leading a run: the storyline, the stops, the debrief and the end, on the leader's desk."""
