"""The readers of other formats than .xlsx."""
