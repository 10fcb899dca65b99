"""A class: its code, its teacher's secret, who has come in. All of it ends with the server.

A browser is known by the session number that the page gives it; from that a random number of its own is kept here, in
memory, and only the random number goes into the file. No name and no network address is asked for or kept.
"""

import hmac
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from coproduction.dashboard.classroom_store import MOST_VISITORS, Answer, ClassroomError, ClassroomStore, Kind

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O, which are read as digits."""
CODE_LENGTH = 6
WRONG_TRIES, WAIT = 5, 30.0
"""After so many wrong tries of one browser it waits so many seconds."""
ALL_WRONG_TRIES, MINUTE = 60, 60.0
"""After so many wrong tries of all browsers within a minute everybody who is not in yet waits: a browser is easily
made to look like another."""
MOST_A_MINUTE = 40
"""Answers that one visitor may hand in within a minute."""


@dataclass(slots=True)
class _Visitor:
    name: str
    latest: deque[float] = field(default_factory=deque)


class Classroom:
    """A class that is open; safe to use from many threads.

    address  where students open the page, "" where it is not known
    mark     random, another after each wipe: what browsers keep belongs to it
    """

    def __init__(self, store: ClassroomStore, clock: Callable[[], float] = time.monotonic) -> None:
        self.code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        self.secret = secrets.token_urlsafe(9)
        self.store = store
        self.address = ""
        self.mark = secrets.token_hex(4)
        self.changes = 0
        self._started: frozenset[str] = frozenset()
        self._clock = clock
        self._visitors: dict[str, _Visitor] = {}
        self._teachers: set[str] = set()
        self._wrong: dict[str, deque[float]] = {}
        self._all_wrong: deque[float] = deque(maxlen=ALL_WRONG_TRIES)
        self._lock = threading.Lock()

    @property
    def n_visitors(self) -> int:
        """How many have come in."""
        return len(self._visitors)

    def may_run(self, session: str, lesson: str) -> bool:
        """Say whether a browser may see all pairs: the teacher always, students when the teacher has started them."""
        return self.is_teacher(session) or lesson in self._started

    def start(self, lesson: str, *, held: bool = False) -> None:
        """Let students see all pairs of a lesson, or hold them back again."""
        with self._lock:
            self._started = self._started - {lesson} if held else self._started | {lesson}
            self.changes += 1

    def wipe(self) -> None:
        """Forget everything that was handed in, who has come in, and which pairs were started."""
        with self._lock:
            self.store.wipe()
            self._visitors.clear()
            self._started = frozenset()
            self.mark = secrets.token_hex(4)
            self.changes += 1

    def is_in(self, session: str) -> bool:
        """Say whether a browser has given the code."""
        return session in self._visitors

    def is_teacher(self, session: str) -> bool:
        """Say whether a browser has given the teacher's secret."""
        return session in self._teachers

    def enter(self, session: str, code: str) -> None:
        """Let a browser in by the class code; raises ``ClassroomError`` where it is wrong, or the class full."""
        with self._lock:
            if session in self._visitors:
                return
            self._check(session, "".join(code.split()).upper(), self.code, "class code")
            if len(self._visitors) >= MOST_VISITORS:
                raise ClassroomError(
                    f"class: at most {MOST_VISITORS} visitors may come in; the class is full."
                )
            self._visitors[session] = _Visitor(secrets.token_hex(8))

    def open_as_teacher(self, session: str, secret: str) -> None:
        """Let a browser see what the class has handed in; raises ``ClassroomError`` where the secret is wrong."""
        with self._lock:
            self._check(session, secret.strip(), self.secret, "teacher's word")
            self._teachers.add(session)

    def hand_in(self, session: str, lesson: str, kind: Kind, item: int, said: tuple[str, str]) -> None:
        """Keep what a visitor says, value and how sure.

        Raises
        ------
        ClassroomError
            The browser has not come in, the answer is too long, or there are too many.
        """
        with self._lock:
            visitor = self._visitors.get(session)
            if visitor is None:
                raise ClassroomError("class: give the class code first.")
            self._check_rate(visitor)
        self.store.hand_in(Answer(visitor.name, lesson, kind, item, *said))

    def handed_in(self, session: str, lesson: str) -> list[Answer]:
        """Return what a browser has handed in of a lesson, so that it finds it again when it comes back."""
        visitor = self._visitors.get(session)
        return (
            []
            if visitor is None
            else [each for each in self.store.answers(lesson) if each.visitor == visitor.name]
        )

    def _check_rate(self, visitor: _Visitor) -> None:
        now = self._clock()
        _forget(visitor.latest, now - MINUTE)
        if len(visitor.latest) >= MOST_A_MINUTE:
            raise ClassroomError(
                f"class: one visitor may hand in at most {MOST_A_MINUTE} answers a minute. Wait a little."
            )
        visitor.latest.append(now)

    def _check(self, session: str, given: str, right: str, what: str) -> None:
        """Compare in a time that tells nothing; count what was wrong."""
        now = self._clock()
        wrong = self._wrong.setdefault(session, deque(maxlen=WRONG_TRIES))
        _forget(self._all_wrong, now - MINUTE)
        if len(wrong) >= WRONG_TRIES and now - wrong[-1] < WAIT:
            left = WAIT - (now - wrong[-1])
            raise ClassroomError(f"class: too many wrong tries; wait {left:.0f} seconds, then try again.")
        if len(self._all_wrong) >= ALL_WRONG_TRIES:
            raise ClassroomError("class: too many wrong tries in this class; wait a minute, then try again.")
        if not hmac.compare_digest(given.encode(), right.encode()):
            wrong.append(now)
            self._all_wrong.append(now)
            self._forget_old_sessions(now)
            raise ClassroomError(f"class: that is not the {what}. Look again, and try once more.")
        self._wrong.pop(session, None)

    def _forget_old_sessions(self, now: float) -> None:
        """Keep no more of wrong tries than what still makes somebody wait."""
        for session in [each for each, tries in self._wrong.items() if not tries or now - tries[-1] > MINUTE]:
            del self._wrong[session]


def _forget(times: deque[float], before: float) -> None:
    while times and times[0] < before:
        times.popleft()
