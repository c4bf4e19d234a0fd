"""A computation in the default executor: 25! is more than 64 bits hold, and it is exact."""

import asyncio
import math


async def main():
    loop = asyncio.get_running_loop()
    result = await loop.run_in_executor(None, math.factorial, 25)
    print(f"25! = {result}")


asyncio.run(main())
