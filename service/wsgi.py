"""What the server runs: the application, configured from the environment."""

from service import create_app

app = create_app()
