"""The leader's desk: one frame for every screen of the leader, and the scenes that fill it."""
