"""How organisations answer public feedback, and what that shows of their backstage.

Source: Ramsey et al. 2023, A glimpse behind the organisational curtain (Sociology of Health &
Illness), which rests on the response types of Ramsey et al. 2019. It stands beside readiness and
moves no number of it.
"""

from sharedcare.experience.feedback.answering import Answering, answering, answerings
from sharedcare.experience.feedback.response_type import ResponseType
from sharedcare.experience.feedback.responses import Response
from sharedcare.experience.feedback.tables import FeedbackRead, read_feedback

__all__ = [
    "Answering",
    "FeedbackRead",
    "Response",
    "ResponseType",
    "answering",
    "answerings",
    "read_feedback",
]
