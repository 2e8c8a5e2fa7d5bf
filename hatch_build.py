"""Build hook: a wheel carries the compiled rules beside their YAML, so that an installed package parses none of it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INSIDE = "portfolio_check/rulepacks/compiled.msgpack"


class CompiledRules(BuildHookInterface[Any]):
    """Compiles `rules/` with the code of this tree. A rule that cannot be used ends the build."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled file to a wheel.

        Not to an editable one, which reads the YAML where people change it, and nowhere into the source tree: there it
        would outlive the rules that it was made of.
        """
        if self.target_name != "wheel" or version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory(prefix="portfolio-check-build-")
        file = Path(self._folder.name, "compiled.msgpack")
        file.write_bytes(compiled(Path(self.root)))
        build_data["force_include"][str(file)] = INSIDE

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was made on the way."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()


def compiled(root: Path) -> bytes:
    """The rules of a source tree, compiled by its own code, whatever is installed beside it."""
    sys.path.insert(0, str(root / "src"))
    try:
        import msgspec

        from portfolio_check.rules.packs import compile_packs

        return msgspec.msgpack.encode(compile_packs(root / "rules"))
    finally:
        sys.path.remove(str(root / "src"))
