"""Tests of reading any office file to Grids."""
