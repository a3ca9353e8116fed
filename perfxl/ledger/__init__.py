"""What was done before: the database of runs, its migrations, and what became of a form since."""
