#!/usr/bin/env python3
"""Writes the lists of files that the executable carries: Sources/CResources/resources.c and
Sources/CWebAssets/assets.c. Run it after adding or removing one of those files; a test compares.
"""

import os
import re

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), ".."))
RESOURCES = ["migrations", "contracts", "docs/problems", "graphs", "packs", "journeys"]
ASSETS = "Sources/Web/assets"
GUIDES = "docs/guides"
# Guides of those who change the platform itself have no page on the portal.
INSIDE = re.compile(r"^adding-")


def main():
    resources = [path for folder in RESOURCES for path in files(folder)]
    write("resource", "Sources/CResources/resources.c", "CResources.h",
          [(path, path) for path in resources])
    assets = [(path, path[len(ASSETS) + 1:]) for path in files(ASSETS)]
    guides = [(path, path[len("docs/"):]) for path in files(GUIDES)
              if not INSIDE.match(os.path.basename(path))]
    write("asset", "Sources/CWebAssets/assets.c", "CWebAssets.h", assets + guides)


def files(folder):
    """Paths below the folder, from the root of the project, in order."""
    top = os.path.join(ROOT, folder)
    return sorted(os.path.relpath(os.path.join(place, name), ROOT)
                  for place, _, names in os.walk(top) for name in names)


def write(kind, target, header, entries):
    """`entries`: path in the project, name in the executable."""
    folder = os.path.dirname(target)
    arrays = "".join(
        f'static const unsigned char {variable(kind, name)}[] = {{\n'
        f'#embed "{os.path.relpath(path, folder)}"\n}};\n' for path, name in entries)
    rows = "".join(
        f'    {kind.upper()}("{name}", {variable(kind, name)}),\n' for _, name in entries)
    text = f"""\
// Written by ops/list-embedded-files.py. A test compares this list with the folders, so that a file
// left out fails the suite.
#pragma clang diagnostic ignored "-Wc23-extensions"
#include "{header}"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define {kind.upper()}(name, array) {{name, array, COUNT(array)}}

{arrays}
static const sbx_{kind} {kind}s[] = {{
{rows}}};

size_t sbx_{kind}_count(void) {{ return COUNT({kind}s); }}
const sbx_{kind} *sbx_{kind}_at(size_t index) {{ return &{kind}s[index]; }}
"""
    with open(os.path.join(ROOT, target), "w") as file:
        file.write(text)


def variable(kind, name):
    return f"{kind}_{re.sub(r'[^a-z0-9]+', '_', name.lower())}"


main()
