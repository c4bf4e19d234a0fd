"""An echo server on asyncio's streams: plain, TLS ("tls CERT") or Unix ("unix PATH"). Ends with its input."""
import asyncio
import ssl
import sys


async def echo(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()


async def main(kind, argument=None):
    if kind == "unix":
        server = await asyncio.start_unix_server(echo, argument)
        print("listening", flush=True)
    else:
        context = None
        if kind == "tls":
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(argument)
        server = await asyncio.start_server(echo, "127.0.0.1", 0, ssl=context)
        print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main(*sys.argv[1:]))
