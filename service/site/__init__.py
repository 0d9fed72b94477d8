"""The public pages, in French, which work without JavaScript."""

from __future__ import annotations

from service.site.home import site as site
