/* rungs-web-form.h: a form that was sent in becomes lead, touch, consent and event: for
 * rungs-web-apply.c only. */

#pragma once

#include "web/rungs-web-lead-store.h"

G_BEGIN_DECLS

gboolean rungs_web_form_apply (RungsWebWork        *work,
                               const RungsWebDeed  *deed,
                               GError             **error);

/* Something that is only told in the timeline. */
gboolean rungs_web_note_apply (RungsWebWork        *work,
                               const RungsWebDeed  *deed,
                               GError             **error);

G_END_DECLS
