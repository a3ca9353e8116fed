"""A worker process: takes tasks from its standard input and answers on its standard output.

It is a plain child process and not one of `multiprocessing`, which would run the caller's own
script again in every child: a script of three lines that calls `perfxl.audit(…, jobs=4)` has to
work as it stands, on Windows too.
"""

import gc
import os
import pickle
import struct
import sys
import threading
from queue import SimpleQueue
from typing import IO, Any

from perfxl.errors import PerfxlError
from perfxl.jobs import limits, work
from perfxl.jobs.job import Work, attempt
from perfxl.jobs.work import Settings

LENGTH = struct.Struct("<Q")
READY, TIRED = "ready", "tired"
"""Said after every answer; one that is tired keeps more memory than forms need, and is replaced."""


def pack(value: object) -> bytes:
    """A value as it goes over the pipe."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def send(stream: IO[bytes], data: bytes) -> None:
    """Write one packed value."""
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one value.

    Raises:
        EOFError: the other side is gone.
    """
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)  # noqa: S301  # from our own parent process, over a pipe of ours


def main() -> None:
    """Work until the parent closes the pipe, or is gone."""
    source = sys.stdin.buffer
    # Whatever prints must not speak into the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    tasks: SimpleQueue[Any] = SimpleQueue()
    busy = threading.Event()
    settings, megabytes = receive(source)
    limits.hold(megabytes)
    # A form makes many small values that live as long as it does; looking for cycles among them is
    # a tenth of the work.
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)
    threading.Thread(target=_listen, args=(source, tasks, busy), daemon=True).start()
    send(answers, pack(READY))
    while (task := tasks.get()) is not None:
        send(answers, _answer(task, settings))
        used = limits.memory() or 0
        send(answers, pack(TIRED if used > limits.TIRED * limits.MEGABYTE else READY))
        busy.clear()
    os._exit(0)  # at once: nothing here is left to be tidied up


def _listen(source: IO[bytes], tasks: "SimpleQueue[Any]", busy: threading.Event) -> None:
    """Hand tasks on. If the parent dies while one is worked on, so does this process."""
    try:
        while True:
            task = receive(source)
            busy.set()
            tasks.put(task)
    except MemoryError:
        os._exit(limits.TOO_MUCH)
    except (EOFError, OSError):
        tasks.put(None)
        if busy.is_set():
            os._exit(1)


def _answer(task: Work, settings: Settings) -> bytes:
    try:
        return pack(attempt(task, settings))
    except PerfxlError as error:  # of the run
        return pack(error)
    except Exception as error:  # noqa: BLE001  # an answer that cannot be sent
        return pack(task.given_up(work.unforeseen(error), settings))
