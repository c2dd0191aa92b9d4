"""What the store says of an improvement."""

from store import Action, Status, Store, improvements


def actions(store: Store, number: int) -> list[Action]:
    """Return what the audit says was done, in order."""
    return [entry.action for entry in improvements.audit(store, number)]


def status(store: Store, number: int) -> Status:
    """Return where an improvement stands."""
    found = improvements.get(store, number)
    assert found is not None
    return found.status
