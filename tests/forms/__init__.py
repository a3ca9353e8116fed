"""Tests of reading forms."""
