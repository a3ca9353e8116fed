"""The exit codes of the program; docs/machine-output.md describes them."""

OK = 0
WRONG = 1
"""Some form is not without fault."""
MISUSED = 2
"""The call cannot be carried out as it was made."""
UNREAD = 3
"""Some file could not be read, or has no copy."""
BROKEN = 4
"""perfxl itself is at fault."""
INTERRUPTED = 130
