"""The damage matrix: every kind of damage on every sample it makes sense for.

A sample and its expected reading are damaged together (`sheet`, `damage`, `words`, `stacked`), written as a
real workbook and read; what is read must be what the undamaged form says, at the cells where it then stands.
"""
