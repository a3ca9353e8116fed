"""Pages for people: what was understood, painted on the sheet's own grid."""
