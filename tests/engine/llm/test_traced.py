"""What a model is asked outside of turns leaves a trace, also where it fails; what others trace leaves none twice."""

from datetime import UTC, datetime

import pytest

from engine.llm import LanguageModel, Models, ModelUnreachable, ScriptedModel
from engine.llm.jobs import INSIGHTS, NAMES, TASKS, UNDERSTAND
from engine.llm.traced import traced
from store.traces import TraceEntry

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def asked(job: str, *answers: object) -> tuple[LanguageModel, list[TraceEntry]]:
    written: list[TraceEntry] = []
    model = traced(Models.single(ScriptedModel(*answers, id="small")), written.append, lambda: NOON).of(job)
    assert model is not None
    return model, written


@pytest.mark.parametrize("job", [NAMES, INSIGHTS])
def test_an_answer_leaves_a_trace_with_the_model_its_job_and_its_speed(job: str) -> None:
    """And is the answer the model gave."""
    model, written = asked(job, 7)
    assert model.complete("?", {"type": "integer"}) == 7
    [trace] = written
    assert (trace.stage, trace.component, trace.model, trace.outcome) == ("model", job, "small", "done")
    assert trace.metadata == {"job": job, "tokens_per_second": 20.0}
    assert trace.duration_ms is not None


def test_a_failure_is_traced_and_raised() -> None:
    """What went wrong is named by its kind."""
    model, written = asked(NAMES, ModelUnreachable("small", "gone"))
    with pytest.raises(ModelUnreachable):
        model.complete("?", {})
    assert [(trace.decision, trace.outcome) for trace in written] == [("failed", "ModelUnreachable")]


@pytest.mark.parametrize("job", [UNDERSTAND, TASKS])
def test_what_turns_and_slow_work_ask_is_traced_by_them_alone(job: str) -> None:
    """One answer is one trace."""
    model, written = asked(job, 7)
    assert model.complete("?", {}) == 7
    assert written == []
