"""gather over a list: one coroutine an item, results in the order of the items."""

import asyncio


async def price_of(item):
    await asyncio.sleep(len(item))
    print(f"{item}: found")
    return len(item) * 10


async def main():
    items = ["bagel", "tea", "coffee"]
    prices = await asyncio.gather(*(price_of(item) for item in items))
    for item, price in zip(items, prices):
        print(f"{item}: {price} cents")


asyncio.run(main())
