"""`butler models` and `butler models bench`: the language models of the server, and what each is worth for a job."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime
from typing import Any

from butler.config import Config
from butler.failures import UsageError
from butler.language_models import note_models, same_model
from butler.verbs.output import say
from butler.verbs.setting_up import config_of, data_of
from engine.fallback.benching import BENCHED, bench
from engine.learning.golden import GoldenSet
from engine.llm.jobs import JOBS
from engine.llm.ollama_server import OllamaServer
from store import active_rows, model_registry, open_store
from store.database import Store
from store.model_registry import KnownModel

_MOST_CASES = 500


def run(options: Namespace) -> int:
    """Note what models the server has and list them, or measure some."""
    config = config_of(options)
    server = OllamaServer(config.ollama.host)
    try:
        with open_store(data_of(options).require_store()) as store:
            note_models(store, server, datetime.now(UTC))
            if getattr(options, "part", None) == "bench":
                _bench(options, config, server, store)
            _list(store, config)
    finally:
        server.close()
    return 0


def _list(store: Store, config: Config) -> None:
    known = model_registry.everything(store)
    if not known:
        say(f"The server at {config.ollama.host} has no language model: `ollama pull {_wanted(config)}` fetches one.")
    jobs = {**config.ollama.models, **chosen_in(store)}
    for one in known:
        say(_line(one, [job for job, name in jobs.items() if same_model(name, one.name)]))
        for job, figures in (one.bench or {}).items():
            say(f"    {job}: {_figures(figures)}")
    missing = sorted({name for name in jobs.values() if not any(same_model(name, one.name) for one in known)})
    for name in missing:
        say(f"{name} is configured, and the server lacks it: `ollama pull {name}` fetches it.")
    if not config.ollama.enabled:
        say("No language model is asked: [ollama] enabled = true turns that on.")


def _line(one: KnownModel, jobs: list[str]) -> str:
    about = [one.parameters, one.quantization, _size(one.size_bytes)]
    told = ", ".join(part for part in about if part)
    does = f"; does {', '.join(jobs)}" if jobs else ""
    gone = f"; gone since {one.gone_at:%Y-%m-%d}" if one.gone_at else ""
    return f"{one.name} ({told}){does}{gone}" if told else f"{one.name}{does}{gone}"


def _size(size: int | None) -> str | None:
    if not size:
        return None
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"


def _figures(figures: Any) -> str:
    speed = figures.get("tokens_per_second")
    said = f"{figures['right']:.0%} right, {figures['valid']:.0%} valid of {figures['asked']}"
    return f"{said}, {figures['seconds']:.1f} s an answer" + (f", {speed:g} tokens a second" if speed else "")


def _bench(options: Namespace, config: Config, server: OllamaServer, store: Store) -> None:
    if not 1 <= options.cases <= _MOST_CASES:
        raise UsageError(f"--cases must be between 1 and {_MOST_CASES}")
    jobs = options.job or list(BENCHED)
    present = [one.name for one in model_registry.present(store)]
    named = options.model or sorted({*config.ollama.models.values(), *chosen_in(store).values()})
    if unknown := [job for job in jobs if job not in BENCHED]:
        raise UsageError(f"{unknown[0]} cannot be measured: there are {', '.join(BENCHED)} (of {', '.join(JOBS)})")
    wanted = [one for one in present if any(same_model(name, one) for name in named)]
    if not wanted:
        raise UsageError(f"the server has none of {', '.join(named)}: it has {', '.join(present) or 'no model'}")
    golden = GoldenSet.packaged()
    for name in wanted:
        known = model_registry.get(store, name)
        kept = dict(known.bench or {}) if known else {}
        for job in jobs:
            figures = bench(server.model(name), job, golden, options.cases)
            if figures is not None:
                kept[job] = figures.to_json()
                say(f"{name}, {job}: {_figures(kept[job])}")
                model_registry.set_bench(store, name, kept)


def chosen_in(store: Store) -> dict[str, str]:
    """Return the models the household chose, by job."""
    return {row.key: str(row.payload["model"]) for row in active_rows(store) if row.type == "model_choice"}


def _wanted(config: Config) -> str:
    return next(iter(config.ollama.models.values()), "qwen2.5:1.5b")
