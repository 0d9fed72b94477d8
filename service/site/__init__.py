"""The public site: pages in French and, below ``/ar``, in Arabic; complete without JavaScript."""

from __future__ import annotations

from service.site.opening import open_site as open_site
