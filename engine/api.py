"""The engine: understand, learn, take back. It has no handle that can switch anything on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from engine.embedding.port import Encoder
from engine.fallback import Helped, ModelStage
from engine.learning.analyst import Analyst
from engine.learning.attribution import UNCHANGED, Attribution
from engine.learning.baseline import BaselineShelf, visible
from engine.learning.catalogue import Catalogue
from engine.learning.changes import Change, WordChange
from engine.learning.cycle import Cycle, Night
from engine.learning.deploy import Deployer
from engine.learning.doubts import UNSURE, Doubts, offers
from engine.learning.drafts import Analysis
from engine.learning.experience import Experience
from engine.learning.fold import ActiveChange, fold
from engine.learning.golden import GoldenSet
from engine.learning.household import Household
from engine.learning.in_force import InForce, KnowledgeInForce
from engine.learning.kept import Kept
from engine.learning.known_records import RecordFiles
from engine.learning.making import making
from engine.learning.meanings import word_key
from engine.learning.model_choices import chosen_models
from engine.learning.outcomes import Approval, LessonOutcome, Redo, Rejection, RollBack, RolledBack
from engine.learning.recorder import Recorder
from engine.learning.steering import OPEN, Steering
from engine.learning.taken_back import TakenBack
from engine.learning.task_knowledge import ReportHour
from engine.learning.teaching import LessonContext, Teaching
from engine.learning.thresholds import value_of
from engine.learning.understander import Rereadable, Situation, Understander
from engine.learning.watch import Watch
from engine.learning.workshop import Workshop
from engine.llm.jobs import NAMES
from engine.llm.models import Models
from engine.llm.port import LanguageModel
from engine.tasks.rules import TaskRules
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import BaseKnowledge, Knowledge
from engine.understanding.risk import DEFAULT_RISK_POLICY, RiskPolicy
from engine.understanding.snapshot import Snapshot
from store import LearningWriter, Store, improvements
from store.improvements import Improvement
from store.status import IN_FORCE

__all__ = ["Engine", "LessonContext"]


class Engine:
    """Understanding over the knowledge in force, and everything that changes that knowledge. Safe from any thread."""

    def __init__(self, workshop: Workshop, kept: Kept, analyst: Analyst, models: Models | None = None) -> None:
        self._workshop = workshop
        self._store = workshop.store
        self._kept = kept
        self._deployer = workshop.deployer
        self._in_force = workshop.in_force
        self._teaching = Teaching(workshop)
        self._watch = Watch(workshop, kept.encoder)
        self._recorder = Recorder(workshop.store, self._watch)
        self._doubts = Doubts(workshop.store, kept.encoder)
        self._steering = Steering(workshop)
        self._analyst = analyst
        self._models = models
        self._stage = ModelStage(models)
        self._cycle = Cycle(workshop.store, self._teaching, analyst.analysis)

    @classmethod
    def open(
        cls,
        store: Store,
        encoder: Encoder,
        golden: GoldenSet,
        *,
        at: datetime,
        risk: RiskPolicy = DEFAULT_RISK_POLICY,
        base: BaseKnowledge | None = None,
        build: Callable[[Knowledge, Encoder], Understander] = Interpreter.build,
        writer: LearningWriter | None = None,
        records: Path | None = None,
        intents: Catalogue = INTENTS,
        golden_file: Path | None = None,
        zone: tzinfo = UTC,
        models: Models | None = None,
    ) -> Engine:
        """Fold what the store has learned over base knowledge; raises a StoreError.

        `records` is a file for the suite's verdicts, so that the first lesson after a start need not find them again;
        `intents` are all there are. `golden_file` holds the household's own golden cases, `zone` says where its days
        begin, `models` are asked where nothing else was sure, and by the nightly analysis.
        """
        writing = writer or LearningWriter(store)
        kept = Kept(store, encoder, records)
        interpreter = kept.handed(build(fold(base or BaseKnowledge.load(), ()), encoder))
        in_force = KnowledgeInForce(store, writing, interpreter, encoder.id, intents)
        kept.keep(in_force.open(at).interpreter)
        shelf = BaselineShelf(RecordFiles(making(risk), kept=records))
        household = Household(store, golden_file, zone)
        deployer = Deployer(writing, in_force, golden, encoder.id, risk, shelf, intents, household)
        workshop = Workshop(store, writing, deployer)
        return cls(workshop, kept, Analyst(workshop, encoder, zone), models)

    def close(self) -> None:
        """Close the learning writer, what the next start would have to work out kept; the store is its owner's."""
        self._kept.keep(self._in_force.now.interpreter)
        self._workshop.writer.close()

    @property
    def wanted(self) -> bool:
        """Whether somebody waits for a change that is being worked on."""
        return self._workshop.lock.wanted

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge in force, also when another process moved it."""
        return self._now().knowledge

    @property
    def interpreter(self) -> Understander:
        """The interpreter over the knowledge in force."""
        return self._now().interpreter

    def digest(self) -> str:
        """Return the digest of the knowledge in force."""
        return self._now().digest

    def understand(self, text: str, situation: Situation) -> Interpretation:
        """Return what `text` means in a situation."""
        return self._now().interpreter.understand(text, situation)

    def read_as(self, text: str, intent: str, situation: Situation) -> Interpretation | None:
        """Return what `text` means where somebody says that it is about `intent`; None where that cannot be done."""
        understander = self.interpreter
        return understander.read_as(text, intent, situation) if isinstance(understander, Rereadable) else None

    def helped(self, found: Interpretation, text: str, situation: Situation) -> Helped:
        """Return what a language model makes of `text` where `found`, understood without one, is unsure.

        It takes as long as a turn may wait for a model, and changes nothing where there is none. What it understands
        of the home is never more than a question.
        """
        if self._models is None:
            return Helped(found)
        return self._stage.help(found, text, situation, self.knowledge, self.chosen_models)

    def task_rules(self, owner: str | None) -> TaskRules:
        """Return the rules by which `owner`'s thoughts and tasks are read; None is for who has none of their own."""
        return self._now().tasks.rules(owner)

    def report_hour(self, person: str) -> ReportHour | None:
        """Return when a person is best sent reports, None where nothing was learned about it."""
        return self._now().tasks.report_hour(person)

    def threshold(self, name: str) -> float:
        """Return the threshold in force of that name ("act", "intent:task_add", "capture:task"); raises KeyError."""
        return value_of(name, self.knowledge.thresholds)

    @property
    def chosen_models(self) -> Mapping[str, str]:
        """The models this household chose, by job; the configured ones do the others."""
        return chosen_models(self.knowledge)

    def model_for(self, job: str) -> LanguageModel | None:
        """Return the language model for a job, None where there is none."""
        return self._models.of(job, self.chosen_models) if self._models else None

    def warm_model(self, risk: RiskPolicy = DEFAULT_RISK_POLICY) -> None:
        """Have the model that helps understanding ready; raises a LanguageModelError."""
        self._stage.warm(self.knowledge, self.chosen_models, risk)

    def warm(self, snapshot: Snapshot) -> None:
        """Run the suite over the knowledge in force once, so that lessons test only what they can affect."""
        with self._workshop.lock:
            self._deployer.warm(snapshot)
        self._watch.warm()
        self._kept.prepare(self.interpreter)

    def attribute(self, found: Interpretation, situation: Situation, text: str, chat: str | None = None) -> Attribution:
        """Return which improvements under watch a turn's outcome is owed to, and whether to ask if it was right.

        What the same words were said to mean when they were doubted is there to be offered, in `chat`; of an unsure
        guess also what else it may be.
        """
        changed = self._watch.attribute(found, situation, text)
        who, now = (situation.speaker, chat), situation.now
        doubt = self._doubts.of(found, text, who, now) if now is not None else None
        if doubt is None:
            return changed
        asks = changed.confirm or found.disposition is Disposition.ACT
        return replace(changed, confirm=asks, instead=offers(doubt, self._others(found, situation)))

    def _others(self, found: Interpretation, situation: Situation) -> tuple[Interpretation, ...]:
        """Return what else an unsure guess may mean."""
        understander = self.interpreter
        if found.confidence >= UNSURE or not isinstance(understander, Rereadable):
            return ()
        return understander.others(found, situation)

    def record(self, experience: Experience, attribution: Attribution = UNCHANGED) -> None:
        """Keep what there is to learn from a turn, within the transaction that ends it."""
        self._recorder.record(experience, attribution)

    def look(self, at: datetime) -> tuple[TakenBack, ...]:
        """Take back what the turns recorded meanwhile speak against; return what the admins were not told yet."""
        return self._watch.look(at)

    def nightly(self, snapshot: Snapshot, at: datetime) -> Night:
        """Propose what the evidence of the last months supports, and take each proposal as far as it may go."""
        asking = replace(self._analyst, model=self.model_for(NAMES))
        return replace(self._cycle, analyse=asking.analysis).night(snapshot, at)

    def review(self, snapshot: Snapshot, at: datetime) -> Analysis:
        """Return what the evidence says now, without proposing anything and without asking a model."""
        return self._cycle.look(snapshot, at)

    def watch(self, at: datetime) -> tuple[TakenBack, ...]:
        """Decide about all that is under watch; return what the admins were not told yet."""
        return self._watch.hourly(at)

    def told(self, taken: Iterable[TakenBack]) -> None:
        """Remember that the admins were told, within the transaction that puts the notice up."""
        self._watch.told(taken)

    def complete(self, snapshot: Snapshot, at: datetime) -> tuple[int, ...]:
        """End the watch over what has proved itself, or was not used for long; return those improvements."""
        with self._workshop.lock:
            accuracy = self._deployer.accuracy(snapshot)
        return self._watch.complete(at, accuracy=accuracy)

    def lesson(self, change: Change, lesson: LessonContext) -> LessonOutcome:
        """Learn a change: refused, known already, asked about, tested and live, or held for an admin."""
        return self._teaching.lesson(change, lesson)

    def suggest(self, change: Change, lesson: LessonContext) -> LessonOutcome:
        """Take in a change that a person suggests by command: straight to its test, and nobody is asked anything."""
        return self._teaching.suggestion(change, lesson)

    def apply_insight(self, change: Change, lesson: LessonContext) -> LessonOutcome:
        """Put in force what an insight recommends, once tested: `lesson.person` approves it by that."""
        return self._teaching.insight(change, lesson)

    def approve(self, number: int, *, actor: str, at: datetime, snapshot: Snapshot) -> Approval:
        """Put a held improvement in force with a person's approval, once it passes its test again."""
        return self._steering.approve(number, actor=actor, at=at, snapshot=snapshot)

    def redo(self, number: int, *, actor: str, at: datetime, snapshot: Snapshot) -> Redo:
        """Put a rolled-back improvement in force again, in its old place, once it passes its test again."""
        return self._steering.redo(number, actor=actor, at=at, snapshot=snapshot)

    def reject(self, number: int, *, actor: str, at: datetime, reason: str) -> Rejection:
        """Reject a held improvement."""
        return self._steering.reject(number, actor=actor, at=at, reason=reason)

    def roll_back(self, number: int, *, actor: str, at: datetime, reason: str, with_builders: bool = False) -> RollBack:
        """Take an improvement out of force; one that later ones build on stays, unless they are to go with it."""
        return self._steering.roll_back(number, actor=actor, at=at, reason=reason, with_builders=with_builders)

    def roll_back_since(self, number: int, *, actor: str, at: datetime, reason: str) -> RolledBack:
        """Take everything out of force that was learned as #number or later."""
        return self._steering.roll_back_since(number, actor=actor, at=at, reason=reason)

    def roll_back_taught_by(self, person: str, *, actor: str, at: datetime, reason: str) -> RolledBack:
        """Take everything out of force that a person taught, and what builds on it."""
        return self._steering.roll_back_taught_by(person, actor=actor, at=at, reason=reason)

    def erase(self, person: str, as_name: str, *, at: datetime) -> tuple[int, ...]:
        """Take a person's own words out of force and erase them; what they taught others stays, said by `as_name`."""
        return self._steering.erase(person, as_name, at=at)

    def history(self, limit: int | None = None) -> list[Improvement]:
        """Return improvements, newest first."""
        return improvements.listing(self._store, limit=limit)

    def improvement(self, number: int) -> Improvement | None:
        """Return improvement #number, or None."""
        return improvements.get(self._store, number)

    def pending(self) -> list[Improvement]:
        """Return what waits for a person, oldest first; a deployment that a crash cut off waits too."""
        return improvements.listing(self._store, OPEN)[::-1]

    def words(self, speaker: str | None) -> tuple[ActiveChange, ...]:
        """Return the taught words `speaker` may use, in the order they were learned."""
        mine = visible(self._now().active, speaker)
        return tuple(a for a in mine if isinstance(a.change, WordChange))

    def taught_rules(self, speaker: str | None) -> tuple[ActiveChange, ...]:
        """Return the learned rules by which `speaker`'s thoughts and times are read, in the order they were learned."""
        return self._now().tasks.phrases(speaker)

    def taught_by(self, person: str) -> tuple[ActiveChange, ...]:
        """Return what is in force that a person taught, in the order it was learned."""
        theirs = {one.number for one in improvements.listing(self._store, IN_FORCE, submitted_by=person)}
        return tuple(active for active in self._now().active if active.number in theirs)

    def aliases(self, speaker: str | None) -> tuple[ActiveChange, ...]:
        """Return the names of things and rooms `speaker` may use, in the order they were learned."""
        return tuple(a for a in self.words(speaker) if a.change.type == "alias")

    def word(self, phrase: str, speaker: str | None) -> tuple[ActiveChange, ...]:
        """Return all that `phrase` was taught to mean to `speaker`, latest first; forgetting it takes all of them."""
        key = word_key(phrase)
        return tuple(a for a in self.words(speaker) if word_key(a.change.phrase) == key)[::-1]

    def _now(self) -> InForce:
        return self._in_force.refresh()
