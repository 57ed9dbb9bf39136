"""Plain text of official files, as `eval/akn_gold.py` of the shared folder writes it."""

import importlib.util
import re


def converter(shared):
    """Its function convert(xml) -> (text, links)."""
    spec = importlib.util.spec_from_file_location("akn_gold", shared / "eval/akn_gold.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.convert


def resolutions(shared, years):
    """{number: XML file} of the Council's resolutions in English."""
    found = {}
    for year in years:
        for path in sorted((shared / f"corpus/sc-akn/en/{year}").glob("*.xml")):
            number = re.search(r"RES_0*(\d+)", path.name)
            if number:
                found[int(number[1])] = path
    return found


def write_texts(shared, files, folder):
    """Writes the text of each file as NUMBER.txt; {number: path}."""
    convert = converter(shared)
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for number, path in files.items():
        paths[number] = folder / f"S_RES_{number}.txt"
        paths[number].write_text(convert(path.read_text(encoding="utf8", errors="replace"))[0], encoding="utf8")
    return paths
