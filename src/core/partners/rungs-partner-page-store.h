/* rungs-partner-page-store.h: which partners have a private page at the relay, what stands on it,
 * and the texts of programmes that stand there to be copied.
 *
 * The page is kept as it was made last. It is made anew when what it says has changed, and once a
 * day, so that it tells of a day that is near; web/rungs-web-partner-pages.h puts it up. */

#pragma once

#include "db/rungs-db.h"
#include "partners/rungs-partner-page.h"

G_BEGIN_DECLS

#define RUNGS_PARTNER_TOKEN_BYTES 24

/* What stands on a page at `now`. Returns: (transfer full). Errors: NOT_FOUND, no such partner;
 * DAMAGED, a payout and the ledger do not agree. */
RungsPartnerPage *rungs_partner_page_read (RungsDb  *db,
                                           gint64    partner,
                                           gint64    now,
                                           GError  **error);

/* Where it is. */
typedef struct
{
  gint64 partner;
  char *token;     /* (owned) */
  char *address;   /* (owned) (nullable): "https://relay.example/partner/…"; NULL: no relay */
  char *html;      /* (owned) */
  gint64 made_at;
  gint64 put_at;   /* since when it stands at the relay as it is; 0: it does not yet */
  gboolean is_off; /* the partner has ended, or only applied: nothing is at the address */
} RungsPartnerPagePlace;

void rungs_partner_page_place_free (RungsPartnerPagePlace *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPartnerPagePlace, rungs_partner_page_place_free)

/* Returns: (transfer full). Errors: NOT_FOUND, it has none. */
RungsPartnerPagePlace *rungs_partner_page_load (RungsDb  *db,
                                                gint64    partner,
                                                GError  **error);

/* Returns: (transfer full) (element-type RungsPartnerPagePlace): those of partners that have not
 * ended, the oldest first, as far as they come to `room` bytes. */
GPtrArray *rungs_partner_page_list (RungsDb  *db,
                                    gint64    room,
                                    GError  **error);

/* From now on it has one, made now; where it has one already that is made anew, and keeps its
 * address unless `new_address`: then nothing is at the old one any more. Errors: those of
 * rungs_partner_page_read(), INVALID: the page is too large, CONFLICT: the partner has ended. */
gboolean rungs_partner_page_open (RungsDb   *db,
                                  gint64     partner,
                                  gboolean   new_address,
                                  gint64     now,
                                  GError   **error);

/* It has none any more. Errors: NOT_FOUND. */
gboolean rungs_partner_page_close (RungsDb  *db,
                                   gint64    partner,
                                   GError  **error);

/* Makes anew what is not as it was, each in a transaction of its own: not within one. A page that
 * cannot be made stays as it was. */
gboolean rungs_partner_pages_refresh (RungsDb  *db,
                                      gint64    now,
                                      GError  **error);

/* All stand at the relay as they are; writes only where that is news: not within a transaction. */
gboolean rungs_partner_pages_note_put (RungsDb  *db,
                                       gint64    now,
                                       GError  **error);

/* Returns: (transfer full): the texts to be copied of a programme; "" where there are none. */
char *rungs_programme_texts_load (RungsDb  *db,
                                  gint64    programme,
                                  GError  **error);

/* Errors: INVALID, they are too long: more than RUNGS_PARTNER_TEXTS_MOST bytes as HTML; NOT_FOUND,
 * no such programme. */
gboolean rungs_programme_texts_save (RungsDb     *db,
                                     gint64       programme,
                                     const char  *texts,
                                     gint64       now,
                                     GError     **error);

G_END_DECLS
