"""Looks at a task now and then instead of awaiting it; once done() is true, result() gives its value."""

import asyncio


async def compute():
    await asyncio.sleep(2.5)
    return "the answer"


async def main():
    task = asyncio.create_task(compute())
    while not task.done():
        print("not done yet")
        await asyncio.sleep(1)
    print(f"done: {task.result()}")


asyncio.run(main())
