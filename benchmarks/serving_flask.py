"""The service as Flask alone answers it, without the front that takes the hot questions."""

from __future__ import annotations

from service import create_app

app = create_app()
app.extensions["catalogue"].warm()
