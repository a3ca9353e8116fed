"""Which field a label names."""
