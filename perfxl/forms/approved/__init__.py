"""Approved tables: official forms and plain lists of targets, whole or stacked."""
