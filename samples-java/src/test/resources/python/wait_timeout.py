"""wait with a limit of 2 s: it cancels nothing, so what is still pending is ours to cancel."""

import asyncio


async def work(seconds):
    await asyncio.sleep(seconds)
    return f"work of {seconds} s"


async def main():
    tasks = [asyncio.create_task(work(seconds)) for seconds in (1, 3, 5)]
    done, pending = await asyncio.wait(tasks, timeout=2)
    for task in done:
        print(f"done: {task.result()}")
    for task in pending:
        task.cancel()
    print(f"cancelled: {len(pending)} tasks that were not done in time")


asyncio.run(main())
