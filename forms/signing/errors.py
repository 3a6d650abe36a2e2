"""What can go wrong with keys, signatures and signed files, each in a sentence for the clerk."""

from __future__ import annotations

from datetime import datetime

from resources import _

_DAY = "%d/%m/%Y"


class SigningError(Exception):
    """A signature could not be made or read. ``str(error)`` is the sentence to show."""


class KeyFileMissingError(SigningError):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("The key file {name} was not found. Nothing was signed. Choose the file again.").format(
                name=name
            )
        )


class NotAKeyFileError(SigningError):
    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "{name} is no key file (.p12, .pfx), or it is damaged. Nothing was signed. "
                "Choose another file."
            ).format(name=name)
        )


class WrongKeyPasswordError(SigningError):
    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "The password does not open the key file {name}. Nothing was signed. "
                "Check Unikey and Caps Lock, then type it again."
            ).format(name=name)
        )


class NoKeyInFileError(SigningError):
    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "The file {name} holds no private key with its certificate. Nothing was signed. "
                "Ask for the complete key file."
            ).format(name=name)
        )


class UnsuitableKeyError(SigningError):
    def __init__(self, signer: str) -> None:
        super().__init__(
            _(
                "The key of {signer} is of a kind that is too weak or unknown (RSA from 2048 bits or "
                "elliptic curves are needed). Nothing was signed. Ask the certificate's issuer for a new one."
            ).format(signer=signer)
        )


class KeyNotYetValidError(SigningError):
    def __init__(self, signer: str, valid_from: datetime) -> None:
        super().__init__(
            _(
                "The certificate of {signer} is only valid from {date}. Nothing was signed. "
                "Check the date of this computer."
            ).format(signer=signer, date=valid_from.strftime(_DAY))
        )


class KeyExpiredError(SigningError):
    def __init__(self, signer: str, valid_to: datetime) -> None:
        super().__init__(
            _(
                "The certificate of {signer} ended on {date}. Nothing was signed. "
                "Sign with a certificate that is in force."
            ).format(signer=signer, date=valid_to.strftime(_DAY))
        )


class KeyNotForSigningError(SigningError):
    def __init__(self, signer: str) -> None:
        super().__init__(
            _(
                "The certificate of {signer} was not issued for signing documents. Nothing was signed. "
                "Choose another certificate."
            ).format(signer=signer)
        )


class KeyRevokedError(SigningError):
    def __init__(self, signer: str, revoked_on: datetime) -> None:
        super().__init__(
            _(
                "The certificate of {signer} was revoked on {date}. Nothing was signed. "
                "Sign with a certificate that is in force."
            ).format(signer=signer, date=revoked_on.strftime(_DAY))
        )


class AlreadySignedError(SigningError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "This file is signed already; new places for signatures would break its signatures. "
                "The file is unchanged."
            )
        )


class FieldTakenError(SigningError):
    def __init__(self, field: str) -> None:
        super().__init__(
            _("The place {field} of this file is signed already. The file is unchanged.").format(field=field)
        )


class NoPlaceError(SigningError):
    def __init__(self, field: str, free: tuple[str, ...]) -> None:
        super().__init__(
            _(
                "This file is signed already and has no place {field} for another signature "
                "(still free: {free}). The file is unchanged."
            ).format(field=field, free=", ".join(free) or "–")
        )


class LockedPdfError(SigningError):
    def __init__(self) -> None:
        super().__init__(
            _("Whoever made or signed this file has locked it against this signature. The file is unchanged.")
        )


class EncryptedPdfError(SigningError):
    def __init__(self) -> None:
        super().__init__(
            _("This PDF is locked with a password, so it cannot be used. Save it without a password first.")
        )


class UnreadablePdfError(SigningError):
    """Too broken to be read: `danvan` ends with 2."""

    def __init__(self) -> None:
        super().__init__(
            _("This file is no PDF, or it is too damaged to be read. Ask the sender for it again.")
        )


class UnreadableCertificateError(SigningError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "A root certificate or revocation list that was given cannot be read. "
                "Give a file in PEM or DER form."
            )
        )


class PictureError(SigningError):
    def __init__(self) -> None:
        super().__init__(
            _("The picture of the signature or seal cannot be read. Choose a PNG file. Nothing was signed.")
        )


class SelfCheckError(SigningError):
    """What was just signed did not stand our own verification; it was thrown away."""

    def __init__(self, reasons: str) -> None:
        super().__init__(
            _(
                "The signature that was just made did not stand the check ({reasons}). "
                "The file is unchanged; try again."
            ).format(reasons=reasons)
        )
