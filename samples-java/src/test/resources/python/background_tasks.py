"""Ten tasks in the background: a set holds each until its done-callback drops it."""

import asyncio


async def work(seconds):
    await asyncio.sleep(seconds)


async def main():
    background_tasks = set()
    for number in range(10):
        task = asyncio.create_task(work(number % 3 + 1))
        background_tasks.add(task)
        task.add_done_callback(background_tasks.discard)
    print(f"{len(background_tasks)} tasks are made")
    await asyncio.sleep(1.5)
    print(f"{len(background_tasks)} are still at work")
    await asyncio.sleep(2)
    print(f"{len(background_tasks)} are left")


asyncio.run(main())
