"""What answers hold, as marshmallow schemas: the source of the OpenAPI document."""
