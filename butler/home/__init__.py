"""The smart home: the port, the demo home, and how an interpretation becomes calls."""
