/* rungs-opt-in-claim-store.h: what submissions of forms say that a lead has: for
 * rungs-opt-in-apply.c only. */

#pragma once

#include "web/rungs-opt-in-store.h"
#include "web/rungs-web-lead-store.h"

G_BEGIN_DECLS

/* Writes the submission down. */
gboolean rungs_opt_in_note_submission (RungsWebWork             *work,
                                       const RungsOptInVersion  *version,
                                       const char               *language,
                                       gint64                    at,
                                       GError                  **error);

/* `known` (out): whether another delivery of that mark was done or passed over already. */
gboolean rungs_opt_in_is_known (RungsWebWork  *work,
                                const char    *mark,
                                gboolean      *known,
                                GError       **error);

/* Writes an answer down, and lets it decide: the lead comes to have its `tags` (element-type utf8)
 * and `segments` (element-type gint64), and loses those that an earlier answer to the question gave
 * it; where the lead has answered it later, nothing happens. */
gboolean rungs_opt_in_answer (RungsWebWork  *work,
                              gint64         form,
                              const char    *question,
                              const char    *value,
                              GPtrArray     *tags,
                              GArray        *segments,
                              gint64         at,
                              GError       **error);

/* What whoever fills in the form gets. `question`: "". */
gboolean rungs_opt_in_give (RungsWebWork  *work,
                            const char    *question,
                            GPtrArray     *tags,
                            GArray        *segments,
                            GError       **error);

G_END_DECLS
