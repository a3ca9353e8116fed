"""Letters to departments: from a Word document that the bureau edits."""
