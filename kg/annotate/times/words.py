"""The English words of the calendar: language, not names of the world.

Names that hold a word of the calendar, holidays and the like are data: ``ontology/lexicon/times.yaml``, read
by `lexicon`.
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


WEEKDAYS: Final = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
WEEKDAYS_SHORT: Final = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5,
    "sun": 6,
}  # fmt: skip
WEEKDAYS_PLURAL: Final = {f"{name}s": number for name, number in WEEKDAYS.items()}
MONTHS_FULL: Final = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12,
}  # fmt: skip
MONTHS_SHORT: Final = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
    "nov": 11, "dec": 12,
}  # fmt: skip
MONTHS: Final = MONTHS_FULL | MONTHS_SHORT
AMBIGUOUS_MONTHS: Final = frozenset({"may", "march", "april", "june", "august"})
SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""Season to the first of its three months (northern, meteorological)."""

UNITS: Final = {
    "hour": "hour", "hours": "hour", "minute": "minute", "minutes": "minute", "day": "day", "days": "day",
    "night": "night", "nights": "night", "week": "week", "weeks": "week", "fortnight": "fortnight",
    "weekend": "weekend", "weekends": "weekend", "month": "month", "months": "month", "quarter": "quarter",
    "quarters": "quarter", "year": "year", "years": "year", "decade": "decade", "decades": "decade",
    "century": "century", "centuries": "century",
}  # fmt: skip
HALVES: Final = {
    "hour": ("minute", 30), "day": ("hour", 12), "year": ("month", 6), "decade": ("year", 5),
    "century": ("year", 50),
}  # fmt: skip
"""Unit to what half of it is."""
PLURAL_UNITS: Final = frozenset(unit for unit in UNITS if unit.endswith("s"))
DURATION_UNITS: Final = frozenset(UNITS) - {"quarter", "quarters", "weekend", "weekends"}
PARTS_OF_DAY: Final = frozenset(
    {"morning", "afternoon", "evening", "night", "noon", "midday", "dawn", "midnight", "dusk", "mornings"}
)
NUMBERS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "dozen": 12,
}  # fmt: skip
VAGUE_NUMBERS: Final = frozenset(
    {"several", "few", "some", "many", "couple", "dozens", "scores", "hundreds", "number"}
)
ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "final": -1, "last": -1, "opening": 1, "closing": -1,
}  # fmt: skip
DECADE_WORDS: Final = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
    "eighties": 80, "nineties": 90,
}  # fmt: skip
FREQUENCIES: Final = frozenset(
    {"daily", "weekly", "monthly", "nightly", "hourly", "yearly", "annually", "fortnightly", "quarterly"}
)
EDGES: Final = frozenset(
    {"beginning", "start", "end", "middle", "close", "turn", "outset", "midst", "rest", "remainder", "course"}
)
PHASES: Final = frozenset({"early", "late", "mid", "earlier", "later"})
APPROXIMATORS: Final = frozenset(
    {"about", "around", "nearly", "almost", "roughly", "approximately", "exactly", "just", "some"}
)

OPENS_START: Final = frozenset({"since", "after", "from", "starting", "beginning"})
OPENS_END: Final = frozenset({"by", "until", "till", "before", "through"})
PREPOSITIONS: Final = _words(
    """
    in on at since by until till from to during before after of between through throughout for over
    around about into circa within as with than
    """
)
YEAR_LICENCES: Final = _words(
    """
    in since by until till from during before after of between through throughout circa early late
    mid for into than around year
    """
)
MONTH_LICENCES: Final = YEAR_LICENCES - {"than", "year"} | {"to", "on", "and", "or", "about", "over"}
DETERMINERS: Final = _words(
    """
    the a an this that its his her their our my your s
    """
)
FUNCTION_WORDS: Final = _words(
    """
    a an the and or but to of in on at by for from with when where while who which that as after
    before since until was were is are has have had will would than because about amid during
    against he she it they we his her its their there said says also again over under following near
    into if so not this these those some between despite through
    """
)
PLURAL_PEOPLE: Final = frozenset({"people", "men", "women", "children", "police", "personnel"})
AUXILIARIES: Final = _words(
    """
    has had was is said says will would did does told who whose
    """
)
"""After *May* they make it somebody's name."""

WILL: Final = frozenset({"will", "'ll", "’ll", "ll", "shall", "wo"})
WOULD: Final = frozenset({"would", "should", "may", "might"})
PLANS: Final = _words(
    """
    plan plans planned planning schedule scheduled due expect expects expected set slated supposed
    going vow vows vowed promise promises promised pledge pledges pledged intend intends intended
    aim aims aimed hope hopes hoped threaten threatens threatened agree agrees agreed upcoming
    prepare prepares prepared preparing ready deadline propose proposes proposed want wants wanted
    urge urges urged call calls called order orders ordered likely poised bound ahead forthcoming
    invite invites invited decide decides decided demand demands demanded
    """
)
"""Words over an infinitive that put it ahead of the moment of speech."""

APPOINTED: Final = frozenset(
    {
        "planned", "scheduled", "due", "expected", "slated", "upcoming", "forthcoming", "payable",
        "redeemable", "maturing",
    }
)  # fmt: skip
"""Words that by themselves put the time that they govern ahead."""

PAST_MARKS: Final = _words(
    """
    was were had did said told took began fell came went left won lost met struck fought made held
    fled shot broke drove flew led sent spoke saw ran
    """
)
