"""Words for what was found: names, figures and sentences that several reports share."""
