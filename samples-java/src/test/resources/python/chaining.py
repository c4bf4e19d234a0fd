"""Coroutines in a chain: the second step needs what the first one found."""

import asyncio


async def find_user(name):
    print(f"step 1: who is {name}?")
    await asyncio.sleep(1)
    return 42


async def count_orders(user_id):
    print(f"step 2: what did user {user_id} order?")
    await asyncio.sleep(1)
    return 3


async def look_up(name):
    user_id = await find_user(name)
    orders = await count_orders(user_id)
    return f"{name} has {orders} orders"


async def main():
    print(await look_up("Ada"))


asyncio.run(main())
