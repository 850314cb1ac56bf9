"""Home: go on with a run, begin an exercise, look back."""
