"""The disk: exercises, logs, drafts and settings. Nothing outside this package opens a file of the user."""
