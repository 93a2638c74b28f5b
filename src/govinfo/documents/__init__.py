"""bytes → Document: paragraphs and tables with their places; one reader per format."""
