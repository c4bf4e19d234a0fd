"""run_forever serves callbacks, without any coroutine, until somebody calls stop."""

import asyncio


def tick(loop, count):
    print(f"tick {count}")
    if count < 3:
        loop.call_later(1, tick, loop, count + 1)
    else:
        loop.stop()


loop = asyncio.new_event_loop()
loop.call_soon(tick, loop, 1)
loop.run_forever()
print("stopped")
loop.close()
