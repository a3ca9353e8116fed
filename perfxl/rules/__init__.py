"""Policies, admissible intervals, one function per rule, findings."""
