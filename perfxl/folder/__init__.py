"""Files in, results out: finding submissions, working through them, placing the copies."""
