"""The pure heart of tabletop: what was written, what happened, what follows. No files, no clock, no screen."""
