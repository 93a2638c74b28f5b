"""Documents of word processors: paragraphs and tables, told apart by the file itself."""
