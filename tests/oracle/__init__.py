"""A slow, obvious evaluator of needs and the random landscapes it is compared on.

It was written from the written rules alone, over plain dicts, and shares no code with the
product, so that an agreement of the two is evidence. Nothing here may import the product.
"""
