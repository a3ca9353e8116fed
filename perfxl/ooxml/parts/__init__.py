"""The parts of an .xlsx package as they are read: zip, strings, styles, sheets, comments."""
