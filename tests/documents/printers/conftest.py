"""A label paper and profiles for it."""

import pytest

from pharmacy_app.documents.catalogue import LABEL, Paper, render
from pharmacy_app.domain.blinding import BlindedLabel


@pytest.fixture
def paper(label: BlindedLabel) -> Paper:
    return render(LABEL, label)
