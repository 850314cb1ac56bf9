"""Lead a tabletop exercise from one terminal. Importing this costs nothing: everything else is imported where used."""

__version__ = "0.1.0"
