"""A loop made, run and closed by hand: what asyncio.run does for you."""

import asyncio


def state(loop):
    if loop.is_closed():
        return "closed"
    return "running" if loop.is_running() else "not running"


async def greet():
    print(f"greet: the loop is {state(asyncio.get_event_loop())}")
    await asyncio.sleep(1)
    return "hello"


asyncio.set_event_loop(asyncio.new_event_loop())
loop = asyncio.get_event_loop()
print(f"before: the loop is {state(loop)}")
print(f"result: {loop.run_until_complete(greet())}")
print(f"after: the loop is {state(loop)}")
loop.close()
print(f"at last: the loop is {state(loop)}")
