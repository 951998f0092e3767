/* rungs-web-visits.h: visits of pages, which the relay has added up: for rungs-web-own.c.
 *
 *   POST /v   {"from": ms, "to": ms, "counts": [
 *               {"path": "/p/book", "variant": "ppc", "code": "spring", "machine": false, "n": 3}]}
 *
 * The path is one of the relay, or of the owner's site: "www.example.com/prices". They count for
 * the day, in the zone of the business, on which `from` was. What names no path or no number is
 * left out; anybody may send any path, and so a day has so many rows and no more: the others are
 * counted together as "*". */

#pragma once

#include "web/rungs-web-lead-store.h"
#include "wire/rungs-raw-delivery.h"

G_BEGIN_DECLS

#define RUNGS_WEB_VISIT_ROWS_MOST 2000

/* Errors: INVALID, it is none of these. */
gboolean rungs_web_visits_apply (RungsWebWork            *work,
                                 const RungsRawDelivery  *raw,
                                 GError                 **error);

G_END_DECLS
