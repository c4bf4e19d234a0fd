"""Two coroutines awaited one after the other take the sum of their times: 3 s."""

import asyncio


async def say_after(delay, what):
    await asyncio.sleep(delay)
    print(what)


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    await say_after(1, "hello")
    await say_after(2, "world")
    print(f"finished after {round(loop.time() - start)} s")


asyncio.run(main())
