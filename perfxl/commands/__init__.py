"""What the longer commands do, and the options that commands share."""
