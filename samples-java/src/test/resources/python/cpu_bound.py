"""A computation that never waits lets others run by sleep(0): one turn of the loop, no time."""

import asyncio


def is_prime(n):
    return all(n % d for d in range(2, int(n**0.5) + 1))


async def count_primes(limit):
    count = 0
    for n in range(2, limit + 1):
        if is_prime(n):
            count += 1
        if n % 1000 == 0:
            print(f"primes: {count} up to {n}")
            await asyncio.sleep(0)
    return count


async def heartbeat():
    for beat in range(1, 4):
        print(f"heartbeat: {beat}")
        await asyncio.sleep(0)


async def main():
    primes = asyncio.create_task(count_primes(5000))
    beats = asyncio.create_task(heartbeat())
    print(f"main: {await primes} primes")
    await beats


asyncio.run(main())
