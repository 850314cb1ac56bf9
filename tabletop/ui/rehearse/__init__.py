"""A rehearsal on the desk: the leader's screen and the participants' screen beside each other, and the coverage."""
