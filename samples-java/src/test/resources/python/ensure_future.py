"""ensure_future makes a task of a coroutine and hands a future back as it is."""

import asyncio


async def compute():
    await asyncio.sleep(1)
    return 42


async def main():
    future = asyncio.ensure_future(compute())
    again = asyncio.ensure_future(future)
    print("one and the same future" if again is future else "two futures")
    print(f"result: {await future}")


asyncio.run(main())
