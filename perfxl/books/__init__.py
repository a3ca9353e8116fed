"""What perfxl writes: marked copies, clean copies, and the templates that official forms are."""
