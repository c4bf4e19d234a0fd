"""Two countdowns side by side, and main that speaks in between."""

import asyncio


async def countdown(name, n):
    while n > 0:
        print(f"{name}: {n}")
        await asyncio.sleep(1)
        n -= 1
    print(f"{name}: lift-off")


async def main():
    a = asyncio.create_task(countdown("A", 3))
    b = asyncio.create_task(countdown("B", 2))
    print("main: two tasks are made, neither has begun")
    await asyncio.sleep(0.5)
    print("main: both are counting")
    await a
    print("main: A is done")
    await b
    print("main: B had been done before")


asyncio.run(main())
