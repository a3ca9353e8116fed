"""Tests that keep documentation and texts true."""
