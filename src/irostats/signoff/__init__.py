"""What disclosure control lets through on trust, listed for whoever signs a public report off.

numbers    small numbers that are shown, and groups that are visibly all of one kind
words      free text and quotations, by file and line; never the words themselves
paper      both as a page of plain text, with a summary in one line

It is made from protected figures and from text that is printed, and so holds no number that the
report hides.
"""

from irostats.signoff.paper import BEFORE, NOTHING, SignOff, page, sign_off
from irostats.signoff.words import Place

__all__ = ["BEFORE", "NOTHING", "Place", "SignOff", "page", "sign_off"]
