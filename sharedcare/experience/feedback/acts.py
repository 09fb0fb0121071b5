"""What is done by the words of an answer: the patterns, over British English and folded text.

All are ours; they read what is said and not what is meant. Ramsey 2023 (Table 1) describes what a
transparent, conversational answer does: it tells the way that the feedback took or will take, and
talks in public of what stands in the way. ``TELLS`` are words for that way and for such limits.
``OPENLY`` are words with which somebody owns what went wrong, or explains it; they tell less, so
that an answer that has only these and leads elsewhere still leads elsewhere.
"""

import re

THANKS = re.compile(
    r"\b(?:thank|thanks|grateful|gratitude|appreciate|diolch|compliments?|delighted|chuffed"
    r"|pleased|glad|lovely|kind words|wonderful)\b"
)
APOLOGY = re.compile(r"\b(?:sorry|apolog\w+|regret\w*)\b")

_CONTACT = (
    r"(?:contact|ring|call|phone|telephone|e-?mail|message|write to|put this in writing|get in"
    r" touch|get in contact|speak (?:to|with)|talk to|drop in|pop in|visit|come (?:and|to) see"
    r"|send (?:us|me|your|them)|let (?:us|me|my \w+) have)"
)
ELSEWHERE = re.compile(
    r"\bpals\b|patient advice|advice and (?:liaison|complaints)|complaints? "
    r"(?:team|department|office|manager|process|procedure)|formal complaint"
    r"|(?:make|raise|lodge) a complaint|to complain\b|private(?:ly)? message|in private\b"
    r"|\bnhs number|date of birth|your (?:contact )?details\b|need (?:more|further) details"
    r"|\b(?:speak|talk|chat|discuss|word|conversation|reach|contact|help|please)\b[^.!?\n]{0,30} "
    r"(?:by|over the|on the) (?:tele)?phone\b|take this further"
    r"|\b[\w.+-]{1,64}@[\w-]{1,64}\.\w|\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b|\[x{3,}\]"
    r"|(?:please|could you|can you|would you|may i|might i|if you|(?:ask|suggest|invite|urge|advise"
    r"|encourage) (?:that )?you|(?:would|['’]d) (?:be (?:happy|grateful|glad)|like|welcome|suggest"
    rf"|ask|advise|urge)[^.!?\n]{{0,30}})[^.!?\n]{{0,30}}\b{_CONTACT}\b"
    rf"|(?:^|[.!?:;\n] ?){_CONTACT} (?:us|me|our|the)\b"
)

#: What is put there and is no change: a smile, somebody's name for a prize, a person at ease.
_PUT = r"put(?! (?:an? (?:\w+ )?(?:smile|grin|spring)|(?:\w+ ){1,3}forward|you|me|us|everyone))"

#: To ask a colleague to take somebody's call leads elsewhere, and changes nothing.
_ASKED = r"asked(?! (?:\w+ ){1,6}to (?:expect|await|take|call|ring|phone|contact|speak|look into))"

_DONE = (
    rf"(?:{_PUT}|{_ASKED}|changed?|altered|moved(?! (?:us|me|all|by|to))|bought"
    r"|introduced|started|begun|began|rewrote|rewritten|replaced|added|arranged|set up|agreed"
    r"|decided|redesigned|repaired|mended"
    r"|fixed|trained|recruited|extended|opened|updated|installed|removed|stopped|trialled|tried"
    r"|tested|booked|ordered|made (?:a |the |some |several )?changes?|improved"
    r"|made (?:it|them|that) \w+er|taught|turned (?:it|them|down|up|off|on)\b|shifted|swapped"
    r"|switched|widened|shortened|doubled|repainted|relabelled|reworded|reprinted|refunded"
    r"|appointed|hired|advertised|measured|scrapped|fitted|gone back to|went back to)"
)
_WE = r"\b(?:we|i)"
_OTHERS = (
    r"\b(?:they|it|team|ward|clinic|unit|staff|trust|board|colleagues?|reception|pharmacy"
    r"|kitchen|estates|managers?|matron|nurses|porters|governors)"
)

#: What others did for the one who told the story is the story, and not what came of it.
_FOR_ALL = r"(?! you\b| your (?!words|story|feedback|comment|post|idea|suggestion))"
_HAVE = r"(?:['’]ve|['’]s| have| has| had)?"
_LATELY = r"(?: (?:now|already|since|also|just|both|all|then|therefore|recently))*"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"

#: What people do now who answer; what they know, hope or feel now is no change.
_DO_NOW = r"now (?!know|see|feel|hope|understand|that\b|for\b|and\b)\w+"

#: How things are now; how the one who told the story is now is no change.
_IS_NOW = (
    r"(?<!\byou )(?<!\bhe )(?:\b(?:is|are|has|have|does|do|can)|\b(?:it|there|that)['’]s) now\b"
    r"(?! (?:home|back home|well|better|recover\w*|heal\w*|mend\w*|behind|feeling|on the mend|able"
    r"|enjoying|settled|\d))"
)
_STARTS_NOW = r"(?<!\byou )(?<!\bhe )\bnow (?:starts?|opens?|runs?|gets?|goes|comes?|includes?)\b"

TELLS = re.compile(
    rf"{_WE}{_HAVE}{_LATELY} {_DONE}\b"
    rf"|{_OTHERS}{_HAVE}{_LATELY} {_DONE}\b{_FOR_ALL}"
    rf"|\bhas (?:now |since |already )?(?:been )?{_DONE}\b|\bhave (?:now |since )?been {_DONE}\b"
    rf"|['’]s (?:now |since |already )?been {_DONE}\b"
    r"|\bwhat (?:we|i)(?:['’]ve| have)? (?:did|done|changed|are doing)\b"
    r"|\bas a (?:direct )?result\b|\bbecause of (?:you|your|what you|stories)|\bsince you (?:wrote|"
    r"told|posted)|\bsince your (?:post|story)\b|\bafter you (?:wrote|posted)\b"
    r"|\bthanks to your (?:story|feedback|comment)|\bfollowing your (?:story|feedback)"
    rf"|\bfrom (?:next |this |the )?(?:week|month|{_DAY}|{_MONTH})\b"
    r"|\b(?:will|['’]ll|going to) (?:come back|write (?:again|back)|post|update|report back|let you"
    r" know (?:what|how|when)|tell you (?:what|how|as)|put (?:it|them|\w+ \w+ \w+) here"
    r"|walk|meet|try|start|change|test|trial|begin)"
    r"|\b(?:quick|short|brief|small) update\b|\bupdate,? as promised\b"
    r"|\b(?:your (?:words|story|feedback|comments?)|it|this) (?:goes|went|was taken|will go) to\b"
    r"|\b(?:took|taken|brought|raised|put|discussed|talked about) (?:it|this|your (?:words|"
    r"story|feedback|comments?)) (?:\w+ ){0,6}?(?:meeting|board|group|council|supervision)"
    r"|\b(?:we|they)(?:['’]re| are) (?:now |currently )?(?:testing|trying|trialling|planning"
    r"|working (?:on|through)|reviewing|changing|piloting|recruiting|looking at how)"
    rf"|\b(?:we|i|they|staff|nurses|reception)(?: can| will)? (?:both |all |also )?{_DO_NOW}"
    rf"|{_IS_NOW}|{_STARTS_NOW}|\bwe begin\b"
    r"|(?:\bstarts?|\bbegins?|(?:\bis|(?<!\byou )\bare|['’]s) (?:going|coming|starting))"
    r" (?:\w+ ){0,3}(?:on|from|in) (?:the )?"
    rf"(?:\d|{_DAY}|{_MONTH}|next)"
    r"|\bi (?:have )?learn(?:t|ed) something|\bwe(?:['’]ve| have)? learn(?:t|ed) (?:that|from)"
    r"|\bit worked\b"
    r"|\b(?:can|could)(?:['’]t|not| not) (?:promise|fix|get a|change)|\bit isn['’]t yet\b"
    r"|\bnot (?:sorted|solved|fixed) yet"
)

_I = r"\b(?:we|i)(?:['’]ve| have|['’]d| had)?"
OPENLY = re.compile(
    # owning it
    r"\byou(?:['’]re| are| were) (?:quite |absolutely |so |spot |dead |completely )?"
    r"(?:right(?! (?:as|at|to|for|in|into|where))|spot on\b|not wrong)"
    r"|\b(?:we|i) (?:was|were|got (?:it|this|that)) (?:badly |plainly |just )?wrong\b"
    r"|\b(?:that|it|this)(?:['’]s| is| was) (?:on us|on me|our (?:failing|fault|mistake|doing)"
    r"|my (?:failing|fault|mistake|doing))|\bthere(?:['’]s| is| was) no excuse"
    r"|\b(?:we|i) (?:should|ought to)(?:n['’]t| not)?(?: have|['’]ve)\b"
    r"|\b(?:i|we) owe you\b|\b(?:we|i) (?:failed|let you down)\b|\bmy (?:own )?(?:error|mistake)\b"
    r"|\b(?:we|i) (?:hadn['’]t|had not|did not|didn['’]t) (?:realise|know|think|notice|spot|see"
    r"|join|check|ask)"
    # finding out and explaining it
    rf"|{_I} (?:looked (?:at|into) (?:why|how|what|when)|went (?:through|over|back)|gone (?:through"
    r"|over|back)|checked|pulled (?:up|out)|counted(?! (?:my|our|on))|timed|traced"
    r"|found (?:out|that)|went and asked)"
    r"|\b(?:the reason (?:was|is)|truth is|it turn(?:s|ed) out|your question)\b"
    r"|\byou(?:['’]d| had)? ask(?:ed)? (?:why|whether|how|what|if)\b"
    # what stands in the way
    r"|\b(?:be|being) (?:straight|honest|frank|open|plain|upfront) (?:with you|about|that)\b"
    r"|\b(?:better|got to|have to|must|to) be (?:honest|frank)\b|\brather (?:say|tell|admit)\b"
    r"|\b(?:we|i) (?:can['’]t|cannot|couldn['’]t|can not|don['’]t have|do not have|haven['’]t got"
    r"|aren['’]t able|are not able|are unable)\b[^.!?\n]{0,60}\b(?:because|until|afraid|yet|enough"
    r"|money|staff|funding|budget|beds?|so)\b|\b(?:i|we)(?:['’]m| am|['’]re| are) afraid\b"
    r"|\bit (?:may|might) (?:take|come to)\b"
)
