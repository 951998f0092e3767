"""Lcg: the generator of the demo business's chances. It gives the same numbers on every machine and
in every version of Python, which the standard library does not promise for all it offers."""


class Lcg:
    """A 64-bit linear congruential generator (Knuth's MMIX constants); its upper half is used."""

    def __init__(self, seed):
        self.state = seed
        for _ in range(8):
            self.below(2)

    def below(self, limit):
        """A whole number from 0 to limit - 1."""
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (self.state >> 32) * limit >> 32

    def between(self, low, high):
        """A whole number from low to high, both included."""
        return low + self.below(high - low + 1)

    def chance(self, per_thousand):
        return self.below(1000) < per_thousand

    def pick(self, items):
        return items[self.below(len(items))]

    def weighted(self, pairs):
        """One of the first members of pairs, as often as their second members say."""
        at = self.below(sum(weight for _, weight in pairs))
        for item, weight in pairs:
            at -= weight
            if at < 0:
                return item
        raise AssertionError('weights are whole numbers')
