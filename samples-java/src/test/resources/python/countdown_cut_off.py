"""Two countdowns that nobody awaits: when main returns, run cancels what is left."""

import asyncio


async def countdown(name, n):
    while n > 0:
        print(f"{name}: {n}")
        await asyncio.sleep(1)
        n -= 1
    print(f"{name}: lift-off")


async def main():
    tasks = [
        asyncio.create_task(countdown("A", 3)),
        asyncio.create_task(countdown("B", 2)),
    ]
    print(f"main: {len(tasks)} tasks are made, neither has begun")
    await asyncio.sleep(1.5)
    print("main: leaves, and nobody reaches lift-off")


asyncio.run(main())
