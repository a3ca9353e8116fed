"""What a score may be: quantities, directions, ratios, intervals, facts."""
