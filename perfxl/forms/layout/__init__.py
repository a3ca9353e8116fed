"""Where things stand: tiles, parts of a sheet, headers and their columns."""
