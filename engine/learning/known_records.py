"""Verdicts that were found before: those that ship for base knowledge, and those a data folder keeps."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.learning.record import Binding, Record
from engine.learning.suite import Suite

SHIPPED = Path(__file__).parent / "data" / "baseline.json"
_LOG = logging.getLogger(__name__)
_FLAGS = (("p", "passed"), ("u", "unsettled"), ("s", "by_pattern"), ("t", "taught"))


@dataclass(frozen=True)
class KnownRecords:
    """Records by check, found by `making` and bound as `binding` says, for somebody without words of their own."""

    making: str
    binding: Binding
    records: Mapping[str, Record]

    @classmethod
    def load(cls, path: Path) -> KnownRecords | None:
        """Read what `save` wrote; None where there is nothing that can be read."""
        try:
            document = json.loads(path.read_text("utf-8"))
            whys, asked = document["whys"], document["asked"]
            records = {
                name: Record(
                    milliseconds=None,
                    why=whys.get(name, ""),
                    asked=tuple(asked.get(name, ())),
                    **{field: flag in flags for flag, field in _FLAGS},
                )
                for name, flags in document["records"].items()
            }
            return cls(document["making"], Binding(**document["binding"]), records)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            _LOG.warning("%s cannot be read and is made again: %r", path, error)
            return None

    def save(self, path: Path, *, by_line: bool = True) -> None:
        """Write the records to `path` as JSON, whole or not at all; raises OSError.

        Of history only verdicts are written that hold none of its words: a file nobody thinks of should not quote. One
        to a line takes long where there are many.
        """
        kept = {name: record for name, record in self.records.items() if _quotes_nobody(name, record)}
        document = {
            "making": self.making,
            "binding": asdict(self.binding),
            "records": {name: _flags(record) for name, record in kept.items()},
            "whys": {name: record.why for name, record in kept.items() if record.why},
            "asked": {name: record.asked for name, record in kept.items() if record.asked},
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".part")
        text = json.dumps(document, ensure_ascii=False, indent=0 if by_line else None, sort_keys=True)
        half.write_text(text + "\n", "utf-8")
        half.replace(path)

    def of(self, suite: Suite, making: str, binding: Binding) -> Mapping[str, Record]:
        """Return the records that hold for a suite: none under another making, knowledge or golden set.

        What golden cases mean does not depend on the household's home: another home voids only what is said of it.
        """
        if (self.making, self.binding.knowledge, self.binding.golden) != (making, binding.knowledge, binding.golden):
            return {}
        same_names = self.binding.names == binding.names
        wanted = (check.id for check in suite.checks if same_names or not check.at_home)
        return {name: self.records[name] for name in wanted if name in self.records}


@dataclass(frozen=True)
class RecordFiles:
    """Where known records lie. `kept` is a file of the data folder that may vanish at any time; None keeps nothing."""

    making: str
    shipped: Path = SHIPPED
    kept: Path | None = None

    def known(self, suite: Suite, binding: Binding) -> Mapping[str, Record]:
        """Return all records that hold for a suite under a binding."""
        found: dict[str, Record] = {}
        for path in filter(None, (self.shipped, self.kept)):
            records = KnownRecords.load(path)
            found.update(records.of(suite, self.making, binding) if records else {})
        return found

    def keep(self, binding: Binding, records: Mapping[str, Record]) -> None:
        """Keep records for the next start; where that fails, the next start finds them again."""
        if self.kept is None:
            return
        try:
            KnownRecords(self.making, binding, records).save(self.kept, by_line=False)
        except OSError as error:
            _LOG.warning("%s cannot be written: %s", self.kept, error)


def _quotes_nobody(name: str, record: Record) -> bool:
    return not name.startswith(("history:", "household:")) or not (record.asked or record.why)


def _flags(record: Record) -> str:
    return "".join(flag for flag, field in _FLAGS if getattr(record, field))
