"""A Jupyter kernel that drives `nash rpc` (docs/rpc.md of nash)."""
