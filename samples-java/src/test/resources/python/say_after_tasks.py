"""The same two coroutines as tasks run at the same time: 2 s, the longer of the two."""

import asyncio


async def say_after(delay, what):
    await asyncio.sleep(delay)
    print(what)


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    hello = asyncio.create_task(say_after(1, "hello"))
    world = asyncio.create_task(say_after(2, "world"))
    await hello
    await world
    print(f"finished after {round(loop.time() - start)} s")


asyncio.run(main())
