"""Whether a lesson can be learned as it stands: refused, known already, or in conflict with what its phrase means."""

from __future__ import annotations

from engine.learning.catalogue import unknown_intent
from engine.learning.changes import AliasChange, Change, CommandChange, ExemplarChange, RuleChange, SynonymChange
from engine.learning.fold import said_of
from engine.learning.grounds import Grounds
from engine.learning.meanings import contains_phrase, meaning_of, word_key
from engine.learning.outcomes import AlreadyKnown, Conflict, Meaning, Option, Refusal, Refused
from engine.learning.probes import signature, synonym_probes
from engine.learning.reserved import GUARD_WORDS, QUANTIFIERS, STOP_WORDS, is_command_word, words_of_phrase
from engine.learning.rules import rule_refusal
from engine.learning.wordings import LONGEST_TEXT, meaning_fault, odd_characters, phrase_fault
from engine.understanding.interpretation import Disposition, Stage

_UNTEACHABLE = frozenset(
    "teach correction feedback_negative feedback_positive undo forget affirm reject stop out_of_scope".split()
)
_QUESTIONS = frozenset("state_query time_query date_query".split())
_ANSWERS = frozenset("affirm reject stop undo help forget teach correction feedback_negative feedback_positive".split())


def refusal(change: Change, grounds: Grounds) -> Refused | None:
    """Return why a change teaches nothing whatever anybody answers, or None."""
    if isinstance(change, ExemplarChange):
        return _exemplar_refusal(change, grounds)
    if isinstance(change, RuleChange):
        return rule_refusal(change, grounds)
    fault = phrase_fault(change.phrase)
    if fault:
        return fault
    match change:
        case AliasChange():
            return _alias_refusal(change, grounds)
        case SynonymChange():
            return meaning_fault(change.replacement) or _synonym_refusal(change, grounds)
        case CommandChange():
            return meaning_fault(change.text) or _command_refusal(change, grounds)


def already_known(change: Change, grounds: Grounds) -> AlreadyKnown | None:
    """Return the improvement in force that says the same, for the same person or for everyone; or None."""
    for active in grounds.meanings.of_phrase(change.phrase):
        known = active.change
        if known.type != change.type or known.owner not in {None, change.owner}:
            continue
        if isinstance(change, RuleChange) and known.owner != change.owner:
            continue
        if _is_verbatim(known) and not _is_verbatim(change):
            continue
        if word_key(known.meaning) == word_key(change.meaning) and _still_means(change, active.number, grounds):
            return AlreadyKnown(active.number)
    return None


def _is_verbatim(change: Change) -> bool:
    return isinstance(change, ExemplarChange) and change.verbatim


def conflict(change: Change, grounds: Grounds) -> Conflict | None:
    """Return what the phrase means already, if that is something else; a personal word may differ from a shared one."""
    if isinstance(change, ExemplarChange | RuleChange):
        return None
    home = grounds.meanings.of_home(change.phrase)
    if home and not _is_about(change, home):
        return Conflict(change.phrase, home, _options(change))
    taught = grounds.meanings.taught(change.phrase, change.owner)
    if taught and not (
        taught.change.type == change.type and word_key(taught.change.meaning) == word_key(change.meaning)
    ):
        return Conflict(change.phrase, meaning_of(taught, grounds.snapshot), _options(change))
    return None


def _options(change: Change) -> tuple[Option, ...]:
    if change.scope == "personal":
        return (Option.REPLACE, Option.KEEP)
    return (Option.REPLACE, Option.KEEP, Option.ONLY_FOR_ME)


def _still_means(change: Change, number: int, grounds: Grounds) -> bool:
    """Tell whether improvement #number is what the phrase means now, no later lesson having replaced it."""
    if isinstance(change, ExemplarChange):
        return True
    if isinstance(change, RuleChange):
        latest = max(a.number for a in grounds.active if a.said == said_of(change))
        return latest == number
    visible = grounds.meanings.taught_to(change.phrase, change.owner)
    personal = [a for a in visible if a.change.owner is not None]
    first = (personal or list(visible))[:1]
    return bool(first) and first[0].number == number


def _is_about(change: Change, home: Meaning) -> bool:
    return isinstance(change, AliasChange) and change.target in home.targets and len(home.targets) == 1


def _alias_refusal(change: AliasChange, grounds: Grounds) -> Refused | None:
    if is_command_word(change.phrase) or (set(words_of_phrase(change.phrase)) & QUANTIFIERS):
        return _command_word(change.phrase)
    known = grounds.snapshot.by_id if change.kind == "entity" else grounds.snapshot.areas_by_id
    if change.target not in known:
        return Refused(Refusal.MEANING_NOT_FOUND, f"There is no {change.target} in the home.")
    home = grounds.meanings.of_home(change.phrase)
    if home and _is_about(change, home):
        return Refused(Refusal.SAME_MEANING, f"“{change.phrase}” is its name already.")
    if home and home.kind == "entity" and change.kind == "entity" and grounds.guarded(change.target):
        guarded = grounds.snapshot.by_id[change.target].name
        return Refused(
            Refusal.NAME_OF_ANOTHER,
            f"“{change.phrase}” is the name of something else, and {guarded} is guarded: that could do harm.",
        )
    return None


def _exemplar_refusal(change: ExemplarChange, grounds: Grounds) -> Refused | None:
    odd = odd_characters(change.text)
    if odd:
        return Refused(Refusal.ODD_CHARACTERS, f"An example has no {odd} in it.")
    fault = meaning_fault(change.text)
    if fault:
        return Refused(fault.reason, f"An example is a sentence of at most {LONGEST_TEXT} characters.")
    words = words_of_phrase(change.text)
    if set(words) <= STOP_WORDS or (len(words) == 1 and is_command_word(change.text)):
        return Refused(Refusal.STOP_WORDS, f"“{change.text}” is too little to be an example of anything.")
    unknown = unknown_intent(change, grounds.intents)
    return Refused(Refusal.MEANING_NOT_FOUND, unknown) if unknown else None


def _synonym_refusal(change: SynonymChange, grounds: Grounds) -> Refused | None:
    phrase, replacement = word_key(change.phrase), word_key(change.replacement)
    if phrase == replacement:
        return Refused(Refusal.SAME_MEANING, f"“{change.phrase}” means itself already.")
    if set(words_of_phrase(change.phrase)) & GUARD_WORDS - set(words_of_phrase(change.replacement)):
        return Refused(Refusal.PROHIBITION, f"“{change.phrase}” holds something back; it cannot come to mean less.")
    if _leads_back(phrase, change.replacement, grounds, change.owner):
        return Refused(Refusal.LOOP, f"“{change.replacement}” leads back to “{change.phrase}”.")
    if is_command_word(change.phrase) and not _means_the_same(change, grounds):
        return _command_word(change.phrase)
    return None


def _command_refusal(change: CommandChange, grounds: Grounds) -> Refused | None:
    phrase = word_key(change.phrase)
    if phrase == word_key(change.text):
        return Refused(Refusal.SAME_MEANING, f"“{change.phrase}” means itself already.")
    if _leads_back(phrase, change.text, grounds, change.owner):
        return Refused(Refusal.LOOP, f"“{change.text}” leads back to “{change.phrase}”.")
    words = words_of_phrase(change.phrase)
    if (len(words) == 1 and is_command_word(change.phrase)) or _is_command_already(change, grounds):
        return _command_word(change.phrase)
    meant = grounds.understand(change.text)
    clauses = meant.clauses or (meant,)
    if any(clause.intent in _UNTEACHABLE or clause.intent not in grounds.intents for clause in clauses):
        return Refused(Refusal.MEANING_NOT_FOUND, f"I do not understand “{change.text}”.")
    home = [clause for clause in clauses if grounds.intents[clause.intent].acts]
    if any(clause.disposition not in {Disposition.ACT, Disposition.CONFIRM} for clause in home):
        return Refused(Refusal.MEANING_NOT_FOUND, f"I do not know what to do on “{change.text}”.")
    return None


def _is_command_already(change: CommandChange, grounds: Grounds) -> bool:
    """Tell whether the phrase runs the house by its own words, or answers a question."""
    if set(words_of_phrase(change.phrase)) <= STOP_WORDS | QUANTIFIERS:
        return True
    if any(a.change.type == "command" for a in grounds.meanings.taught_to(change.phrase, change.owner)):
        return False
    found = grounds.understand(change.phrase)
    if found.intent in _ANSWERS:
        return found.stage is Stage.PATTERN or is_command_word(change.phrase)
    if found.intent in _QUESTIONS and found.stage is Stage.PATTERN:
        return True
    acts = found.disposition in {Disposition.ACT, Disposition.CONFIRM} and grounds.intents[found.intent].acts
    named = grounds.meanings.of_home(change.phrase) is not None
    return acts and found.stage is Stage.PATTERN and found.exact_names and not named


def _means_the_same(change: SynonymChange, grounds: Grounds) -> bool:
    """Tell whether nothing changes, as when "switch on" is taught as "turn on"."""
    said = [
        (grounds.understand(taught), meant)
        for taught, wanted in synonym_probes(change, grounds)
        if (meant := grounds.understand(wanted)).targets and meant.stage is Stage.PATTERN
    ]
    return bool(said) and all(signature(now) == signature(meant) for now, meant in said)


def _leads_back(phrase: str, meaning: str, grounds: Grounds, owner: str | None) -> bool:
    seen: set[str] = set()
    open_texts = [meaning]
    while open_texts:
        text = open_texts.pop()
        if contains_phrase(text, phrase):
            return True
        for active in grounds.meanings.rewriting:
            known = active.change
            if known.owner not in {None, owner}:
                continue
            key = active.word
            if key not in seen and key != phrase and contains_phrase(text, key):
                seen.add(key)
                open_texts.append(known.meaning)
    return False


def _command_word(phrase: str) -> Refused:
    return Refused(
        Refusal.COMMAND_WORD, f"“{phrase}” is a word I need to understand you; it cannot mean something else."
    )
