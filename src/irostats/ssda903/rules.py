"""The rules by which reading judges files and rows, in the words that the analyst reads.

The rules marked ``left_out`` take their rows out of the tables, and nothing else does.
"""

from __future__ import annotations

from dataclasses import dataclass

from irostats.issues import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """How a finding is told.

    Args:
        severity: For tables whose figures this report prints; elsewhere a warning is a note.
        message: With ``{rows}``, ``{table}``, ``{column}`` and ``{detail}`` to fill.
        next_step: What the analyst should do.
        left_out: Whether the rows are left out.
    """

    severity: Severity
    message: str
    next_step: str = ""
    left_out: bool = False


E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

RULES: dict[str, Rule] = {
    # The file as a whole
    "nothing-recognised": Rule(
        E,
        "No SSDA903 table was found in the folder.",
        "Put the CSV or XML files of the return there; a CSV needs the return's headings, such as "
        "CHILD, DECOM, RNE, LS in the Episodes file.",
    ),
    "file-unreadable": Rule(
        W, "The file was not read: {detail}.", "Save it as CSV (UTF-8) and try again."
    ),
    "folder-closed": Rule(
        W,
        "The folder was not read: {detail}.",
        "Copy its files into the return's folder, or let this account read it.",
    ),
    "file-skipped": Rule(N, "The file was not read: {detail}."),
    "file-not-recognised": Rule(
        W,
        "No SSDA903 table has these headings; {rows} left out.",
        "If it is part of the return, give it the return's own headings in the first line.",
        left_out=True,
    ),
    "file-empty": Rule(W, "The file is empty.", "Export it again, or remove it."),
    "file-no-rows": Rule(N, "The file has headings and no rows."),
    "file-name-year": Rule(
        W,
        "The file's name says {detail}, but no YEAR column and no folder says so.",
        "Put each year's files into a folder named after the year, such as 2016-17.",
    ),
    "xml-broken": Rule(
        W, "The XML cannot be read: {detail}.", "Export the return again; no row of it was used."
    ),
    "xml-element-unknown": Rule(
        N, "{rows} of elements that the return does not have were not read."
    ),
    # Headings
    "heading-missing": Rule(
        E,
        "The {table} table lacks the column {detail}, so {rows} cannot be used.",
        "Add the column to the export.",
        left_out=True,
    ),
    "heading-absent": Rule(
        W, "The {table} table has no column {detail}; it is read as blank.", "Add it to the export."
    ),
    "heading-extra": Rule(N, "Columns that the return does not have were not read: {detail}."),
    "heading-twice": Rule(
        W, "The heading {detail} occurs more than once; the first is used.", "Remove the other."
    ),
    "heading-repeated": Rule(
        N,
        "{rows} of headings further down left out; the rows below are read by them.",
        left_out=True,
    ),
    # Rows as text
    "row-unreadable": Rule(
        W,
        "{rows} left out: a quotation mark is opened and not closed.",
        "Correct the line and export again.",
        left_out=True,
    ),
    "row-oversized": Rule(
        W,
        "{rows} left out: longer than 131,072 characters, which no row of a return is.",
        "Look at the line: it may be another file's content, or a text pasted into a field.",
        left_out=True,
    ),
    "row-too-long": Rule(
        W,
        "{rows} left out: more fields than headings, so the values cannot be told apart.",
        "Look for a comma inside a value, and put that value in quotation marks.",
        left_out=True,
    ),
    "row-cut-off": Rule(
        W,
        "The last row is left out: the file ends in the middle of it.",
        "The export was cut off; export it again.",
        left_out=True,
    ),
    "row-short": Rule(
        W,
        "{rows} shorter than the headings; the fields that lack are read as blank.",
        "Check that the rows are whole: an episode without its end counts as open.",
    ),
    "characters-lost": Rule(N, "Some characters could not be read and were removed or replaced."),
    # Whose and which year's
    "other-authority": Rule(N, "{rows} of other authorities left out{detail}.", left_out=True),
    "no-row-of-authority": Rule(
        W,
        "The file has a column for the authority, and no row names this one.",
        "Compare that column with the name, code and ons_code in authority.toml.",
    ),
    "authority-unknown": Rule(
        E,
        "{rows} left out: the column for the authority names none that is known, and no row of "
        "the file names this one, so it cannot be told whose they are.",
        "If they are this authority's, put what the column says into authority.toml, as name, code "
        "or ons_code; else remove the file.",
        left_out=True,
    ),
    "authority-blank": Rule(
        W,
        "{rows} left out: the authority is blank in a file that holds several.",
        "Fill in the authority.",
        left_out=True,
    ),
    "year-unreadable": Rule(
        W,
        "{rows} left out: the YEAR column holds no reporting year.",
        "Write it as 2020-21, 2020/21 or 2021 (the year in which it ends).",
        left_out=True,
    ),
    "year-later": Rule(
        N,
        "{rows} of a later year left out: later returns do not change this report.",
        left_out=True,
    ),
    # Values
    "child-blank": Rule(
        W, "{rows} left out: CHILD is blank.", "Add the identifier.", left_out=True
    ),
    "child-damaged": Rule(
        W,
        "{rows} left out: CHILD holds a number that a spreadsheet shortened (such as 1.2E+05), so "
        "children cannot be told apart.",
        "Format the column as text and export again.",
        left_out=True,
    ),
    "zeros-lost": Rule(
        N,
        "{rows} where CHILD lacks the leading zeros that it has elsewhere{detail}: a spreadsheet "
        "dropped them; taken as the same children.",
    ),
    "zeros-unclear": Rule(
        W,
        "{rows} where CHILD is another one's but for leading zeros{detail}, beside identifiers "
        "that kept theirs; they count as different children.",
        "A spreadsheet drops leading zeros: format CHILD as text, and export again.",
    ),
    "date-blank": Rule(
        W, "{rows} left out: {column} is blank{detail}.", "Add the date.", left_out=True
    ),
    "date-unreadable": Rule(
        W,
        "{rows} left out: {column} holds no date that can be read{detail}.",
        "Write it as dd/mm/yyyy.",
        left_out=True,
    ),
    "date-serial": Rule(
        W,
        "{rows} left out: {column} holds a spreadsheet's serial number and not a date{detail}.",
        "Format the column as a date (dd/mm/yyyy) and export again.",
        left_out=True,
    ),
    "date-ignored": Rule(
        W,
        "{rows} where {column} holds no date that can be read; it is treated as blank.",
        "Write it as dd/mm/yyyy.",
    ),
    "date-placeholder": Rule(
        N,
        "{rows} where {column} holds a date that stands for none, such as 31/12/9999 or "
        "01/01/1900; read as blank (an episode without an end is open).",
    ),
    "code-unknown": Rule(
        W,
        "{rows} where {column} holds a code that no return has; treated as not known{detail}.",
        "Correct the code.",
    ),
    "code-other-year": Rule(
        N, "{rows} where {column} holds a code of another year's return; it is used as it stands."
    ),
    "number-unreadable": Rule(
        W, "{rows} where {column} holds no number within its bounds; treated as blank."
    ),
    "postcode-unknown": Rule(
        N,
        "{rows} with a postcode that the postcode directory does not have{detail}; where the "
        "placement lies, or how far from home, is not known.",
        "Correct the postcode; or give a newer directory with irostats data add-postcodes.",
    ),
    "postcode-authority": Rule(
        N,
        "The postcode directory has no postcode under the authority's ONS code, so no placement "
        "is said to lie inside or outside{detail}.",
        "Put the code that the directory uses into authority.toml, as ons_code.",
    ),
    # The same row again
    "row-repeated": Rule(
        N, "{rows} left out: the same row was sent before in this year's return.", left_out=True
    ),
    "sent-again": Rule(
        N,
        "{rows} left out: sent again further down, in a later file or return, which is used.",
        left_out=True,
    ),
    "sent-differently": Rule(
        W,
        "{rows} where {column} is not what an earlier file or return said; the later is used.",
        "Find out which is right.",
    ),
    "header-changed": Rule(
        W,
        "{rows} where {column} is not what the year before said; the later is used.",
        "Find out which is right.",
    ),
    "ethnic-changed": Rule(
        N, "{rows} where {column} is not what the year before said; the later is used."
    ),
    "year-not-used": Rule(
        N, "{rows} of years that this report does not use left out.", left_out=True
    ),
}

LEFT_OUT = frozenset(rule for rule, how in RULES.items() if how.left_out)
"""Rules that take rows out."""
