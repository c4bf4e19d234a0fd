"""wait_for gives up after 30 s, cancels what it waited for and raises TimeoutError."""

import asyncio


async def answer_the_phone():
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        print("phone: stops ringing")
        raise


async def main():
    try:
        await asyncio.wait_for(answer_the_phone(), timeout=30)
    except TimeoutError:
        print("main: nobody answered within 30 s")


asyncio.run(main())
