"""The shipped test kit: strategies, layouts, damages, rule cases."""
