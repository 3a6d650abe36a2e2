"""What was appended after a signature? Only further signatures, validation data and time-stamps may be."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.metadata.model import NS, RDF_ABOUT, ExpandedName
from pyhanko.pdf_utils.metadata.xmp_xml import parse_xmp
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DiffResult,
    DocInfoRule,
    DSSCompareRule,
    FieldComparisonContext,
    FormUpdate,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    ReferenceUpdate,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from forms.signing.verify_file import STAMP, entry, filled_in, is_hybrid

# Where a signature leaves traces in the catalogue; every other entry must stay as it was
_CATALOGUE: Final = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Version"})
_FORM: Final = frozenset({"/Fields", "/SigFlags"})
# The tool that signs may note itself and the time; what the paper says about itself must stay
_INFO_NOTES: Final = frozenset({"/ModDate", "/Producer"})
_XMP_NOTES: Final = frozenset(
    {
        ExpandedName(NS["xmp"], "ModifyDate"),
        ExpandedName(NS["xmp"], "MetadataDate"),
        ExpandedName(NS["pdf"], "Producer"),
        ExpandedName("http://ns.adobe.com/xap/1.0/mm/", "InstanceID"),
        # Says what the description is about: this file, in one way or another
        RDF_ABOUT,
    }
)
_TRAILER_NOTES: Final = frozenset(
    [
        "/Size",
        "/Prev",
        "/XRefStm",
        "/Type",
        "/W",
        "/Index",
        "/Length",
        "/Filter",
        "/DecodeParms",
        "/ID",
        "/Info",
    ]
)
# All that a document time-stamp's own field needs; nothing that acts or shows
_STAMP_FIELD: Final = frozenset(
    {"/Type", "/Subtype", "/FT", "/T", "/TU", "/TM", "/V", "/F", "/Ff", "/Rect", "/P", "/AP", "/MK"}
)


class _InfoRule(DocInfoRule):
    """Title, author and the like stay; only the tool's notes may differ."""

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterable[ReferenceUpdate]:
        if _without(_info(old), _INFO_NOTES) != _without(_info(new), _INFO_NOTES):
            raise SuspiciousModification("the document information was changed")
        return super().apply(old, new)


class _XmpRule(MetadataUpdateRule):
    """The same for the XMP metadata, compared by meaning, as tools write it anew."""

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterable[ReferenceUpdate]:
        before, after = _xmp_stream(old), _xmp_stream(new)
        if before == after:
            return ()
        if _xmp(before) != _xmp(after):
            raise SuspiciousModification("the metadata were changed")
        return super().apply(old, new)


class _FieldRule(SigFieldCreationRule):
    """No new field but the invisible one of a document time-stamp: the others were laid before signing."""

    def apply(self, context: FieldComparisonContext) -> Iterable[tuple[ModificationLevel, FormUpdate]]:
        for spec in context.field_specs.values():
            if spec.old_field_ref is None and not _is_stamp_field(spec.new_field):
                raise SuspiciousModification("a field was added after signing")
        return super().apply(context)


class _OnlySignatures(StandardDiffPolicy):
    """pyHanko's analysis with our rules, and the trailer compared too."""

    def apply(
        self,
        old: HistoricalResolver,
        new: HistoricalResolver,
        field_mdp_spec: FieldMDPSpec | None = None,
        doc_mdp: MDPPerm | None = None,
    ) -> DiffResult:
        if _trailer(old) != _trailer(new):
            raise SuspiciousModification("the trailer was changed")
        return super().apply(old, new, field_mdp_spec=field_mdp_spec, doc_mdp=doc_mdp)


_POLICY: Final = _OnlySignatures(
    global_rules=[
        CatalogModificationRule(ignored_keys=_CATALOGUE),
        _InfoRule().as_qualified(ModificationLevel.LTA_UPDATES),
        _XmpRule().as_qualified(ModificationLevel.LTA_UPDATES),  # type: ignore[no-untyped-call]  # pyHanko's
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
    ],
    form_rule=FormUpdatingRule(
        field_rules=[
            _FieldRule(),  # type: ignore[no-untyped-call]  # pyHanko's
            SigFieldModificationRule(),
        ],
        ignored_acroform_keys=_FORM,
    ),
    # An object that nothing refers to yet is how a shadow attack begins
    ignore_orphaned_objects=False,
)


def only_signatures_after(signature: EmbeddedPdfSignature) -> bool:
    """Whether every revision after that of ``signature`` adds what may be added, and nothing else."""
    reader: PdfFileReader = signature.reader
    first = int(signature.signed_revision)
    later = range(first + 1, reader.xrefs.total_revisions)
    if any(is_hybrid(reader, revision) or not _adds(reader, revision) for revision in later):
        return False
    found = _POLICY.review_file(
        reader, first, field_mdp_spec=signature.fieldmdp, doc_mdp=signature.docmdp_level
    )
    if not isinstance(found, DiffResult):
        return False
    allowed = signature.docmdp_level
    return allowed is None or found.modification_level.value <= allowed.value


def _adds(reader: PdfFileReader, revision: int) -> bool:
    """Whether the revision brings a signature, a time-stamp or validation data at all."""
    before = reader.get_historical_resolver(revision - 1)
    now = reader.get_historical_resolver(revision)
    return filled_in(reader, revision) != filled_in(reader, revision - 1) or _dss(before) != _dss(now)


def _dss(past: HistoricalResolver) -> dict[str, Any]:
    """Entries of the security store with their direct contents: arrays of references, dictionaries."""
    store = entry(past.root, "/DSS", {})
    return {key: store[key] for key in store}


def _info(past: HistoricalResolver) -> generic.DictionaryObject:
    if "/Info" not in past.trailer_view:
        return generic.DictionaryObject()
    # By its reference and from this revision: the trailer alone would lead to the newest one
    found = past.get_object(past.trailer_view.get_value_as_reference("/Info"))
    if not isinstance(found, generic.DictionaryObject):
        raise SuspiciousModification("the document information is no dictionary")
    return found


def _without(entries: generic.DictionaryObject, notes: frozenset[str]) -> dict[str, Any]:
    return {key: entries.raw_get(key) for key in entries if key not in notes}


def _trailer(past: HistoricalResolver) -> dict[str, Any]:
    return _without(past.trailer_view, _TRAILER_NOTES)


def _xmp_stream(past: HistoricalResolver) -> bytes:
    if "/Metadata" not in past.root:
        return b""
    # By its reference: looked up by its key, pyHanko makes it an object that has no history
    stream = past.root.get_value_as_reference("/Metadata").get_object()
    return stream.read_data(DecodePurpose.XMP_METADATA) if isinstance(stream, generic.StreamObject) else b""


def _xmp(stream: bytes) -> dict[ExpandedName, Any]:
    if not stream:
        return {}
    entries = (entry for structure in parse_xmp(BytesIO(stream)) for entry in structure)
    return {name: value for name, value in entries if name not in _XMP_NOTES}


def _is_stamp_field(field: generic.DictionaryObject | None) -> bool:
    if field is None or not _STAMP_FIELD.issuperset(field) or "/V" not in field:
        return False
    left, bottom, right, top = entry(field, "/Rect", (0, 0, 0, 0))
    return bool(entry(field["/V"], "/Type") == STAMP and (left == right or bottom == top))
