"""Data of papers for tests: the two real cases as figures, and a ward with invented people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.paper_data import (
    ContributionRow,
    DocumentRow,
    Office,
    PaperData,
    RecognitionRow,
    RegistrationRow,
    Signer,
)

FIELDS = ("economy", "culture_society", "defence_security", "political_system")
SUBJECTS = ("collective", "individual")

OFFICE = Office(
    name_line="Ủy ban nhân dân phường Ngọc Hà",
    parent_line="Thành phố Hà Nội",
    symbol="UBND",
    place="Ngọc Hà",
    recipients=("Ban Tuyên giáo và Dân vận Thành ủy (để báo cáo)", "Đảng ủy phường", "Lưu: VT, XDĐ"),
    in_text="Ủy ban nhân dân phường Ngọc Hà",
)
LEADERSHIP = (
    "Đảng ủy phường đã chỉ đạo các chi bộ đăng ký mô hình ngay từ đầu năm.\n"
    "- Phân công cấp ủy viên phụ trách;\n"
    "- Tổ chức 02 hội nghị triển khai."
)
SIGNER = Signer("Nguyễn Thị Thử", "Chủ tịch", "TM.")


def figures(
    label: str, start: str, end: str, *, registered: int | None = None, **more: Any
) -> dict[str, Any]:
    """Figures of a period in which nothing else is known than what is given; keys as in interfaces §3."""
    models: dict[str, Any] = {
        "registered": registered,
        "distinct_models": None,
        "by_field": dict.fromkeys(FIELDS),
        "by_subject": dict.fromkeys(SUBJECTS),
        "by_level": dict.fromkeys(("grassroots", "district", "city", "central")),
        "by_kind": dict.fromkeys(("new", "maintained", "replicated")),
        "by_line": {},
        "registrants": None,
        "matrix": [
            {"field": field, "subject": subject, "value": None, "sources": 0}
            for field in FIELDS
            for subject in SUBJECTS
        ],
        "unallocated": {"total": registered, "by_subject": {}, "by_field": {}},
        "project_works": None,
    }
    models.update(more.pop("models", {}))
    contributions = dict.fromkeys(
        ("cash_vnd", "transfer_vnd", "socialised_vnd", "labour_days", "land_m2", "contributors")
    )
    period = {"label": label, "from": start, "to": end, "cutoff": None, "data_from": start, "data_to": end}
    return {
        "period": {**period, **more.pop("period", {})},
        "unit": "U",
        "units": "then",
        "models": models,
        "recognition": more.pop("recognition", []),
        "contributions": {**contributions, "in_kind": [], **more.pop("contributions", {})},
        "outputs": more.pop("outputs", []),
        "activities": {
            "by_kind": {},
            "attendees": None,
            "units_with_dialogue": None,
            "units": 1,
            **more.pop("activities", {}),
        },
        "supervision": {"open": None, "closed": None, "models_never": None, **more.pop("supervision", {})},
        "sustained": {"after_1_year": None, "after_2_years": None, "after_3_years": None},
        "replications": more.pop("replications", None),
        "reported": more.pop("reported", []),
        "problems": more.pop("problems", []),
        **more,
    }


def total(indicator: str, value: int | None, start: str, end: str, **more: Any) -> dict[str, Any]:
    """A reported total as the JSON of figures has it."""
    row: dict[str, Any] = dict.fromkeys(
        ("field", "subject", "level", "line", "form", "status", "measure", "source")
    )
    row.update(unit="U", indicator=indicator, value=value, qualifier="exact", counted=True, as_of=end)
    return {**row, "from": start, "to": end, **more}


def recognition(
    form: str, recipient: str, value: int, status: str = "granted", level: str | None = None
) -> dict[str, Any]:
    """A line of recognitions as the JSON of figures has it."""
    return {"form": form, "level": level, "recipient_type": recipient, "status": status, "value": value}


UNALLOCATED = {"code": "unallocated", "message": "unallocated"}


def ba_dinh() -> PaperData:
    """Two years side by side, the second closed on 21/05/2024 (domain §1.3)."""
    before = figures(
        "năm 2023", "2023-01-01", "2023-12-31", registered=882,
        period={"cutoff": "2024-05-21"},
        recognition=[recognition("outstanding", "model", 256)],
        reported=[total("Mô hình đăng ký", 882, "2023-01-01", "2023-12-31")],
        problems=[UNALLOCATED],
    )  # fmt: skip
    now = figures(
        "năm 2024", "2024-01-01", "2024-12-31", registered=625,
        period={"cutoff": "2024-05-21", "data_to": "2024-05-21"},
        models={
            "by_subject": {"collective": 452, "individual": 173},
            "unallocated": {"total": 625, "by_subject": {"collective": 452, "individual": 173}},
        },
        reported=[
            total("Mô hình đăng ký", 452, "2024-01-01", "2024-05-21", subject="collective", source="Báo"),
            total("Mô hình đăng ký", 173, "2024-01-01", "2024-05-21", subject="individual", source="Báo"),
            # Said to be registered at all three levels, without numbers
            *(
                total("Mô hình đăng ký", None, "2024-01-01", "2024-05-21", level=level, counted=False)
                for level in ("grassroots", "district", "city")
            ),
        ],
        problems=[UNALLOCATED],
    )  # fmt: skip
    office = Office(
        "Ủy ban nhân dân quận Ba Đình", "Thành phố Hà Nội", "UBND", "Ba Đình", OFFICE.recipients,
        "Ủy ban nhân dân quận Ba Đình",
    )  # fmt: skip
    return PaperData("result_report", "Quận Ba Đình", now, office, SIGNER, compared=before)


def bac_tu_liem() -> PaperData:
    """Fifteen years by name, data since 2014 (domain §1.2)."""
    found = figures(
        "15 năm", "2009-01-01", "2024-12-31", registered=6977,
        period={"cutoff": None, "data_from": "2014-01-01", "data_to": "2024-12-31"},
        recognition=[
            recognition("recognised", "collective", 885, level="district"),
            recognition("recognised", "individual", 748, level="district"),
            recognition("certificate_of_merit_high", "collective", 9, "proposed", "city"),
            recognition("certificate_of_merit_local", "collective", 36, level="district"),
            recognition("certificate_of_merit_local", "individual", 15, level="district"),
            recognition("commemorative_medal", "individual", 2, level="central"),
        ],
        contributions={"socialised_vnd": 7_000_000_000, "labour_days": 3000},
        reported=[
            total("Mô hình đăng ký", 6977, "2014-01-01", "2024-10-14"),
            total("Mô hình đăng ký", 549, "2024-01-01", "2024-12-31"),
            total("Kinh phí xã hội hóa", 7_000_000_000, "2024-01-01", "2024-12-31", qualifier="more_than",
                  measure="đồng"),
            total("Ngày công", 3000, "2024-01-01", "2024-12-31", qualifier="more_than", measure="ngày công"),
        ],
        problems=[UNALLOCATED, {"code": "overlap", "message": "overlap"}],
    )  # fmt: skip
    office = Office(
        "Ủy ban nhân dân quận Bắc Từ Liêm", "Thành phố Hà Nội", "UBND", "Bắc Từ Liêm", OFFICE.recipients,
        "Ủy ban nhân dân quận Bắc Từ Liêm",
    )  # fmt: skip
    return PaperData("result_report", "Quận Bắc Từ Liêm", found, office, SIGNER)


_TITLES = (
    "Tổ liên gia an toàn phòng cháy, chữa cháy",
    "Ngõ xanh - sạch - đẹp - văn minh",
    "Camera an ninh do nhân dân đóng góp",
    "Tổ công nghệ số hỗ trợ dịch vụ công trực tuyến tại nhà",
)
_PEOPLE = ("Lê Văn Mẫu", "Trần Thị Thử Nghiệm", "Phạm Quốc Ví Dụ", "Đỗ Hữu Giả Định")


def registrations(count: int, units: int = 3) -> tuple[RegistrationRow, ...]:
    """Invented rows of F2, in the order of their units."""
    return tuple(
        RegistrationRow(
            unit=f"Tổ dân phố số {1 + at * units // count}",
            title=f"{_TITLES[at % 4]} số {at + 1}",
            registrant=f"Chi bộ, Ban công tác Mặt trận Tổ dân phố số {1 + at * units // count}",
            address=f"Ngõ {at + 1} phố Thử",
            field=FIELDS[at % 4],
            subject=SUBJECTS[at % 3 == 0],
            level="grassroots",
            kind=("new", "maintained", "replicated")[at % 3],
            summary="Vận động các hộ liền kề lắp chuông báo cháy, trang bị bình chữa cháy, mở lối thoát nạn",
            person_in_charge=_PEOPLE[at % 4],
            phone="0900000000",
        )
        for at in range(count)
    )


def contributions(count: int) -> tuple[ContributionRow, ...]:
    """Invented rows of F8: every kind of contribution in turn."""
    return tuple(_contribution(at) for at in range(count))


def _contribution(at: int) -> ContributionRow:
    kind = ("cash", "transfer", "labour_days", "land", "in_kind")[at % 5]
    kinds: Mapping[str, Mapping[str, Any]] = {
        "cash": {"amount_vnd": 500_000 + at * 1000},
        "transfer": {"amount_vnd": 2_000_000},
        "labour_days": {"quantity": 25_000},
        "land": {"quantity": 12_5000, "measure": "m²"},
        "in_kind": {
            "quantity": 100_0000,
            "measure": "viên",
            "item": "Gạch lát vỉa hè",
            "converted_vnd": 1_500_000,
        },
    }
    who, where = f"Hộ {_PEOPLE[at % 4]}", f"Số {at + 1} ngõ Thử"
    return ContributionRow(who, kind, where, given_on="2024-03-15", receipt_no=f"PT{at:03d}", **kinds[kind])


def ward(rows: int = 12, given: int = 15) -> PaperData:
    """A ward with lists, invented people and a comparison."""
    listed = registrations(rows)
    cells = [
        {
            "field": field,
            "subject": subject,
            "value": sum((row.field, row.subject) == (field, subject) for row in listed),
            "sources": 1,
        }
        for field in FIELDS
        for subject in SUBJECTS
    ]
    models = {
        "distinct_models": rows,
        "by_field": {field: sum(row.field == field for row in listed) for field in FIELDS},
        "by_subject": {subject: sum(row.subject == subject for row in listed) for subject in SUBJECTS},
        "by_level": {"grassroots": rows, "district": 0, "city": 0, "central": 0},
        "by_kind": {"new": 4, "maintained": 4, "replicated": rows - 8},
        "by_line": {"territorial": rows},
        "registrants": 3,
        "matrix": cells,
        "unallocated": {"total": 0, "by_subject": {}, "by_field": {}},
        "project_works": 2,
    }
    now = figures(
        "6 tháng đầu năm 2024", "2024-01-01", "2024-06-30", registered=rows, models=models,
        contributions={
            "cash_vnd": 10_000_000_000_000, "transfer_vnd": 6_000_000, "socialised_vnd": 10_000_006_000_000,
            "labour_days": 7.5, "land_m2": 37.5, "contributors": given,
            "in_kind": [{"name": "Gạch lát", "unit": "viên", "quantity": 300, "converted_vnd": 4_500_000}],
        },
        outputs=[{"name": "Đường bê tông", "unit": "m", "quantity": 125.5}],
        activities={"by_kind": {"meeting": 4, "outreach": 6, "dialogue": 1, "home_visit": 20, "launch": 2,
                                "work_day": 8}, "attendees": 1250, "units_with_dialogue": 1, "units": 1},
        supervision={"open": 1, "closed": 3, "models_never": 5},
        recognition=[recognition("certificate_of_merit_local", "collective", 3, level="grassroots")],
        replications=2,
    )  # fmt: skip
    return PaperData(
        "result_report", "Phường Ngọc Hà", now, OFFICE, SIGNER, compared=ba_dinh().compared,
        registrations=listed, contributions=contributions(given),
        recognitions=(
            RecognitionRow("Chi bộ Tổ dân phố số 1", "collective", "certificate_of_merit_local", "granted",
                           "grassroots", "UBND phường Ngọc Hà", "123/QĐ-UBND", "2024-06-20"),
        ),
        documents=(DocumentRow("Kế hoạch", "12/KH-ĐU", "2024-01-15", "Đảng ủy phường", "về thi đua"),),
        texts={"leadership": LEADERSHIP},
        number="15", issued_on="2024-07-05",
    )  # fmt: skip
