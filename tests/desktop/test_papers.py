"""Reports in the window: drafted as asked, prose saved, signed, registered, marked when figures change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

import forms
from desktop.screens import paper_work
from desktop.screens.paper_periods import period_choices, split_period
from desktop.screens.papers import PapersScreen
from desktop.widgets.fields import ChoiceField
from forms import signing
from tests.desktop.conftest import Desk, press

KEY_PASSWORD = "thu-nghiem-2026"


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice key."""
    made = signing.make_practice(
        "Nguyễn Thị Hạnh", "UBND", KEY_PASSWORD, datetime.now(UTC) - timedelta(days=1)
    )
    return signing.write_practice(made, tmp_path_factory.mktemp("key")).p12


@pytest.fixture
def screen(desk: Desk) -> PapersScreen:
    found = desk.go("papers")
    assert isinstance(found, PapersScreen)
    desk.until(lambda: found.drafted is not None)
    return found


def text(screen: PapersScreen) -> str:
    """The words of the draft."""
    assert screen.drafted is not None
    return " ".join(str(screen.drafted.draft.title).split())


def issue(desk: Desk, screen: PapersScreen, key_file: Path, password: str = KEY_PASSWORD) -> None:
    screen.start_signing()
    screen.sign_panel.file.setText(str(key_file))
    screen.sign_panel.password.setText(password)
    screen.sign_panel.ask()
    desk.until()


def test_the_paper_of_this_year_is_drafted_at_once(screen: PapersScreen) -> None:
    assert "2026" in text(screen)
    assert screen.drafted is not None and len(screen.drafted.pages) >= 2
    assert screen.header.title() == "Reports"


def test_pages_are_drawn_from_the_pdf_itself(desk: Desk, screen: PapersScreen) -> None:
    desk.until(lambda: 0 in screen.preview.pages.kept())
    assert screen.drafted is not None
    image = paper_work.picture(screen.drafted.draft.pdf, 0, 300)
    assert (image.width(), image.height()) == (300, 425)
    assert image.pixelColor(5, 5).name() == "#ffffff"


def test_another_period_is_another_paper(desk: Desk, screen: PapersScreen) -> None:
    screen.open({"period": "2025Q1"})
    desk.until(lambda: screen.drafted is not None and screen.drafted.draft.request.period == "2025Q1")
    assert "quý I/2025" in text(screen)


def test_it_can_be_compared_with_the_year_before(desk: Desk, screen: PapersScreen) -> None:
    screen.options.form.show_values({"period": "year", "year": 2026, "compare": "last_year"}, anew=True)
    assert screen.options.request().compare == "2025"
    screen.options.changed.emit()
    desk.until(lambda: screen.drafted is not None and screen.drafted.draft.request.compare == "2025")


@pytest.mark.parametrize("code", ["2026", "2026Q3", "2026H1", "2026H2", "2026M9", "2026-09", "2014..2024"])
def test_every_kind_of_period_can_be_chosen_and_asked_for(screen: PapersScreen, code: str) -> None:
    kind, year, _first = split_period(code)
    assert kind in dict(period_choices())
    assert year in (2026, 2024)
    screen.options.set_period(code)
    assert screen.options.request().period == code


def test_a_year_that_is_none_is_told_and_asks_for_nothing(desk: Desk, screen: PapersScreen) -> None:
    screen.options.form.show_values({"period": "span", "year": 2020, "first": 2024}, anew=True)
    screen.options.changed.emit()
    desk.until(lambda: screen.preview.said() != "")
    assert screen.drafted is None or screen.drafted.draft.request.period == "2026"


def test_prose_is_saved_as_typed_and_stands_in_the_paper(desk: Desk, screen: PapersScreen) -> None:
    field = screen.texts.form.boxes["leadership"].field
    field.show_value("Đã ban hành kế hoạch số 15.")
    field.held.value = None
    field.held.commit_if_whole()
    desk.until(lambda: desk.book.count("report_text") == 1)
    saved = desk.book.find("report_text")[0]
    assert (saved["section"], saved["period"], saved["text"]) == (
        "leadership",
        "2026",
        "Đã ban hành kế hoạch số 15.",
    )
    desk.until(lambda: screen.drafted is not None and _lacks(screen, "leadership"))


def _lacks(screen: PapersScreen, section: str) -> bool:
    """Whether the draft no longer misses this section."""
    title = screen.options.kind.section(section)
    assert title is not None and screen.drafted is not None
    return not any(title.title in problem.message for problem in screen.drafted.draft.problems)


def test_empty_sections_are_named_beside_the_paper(screen: PapersScreen) -> None:
    assert "things to look at" in screen.preview.said()


def test_a_new_report_may_start_from_the_words_of_the_last_one(desk: Desk, screen: PapersScreen) -> None:
    own = desk.book.own_unit()
    screen.services.saving.write(
        lambda w: w.add("report_text", {"paper_kind": "result_report", "unit": own, "period": "2025",
                                        "section": "lessons", "text": "Chọn việc vừa sức."}),
        types=("report_text",),
    )  # fmt: skip
    desk.until()
    screen.texts.copy_last()
    desk.until(lambda: desk.book.count("report_text", {"period": "2026"}) == 1)
    assert "2025" in desk.said()
    assert screen.texts.form.boxes["lessons"].field.held.value == "Chọn việc vừa sức."


def test_without_an_earlier_report_it_says_so(desk: Desk, screen: PapersScreen) -> None:
    screen.texts.copy_last()
    assert "no earlier report" in desk.said()


def test_a_signed_paper_is_checked_and_enters_the_register(
    desk: Desk, screen: PapersScreen, key_file: Path
) -> None:
    issue(desk, screen, key_file)
    papers = desk.book.find("paper")
    assert len(papers) == 1 and papers[0]["signatures"]
    file = paper_work.folder_of(desk.book.path) / str(papers[0]["file_name"])
    assert signing.verify(file.read_bytes(), now=datetime.now(UTC))["verdict"] == "valid_with_remarks"
    assert file.name in desk.said()
    assert screen.register.model.index(0, 4).data() == "Signed"
    assert screen.sign_panel.password.text() == ""


def test_a_wrong_password_of_the_key_is_told_at_the_panel_and_nothing_is_issued(
    desk: Desk, screen: PapersScreen, key_file: Path
) -> None:
    issue(desk, screen, key_file, "sai")
    assert screen.sign_panel.said() != ""
    assert not screen.sign_panel.isHidden()
    assert desk.book.count("paper") == 0
    assert list(paper_work.folder_of(desk.book.path).glob("*.pdf")) == []


def test_signing_without_a_key_file_asks_for_it(screen: PapersScreen) -> None:
    screen.start_signing()
    screen.sign_panel.file.clear()
    screen.sign_panel.ask()
    assert "key file" in screen.sign_panel.said()


def test_a_paper_to_be_signed_by_hand_is_registered_too(desk: Desk, screen: PapersScreen) -> None:
    screen.issue_by_hand()
    desk.until(lambda: desk.book.count("paper") == 1)
    desk.until(lambda: screen.register.model.rowCount() == 1)
    assert screen.register.model.index(0, 4).data() == "By hand"


def test_a_paper_whose_figures_changed_is_marked(desk: Desk, screen: PapersScreen) -> None:
    screen.issue_by_hand()
    desk.until(lambda: screen.register.model.rowCount() == 1)
    assert screen.register.model.index(0, 5).data() == "Figures unchanged"
    given = desk.book.find("contribution")[0]
    screen.services.saving.write(
        lambda w: w.change("contribution", given.id, {"amount_vnd": 9_000_000}), types=("contribution",)
    )
    desk.until()
    screen.register.reload()
    desk.until(lambda: screen.register.model.index(0, 5).data() == "Figures have changed")
    assert "changed figures" in screen.tabs.tabText(1)


def test_a_paper_after_which_a_newer_one_was_made_says_so(desk: Desk, screen: PapersScreen) -> None:
    for count in (1, 2):
        screen.issue_by_hand()
        desk.until(lambda: screen.register.model.rowCount() == count)  # noqa: B023 - asked within the round
    states = {screen.register.model.index(row, 5).data() for row in range(2)}
    assert states == {"Figures unchanged", "A newer one was made"}


def test_an_issued_paper_is_never_written_over(tmp_path: Path) -> None:
    first = paper_work.free_name(tmp_path / "BC.pdf")
    first.write_bytes(b"1")
    second = paper_work.free_name(tmp_path / "BC.pdf")
    assert (first.name, second.name) == ("BC.pdf", "BC_2.pdf")


def test_a_draft_is_saved_as_it_is_shown(desk: Desk, screen: PapersScreen, tmp_path: Path) -> None:
    assert screen.drafted is not None
    screen.save_to(tmp_path / "nhap.pdf")
    desk.until(lambda: (tmp_path / "nhap.pdf").exists())
    assert (tmp_path / "nhap.pdf").read_bytes() == screen.drafted.draft.pdf
    assert desk.book.count("paper") == 0


def test_printing_sends_every_page_whole(desk: Desk, screen: PapersScreen, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "in.pdf"))
    screen.print_on(printer)
    desk.until(lambda: "sent to the printer" in desk.said())
    assert screen.drafted is not None
    sizes = forms.page_sizes((tmp_path / "in.pdf").read_bytes())
    wanted = [(page.width, page.height) for page in screen.drafted.pages]
    assert [(w > h) for w, h in sizes] == [(w > h) for w, h in wanted]
    assert all(abs(size[0] - want[0]) < 2 for size, want in zip(sizes, wanted, strict=True))


# --- kinds of paper, and writing one anew


def _ask(screen: PapersScreen, name: str, value: str | int) -> None:
    """As if a clerk had chosen it."""
    form = screen.options.form if name in screen.options.form.boxes else screen.options.more
    form.boxes[name].field.show_value(value)
    form.edited.emit(name, value)


def test_every_kind_of_paper_of_the_command_line_can_be_chosen(screen: PapersScreen) -> None:
    field = screen.options.form.boxes["kind"].field
    assert isinstance(field, ChoiceField)
    offered = {field.itemText(at) for at in range(field.count())}
    assert {kind.title for kind in forms.kinds()} <= offered


def test_the_photo_annex_stands_alone_without_sections_to_write(desk: Desk, screen: PapersScreen) -> None:
    _ask(screen, "kind", "photo_annex")
    desk.until(lambda: screen.drafted is not None and screen.drafted.draft.request.kind == "photo_annex")
    assert screen.texts.isHidden()
    assert not screen.options.form.boxes["model"].isHidden()
    _ask(screen, "kind", "result_report")
    desk.until(lambda: screen.drafted is not None and screen.drafted.draft.request.kind == "result_report")
    assert "leadership" in screen.texts.form.boxes and screen.texts.isVisible()


def test_a_paper_is_written_anew_as_it_was_asked_for(desk: Desk, screen: PapersScreen) -> None:
    own = desk.book.own_unit()
    asked = forms.PaperRequest(
        "photo_annex", "2024-01-01..2025-05-21", own, units="today", cutoff=date(2025, 5, 1), label="15 năm",
        signatory="Lê Văn Tâm", audience="public", photos=6, model=desk.model(), max_size=5_000_000,
    )  # fmt: skip
    folder = paper_work.folder_of(desk.book.path)
    desk.do(lambda step: paper_work.issuing(forms.draft_paper(step.book, asked), folder, None)(step))
    assert [file.name for file in folder.iterdir()] == ["PL_DVK_P01_2024-01-01-2025-05-21_congkhai.pdf"]
    screen.register.reload()
    desk.until(lambda: screen.register.model.rowCount() == 1)
    press(screen.register, "Write it anew with today's figures")
    assert screen.options.request() == asked
    assert screen.tabs.currentIndex() == 0


def test_a_comparison_with_any_period_is_kept(desk: Desk, screen: PapersScreen) -> None:
    asked = forms.PaperRequest("result_report", "2025", desk.book.own_unit(), compare="2020")
    screen.options.set_request(asked)
    assert screen.options.request() == asked


def test_where_the_window_is_narrow_the_paper_takes_the_place_of_the_writing(
    desk: Desk, screen: PapersScreen
) -> None:
    desk.app.window.resize(911, 472)
    desk.until(lambda: screen.preview.isHidden())
    screen.swap()
    assert screen.preview.isVisible()
    desk.app.window.resize(1366, 728)
    desk.until(lambda: screen.preview.isVisible())
