"""A coroutine that counts down, one number a second."""

import asyncio


async def countdown(name, n):
    while n > 0:
        print(f"{name}: {n}")
        await asyncio.sleep(1)
        n -= 1
    print(f"{name}: lift-off")


async def main():
    await countdown("A", 4)


asyncio.run(main())
