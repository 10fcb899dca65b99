"""A programme as it runs: where, how strongly, what it adds to levers, and who pays for it."""

from coproduction.agents.neighbourhood import summed
from coproduction.agents.window import Window
from coproduction.simulation.parameters.portfolio import CITY, PAYERS, Portfolio
from coproduction.simulation.phases.programmes import choose_places
from coproduction.simulation.rules.programmes import (
    lever_added,
    placed_by_boards,
    places_of,
    programme_cost,
    runs_at,
    voluntary_strength,
)


class RunningProgramme(Window):
    """One programme of the city's portfolio."""

    @property
    def portfolio(self) -> Portfolio:
        """The numbers of all programmes."""
        return self.model.numbers.programmes

    def starts(self) -> bool:
        """Say whether the programme starts in this watch."""
        return bool(self.portfolio.start[self.index] == self.watch)

    def ends(self) -> bool:
        """Say whether this is the first watch without it."""
        return bool(self.portfolio.end[self.index] == self.watch)

    def is_running(self) -> bool:
        """Say whether the programme runs in this watch."""
        portfolio = self.portfolio
        return runs_at(portfolio.start.item(self.index), portfolio.end.item(self.index), self.watch)

    def chooses_places(self) -> None:
        """Open in the neighbourhoods meant; which have most crime, both engines find in one place."""
        when = (self.model.seed, self.watch)
        choose_places(self.model.state, self.model.numbers, when, self.index)

    def is_placed_by_boards(self) -> None:
        """Have boards place a share of its money among its neighbourhoods, by what they ask for."""
        weights, places = self.model.state.programmes.weight, self.model.neighbourhoods
        targets = self.model.state.programmes.targets[self.index]
        mine = [place for place, chosen in zip(places, targets.tolist(), strict=True) if chosen]
        priority = summed(place.priority for place in mine)
        residents = sum(place.size for place in mine)
        for place in places:
            weights[self.index, place.index] = placed_by_boards(
                self.levers.board_funding, place.priority, place.size, priority, residents
            )

    def weight_in(self, n: int) -> float:
        """Return how much of it boards place in a neighbourhood, 1 for as much as everywhere."""
        weight: float = self.model.state.programmes.weight.item(self.index, n)
        return weight

    def strength_in(self, n: int) -> float:
        """Return how strongly the programme runs in a neighbourhood, 0 to 1."""
        programmes, wanted = self.model.state.programmes, self.portfolio.members_wanted.item(self.index)
        if programmes.targets[self.index, n] == 0:
            return 0.0
        if wanted <= 0.0:
            return 1.0
        members = programmes.members.item(self.index, n)
        return voluntary_strength(members, wanted, self.model.neighbourhoods[n].size)

    def places_in(self, n: int) -> int:
        """Return how many members its coordination can keep in a neighbourhood."""
        return places_of(self.portfolio.members_supported.item(self.index), self.model.neighbourhoods[n].size)

    def support_in(self, n: int) -> float:
        """Return the share of its members in a neighbourhood whom coordination keeps, 0 to 1."""
        members = self.model.state.programmes.members.item(self.index, n)
        return min(self.places_in(n) / max(members, 1), 1.0)

    @property
    def invitation(self) -> float:
        """Log odds of joining that its asking people adds."""
        added: float = self.portfolio.invitation.item(self.index)
        return added

    def has_members(self) -> bool:
        """Say whether residents carry it, and not staff."""
        return bool(self.portfolio.members_wanted[self.index] > 0.0)

    def invites(self, n: int) -> bool:
        """Say whether it takes members in a neighbourhood now."""
        return self.is_running() and bool(self.model.state.programmes.targets[self.index, n] == 1)

    def adds(self, n: int) -> list[float]:
        """Return what the programme adds to each lever in a neighbourhood."""
        portfolio, at = self.portfolio, self.index
        strength = self.strength_in(n) * self.weight_in(n) if self.is_running() else 0.0
        dose, fidelity = portfolio.dose.item(at), portfolio.fidelity.item(at)
        pairs = zip(portfolio.switches.tolist(), portfolio.amounts[at].tolist(), strict=True)
        return [lever_added(switch, amount, dose, fidelity, strength) for switch, amount in pairs]

    def books(self) -> tuple[float, float]:
        """Book this watch's costs; return what the city pays within and beside its budget, USD."""
        bills = [self.costs(payer) for payer in range(len(PAYERS))]
        within = self.portfolio.from_budget[self.index] == 1
        return (bills[CITY], 0.0) if within else (0.0, bills[CITY])

    def costs(self, payer: int) -> float:
        """Book what the programme costs one payer in each of its neighbourhoods; return the sum, USD."""
        state, portfolio, at, total = self.model.state, self.portfolio, self.index, 0.0
        for neighbourhood in self.model.neighbourhoods:
            n = neighbourhood.index
            if state.programmes.targets[at, n] == 1:
                usd = programme_cost(
                    portfolio.cost.item(at, payer), portfolio.dose.item(at) * self.weight_in(n), neighbourhood.size,
                    portfolio.member_cost.item(at, payer), state.programmes.members.item(at, n),
                )  # fmt: skip
                state.programmes.spent[at, payer, n] += usd
                total += usd
        return total
