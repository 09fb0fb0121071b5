"""Why a need is met or not: what stands in the way, what would be enough, what hangs on what."""
