"""The command line. Nothing but click is imported before it is needed, so that `--help` and `--version` are quick."""
