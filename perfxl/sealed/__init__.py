"""What stands between a file and its forms: a password, or the archive that it came in."""
