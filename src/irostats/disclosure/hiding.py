"""Which counts are not shown: small ones, and the fewest others that would give them away.

Years are taken from the oldest on, and what was settled for a year stays so: the report of the
year after hides the same of it, so that nobody learns more from two reports than from one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from irostats.calendar import ReportingYear
from irostats.disclosure.network import Network, Ratio
from irostats.disclosure.reasoning import FAR, UNSEEN, Equation, Node, Reader
from irostats.errors import DisclosureError
from irostats.registry import TOTAL, Cell

SERVICE, WHOLE, NONE = 1000.0, 30.0, 5.0
"""What hiding one of the service's own counts costs more than hiding a group of children; what
hiding a total does; and what hiding a true zero does."""


@dataclass(frozen=True)
class Secret:
    """What nobody may work out: a count; or that it is all of a total which is not shown.

    Args:
        node: The count.
        total: The total that it is all of; None for the count itself.
    """

    node: Node
    total: Node | None = None


class Hiding:
    """What is not shown, as it grows.

    Args:
        network: All counts.
        threshold: The largest count that is small.
        protected: Whether the counts of a cell describe children.
        base: Protected counts are rounded to multiples of it and hidden only where that is not
            enough; 0 to hide them.
    """

    def __init__(
        self,
        network: Network,
        threshold: int,
        protected: Callable[[Cell], bool],
        *,
        base: int = 0,
    ) -> None:
        self.hidden: set[Node] = set()
        self.rounded: set[Node] = set()
        self._network = network
        self._threshold = threshold
        self._protected = protected
        self._base = base
        self._unseen: set[Node] = set()
        """What a reader does not see as it is: counts, and what hidden ratios are made from."""
        self._witness: dict[Secret, frozenset[Node]] = {}
        """For each secret, counts that could be otherwise together, the secret with them."""
        self._ties: dict[Node, list[Equation]] = defaultdict(list)
        self._ratios: dict[Node, list[Ratio]] = defaultdict(list)
        self._evident: set[Node] = set()
        """Counts that follow from what the measures are, such as none of what there cannot be."""
        self._settled: set[str] = set()
        """Periods; a later one's figures are not there yet for those who read."""
        self._reader = Reader(network.values, self._ties, self._unseen, self._limits)
        self._owner = {node: ratio for ratio in network.ratios for node in ratio.own}
        for ratio in network.ratios:
            for node in ratio.parts:
                self._ratios[node].append(ratio)

    def settle(self, year: ReportingYear, *, complete: bool) -> None:
        """Hide or round a year's counts, and as few others as keep them from being worked out."""
        periods = {str(year), year.last_day.isoformat()}
        self._tie(periods)
        for node in self._network.counts:
            if node[3] in periods and (not self._exempt(node) if self._base else self.small(node)):
                self._hide(node)
        for ratio in self._network.ratios:
            if ratio.figure.period in periods and (self._base or self.hides(ratio)):
                self._unseen.update(ratio.own)
        self._unseen.update(node for node in self._network.rests if node[3] in periods)
        if complete:
            self._complete(periods)
            spare = [n for n in self.hidden if n[3] in periods and not self.small(n)]
            for node in sorted(spare, key=lambda n: (self._worth(n), n), reverse=True):
                self._spare(node)

    def _tie(self, periods: set[str]) -> None:
        """Take up a year's equations; what they tie of earlier years is to be looked at again."""
        before = self._settled
        self._settled = before | periods
        for equation in self._network.equations:
            held = {node[3] for node in equation.nodes}
            if held <= self._settled and not held <= before:
                for node in equation.nodes:
                    self._ties[node].append(equation)
                earlier = {node for node in equation.nodes if node[3] in before}
                self._witness = {
                    secret: moved
                    for secret, moved in self._witness.items()
                    if earlier.isdisjoint(moved)
                }

    def hides(self, ratio: Ratio) -> bool:
        """Whether a ratio would give away what is not shown."""
        if any(part in self.hidden for part in ratio.parts):
            return True
        # Of rounded counts it tells no more than they do.
        counts = () if self._base else (*ratio.parts, *ratio.own)
        return any(self.small(node) for node in counts)

    def rounds(self, ratio: Ratio) -> bool:
        """Whether a ratio is made of counts of children that are rounded, or would be."""
        own = any(not self._exempt(node) for node in ratio.own)
        return bool(self._base) and (own or any(part in self.rounded for part in ratio.parts))

    def small(self, node: Node) -> bool:
        """Whether a node is a protected count from 1 to the threshold."""
        return not self._exempt(node) and 0 < self._network.values[node] <= self._threshold

    def looks_small(self, node: Node, ratio: Ratio | None) -> bool:
        """Whether a hidden figure is said to be a small number: it is none, or small."""
        if ratio is None:
            return self._network.values[node] <= self._threshold
        return any(self.small(each) for each in (*ratio.parts, *ratio.own))

    def rounding(self, number: float) -> float:
        """The nearest multiple of the base, the higher of two."""
        return self._base * math.floor(number / self._base + 0.5)

    def _exempt(self, node: Node) -> bool:
        return not self._protected((node[0], node[1], node[2]))

    def _hide(self, node: Node) -> None:
        """Round a count that is shown, where the authority rounds; else hide it."""
        if self._base and node not in self.rounded:
            self.rounded.add(node)
        else:
            self.rounded.discard(node)
            self.hidden.add(node)
        self._unseen.add(node)
        for ratio in self._ratios[node]:
            self._unseen.update(ratio.own)

    def _show(self, node: Node) -> set[Node]:
        """Show a count, and the ratios that nothing else hides; what is seen again."""
        self.hidden.discard(node)
        seen = {node}
        for ratio in self._ratios[node]:
            if not self.hides(ratio):
                seen.update(ratio.own)
        self._unseen -= seen
        return seen

    def _limits(self, node: Node, *, coarse: bool = True) -> tuple[float, float]:
        """What a reader knows of a count that is not shown, without any equation.

        Args:
            node: The count.
            coarse: Whether one that might be rounded is; else it is taken to be hidden.
        """
        value, signed = self._network.values[node], node in self._network.signed
        if self._base and coarse and node in self._network.counts and node not in self.hidden:
            least, most = (
                math.ceil(self.rounding(value) + end * self._base / 2) for end in (-1, 1)
            )
            return (least if signed else max(least, 0), most - 1)
        if signed:
            return (-FAR, FAR)
        if node in self._network.counts:
            # Sentences say which hidden numbers are small.
            small = self.looks_small(node, None)
            return (0, self._threshold) if small else (self._threshold + 1, FAR)
        return (0, FAR)

    def _secrets(self, nodes: Iterable[Node]) -> Iterator[Secret]:
        """What is to be kept of some unseen nodes."""
        for node in nodes:
            if node in self.hidden or self.small(node):
                yield Secret(node)
            for equation in self._ties[node]:
                yield from self._wholes(equation)

    def _wholes(self, equation: Equation) -> Iterator[Secret]:
        values = self._network.values
        total = equation.total
        if equation.split and len(equation.parts) > 1 and total in self._unseen:
            for part in equation.parts:
                if part in self._unseen and values[part] == values[total]:
                    yield Secret(part, total)

    def _complete(self, periods: Collection[str]) -> None:
        left = list(self._secrets(sorted(self._unseen)))
        while left:
            secret = left.pop()
            if secret in self._witness or not self._kept(secret):
                continue
            if not self._find(secret):
                more = self._cheapest(secret, periods)
                for node in more:
                    self._hide(node)
                    own = [each for ratio in self._ratios[node] for each in ratio.own]
                    left += self._secrets([node, *own])
                if more:
                    left.append(secret)
                else:
                    self._give_up(secret)

    def _give_up(self, secret: Secret) -> None:
        """Where all is hidden, what is left to work out follows from what the measures are.

        What a group is all of is then no secret, nor is a count that is not small: it is shown.

        Raises:
            DisclosureError: A small count could be worked out: nothing is published then.
        """
        if secret.total is not None or secret.node in self._network.rests:
            return
        if not self.small(secret.node):
            self._show(secret.node)
            self._evident.add(secret.node)
        else:
            raise DisclosureError(
                f"{secret.node[0]} in {secret.node[3]} could be worked out from what is shown, "
                "whatever else is hidden.",
                next_step="Build with --audience internal, or write rounding = 5 in [protection].",
            )

    def _kept(self, secret: Secret) -> bool:
        return secret.node in self._unseen and (
            secret.total is None or secret.total in self._unseen
        )

    def _find(self, secret: Secret) -> bool:
        """Look for a way in which it would be otherwise; it serves other secrets as well."""
        found = self._otherwise(secret)
        if found is None:
            return False
        self._witness[secret] = found
        for node in found:
            if Secret(node) not in self._witness:
                self._witness[Secret(node)] = found
        return True

    def _otherwise(self, secret: Secret) -> frozenset[Node] | None:
        if secret.total is None:
            return self._reader.otherwise(secret.node)
        return self._reader.larger(secret.total, secret.node)

    def _spare(self, node: Node) -> None:
        """Show a count again if nothing can be worked out with it."""
        seen = self._show(node)
        before = dict(self._witness)
        lost = [secret for secret, moved in self._witness.items() if not seen.isdisjoint(moved)]
        for secret in lost:
            del self._witness[secret]
        for secret in lost:
            if self._kept(secret) and secret not in self._witness:
                needed = secret.total or secret.node in self.hidden or self.small(secret.node)
                if needed and not self._find(secret):
                    self._hide(node)
                    self._witness = before
                    return

    def _cheapest(self, secret: Secret, periods: Collection[str]) -> set[Node]:
        """The counts whose hiding costs least and keeps a secret; none where nothing does."""
        ways = [{secret.node: 1.0}, {secret.node: -1.0}]
        if secret.total is not None:
            ways = [{secret.total: 1.0, secret.node: -1.0}]
        for coarse in (True, False) if self._base else (False,):
            cost = partial(self._cost, periods=periods, coarse=coarse)
            limits = partial(self._limits, coarse=coarse)
            each = (self._reader.cheapest(way, cost, limits, enough=SERVICE) for way in ways)
            found = [moved for moved in each if moved]
            if found:
                least = min(found, key=lambda moved: sum(map(cost, moved)))
                return self._to_hide(least, periods, coarse=coarse)
        return set()

    def _to_hide(
        self, moved: Iterable[Node], periods: Collection[str], *, coarse: bool
    ) -> set[Node]:
        """Of counts that would be otherwise, those that are seen, and parts of ratios that are."""
        seen = {n for n in moved if n not in self._unseen or (n in self.rounded and not coarse)}
        chosen = {node for node in seen if node in self._network.counts}
        for node in sorted(seen - chosen):
            parts = self._owner[node].parts
            if chosen.isdisjoint(parts):
                cost = partial(self._cost, periods=periods, coarse=coarse)
                chosen.add(min(parts, key=lambda part: (cost(part), part)))
        return chosen

    def _cost(self, node: Node, periods: Collection[str], *, coarse: bool) -> float:
        """What it costs to hide a count, or to round it, where that is still to be done.

        Service counts cost most, then totals, then true zeros, then what much else is made from;
        what part of a ratio costs is what the cheapest of its counts does.

        Returns:
            Infinite where the count is to be shown.
        """
        if node in self._unseen and (coarse or node not in self.rounded):
            return UNSEEN
        if node in self._owner:
            parts = self._owner[node].parts
            return min((self._cost(n, periods, coarse=coarse) for n in parts), default=math.inf)
        if node not in self._network.counts or node[3] not in periods or node in self._evident:
            return math.inf
        return self._worth(node)

    def _worth(self, node: Node) -> float:
        value = self._network.values[node]
        dear = SERVICE * self._exempt(node) + WHOLE * (node[1] == TOTAL) + NONE * (value == 0)
        return dear + 1 + math.log1p(abs(value)) / 10 + len(self._ties[node]) / 10
