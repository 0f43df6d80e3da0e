"""Time and CPU of something that is run several times in turn with what it is compared with."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CLOCK_TICKS = os.sysconf("SC_CLK_TCK")  # a second


@dataclass(slots=True)
class Cost:
    """What one thing took, once for each round."""

    wall: list[float] = field(default_factory=list)  # seconds
    cpu: list[float] = field(default_factory=list)  # seconds, child processes included

    @property
    def least_wall(self) -> float:
        """The least disturbed round: other work on the machine only ever adds."""
        return min(self.wall)

    @property
    def least_cpu(self) -> float:
        """The same for CPU time, which other work disturbs less, through the caches only."""
        return min(self.cpu)


def in_turn(things: Mapping[str, Callable[[], object]], rounds: int, others: Sequence[int] = ()) -> dict[str, Cost]:
    """Run each thing once a round, so that a slow minute of the machine meets all of them alike.

    Args:
        things: what to run, by name.
        rounds: how often.
        others: processes that work for them and are not our children's children yet (workers of a cluster).
    """
    costs = {name: Cost() for name in things}
    for _ in range(rounds):
        for name, thing in things.items():
            used, begun = cpu_seconds(others), time.monotonic()
            thing()
            costs[name].wall.append(time.monotonic() - begun)
            costs[name].cpu.append(cpu_seconds(others) - used)
    return costs


def cpu_seconds(others: Iterable[int] = ()) -> float:
    """Return the CPU time of this process, its ended children, and of *others* with theirs."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used) + sum(_of_tree(pid) for pid in others)


def _of_tree(pid: int) -> float:
    """Return the CPU time of a live process, of its ended children, and of its live ones likewise."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:  # it has ended meanwhile
        return 0.0
    return sum(int(ticks) for ticks in fields[11:15]) / CLOCK_TICKS + sum(_of_tree(child) for child in children)
