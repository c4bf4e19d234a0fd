"""An echo server in Python: prints its port, and serves until its standard input ends.

    echo.py LOOP STYLE [plain]    cpython or uvloop; protocol or streams
"""

import asyncio
import os
import sys
import threading


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)


async def echo(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


async def main(style):
    if style == "protocol":
        server = await asyncio.get_running_loop().create_server(Echo, "127.0.0.1", 0, backlog=1024)
    else:
        server = await asyncio.start_server(echo, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def end_with_parent():
    sys.stdin.read()
    os._exit(0)


if "plain" not in sys.argv:
    # Once so much was freed, glibc takes the buffer of a read from the heap, and does not map and unmap it each time: luck in
    # a program that has run for a while, but several times as fast.
    bytearray(8 << 20)
threading.Thread(target=end_with_parent, daemon=True).start()
if sys.argv[1] == "uvloop":
    import uvloop

    uvloop.install()
asyncio.run(main(sys.argv[2]))
