"""The constants of the scoring: the only place that names a dimension, a bound or an exponent.

All of them are ours. The order of the stages (needs and pathways, then people and organisations,
then technology) follows Cresswell et al. 2023 (doi:10.2196/38310), which gives no numbers.
"""

from fractions import Fraction

#: Dimensions that are as strong as their weakest partner: the region takes the lowest level.
CHAINS = frozenset({"information_governance", "liability"})

#: Dimensions that must reach a level before more than preparing is said.
GATED = ("information_governance", "liability")

#: Dimensions of the first stage; the other two stages follow from a dimension's group.
NEEDS_AND_PATHWAYS = frozenset({"vision", "shared_care_pathways", "distributed_knowledge"})

#: The highest level on which a word without evidence counts as a yes.
LAST_LEVEL_OF_ASSERTIONS = 2

#: A dimension whose effective level, at its low end, lies under this blocks; gates ask for it too.
ENOUGH = 2

#: The level from which an organisation counts in the share that the region prints.
ESTABLISHED = 3

#: How far above the weakest prerequisite an effective level may lie.
HEADROOM = 1

#: A level this far above a prerequisite rests on sand.
SAND = 2

#: No index is given before this many dimensions are assessed.
FEWEST_ASSESSED = 15

#: The exponent of the power mean behind the index: under 1, so that a weak dimension weighs more.
EXPONENT = Fraction(1, 2)

#: The exponents that the sensitivity tries, from the harmonic to the arithmetic mean.
EXPONENTS = (Fraction(-1), Fraction(-1, 2), Fraction(0), Fraction(1, 2), Fraction(1))

#: Where the bands of the index begin, from 0 to 100.
BAND_BOUNDS = (Fraction(25), Fraction(50), Fraction(75))

#: Ratings lie on a scale of this many points (0 to 5).
RATING_POINTS = 6

#: Smaller groups of respondents are not shown, so that nobody is found out.
SMALLEST_GROUP = 5
