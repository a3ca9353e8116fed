"""The commands of the command line, a module each, and the app that they make."""
