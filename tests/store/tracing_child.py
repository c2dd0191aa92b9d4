"""A process that writes traces through a buffer, tells of each on standard output, and goes on until it is killed."""

import sys
import time
from datetime import UTC, datetime

from store import open_store
from store.trace_buffer import TraceBuffer
from store.traces import TraceEntry

if __name__ == "__main__":
    with open_store(sys.argv[1]) as store, TraceBuffer(store) as buffer:
        for number in range(1_000_000):
            buffer.write(TraceEntry(f"t{number}", "job", "child", datetime.now(UTC), metadata={"n": number}))
            sys.stdout.write(f"{number} {time.time()}\n")
            sys.stdout.flush()
            time.sleep(0.005)
