"""Six jobs that block for 0.5 s each, through a pool of three threads: two rounds, and the loop stays free."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor


def job(number, threads):
    threads.add(threading.current_thread())
    time.sleep(0.5)
    return f"job {number}"


async def main():
    loop = asyncio.get_running_loop()
    threads = set()
    with ThreadPoolExecutor(max_workers=3) as pool:
        jobs = [loop.run_in_executor(pool, job, number, threads) for number in range(1, 7)]
        print("main: six jobs are under way, the loop is free")
        for result in await asyncio.gather(*jobs):
            print(f"{result}: done")
    print(f"main: {len(threads)} threads did it all")


asyncio.run(main())
