"""A small web application to try the browser and the server on. It is served by gunicorn, as the tracker is."""

from flask import Flask, Response, abort

SOUND = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>A sound page</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"></head>
<body><main><h1>A sound page</h1><label for="who">Who</label> <input id="who" autocomplete="off">{more}</main></body></html>"""

BODIES = {
    "sound": "",
    "unlabelled": '<input id="unlabelled">',
    "crowded": f"<div>{'<button style=width:8px;height:8px;padding:0;border:0>x</button>' * 2}</div>",
    "faint": '<p style="color:#aaa;background:#fff">Hardly to be seen</p>',
    "wide": '<p class="wide" style="width:900px">Much too wide</p>',
    "throws": "<script>throw new Error('broken script')</script>",
    "complains": "<script>console.error('something is wrong')</script>",
    "calls-out": '<img src="http://example.invalid/picture.png" alt="A picture elsewhere">',
    "calls-a-number": '<img src="http://192.0.2.1/picture.png" alt="A picture elsewhere">',
    "sends-word": "<script>navigator.sendBeacon('http://example.invalid/word')</script>",
    "frames-another": '<iframe src="http://example.invalid/page" title="A page elsewhere"></iframe>',
    "misses-a-part": '<script src="/no-such-script.js"></script>',
    "scripted": "<p id='said'>No script ran</p><script>said.textContent = 'A script ran'</script>",
}


def create_pages() -> Flask:
    """The application: one page for each body, a refusal and a failure."""
    app = Flask("pages")

    @app.get("/<name>")
    def show(name: str) -> str:
        if name not in BODIES:
            abort(404)
        return SOUND.format(more=BODIES[name])

    @app.get("/refused")
    def refuse() -> Response:
        return Response(SOUND.format(more="<p>You may not see this</p>"), 403)

    @app.get("/fails")
    def fail() -> Response:
        return Response(SOUND.format(more="<p>Something broke</p>"), 500)

    return app
