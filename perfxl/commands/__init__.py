"""Commands that stand apart from the main one: official forms and templates."""
