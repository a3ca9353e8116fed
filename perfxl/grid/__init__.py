"""A sheet as cells and spans with A1 addresses, whatever file it came from."""
