#!/usr/bin/env python3
"""make-manual.py RUNGSCTL TEMPLATE OUT: puts what `rungsctl --help` and `rungsctl COMMAND --help` say
into the manual page, in place of @COMMANDS@, so that the page never tells of a command that is not
there, nor leaves one out."""

import os
import pathlib
import re
import subprocess
import sys

GLOBAL = 'Options of every command:'


def help_of(rungsctl, *words):
    environment = {**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': ''}
    return subprocess.run([rungsctl, *words, '--help'], capture_output=True, text=True, check=True,
                          env=environment).stdout


def sections_of(text):
    """The parts of a help text that have a heading and two columns: heading -> [(first, second)]. A
    first column too wide for its place has its second in the line below."""
    sections, pairs = {}, None
    for line in text.splitlines():
        heading = re.match(r'^(\S.*):$', line)
        if heading:
            pairs = sections.setdefault(heading.group(1), [])
        elif pairs is not None and re.match(r'^ {2}\S', line):
            first, _, second = line.strip().partition('  ')
            pairs.append([first, second.strip()])
        elif pairs and line.startswith('   '):
            pairs[-1][1] = f'{pairs[-1][1]} {line.strip()}'.strip()
    sections.pop('Usage', None)
    return sections


def roff(text):
    """Text as it is: nothing in it is taken for a command of the page."""
    text = text.replace('\\', '\\e').replace('-', '\\-')
    return '\\&' + text if text.startswith(('.', "'")) else text


def sentence(text):
    return text if text.endswith(('.', '…')) else text + '.'


def option_of(first):
    name, _, value = first.removeprefix('--').partition(' ')
    return f'.It Fl \\-{roff(name)}' + (f' Ar {roff(value)}' if value else '')


def list_of(options):
    yield '.Bl -tag -width Ds'
    for first, second in options:
        yield option_of(first)
        yield roff(sentence(second))
    yield '.El'


def paragraphs_of(text):
    """What stands between the usage and the options: the summary, and what there is more to say."""
    about = text.split('\n\nOptions:')[0].split('\n\n' + GLOBAL)[0].split('\n\n')[1:]
    return [' '.join(paragraph.split()) for paragraph in about]


def command_of(rungsctl, name):
    text = help_of(rungsctl, *name.split())
    usage = re.search(rf'^  rungsctl {name}(.*)$', text, re.M).group(1)
    arguments = usage.replace('[OPTION…]', '').split()
    yield f'.It Cm {roff(name)}' + ''.join(f' Ar {roff(word)}' for word in arguments)
    for number, paragraph in enumerate(paragraphs_of(text)):
        if number > 0:
            yield '.Pp'
        yield roff(sentence(paragraph))
    options = sections_of(text.split(GLOBAL)[0]).get('Options', [])
    if options:
        yield from list_of(options)


def commands(rungsctl):
    sections = sections_of(help_of(rungsctl))
    general = sections.pop(GLOBAL.rstrip(':'))
    yield '.Ss Options of every command'
    yield from list_of(general)
    for heading, pairs in sections.items():
        yield f'.Ss {roff(heading)}'
        yield '.Bl -tag -width Ds'
        for name, _ in pairs:
            yield from command_of(rungsctl, name)
        yield '.El'


def main(rungsctl, template, out):
    page = pathlib.Path(template).read_text(encoding='utf-8')
    text = '\n'.join(commands(rungsctl))
    pathlib.Path(out).write_text(page.replace('@COMMANDS@', text), encoding='utf-8')


if __name__ == '__main__':
    main(*sys.argv[1:])
