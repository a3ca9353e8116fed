"""The checks: one function per rule."""
