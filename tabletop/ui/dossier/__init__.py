"""The living dossier on the desk: what many runs taught, over a year and over regions."""
