#!/usr/bin/env python3
"""Every language of po/LINGUAS has every word: makes a fresh template from the sources, merges it
into each translation, and lists what is untranslated or doubtful.

usage: test-complete.py SOURCE_ROOT; prints TAP. """

import os
import pathlib
import re
import subprocess
import sys
import tempfile

# What meson's preset 'glib' gives to xgettext, as far as the sources use it.
KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3',
            'ngettext:1,2']


def listed(path):
    lines = path.read_text(encoding='utf-8').splitlines()
    return [line for line in lines if line and not line.startswith('#')]


def make_template(root, folder):
    template = folder / 'rungs.pot'
    command = ['xgettext', '--from-code=UTF-8', '--add-comments=Translators', '--force-po',
               '--files-from=po/POTFILES.in', '--directory=.', f'--output={template}']
    subprocess.run(command + [f'--keyword={k}' for k in KEYWORDS], cwd=root, check=True)
    return template


def complaints_of(root, language, template, folder):
    merged = folder / f'{language}.po'
    subprocess.run(['msgmerge', '--quiet', '--no-fuzzy-matching', f'--output-file={merged}',
                    str(root / 'po' / f'{language}.po'), str(template)], check=True)
    checked = subprocess.run(['msgfmt', '--check-format', '--check-header', '--statistics',
                              '--output-file=/dev/null', str(merged)],
                             capture_output=True, text=True, env={**os.environ, 'LC_ALL': 'C'})
    yield from (line for line in checked.stderr.splitlines()
                if 'untranslated' in line or 'fuzzy' in line or 'error' in line)
    untranslated = subprocess.run(['msgattrib', '--untranslated', '--no-obsolete', '--no-wrap',
                                   str(merged)], capture_output=True, text=True, check=True).stdout
    yield from (f'  {word}' for word in re.findall(r'^msgid "(?!"\n)(.*)"$', untranslated, re.M)
                if word)


def main(root):
    root = pathlib.Path(root).resolve()
    languages = listed(root / 'po/LINGUAS')
    bad = 0
    print(f'1..{len(languages)}')
    with tempfile.TemporaryDirectory() as name:
        template = make_template(root, pathlib.Path(name))
        for number, language in enumerate(languages, 1):
            complaints = list(complaints_of(root, language, template, pathlib.Path(name)))
            for complaint in complaints:
                print(f'# {complaint}')
            bad += bool(complaints)
            print(f'{"not ok" if complaints else "ok"} {number} /po/{language}')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
