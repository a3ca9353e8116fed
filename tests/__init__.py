"""The tests; a package, so that tests of different parts may share helpers and file names."""
