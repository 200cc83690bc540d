"""Says whether an executed notebook shows what its cells' metadata promise.

A cell may name under "shows" the media types that must be among its outputs.
"""

import json
import sys
from pathlib import Path

source, executed = (json.loads(Path(path).read_text()) for path in sys.argv[1:3])
name = Path(sys.argv[1]).name
promised = 0
for cell, result in zip(source["cells"], executed["cells"]):
    if cell.get("outputs"):
        sys.exit(f"notebooks: {name} is kept with outputs; strip them")
    forms = set()
    for output in result.get("outputs", []):
        forms |= set(output.get("data", {})) | ({output["name"]} if "name" in output else set())
        if output["output_type"] == "error":
            sys.exit(f"notebooks: {name} fails: {output['evalue']}")
        for form, content in output.get("data", {}).items():
            if form.endswith("json") and not isinstance(content, dict):
                sys.exit(f"notebooks: {name}: {form} is no JSON object")
    for form in cell["metadata"].get("shows", []):
        promised += 1
        if form not in forms:
            sys.exit(f"notebooks: {name}: a cell shows {sorted(forms)}, not {form}:\n{''.join(cell['source'])}")
if promised < 2:
    sys.exit(f"notebooks: {name} promises next to nothing")
print(f"notebooks: {name} runs and shows what it says")
