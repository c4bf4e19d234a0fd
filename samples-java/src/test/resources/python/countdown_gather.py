"""Two countdowns awaited together."""

import asyncio


async def countdown(name, n):
    while n > 0:
        print(f"{name}: {n}")
        await asyncio.sleep(1)
        n -= 1
    print(f"{name}: lift-off")


async def main():
    await asyncio.gather(countdown("A", 4), countdown("B", 3))
    print("main: both are done")


asyncio.run(main())
