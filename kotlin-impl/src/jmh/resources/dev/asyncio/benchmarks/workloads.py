"""The workloads in Python: prints the versions and the best time of an operation, in nanoseconds."""

import asyncio
import platform
import sys
import time

TASKS = 100
BATCH = 10_000


async def switch(operations):
    async def body():
        for _ in range(operations // TASKS):
            await asyncio.sleep(0)

    await asyncio.gather(*[asyncio.create_task(body()) for _ in range(TASKS)])


async def spawn(operations):
    async def nothing():
        pass

    for _ in range(operations // BATCH):
        await asyncio.gather(*[asyncio.create_task(nothing()) for _ in range(BATCH)])


async def ping_pong(operations):
    there, back = asyncio.Queue(1), asyncio.Queue(1)

    async def echo():
        for _ in range(operations):
            await back.put(await there.get())

    echoing = asyncio.create_task(echo())
    for _ in range(operations):
        await there.put(None)
        await back.get()
    await echoing


def main():
    kind, name, operations, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    version = platform.python_version()
    if kind == "uvloop":
        import uvloop

        version = f"{uvloop.__version__} on CPython {version}"
        new_loop = uvloop.new_event_loop
    else:
        new_loop = asyncio.new_event_loop
    workload = {"switch": switch, "spawn": spawn, "ping-pong": ping_pong}[name]
    loop = new_loop()
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter_ns()
        loop.run_until_complete(workload(operations))
        best = min(best, (time.perf_counter_ns() - start) / operations)
    loop.close()
    print(version)
    print(best)


main()
