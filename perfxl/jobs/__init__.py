"""One file's work, here or in a process of its own, with its limits and what came of it."""
