"""A task that returns a value: made and awaited in one statement."""

import asyncio


async def fetch_price(item):
    await asyncio.sleep(1)
    return len(item) * 10


async def main():
    price = await asyncio.create_task(fetch_price("bagel"))
    print(f"a bagel costs {price} cents")


asyncio.run(main())
