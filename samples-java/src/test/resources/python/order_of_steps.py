"""Who runs when: main and a task hand the loop to each other around a sleep."""

import asyncio


async def worker():
    print("worker: begins")  # 4. its turn has come
    await asyncio.sleep(2)  # 5. gives the loop back; 6. the loop waits, nothing else is ready
    print("worker: ends")  # 7. two seconds later it goes on; 8. its end makes main ready


async def main():
    print("main: begins")  # 1. the loop runs main first
    task = asyncio.create_task(worker())  # 2. the task is queued, nothing of it has run
    await task  # 3. main gives the loop away until the task is done
    print("main: ends")  # 9. main goes on, and with its end the program stops


asyncio.run(main())
