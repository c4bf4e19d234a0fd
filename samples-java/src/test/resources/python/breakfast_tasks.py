"""Coffee and bagel as two tasks: both are begun before either is waited for, 3 s."""

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
    coffee_task = asyncio.create_task(brew_coffee())
    bagel_task = asyncio.create_task(toast_bagel())
    coffee = await coffee_task
    bagel = await bagel_task
    print(f"breakfast is {coffee} and {bagel}, after {round(loop.time() - start)} s")


asyncio.run(main())
