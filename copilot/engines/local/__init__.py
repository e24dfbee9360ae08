"""The local engine: small models and rules, nothing leaves the machine."""
