"""Coffee first, then the bagel: one person who watches each until it is ready, 5 s."""

import asyncio


async def brew_coffee():
    print("coffee: brewing")
    await asyncio.sleep(3)
    print("coffee: done")
    return "a cup of coffee"


async def toast_bagel():
    print("bagel: toasting")
    await asyncio.sleep(2)
    print("bagel: done")
    return "a toasted bagel"


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    coffee = await brew_coffee()
    bagel = await toast_bagel()
    print(f"breakfast is {coffee} and {bagel}, after {round(loop.time() - start)} s")


asyncio.run(main())
