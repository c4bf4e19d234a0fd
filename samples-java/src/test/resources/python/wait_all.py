"""wait gives two sets, what is done and what is pending, and raises nothing of what failed."""

import asyncio


async def square(number):
    await asyncio.sleep(number)
    print(f"square of {number} is ready")
    return number * number


async def main():
    tasks = [asyncio.create_task(square(number)) for number in (3, 1, 4, 2)]
    done, pending = await asyncio.wait(tasks)
    print(f"{len(done)} done, {len(pending)} pending")
    print(f"sum of squares: {sum(task.result() for task in done)}")


asyncio.run(main())
