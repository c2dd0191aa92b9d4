"""What tells a Butler store from another program's file."""

from __future__ import annotations

APPLICATION_ID = 0x42544C52  # "BTLR" in the file's header, so that another program's file is not taken for a store
