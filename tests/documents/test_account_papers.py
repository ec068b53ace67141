"""The papers of the account: both layouts, certificate, parcel list, the equation of the site."""

import dataclasses

import pytest

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import render
from pharmacy_app.documents.pictures import pages
from pharmacy_app.documents.reports.accountability_log import Layout
from tests.documents import account_papers, papers
from tests.documents.test_catalogue import text_of


def test_the_chinese_layout_counts_each_kind_in_a_column_of_its_own() -> None:
    log = papers.accountability_log(14)
    china = dataclasses.replace(log, layout=Layout.CHINA, as_of=papers.BEGUN, on_shelf=None)
    text = text_of(render(catalogue.ACCOUNTABILITY_LOG, china).pdf)
    assert "试验用药品接收/入库/发放/回收/退还/销毁记录" in text
    for column in ("入库", "退还", "销毁", "转出"):
        assert column in text
    assert "2026-11-22 09:10 +08:00" in text
    assert "Agrees" not in text
    darf = text_of(render(catalogue.ACCOUNTABILITY_LOG, log).pdf)
    assert "NCI DARF" in darf
    assert "一致 Agrees" in darf


def test_a_log_that_does_not_agree_with_the_shelf_says_so() -> None:
    log = papers.accountability_log(14)
    assert log.on_shelf is not None
    wrong = dataclasses.replace(log, on_shelf=log.on_shelf + 1)
    assert "DOES NOT AGREE" in text_of(render(catalogue.ACCOUNTABILITY_LOG, wrong).pdf)


def test_a_subjects_log_has_no_balance() -> None:
    log = papers.accountability_log(3)
    lines = tuple(dataclasses.replace(line, balance=None) for line in log.lines)
    alone = dataclasses.replace(log, lines=lines, on_shelf=None)
    assert "账面结存" not in text_of(render(catalogue.ACCOUNTABILITY_LOG, alone).pdf)


@pytest.mark.parametrize("kits", [1, 40, 200])
def test_the_certificate_names_every_kit_how_where_and_who_saw_it(kits: int) -> None:
    paper = render(catalogue.DESTRUCTION_CERTIFICATE, account_papers.destruction_certificate(kits))
    text = text_of(paper.pdf)
    for number in range(kits):
        assert f"K7Q4M2{number:02d}" in text
    for words in ("incinerated", "waste plant", "见证 Witnessed", "sponsor's signed notice"):
        assert words in text
    assert (pages(paper.pdf) > 1) is (kits > 30)


def test_the_list_in_the_parcel_is_sealed_for_whom_it_is_addressed_to() -> None:
    back = text_of(render(catalogue.RETURN_LIST, account_papers.return_list()).pdf)
    assert "Return of kits to the sponsor" in back
    assert "sealed, for the addressee alone" in back
    over = text_of(render(catalogue.RETURN_LIST, account_papers.return_list(transfer=True)).pdf)
    assert "Transfer of kits to another site" in over
    assert "Example University Second Hospital" in over
    assert "Received by, name" in over


def test_the_reconciliation_shows_its_equation_and_each_kit_that_is_not_explained() -> None:
    still = render(catalogue.RECONCILIATION, account_papers.reconciliation(closed=False))
    text = text_of(still.pdf)
    assert "20 = 9 已给药 given + 1 未用退回 returned unused" in text
    assert "Unexplained: 1" in text
    assert "Send it back, have it destroyed, or transfer it." in text
    assert "Closing statement" not in text
    closed = text_of(render(catalogue.RECONCILIATION, account_papers.reconciliation()).pdf)
    assert "Unexplained: 0" in closed
    assert "none is unexplained" in closed
    assert "site closed" in closed


def test_an_equation_that_does_not_hold_says_so() -> None:
    wrong = dataclasses.replace(account_papers.reconciliation(), received=21)
    text = text_of(render(catalogue.RECONCILIATION, wrong).pdf)
    assert "21 ≠ 9" in text
    assert "DOES NOT AGREE" in text
