"""Many runs together: what returned, what was a one-off, what was agreed and what was not practised.

It counts exercises and incidents, never people: a function says where to begin, not who did well.
"""
