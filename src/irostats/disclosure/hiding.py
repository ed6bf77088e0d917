"""Which counts are not shown: small ones, and the fewest others that would give them away.

Years are taken from the oldest on, and what was settled for a year stays so: the report of the
year after hides the same of it, so that nobody learns more from two reports than from one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from irostats.calendar import ReportingYear
from irostats.disclosure.network import Network, Ratio
from irostats.disclosure.reasoning import FAR, Equation, Node, Reader
from irostats.errors import DisclosureError
from irostats.registry import TOTAL, Cell

TRIED = 8
"""Counts tried before the cheapest is taken, of use or not."""


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
        self._settled: set[str] = set()
        """Periods; a later one's figures are not there yet for those who read."""
        self._reader = Reader(network.values, self._ties, self._unseen, self._limits)
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
        if complete:
            self._complete(periods)
            spare = [n for n in self.hidden if n[3] in periods and not self.small(n)]
            for node in sorted(spare, key=self._cost, reverse=True):
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
        return any(part in self.hidden for part in ratio.parts) or any(
            self.small(node) for node in (*ratio.parts, *ratio.own)
        )

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

    def _limits(self, node: Node) -> tuple[float, float]:
        """What a reader knows of an unknown without any equation: sentences say what is small."""
        if node in self.rounded:
            middle = self.rounding(self._network.values[node])
            least, most = (math.ceil(middle + end * self._base / 2) for end in (-1, 1))
            return (least if node in self._network.signed else max(least, 0), most - 1)
        if node in self._network.signed:
            return (-FAR, FAR)
        if node in self.hidden:
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
                if more is None:
                    self._give_up(secret)
                    continue
                self._hide(more)
                new = [more, *(node for ratio in self._ratios[more] for node in ratio.own)]
                left += [secret, *self._secrets(new)]

    def _give_up(self, secret: Secret) -> None:
        """Where all is hidden, what a group is all of follows from what the measures are.

        Raises:
            DisclosureError: A count itself could be worked out: nothing is published then.
        """
        if secret.total is None:
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

    def _equations(self, nodes: Iterable[Node]) -> list[Equation]:
        return list(dict.fromkeys(tie for node in nodes for tie in self._ties[node]))

    def _cheapest(self, secret: Secret, periods: Collection[str]) -> Node | None:
        """The count whose hiding costs least and is of use, as near as there is one.

        Returns:
            None where nothing that is shown bears on the secret.
        """
        own = [secret.node, *([secret.total] if secret.total else [])]
        first = None
        for exempt in (False, True):
            for nodes in (own, self._reader.group(secret.node)):
                found = sorted(self._candidates(nodes, periods, exempt=exempt), key=self._cost)
                for node in found[:TRIED]:
                    if self._serves(node, secret):
                        return node
                first = first or next(iter(found), None)
            if first:
                return first
        return None

    def _candidates(
        self, nodes: Iterable[Node], periods: Collection[str], *, exempt: bool
    ) -> set[Node]:
        return {
            node
            for equation in self._equations(nodes)
            for node in equation.nodes
            if node in self._network.counts
            and node not in self.hidden
            and node[3] in periods
            and self._exempt(node) == exempt
            and not self._empty(node)
        }

    def _serves(self, node: Node, secret: Secret) -> bool:
        """Whether a secret is kept by hiding a count, which cannot be worked out itself."""
        rounded = node in self.rounded
        seen = {node, *(own for ratio in self._ratios[node] for own in ratio.own)} - self._unseen
        self._hide(node)
        kept = self._otherwise(secret) and self._otherwise(Secret(node))
        self._unseen -= seen
        self.hidden.discard(node)
        self.rounded.discard(node)
        if rounded:
            self.rounded.add(node)
        return bool(kept)

    def _empty(self, node: Node) -> bool:
        """Whether a count is none of a total that is shown to be none: hiding it hides nothing."""
        return any(
            node in tie.parts
            and self._network.values[tie.total] == 0
            and tie.total not in self._unseen
            for tie in self._ties[node]
        )

    def _cost(self, node: Node) -> tuple[bool, bool, bool, int, float, Node]:
        """Service counts last, then totals, then true zeros, then what much else is made from."""
        value = self._network.values[node]
        return (
            self._exempt(node),
            node[1] == TOTAL,
            value == 0,
            len(self._ties[node]),
            abs(value),
            node,
        )
