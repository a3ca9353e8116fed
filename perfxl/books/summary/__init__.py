"""The summary of a season as a workbook, 汇总.xlsx: for a leader's desk and for the auditor behind it."""
