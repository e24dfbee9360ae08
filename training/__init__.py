"""How the small models were made; not installed with the service."""
