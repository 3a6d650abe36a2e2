"""Programs of others confirm what we sign: poppler's pdfsig, OpenSSL, pyHanko's own validation, veraPDF."""

from __future__ import annotations

import re
import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from forms.anchors import AGENCY, PERSON
from forms.signing.keys import read_key
from forms.signing.practice import Practice, make_practice
from forms.signing.sign import sign
from tests.forms.signing.conftest import Office
from tests.forms.signing.test_appearance import picture
from tests.support.signing_attacks import range_of
from tests.support.signing_pki import NOON, structure
from tests.support.verapdf import VeraPdf


@pytest.fixture(scope="module")
def practice() -> Practice:
    return make_practice("Phạm Thị Dung", "UBND phường Hoa Mai", "thử", NOON - timedelta(days=1))


@pytest.fixture(scope="module")
def by_practice(practice: Practice, prepared: bytes) -> bytes:
    """Signed with RSA by a leader, then with a seal: both with pictures, as on the demo's papers."""
    key = read_key(practice.p12, "thử", "k")
    first = sign(prepared, key, PERSON, NOON, image=picture())
    return sign(first, key, AGENCY, NOON, image=picture((425, 425), "#c81414"))


def written(folder: Path, content: bytes, name: str = "paper.pdf") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def told_by_pdfsig(file: Path) -> str:
    return subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("stage", ["once", "by_practice"])
def test_pdfsig_finds_every_signature_valid(
    stage: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    pdf: bytes = request.getfixturevalue(stage)
    told = told_by_pdfsig(written(tmp_path, pdf))
    signatures = len(PdfFileReader(BytesIO(pdf)).embedded_regular_signatures)
    assert told.count("Signature is Valid.") == signatures
    assert told.count("ETSI.CAdES.detached") == signatures


def test_pdfsig_reads_the_vietnamese_name(by_practice: bytes, tmp_path: Path) -> None:
    assert "Phạm Thị Dung" in told_by_pdfsig(written(tmp_path, by_practice))


def test_pdfsig_finds_a_changed_byte(once: bytes, tmp_path: Path) -> None:
    at = len(once) // 3
    told = told_by_pdfsig(written(tmp_path, once[:at] + bytes([once[at] ^ 1]) + once[at + 1 :]))
    assert "Digest Mismatch" in told


def checked_by_openssl(pdf: bytes, root: bytes, folder: Path) -> subprocess.CompletedProcess[str]:
    """The last signature, over the bytes that it says it covers."""
    _first, before, after, rest = range_of(pdf)
    padded = bytes.fromhex(pdf[before + 1 : after - 1].decode())
    length = 4 + int.from_bytes(padded[2:4], "big")
    signature = written(folder, padded[:length], "signature.der")
    content = written(folder, pdf[:before] + pdf[after : after + rest], "content.bin")
    command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", str(signature)]
    command += [
        "-content",
        str(content),
        "-CAfile",
        str(written(folder, root, "root.pem")),
        "-purpose",
        "any",
    ]
    command += ["-attime", str(int(NOON.timestamp())), "-out", "/dev/null"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_openssl_verifies_the_signature_of_an_office(once: bytes, office: Office, tmp_path: Path) -> None:
    told = checked_by_openssl(once, office.root.pem, tmp_path)
    assert (told.returncode, "successful" in told.stderr) == (0, True)


def test_openssl_verifies_the_practice_signature(
    by_practice: bytes, practice: Practice, tmp_path: Path
) -> None:
    assert checked_by_openssl(by_practice, practice.root, tmp_path).returncode == 0


def test_openssl_refuses_changed_content(once: bytes, office: Office, tmp_path: Path) -> None:
    changed = once[:9000] + bytes([once[9000] ^ 1]) + once[9001:]
    assert checked_by_openssl(changed, office.root.pem, tmp_path).returncode != 0


def test_pyhanko_itself_finds_both_signatures_valid(twice: bytes, office: Office) -> None:
    context = ValidationContext(
        trust_roots=[structure(office.root.certificate)],
        crls=office.crls,
        moment=NOON + timedelta(minutes=9),
        revocation_mode="require",
    )
    found = PdfFileReader(BytesIO(twice)).embedded_regular_signatures
    assert [validate_pdf_signature(each, context).bottom_line for each in found] == [True, True]


@pytest.mark.parametrize("stage", ["once", "twice", "by_practice"])
def test_a_signed_paper_stays_pdf_a(
    stage: str, request: pytest.FixtureRequest, verapdf: VeraPdf, tmp_path: Path
) -> None:
    assert verapdf(written(tmp_path, request.getfixturevalue(stage)), "2u").failures == []


def test_the_words_of_a_practice_signature_can_be_found(
    practice: Practice, prepared: bytes, tmp_path: Path
) -> None:
    signed = sign(prepared, read_key(practice.p12, "thử", "k"), PERSON, NOON)
    command = ["pdftotext", "-raw", str(written(tmp_path, signed)), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    words = re.sub(r"\s+", " ", text)
    assert "CHỮ KÝ THỬ NGHIỆM – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ Ký bởi: Phạm Thị Dung" in words


def test_the_roots_of_practice_are_plain_pem(practice: Practice, tmp_path: Path) -> None:
    file = written(tmp_path, practice.root, "root.pem")
    shown = subprocess.run(
        ["openssl", "x509", "-in", str(file), "-noout", "-dates"], capture_output=True, text=True, check=True
    )
    assert "notAfter=Nov 21 12:00:00 2029 GMT" in shown.stdout


def test_openssl_reads_the_practice_list(practice: Practice, tmp_path: Path) -> None:
    files = (written(tmp_path, practice.crl, "list.crl"), written(tmp_path, practice.root, "root.pem"))
    shown = subprocess.run(
        ["openssl", "crl", "-inform", "DER", "-in", str(files[0]), "-CAfile", str(files[1]), "-noout"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "verify OK" in shown.stderr


def test_no_root_travels_inside_a_signature(by_practice: bytes) -> None:
    signature = PdfFileReader(BytesIO(by_practice)).embedded_regular_signatures[0]
    assert signature.other_embedded_certs == []
