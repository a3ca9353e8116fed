"""Tests of the roll-up of several units."""
