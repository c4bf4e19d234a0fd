"""A client of an echo server on asyncio's streams: "plain PORT", "tls PORT CERT" or "unix PATH"."""
import asyncio
import os
import ssl
import sys


async def main(kind, where, certificate=None):
    if kind == "unix":
        reader, writer = await asyncio.open_unix_connection(where)
    else:
        context = ssl.create_default_context(cafile=certificate) if kind == "tls" else None
        reader, writer = await asyncio.open_connection("localhost", int(where), ssl=context)
    for n in range(100):
        line = b"line %d\n" % n
        writer.write(line)
        await writer.drain()
        assert await reader.readline() == line
    data = os.urandom(3_000_000)

    async def send():
        for start in range(0, len(data), 50_000):
            writer.write(data[start:start + 50_000])
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()

    sender = asyncio.create_task(send())
    assert await reader.readexactly(len(data)) == data
    await sender
    if writer.can_write_eof():
        assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()
    print("ok")


asyncio.run(main(*sys.argv[1:]))
