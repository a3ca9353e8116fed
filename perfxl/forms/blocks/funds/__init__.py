"""The shapes in which a form states its funds."""
