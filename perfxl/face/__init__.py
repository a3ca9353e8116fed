"""How a command line speaks: its language and streams, its options, its help and its refusals."""
