"""The bundled reference pack: small CSV files of sourced facts, published as several dated releases."""
