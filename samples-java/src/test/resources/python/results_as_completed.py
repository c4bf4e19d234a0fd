"""as_completed gives the results in the order in which they arrive."""

import asyncio


async def fetch(page, seconds):
    await asyncio.sleep(seconds)
    return f"{page} after {seconds} s"


async def main():
    pages = [fetch("news", 3), fetch("weather", 1), fetch("sports", 2)]
    for next_page in asyncio.as_completed(pages):
        print(await next_page)


asyncio.run(main())
