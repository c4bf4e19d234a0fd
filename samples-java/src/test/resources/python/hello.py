"""The smallest program: one coroutine, run to its end."""

import asyncio


async def main():
    print("Hello, world!")


asyncio.run(main())
