/* rungs-partner-status-store.h: whether a partner earns, and since when.
 *
 * applied  asks to be a partner, and nobody has agreed yet: is credited with nothing, from whenever
 *          it is, and has no page
 * active   is credited, by the rules and the terms
 * paused   is credited with nothing that comes from the pause on: no order, no lead, no second
 *          tier. What it earned before stays: it is held, may be paid, and is paid, and its page
 *          stays
 * ended    as paused, for good: its page is taken down, too
 *
 * What decides is the status at the moment of the order, or of the touch by which a lead came,
 * whenever that gets known. Each word that was said is kept; the newest counts from its moment on.
 * A person may still credit anybody with an order by hand, and give a bonus. */

#pragma once

#include "partners/rungs-partner-store.h"

G_BEGIN_DECLS

/* "applied", "active", "paused", "ended". */
const char *rungs_partner_status_to_text (RungsPartnerStatus status);
gboolean rungs_partner_status_from_text (const char         *text,
                                         RungsPartnerStatus *status);

/* What was said of a partner. */
typedef struct
{
  RungsPartnerStatus status;
  gint64 at;      /* from then on; 0: from the beginning */
  gint64 said_at;
  char *why;      /* (owned) "": nobody said */
} RungsPartnerWord;

void rungs_partner_word_free (RungsPartnerWord *self);

/* The partner is that from `now` on; one that is `applied`, from the beginning. `why` may be NULL.
 * Errors: NOT_FOUND, CONFLICT (it is that already), INVALID (it applies, and was a partner). */
gboolean rungs_partner_set_status (RungsDb             *db,
                                   gint64               partner,
                                   RungsPartnerStatus   status,
                                   const char          *why,
                                   gint64               now,
                                   GError             **error);

/* A new one is no partner yet: it applies. */
gboolean rungs_partner_apply (RungsDb  *db,
                              gint64    partner,
                              gint64    now,
                              GError  **error);

/* Takes the newest word back, as if it had never been said. Errors: NOT_FOUND, CONFLICT (it does
 * not say `status`). */
gboolean rungs_partner_take_back_status (RungsDb             *db,
                                         gint64               partner,
                                         RungsPartnerStatus   status,
                                         gint64               now,
                                         GError             **error);

/* Returns: (transfer full) (element-type RungsPartnerWord): the newest first; empty: it was active
 * all the time. */
GPtrArray *rungs_partner_list_words (RungsDb  *db,
                                     gint64    partner,
                                     GError  **error);

G_END_DECLS
