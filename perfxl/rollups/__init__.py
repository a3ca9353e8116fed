"""Several units' forms into one, by the rules for rolling up, with the way of every figure."""
