"""Validates a notebook and makes a page of it.

    check_notebook.py NOTEBOOK [PAGE]

Fails with what nbformat says of the notebook; with PAGE, writes what nbconvert makes of it there.
"""

import sys

import nbformat

with open(sys.argv[1], encoding="utf-8") as file:
    notebook = nbformat.reads(file.read(), as_version=nbformat.NO_CONVERT)
nbformat.validate(notebook)
assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
ids = [cell.id for cell in notebook.cells]
assert len(set(ids)) == len(ids), "an id twice"
if len(sys.argv) > 2:
    import nbconvert

    page, _ = nbconvert.HTMLExporter().from_notebook_node(notebook)
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.write(page)
