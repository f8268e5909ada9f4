# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether each text of the dashboard is said in each language: words.py WRITTEN NEEDED (see tools/words --check).

WRITTEN holds the .ts files as they stand, NEEDED as lupdate would have them. A translation is there, has the places of its text (%1, %Ln),
as many plural forms as its language, the same signs at its ends, and no text is written down that nobody shows.
"""
import collections
import pathlib
import re
import sys
import xml.etree.ElementTree as ET

# Qt's rules for plurals: qttools, numerus.cpp.
FORMS = {"en": 2, "de": 2, "fr": 2}


def messages(path):
    found = collections.OrderedDict()
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name"), message.findtext("source"), message.findtext("comment") or "")
            found[key] = message
    return found


def places(text):
    return sorted(set(re.findall(r"%L?[0-9n]", text)))


def ends(text, language):
    # French sets a space before double signs; a sentence ends as its English does.
    text = text.replace(" ", " ").rstrip()
    return text[-1] if text and text[-1] in ".…:?!" else ""


def wrong(key, message, language):
    source = key[1]
    translation = message.find("translation")
    if translation is None or translation.get("type") == "unfinished":
        return ["is not translated"]
    if message.get("numerus") == "yes":
        forms = [form.text or "" for form in translation.findall("numerusform")]
        if len(forms) != FORMS[language]:
            return [f"has {len(forms)} plural forms; {language} has {FORMS[language]}"]
    else:
        forms = [translation.text or ""]
    found = []
    for i, form in enumerate(forms):
        if not form.strip():
            found.append("is not translated")
            continue
        # One alone may be written as a word.
        without = {"%n", "%Ln"} if message.get("numerus") == "yes" and i == 0 else set()
        if set(places(form)) - set(places(source)) or set(places(source)) - set(places(form)) - without:
            found.append(f"has the places {places(form)}, not {places(source)}: {form}")
        # How a date is written ends as it may.
        if key[2] != "QDateTime" and ends(form, language) != ends(source, language):
            found.append(f"does not end as its English does: {form}")
        if form != form.strip() and source == source.strip():
            found.append(f"has spaces around it: \"{form}\"")
    return found


def main():
    written, needed = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    bad = 0
    for file in sorted(needed.glob("*.ts")):
        language = file.stem
        there, wanted = messages(written / file.name), messages(file)
        for key in there.keys() - wanted.keys():
            bad += 1
            print(f"qml/words/{file.name}: {key[0]}: \"{key[1]}\" is shown by nothing: run tools/words")
        for key, message in wanted.items():
            for text in wrong(key, there.get(key, message), language):
                bad += 1
                print(f"qml/words/{file.name}: {key[0]}: \"{key[1]}\" {text}")
        print(f"words: {language}, {len(wanted)} texts")
    if bad:
        sys.exit(f"words: {bad} to mend: run tools/words, then translate what is unfinished in qml/words")


main()
