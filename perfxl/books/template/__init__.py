"""Workbook templates: official forms as .xlsx with Jinja2 tags in their cells."""
