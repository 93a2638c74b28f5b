"""Documents that are pages: marks at places, from which paragraphs and tables are told."""
