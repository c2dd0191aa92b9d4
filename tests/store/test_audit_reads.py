"""What of the audit is read for one purpose, and no more of it."""

from store import Action, LearningWriter, Store, head, improvements
from tests.store.conftest import NOW, deployed, moving, proposed

IN_FORCE = (Action.APPLIED, Action.REDONE)


def test_the_latest_word_on_coming_into_force_is_the_last_of_several(store: Store, writer: LearningWriter) -> None:
    """Redone it counts from then on; of another improvement nothing is told."""

    def version() -> int:
        return int((improvements.latest_details(store, number, IN_FORCE) or {})["version"])

    number, other = deployed(writer, store, digest="one"), proposed(writer)
    assert version() == 1
    moving(writer.roll_back, number, store, "", reason="wrong lamp")
    moving(writer.redo, number, store, "one")
    assert version() == 3
    assert improvements.latest_details(store, other, IN_FORCE) is None
    assert improvements.latest_details(store, number, (Action.REJECTED,)) is None


def test_of_the_audit_rows_of_an_actor_those_after_one_and_among_the_latest_come(
    store: Store, writer: LearningWriter
) -> None:
    """What others took back, what was known before and what lies far behind is left out."""

    def taken_back(actor: str) -> int:
        number = deployed(writer, store)
        before = head(store).digest
        writer.roll_back(
            number, expected_head_digest=before, new_digest=f"{before}-", actor=actor, at=NOW, reason="it harmed"
        )
        return number

    def found(after: int = 0, latest: int = 200) -> list[int]:
        rows = improvements.audit_of(store, Action.ROLLED_BACK, "system", after=after, latest=latest)
        assert {(row.action, row.actor) for row in rows} <= {(Action.ROLLED_BACK, "system")}
        return [int(row.improvement_id.rpartition("-")[2]) for row in rows]

    first, _, last = taken_back("system"), taken_back("ada"), taken_back("system")
    whole = improvements.audit(store)
    of_first = [row.number for row in whole if row.improvement_id == f"improvement-{first}"][-1]
    assert found() == [first, last]
    assert found(after=of_first) == [last]
    assert found(after=of_first - 1) == [first, last]
    assert found(latest=1) == [last]
    assert found(latest=len(whole)) == [first, last]
    assert found(after=len(whole)) == []
