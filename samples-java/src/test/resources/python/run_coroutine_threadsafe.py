"""A loop in a thread of its own; the main thread hands it a coroutine and blocks for the result."""

import asyncio
import threading


async def add(a, b):
    await asyncio.sleep(1)
    return a + b


loop = asyncio.new_event_loop()
thread = threading.Thread(target=loop.run_forever)
thread.start()

future = asyncio.run_coroutine_threadsafe(add(1, 2), loop)
print("main thread: blocks for at most 5 s")
print(f"main thread: 1 + 2 = {future.result(timeout=5)}")

loop.call_soon_threadsafe(loop.stop)
thread.join()
loop.close()
