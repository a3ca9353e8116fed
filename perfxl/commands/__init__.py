"""What the longer commands do, apart from how they are called."""
