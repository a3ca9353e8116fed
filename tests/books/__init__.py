"""Tests of what perfxl writes."""
