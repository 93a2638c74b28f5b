"""bytes → Document: paragraphs and tables with their places; one reader per format.

`govinfo.documents.text.read_text` and `govinfo.documents.html.read_html` are the built-in readers. Both begin with
`govinfo.documents.encoding` and refuse what is not text, or asks for more than `govinfo.documents.limits` allows, with
a `ReadError` that says what to do.
"""
