"""The official rules' parameters: read, checked, chosen."""
