"""A small floor of chat agents: who gets which contact when. It makes the sample log and nothing else."""

import heapq
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

import numpy as np

ARRIVE, DONE, LOG_IN = range(3)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A contact before anybody took it; times in s since the log's first midnight."""

    at_s: float
    queue: str
    patience_s: float
    silent: bool
    work: float


@dataclass(frozen=True, slots=True)
class Worker:
    """An agent: when on duty, home queue first, and the speed in each queue (1 = standard)."""

    agent: str
    spans_s: tuple[tuple[float, float], ...]
    speed: Mapping[str, float]
    home: str

    def on_duty(self, now_s: float) -> bool:
        """Whether new contacts may be given to the agent."""
        return any(start <= now_s < end for start, end in self.spans_s)


@dataclass(slots=True)
class Handling:
    """What became of one contact; ``worker`` is -1 and ``assigned_s`` NaN where nobody took it."""

    worker: int = -1
    assigned_s: float = np.nan
    closed_s: float = np.nan
    chats: int = 0
    left: bool = True


@dataclass(slots=True)
class Floor:
    """The state of the floor while the contacts come in."""

    inquiries: Sequence[Inquiry]
    workers: Sequence[Worker]
    aht_s: Mapping[str, Sequence[float]]
    silent_s: float
    handlings: list[Handling] = field(init=False)
    waiting: dict[str, deque[int]] = field(init=False)
    chats: list[int] = field(init=False)
    last_s: list[float] = field(init=False)
    events: list[tuple[float, int, int, int]] = field(init=False)
    order: "count[int]" = field(init=False)

    def __post_init__(self) -> None:
        self.handlings = [Handling() for _ in self.inquiries]
        self.waiting = {queue: deque() for queue in self.aht_s}
        self.chats, self.last_s = [0] * len(self.workers), [-np.inf] * len(self.workers)
        self.order, self.events = count(), []
        for number, inquiry in enumerate(self.inquiries):
            self._plan(inquiry.at_s, ARRIVE, number)
        for number, worker in enumerate(self.workers):
            for start, _ in worker.spans_s:
                self._plan(start, LOG_IN, number)

    def run(self) -> list[Handling]:
        """Play all events; one handling per inquiry."""
        while self.events:
            now_s, _, kind, number = heapq.heappop(self.events)
            if kind == ARRIVE:
                self.waiting[self.inquiries[number].queue].append(number)
                self._serve_queue(self.inquiries[number].queue, now_s)
            else:
                self.chats[number] -= kind == DONE
                self._serve_with(number, now_s)
        for queue in self.waiting.values():
            for number in queue:
                self._leave(number)
        return self.handlings

    def _plan(self, at_s: float, kind: int, number: int) -> None:
        heapq.heappush(self.events, (at_s, next(self.order), kind, number))

    def _free(self, number: int, queue: str, now_s: float) -> bool:
        worker = self.workers[number]
        return queue in worker.speed and self.chats[number] < len(self.aht_s[queue]) and worker.on_duty(now_s)

    def _serve_queue(self, queue: str, now_s: float) -> None:
        free = [number for number in range(len(self.workers)) if self._free(number, queue, now_s)]
        if free:
            self._take(min(free, key=lambda n: self._rank(n, queue)), queue, now_s)

    def _rank(self, number: int, queue: str) -> tuple[bool, int, float]:
        return self.workers[number].home != queue, self.chats[number], self.last_s[number]

    def _serve_with(self, number: int, now_s: float) -> None:
        queues = sorted(self.workers[number].speed, key=lambda queue: queue != self.workers[number].home)
        for queue in queues:
            while self.waiting[queue] and self._free(number, queue, now_s):
                self._take(number, queue, now_s)

    def _take(self, number: int, queue: str, now_s: float) -> None:
        """Give the agent the first contact that still looks as if somebody were there."""
        while self.waiting[queue]:
            contact = self.waiting[queue].popleft()
            inquiry = self.inquiries[contact]
            gone = inquiry.at_s + inquiry.patience_s <= now_s
            if gone and not inquiry.silent:
                self._leave(contact)
                continue
            self._assign(number, contact, now_s, gone)
            return

    def _assign(self, number: int, contact: int, now_s: float, gone: bool) -> None:
        inquiry = self.inquiries[contact]
        self.chats[number] += 1
        self.last_s[number] = now_s
        held = self.chats[number]
        mean_s = self.aht_s[inquiry.queue][min(held, len(self.aht_s[inquiry.queue])) - 1]
        busy_s = self.silent_s if gone else mean_s * inquiry.work / self.workers[number].speed[inquiry.queue]
        self.handlings[contact] = Handling(number, now_s, now_s + busy_s, held, gone)
        self._plan(now_s + busy_s, DONE, number)

    def _leave(self, contact: int) -> None:
        inquiry = self.inquiries[contact]
        self.handlings[contact].closed_s = inquiry.at_s + inquiry.patience_s
