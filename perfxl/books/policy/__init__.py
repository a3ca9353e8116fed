"""A policy kept in a workbook: written for people to edit, and read back."""
