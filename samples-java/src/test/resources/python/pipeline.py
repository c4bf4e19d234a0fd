"""Counts words with sort | uniq -c: two processes, and the loop in the place of the shell's pipe."""

import asyncio
from asyncio.subprocess import PIPE

WORDS = ["await", "task", "loop", "await", "future", "task", "await", "loop", "queue", "await"]


async def feed(sort):
    for word in WORDS:
        sort.write(f"{word}\n".encode())
        await sort.drain()
    sort.close()


async def pump(source, target):
    while data := await source.read(4096):
        target.write(data)
        await target.drain()
    target.close()


async def show(counts):
    async for line in counts:
        print(line.decode().strip())


async def main():
    sort = await asyncio.create_subprocess_exec("sort", stdin=PIPE, stdout=PIPE)
    uniq = await asyncio.create_subprocess_exec("uniq", "-c", stdin=PIPE, stdout=PIPE)
    await asyncio.gather(feed(sort.stdin), pump(sort.stdout, uniq.stdin), show(uniq.stdout))
    print(f"sort ended with {await sort.wait()}, uniq with {await uniq.wait()}")


asyncio.run(main())
