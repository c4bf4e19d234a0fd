"""The workloads in Python: prints the best time of an operation in nanoseconds, for memory its bytes, too."""

import asyncio
import gc
import platform
import resource
import sys
import threading
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


async def timers(operations):
    tasks = [asyncio.create_task(asyncio.sleep(i * 7919 % 50_000 / 1e6)) for i in range(operations)]
    await asyncio.gather(*tasks)


async def threadsafe(operations):
    loop = asyncio.get_running_loop()
    end = loop.create_future()
    left = operations

    def call():
        nonlocal left
        left -= 1
        if left == 0:
            end.set_result(None)

    def produce():
        for _ in range(operations):
            loop.call_soon_threadsafe(call)

    thread = threading.Thread(target=produce)
    thread.start()
    await end
    thread.join()


async def timeout(operations):
    for _ in range(operations):
        await asyncio.wait_for(asyncio.sleep(0), 10)


async def lock(operations):
    lock = asyncio.Lock()

    async def body():
        for _ in range(operations // TASKS):
            async with lock:
                await asyncio.sleep(0)

    await asyncio.gather(*[asyncio.create_task(body()) for _ in range(TASKS)])


async def free_lock(operations):
    lock = asyncio.Lock()
    for _ in range(operations):
        await lock.acquire()
        lock.release()


async def put_get(operations):
    queue = asyncio.Queue(1)
    for _ in range(operations):
        await queue.put(None)
        await queue.get()


def resident():
    gc.collect()
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize()


async def memory(operations):
    gate = asyncio.get_running_loop().create_future()

    async def body():
        await gate

    before, start = resident(), time.perf_counter_ns()
    tasks = [asyncio.create_task(body()) for _ in range(operations)]
    await asyncio.sleep(0)
    end = time.perf_counter_ns()
    after = resident()
    gate.set_result(None)
    await asyncio.gather(*tasks)
    print((end - start) / operations)
    print((after - before) / operations)


def main():
    kind, name = sys.argv[1], sys.argv[2]
    version = platform.python_version()
    if kind == "uvloop":
        import uvloop

        version = f"{uvloop.__version__} on CPython {version}"
        new_loop = uvloop.new_event_loop
    else:
        new_loop = asyncio.new_event_loop
    if name == "version":
        print(version)
        return
    operations, rounds = int(sys.argv[3]), int(sys.argv[4])
    loop = new_loop()
    if name == "memory":
        loop.run_until_complete(memory(operations))
        return
    workload = globals()[name.replace("-", "_")]
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter_ns()
        loop.run_until_complete(workload(operations))
        best = min(best, (time.perf_counter_ns() - start) / operations)
    loop.close()
    print(best)


main()
