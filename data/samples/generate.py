#!/usr/bin/env python3
"""generate.py OUT: writes the demo business as lines of JSON, the same at each run.

The first lines say what there is (business, field, source, spend, product, coupon,
letter, offer, picture, message, sequence, way); then follows what happened, in the order of time, and last the segments that the owner
made of it. `at`, `due`, `arrived` and the second
of each step are minutes from the midnight before the demo is opened (history.py); `day` is whole
days from it. The reader is src/core/engine/rungs-demo.c. """

import base64
import json
import pathlib
import sys

from history import History
from lcg import Lcg
from partners import PARTNERS, PROGRAMMES, with_payments
from studio import (BUSINESS, COUPONS, FIELDS, LETTERS, OFFERS, PRODUCTS, SALES_LETTERS, SEGMENTS,
                    SOURCES, WAYS)

SEED = 66


def message_of(path):
    """Reads a letter: Name: value lines, an empty line, the text."""
    head, text = path.read_text(encoding='utf-8').split('\n\n', 1)
    fields = dict(line.split(': ', 1) for line in head.splitlines())
    fields = {name.lower(): value for name, value in fields.items()}
    return {'is': 'message', 'name': LETTERS[path.stem], 'language': 'en', **fields, 'text': text}


def message_of_blocks(path):
    """Reads a letter of blocks, as rungsctl message add does."""
    return {'is': 'message', 'name': LETTERS[path.stem], **json.loads(path.read_text(encoding='utf-8'))}


def picture_of(path):
    return {'is': 'picture', 'name': path.name, 'data': base64.b64encode(path.read_bytes()).decode()}


def graph_of(path):
    """Reads a sequence; its letters get the names that they have in the business."""
    graph = json.loads(path.read_text(encoding='utf-8'))
    for step in graph['steps'].values():
        if 'message' in step:
            step['message'] = LETTERS[step['message']]
    return graph


def lines():
    here = pathlib.Path(__file__).parent
    graphs = [graph_of(path) for path in sorted((here / 'sequences').glob('*.json'))]
    history = History(Lcg(SEED), graphs)
    facts = with_payments(history.facts())
    yield {'is': 'business', **BUSINESS}
    yield from ({'is': 'field', **field} for field in FIELDS)
    yield from ({'is': 'source', 'kind': s['kind'], 'name': s['name']} for s in SOURCES)
    yield from history.spend()
    yield from ({'is': 'product', **product} for product in PRODUCTS)
    yield from ({'is': 'coupon', **coupon} for coupon in COUPONS)
    yield from ({'is': 'programme', **programme} for programme in PROGRAMMES)
    yield from ({'is': 'partner', **partner} for partner in PARTNERS)
    yield from ({'is': 'letter', **letter} for letter in SALES_LETTERS)
    yield from ({'is': 'offer', **offer} for offer in OFFERS)
    yield from (picture_of(path) for path in sorted((here / 'pictures').glob('*.png')))
    yield from (message_of(path) if path.suffix == '.md' else message_of_blocks(path)
                for path in sorted((here / 'messages').iterdir()))
    yield from ({'is': 'sequence', 'graph': graph} for graph in graphs)
    yield from ({'is': 'way', **way} for way in WAYS)
    yield from facts
    yield from ({'is': 'segment', **segment} for segment in SEGMENTS)


def main(out):
    with open(out, 'w', encoding='utf-8') as stream:
        for line in lines():
            json.dump(line, stream, ensure_ascii=False, separators=(',', ':'))
            stream.write('\n')


if __name__ == '__main__':
    main(sys.argv[1])
