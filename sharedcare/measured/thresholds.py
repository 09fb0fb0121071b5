"""From where on what was measured counts: constants that the code and its sentences share."""

from fractions import Fraction

#: The share of facts that has to be in a form, or in one of which a machine can make more, for it
#: to be the form: past that, somebody has to read what is left. Ours.
FORM_SHARE = Fraction(9, 10)

#: The share of people who have to have a valid NHS number for a system to know people by it. Ours.
IDENTIFIED = Fraction(19, 20)

#: The share of facts that should say whom, what and when, and of people of whom there should be an
#: entry where everybody has one; and that should be written up in time. Ours.
COMPLETE_SHARE = Fraction(9, 10)

#: The identity domain that payloads can be held to.
NHS_NUMBER = "nhs_number"
