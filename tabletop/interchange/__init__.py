"""Scripts in and out: an exercise made of somebody's sheet, and a sheet made of an exercise or a run."""
