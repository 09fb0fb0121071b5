"""What the person notices: chains from backstage work to experience, and answers to feedback."""

from sharedcare.experience.chain import Chain, Chains, State
from sharedcare.experience.chaining import chains_of
from sharedcare.experience.mending import Mending, Turn, experience, mending

__all__ = ["Chain", "Chains", "Mending", "State", "Turn", "chains_of", "experience", "mending"]
