"""The .xlsx package: guards, reading cells, spans and number formats, editing in place."""
