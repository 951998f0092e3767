/* rungs-web-form.h: a form that was sent in becomes lead, touch, consent and event: for
 * rungs-web-apply.c and rungs-opt-in-apply.c only. */

#pragma once

#include "web/rungs-web-lead-store.h"

G_BEGIN_DECLS

gboolean rungs_web_form_apply (RungsWebWork        *work,
                               const RungsWebDeed  *deed,
                               GError             **error);

/* Whether a name is one of those by which campaigns tell where somebody came from: "utm_source",
 * "gclid", … */
gboolean rungs_web_form_is_campaign (const char *name);

/* Something that is only told in the timeline. */
gboolean rungs_web_note_apply (RungsWebWork        *work,
                               const RungsWebDeed  *deed,
                               GError             **error);

/* Where an answer goes: "email", "field:KEY", "consent", "tags", "campaign" (with the touch),
 * "ignore" as the endpoint says; NULL where nothing is known of it, and it stays in the delivery.
 * `said` (out): whether the endpoint's mapping says so. Returns: (transfer full) (nullable). */
char *rungs_web_form_dup_place (RungsWebWork          *work,
                                const RungsWebAnswer  *answer,
                                gboolean              *said);

G_END_DECLS
