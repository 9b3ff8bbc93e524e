"""Makes the corpus, the control set and the lists beside them: `make.py [--keep-recordings]`.

With `--keep-recordings` the HAR files that are there stay, with their lines in the lists.
"""

import asyncio
import json
import sys
from pathlib import Path

import control
import formats

HERE = Path(__file__).parent.parent


def rows(name):
    file = HERE / name
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def listed(name, lines):
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (HERE / name).write_text(text)


def main():
    corpus = HERE / "corpus"
    corpus.mkdir(exist_ok=True)
    if "--keep-recordings" in sys.argv:
        recorded = [row for row in rows("canaries.ndjson") if row["file"].endswith(".har")]
        kept = [row for row in rows("ordinary.ndjson") if row["file"].endswith(".har")]
    else:
        import record

        sheets = asyncio.run(record.record(corpus))
        recorded = [line for sheet in sheets for line in sheet.canaries]
        kept = [{"file": sheet.file, "value": value} for sheet in sheets for value in sheet.ordinary]
    sheets = formats.write(corpus)
    control.write(HERE / "control")
    listed("canaries.ndjson", recorded + [line for sheet in sheets for line in sheet.canaries])
    listed("ordinary.ndjson", kept + [{"file": sheet.file, "value": value} for sheet in sheets for value in sheet.ordinary])


main()
