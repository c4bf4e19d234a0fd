"""The HTTP server of the samples in Python: aiohttp on the loop that is the argument."""

import asyncio
import sys

from aiohttp import web


async def hello(request):
    return web.Response(text="Hello, " + request.match_info.get("name", "Anonymous"))


async def main():
    app = web.Application()
    app.add_routes([web.get("/", hello), web.get("/{name}", hello)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    print(f"listening on 127.0.0.1:{port}", flush=True)
    await asyncio.Event().wait()


if sys.argv[1] == "uvloop":
    import uvloop

    uvloop.install()
asyncio.run(main())
