from engine.tasks.due import FoundTime, TimeMapping
from engine.tasks.times.conventions import Conventions, usual
from engine.tasks.times.durations import find_duration
from engine.tasks.times.find import find_time, read_time
from engine.tasks.times.wording import wording_of

__all__ = ["Conventions", "FoundTime", "TimeMapping", "find_duration", "find_time", "read_time", "usual", "wording_of"]
