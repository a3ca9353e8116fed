"""What is written in cells: texts, numbers, amounts, dates, units, targets."""
