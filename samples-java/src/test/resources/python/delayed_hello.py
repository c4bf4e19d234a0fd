"""A coroutine that waits: the second word comes a second after the first."""

import asyncio


async def main():
    print("Hello ...")
    await asyncio.sleep(1)
    print("... world!")


asyncio.run(main())
