"""The outside checkers are there and say no where they must: a checker that always agrees proves nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pikepdf
import pytest
from PIL import ImageCms
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import resources
from tests.support.verapdf import VeraPdf, VeraPdfError


def a_page(file: Path) -> Path:
    """One line of text as reportlab writes it: embedded font, but no PDF/A."""
    pdfmetrics.registerFont(TTFont("Serif", resources.path("fonts", "LiberationSerif-Regular.ttf")))
    canvas = Canvas(str(file), initialFontName="Serif")
    canvas.drawString(72, 720, "Dân vận khéo")
    canvas.save()
    return file


def made_archival(file: Path) -> Path:
    """The same file with what PDF/A-2u asks for: a colour profile and its metadata."""
    done = file.with_stem("archival")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with pikepdf.open(file) as pdf:
        stream = pdf.make_stream(profile, N=3)
        intent = pikepdf.Dictionary(
            Type=pikepdf.Name.OutputIntent, S=pikepdf.Name.GTS_PDFA1, DestOutputProfile=stream,
            OutputConditionIdentifier="sRGB",
        )
        pdf.Root.OutputIntents = pikepdf.Array([pdf.make_indirect(intent)])
        # It has no place in XMP, and the two must agree
        del pdf.docinfo["/Trapped"]
        with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
            meta.load_from_docinfo(pdf.docinfo)
            meta["pdfaid:part"], meta["pdfaid:conformance"] = "2", "U"
        pdf.save(done, min_version="1.7")
    return done


def test_verapdf_refuses_a_plain_file_and_names_the_rules(verapdf: VeraPdf, tmp_path: Path) -> None:
    verdict = verapdf(a_page(tmp_path / "plain.pdf"), "2u")
    assert not verdict.compliant
    assert any(reason.startswith("6.6.2.1-1 ") for reason in verdict.failures)


def test_verapdf_accepts_an_archival_file(verapdf: VeraPdf, tmp_path: Path) -> None:
    verdict = verapdf(made_archival(a_page(tmp_path / "plain.pdf")), "2u")
    assert verdict.failures == []
    assert verdict.compliant


def test_verapdf_holds_a_file_to_the_flavour_asked(verapdf: VeraPdf, tmp_path: Path) -> None:
    assert not verapdf(made_archival(a_page(tmp_path / "plain.pdf")), "ua1").compliant


def test_verapdf_does_not_judge_what_is_no_pdf(verapdf: VeraPdf, tmp_path: Path) -> None:
    (tmp_path / "words.pdf").write_text("no pdf")
    with pytest.raises(VeraPdfError, match=r"words\.pdf"):
        verapdf(tmp_path / "words.pdf")


@pytest.mark.parametrize("tool", ["pdfsig", "pdftotext", "pdftoppm", "openssl", "certutil", "strace", "Xvfb"])
def test_the_outside_tools_are_there(tool: str) -> None:
    assert shutil.which(tool)
