"""Which row of one table is which of another."""
