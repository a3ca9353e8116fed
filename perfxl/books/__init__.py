"""What perfxl writes: the marked copy, and later templates and the summary."""
