"""The workbook (XLSX) that a school fills in: a sheet for each list of a term's document.

- `sheets` is the layout, one table of data; `layout`, `kinds` and `words` are what the table is made of.
- `package` and `cells` read a file that nobody vouches for; `rows`, `places` and `reading` make a document of it.
- `paper`, `writing` and `template` write one.
"""

from scheduler.formats.workbook.reading import placed, read, recognise
from scheduler.formats.workbook.template import init
from scheduler.formats.workbook.writing import write

__all__ = ["init", "placed", "read", "recognise", "write"]
