"""Labels and layouts: reading a Grid as self-evaluation forms."""
