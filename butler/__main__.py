"""`python -m butler`."""

import sys

from butler.cli import main

sys.exit(main())
