"""Workbooks written and read back, and workbooks as people fill them in."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.domain.document import Document
from scheduler.formats import native, workbook
from tests.strategies import documents


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents(), st.sampled_from(["en", "ru"]))
def test_a_document_is_read_back_from_a_workbook_as_it_was(document: Document, lang: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "centre.xlsx"
        workbook.write(document, path, lang)
        again = workbook.read(path)
    assert native.tell(again) == native.tell(document)
    assert again == document
