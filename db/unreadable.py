"""What was typed and cannot be taken: one error a reason, each with its sentence for the clerk."""

from __future__ import annotations

from resources import N_, _

__all__ = [
    "AmbiguousNumberError",
    "LocalMeasureError",
    "MeasureInNumberError",
    "NoSuchDayError",
    "NotADateError",
    "NotANumberError",
    "NotAYearError",
    "NotWholeError",
    "NumberForDateError",
    "NumberTooLargeError",
    "PeriodError",
    "UnknownChoiceError",
    "UnknownMeasureError",
    "UnreadableError",
]

_SHOWN = 60  # a pasted page of text is not repeated in a sentence


class UnreadableError(ValueError):
    """A typed or imported text that has no clear meaning here. ``text`` is what was given."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return self.sentence()

    @property
    def shown(self) -> str:
        """The text as a sentence repeats it."""
        return self.text if len(self.text) <= _SHOWN else self.text[: _SHOWN - 1] + "…"

    def sentence(self) -> str:
        """What to tell the clerk, in the language in force."""
        return _("“{text}” cannot be read here.").format(text=self.shown)


class NotANumberError(UnreadableError):
    """No number, or nothing at all."""

    def sentence(self) -> str:
        """What to tell the clerk."""
        if not self.text.strip():
            return _("A number is missing here.")
        return _("“{text}” is not a number. Please write it like 1.234.567 or 2,5.").format(text=self.shown)


class MeasureInNumberError(NotANumberError):
    """A number with its measure in one place: ``number`` and ``measure`` to be written apart.

    ``whole``: the same as a number alone, where the measure is one of money.
    """

    def __init__(self, text: str, number: str, measure: str, whole: str = "") -> None:
        super().__init__(text)
        self.number, self.measure, self.whole = number, measure, whole

    def sentence(self) -> str:
        """What to tell the clerk."""
        parts = {"text": self.shown, "number": self.number, "measure": self.measure, "whole": self.whole}
        if self.whole:
            words = _(
                "“{text}” is a number with its measure. Please write {number} here and “{measure}” under"
                " “Đơn vị tính”, or the whole sum: {whole}."
            )
        else:
            words = _(
                "“{text}” is a number with its measure. Please write {number} here;"
                " “{measure}” belongs under “Đơn vị tính”."
            )
        return words.format(**parts)


class AmbiguousNumberError(UnreadableError):
    """A number that could be two numbers; ``readings`` are the ways to write what may be meant."""

    def __init__(self, text: str, readings: tuple[str, ...]) -> None:
        super().__init__(text)
        self.readings = readings

    def question(self) -> str:
        """``1,5 hay 1.500?``"""
        return _(" or ").join(self.readings) + "?"

    def sentence(self) -> str:
        """What to tell the clerk."""
        return _("“{text}” is not clear: {question} Please write the number that is meant.").format(
            text=self.shown, question=self.question()
        )


class NumberTooLargeError(UnreadableError):
    """More than the book can hold."""

    def sentence(self) -> str:
        """What to tell the clerk."""
        return _("{text} is larger than any number the book can hold. Please check the zeros.").format(
            text=self.shown
        )


class NotWholeError(UnreadableError):
    """A sum of money with a part of a đồng."""

    def sentence(self) -> str:
        """What to tell the clerk."""
        return _("{text} is not a whole number of đồng. Please check it, for example 1.500.000.").format(
            text=self.shown
        )


class NotADateError(UnreadableError):
    """No date that can be understood."""

    def sentence(self) -> str:
        """What to tell the clerk."""
        if not self.text.strip():
            return _("A date is missing here.")
        return _("“{text}” is not a date. Please write day/month/year, for example 22/11/2026.").format(
            text=self.shown
        )


class NoSuchDayError(NotADateError):
    """A day that no calendar has, such as 31/02."""

    def __init__(self, text: str, day: int, month: int, year: int) -> None:
        super().__init__(text)
        self.day, self.month, self.year = day, month, year

    def sentence(self) -> str:
        """What to tell the clerk."""
        day = f"{self.day}/{self.month}/{self.year}"
        return _("There is no day {day}. Please check day and month.").format(day=day)


class NumberForDateError(NotADateError):
    """A plain number in a date column: perhaps a date that lost its format, perhaps something else."""

    def sentence(self) -> str:
        """What to tell the clerk."""
        return _(
            "The cell holds the number {text}, not a date. Please give the column a date format in Excel,"
            " or write day/month/year."
        ).format(text=self.shown)


class NotAYearError(UnreadableError):
    """No year of birth that a living or remembered person can have."""

    def sentence(self) -> str:
        """What to tell the clerk."""
        return _("“{text}” is not a year of birth. Please write four digits, for example 1985.").format(
            text=self.shown
        )


_MEASURE_SENTENCES = {
    "money": N_("“{text}” is not a measure of money. Please write đồng, nghìn đồng, triệu đồng or tỷ đồng."),
    "labour": N_("“{text}” is not a measure of labour. Please write ngày công."),
    "land": N_("“{text}” is not a measure of land. Please write m² or ha."),
}


class UnknownMeasureError(UnreadableError):
    """A measure that money, labour or land (``of``) cannot be counted in."""

    def __init__(self, text: str, of: str) -> None:
        super().__init__(text)
        self.of = of

    def sentence(self) -> str:
        """What to tell the clerk."""
        return _(_MEASURE_SENTENCES[self.of]).format(text=self.shown)


class LocalMeasureError(UnknownMeasureError):
    """A measure that differs by region (sào); ``readings`` are its sizes with their regions."""

    def __init__(self, text: str, of: str, readings: tuple[str, ...]) -> None:
        super().__init__(text, of)
        self.readings = readings

    def question(self) -> str:
        """``360 m² (Bắc Bộ) hay 500 m² (Trung Bộ)?``"""
        return _(" or ").join(self.readings) + "?"

    def sentence(self) -> str:
        """What to tell the clerk."""
        return _("One “{text}” is {question} Please write the area in m².").format(
            text=self.shown, question=self.question()
        )


class PeriodError(UnreadableError):
    """No period; says what is accepted."""

    def sentence(self) -> str:
        """What to tell the clerk."""
        return _(
            "“{text}” is not a period. Accepted: 2024, 2024-09, 2024Q3, 2024H1, 2024H2, 2024M9, 2009..2024,"
            " 2024-01-01..2024-05-21; @nd09 after a period of months takes the State cut-off days."
        ).format(text=self.shown)


class UnknownChoiceError(UnreadableError):
    """A value outside its list; ``title`` names the list, ``nearest`` is the label nearest to it."""

    def __init__(self, text: str, title: str, nearest: str) -> None:
        super().__init__(text)
        self.title = title
        self.nearest = nearest

    def sentence(self) -> str:
        """What to tell the clerk."""
        return _("“{text}” is not in the list {title}. The nearest value is “{nearest}”.").format(
            text=self.shown, title=self.title, nearest=self.nearest
        )
