"""Tests of perfxl.ooxml."""
