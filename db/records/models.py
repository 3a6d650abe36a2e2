"""Community models and their yearly registrations: registered, carried out and recognised stay apart."""

from __future__ import annotations

from db.records.definition import SOURCE_KEY, Field, Kind, RecordType, Search, Sort
from resources import N_

MODEL = RecordType(
    "model",
    10,
    N_("Model"),
    (
        Field(
            "code",
            Kind.CODE,
            N_("Model code"),
            "Mã mô hình",
            required=True,
            search=Search.NAME,
            sort=Sort.TEXT,
        ),
        Field(
            "title",
            Kind.TEXT,
            N_("Model name"),
            "Tên mô hình",
            required=True,
            search=Search.NAME,
            sort=Sort.TEXT,
            group="1",
        ),
        Field(
            "situation",
            Kind.LONG_TEXT,
            N_("Situation, why it is needed"),
            "Thực trạng",
            search=Search.TEXT,
            group="2",
        ),
        Field("goal", Kind.LONG_TEXT, N_("Goals"), "Mục tiêu", search=Search.TEXT, group="3"),
        Field("method", Kind.LONG_TEXT, N_("How it is done"), "Cách làm", search=Search.TEXT, group="4"),
        Field("address", Kind.TEXT, N_("Address"), "Địa chỉ", search=Search.NAME, group="5"),
        Field("audience", Kind.LONG_TEXT, N_("For whom"), "Đối tượng", search=Search.TEXT, group="5"),
        Field("forces", Kind.LONG_TEXT, N_("Forces taking part"), "Lực lượng", search=Search.TEXT, group="6"),
        Field(
            "resources_planned",
            Kind.LONG_TEXT,
            N_("Resources planned"),
            "Nguồn lực dự kiến",
            search=Search.TEXT,
            group="7",
        ),
        Field("started_on", Kind.DATE, N_("Started on"), "Từ ngày", group="8"),
        Field("ended_on", Kind.DATE, N_("Ended on"), "Đến ngày", group="8"),
        Field("review_on", Kind.DATE, N_("To be reviewed on"), group="8"),
        Field(
            "products",
            Kind.LONG_TEXT,
            N_("Products that can be checked"),
            "Sản phẩm",
            search=Search.TEXT,
            group="9",
        ),
        Field(
            "sustain_plan",
            Kind.LONG_TEXT,
            N_("How it will last and spread"),
            "Khả năng duy trì",
            search=Search.TEXT,
            group="10",
        ),
        Field("legal_basis", Kind.LONG_TEXT, N_("Legal basis"), "Căn cứ", search=Search.TEXT, group="more"),
        Field(
            "programmes",
            Kind.TEXT,
            N_("Linked programmes"),
            "Chương trình gắn kết",
            search=Search.TEXT,
            group="more",
        ),
        Field("is_project_work", Kind.FLAG, N_("Project work"), "Công trình (x)", group="more"),
        Field(
            "person_in_charge",
            Kind.TEXT,
            N_("Person in charge"),
            "Người phụ trách",
            search=Search.NAME,
            purpose="contact",
            group="more",
        ),
        Field("phone", Kind.TEXT, N_("Phone"), "Điện thoại", purpose="contact", group="more"),
        Field("households", Kind.COUNT, N_("Households"), "Số hộ", group="more"),
        Field("people", Kind.COUNT, N_("People"), "Số người", group="more"),
        Field(
            "replicated_from",
            Kind.REFERENCE,
            N_("Replicated from"),
            "Nhân rộng từ",
            refers_to="model",
            group="more",
        ),
        Field("notes", Kind.LONG_TEXT, N_("Notes"), "Ghi chú", search=Search.TEXT, group="more"),
        SOURCE_KEY,
    ),
    title="title",
    sheet="Mô hình",
    keys=(("code",),),
)

REGISTRATION = RecordType(
    "registration",
    11,
    N_("Registration"),
    (
        Field(
            "model",
            Kind.REFERENCE,
            N_("Model"),
            "Mã mô hình",
            required=True,
            refers_to="model",
            is_parent=True,
        ),
        Field("year", Kind.YEAR, N_("Year"), "Năm", required=True),
        Field("line", Kind.CHOICE, N_("Reporting line"), "Tuyến báo cáo", required=True, choices="line"),
        Field("unit", Kind.REFERENCE, N_("Unit"), "Mã đơn vị", refers_to="org_unit"),
        Field("field", Kind.CHOICE, N_("Field"), "Lĩnh vực", required=True, choices="field"),
        Field(
            "subject_type",
            Kind.CHOICE,
            N_("Collective or individual"),
            "Tập thể/Cá nhân",
            required=True,
            choices="subject_type",
        ),
        Field(
            "registrant",
            Kind.TEXT,
            N_("Registered by"),
            "Đơn vị/cá nhân đăng ký",
            search=Search.NAME,
            purpose="registrant",
        ),
        Field("level", Kind.CHOICE, N_("Level"), "Cấp đăng ký", choices="level"),
        Field(
            "kind", Kind.CHOICE, N_("New, maintained or replicated"), "Hình thức", choices="registration_kind"
        ),
        Field("registered_on", Kind.DATE, N_("Registered on"), "Ngày đăng ký"),
        Field("status", Kind.CHOICE, N_("Status"), "Trạng thái", choices="registration_status"),
        SOURCE_KEY,
    ),
    title="year",
    keys=(("model", "year", "line"),),
)

TARGET = RecordType(
    "target",
    12,
    N_("Target"),
    (
        Field(
            "model",
            Kind.REFERENCE,
            N_("Model"),
            "Mã mô hình",
            required=True,
            refers_to="model",
            is_parent=True,
        ),
        Field("name", Kind.TEXT, N_("Target"), "Chỉ tiêu", required=True, search=Search.TEXT),
        Field("measure", Kind.TEXT, N_("Measure"), "Đơn vị tính"),
        Field("planned", Kind.QUANTITY, N_("Planned"), "Kế hoạch"),
        Field("actual", Kind.QUANTITY, N_("Reached"), "Thực hiện"),
        SOURCE_KEY,
    ),
    title="name",
    sheet="Chỉ tiêu",
)

TASK = RecordType(
    "task",
    13,
    N_("Task"),
    (
        Field(
            "model",
            Kind.REFERENCE,
            N_("Model"),
            "Mã mô hình",
            required=True,
            refers_to="model",
            is_parent=True,
        ),
        Field("what", Kind.TEXT, N_("What is to be done"), "Việc", required=True, search=Search.TEXT),
        Field("who", Kind.TEXT, N_("By whom"), "Người thực hiện", search=Search.TEXT, purpose="task"),
        Field("due_on", Kind.DATE, N_("Due on"), "Thời hạn"),
        Field("done_on", Kind.DATE, N_("Done on"), "Ngày xong"),
        SOURCE_KEY,
    ),
    title="what",
    sheet="Phân công",
)

TYPES = (MODEL, REGISTRATION, TARGET, TASK)
