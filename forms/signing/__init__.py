"""Keys, signatures and verdicts on signed PDFs. Heavy libraries are loaded when a name is first used."""

from typing import TYPE_CHECKING

import lazy_loader

if TYPE_CHECKING:
    from forms.signing.errors import SigningError as SigningError
    from forms.signing.errors import UnreadablePdfError as UnreadablePdfError
    from forms.signing.fields import prepare as prepare
    from forms.signing.keys import CertificateSummary as CertificateSummary
    from forms.signing.keys import SigningKey as SigningKey
    from forms.signing.keys import check_key as check_key
    from forms.signing.keys import load_key as load_key
    from forms.signing.practice import Practice as Practice
    from forms.signing.practice import PracticeFiles as PracticeFiles
    from forms.signing.practice import make_practice as make_practice
    from forms.signing.practice import write_practice as write_practice
    from forms.signing.remarks import remarks as remarks
    from forms.signing.sign import sign as sign
    from forms.signing.verify import verify as verify

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "errors": ["SigningError", "UnreadablePdfError"],
        "fields": ["prepare"],
        "keys": ["CertificateSummary", "SigningKey", "check_key", "load_key"],
        "practice": ["Practice", "PracticeFiles", "make_practice", "write_practice"],
        "remarks": ["remarks"],
        "sign": ["sign"],
        "verify": ["verify"],
    },
)
