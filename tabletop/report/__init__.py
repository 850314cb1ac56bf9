"""What leaves a run for readers: documents made from a session, in which foreign text is only ever text."""
