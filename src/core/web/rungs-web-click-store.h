/* rungs-web-click-store.h: the table of links that were followed: for rungs-web-clicks.c. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 delivery;
  gint64 lead;
  gint64 mail;
  char *target; /* (owned) */
  gint64 at;
} RungsWebClick;

void rungs_web_click_free (RungsWebClick *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWebClick, rungs_web_click_free)

/* `why` (nullable): by what it is known to be a machine's; NULL: that is to be seen. */
gboolean rungs_web_click_add (RungsDb              *db,
                              const RungsWebClick  *click,
                              const char           *why,
                              GError              **error);

/* Returns: (transfer full) (element-type RungsWebClick): those of which it is not known, up to
 * `until`, the oldest first. */
GPtrArray *rungs_web_click_list_open (RungsDb  *db,
                                      gint64    until,
                                      GError  **error);

/* `at` (out): of the oldest of those; G_MAXINT64: there is none. */
gboolean rungs_web_click_first_open (RungsDb  *db,
                                     gint64   *at,
                                     GError  **error);

/* How many links of its message were followed from `span` before it to `span` after it, it
 * included. */
gboolean rungs_web_click_count_around (RungsDb              *db,
                                       const RungsWebClick  *click,
                                       gint64                span,
                                       gint64               *links,
                                       GError              **error);

/* Whether the same address and program was a machine for that message, from `span` before it to
 * `span` after it. */
gboolean rungs_web_click_is_of_machine (RungsDb              *db,
                                        const RungsWebClick  *click,
                                        gint64                span,
                                        gboolean             *is,
                                        GError              **error);

/* Says what it is, and writes mail.scanned or mail.clicked down, if it is the first of its
 * message's link. */
gboolean rungs_web_click_settle (RungsDb              *db,
                                 const RungsWebClick  *click,
                                 const char           *why,
                                 GError              **error);

G_END_DECLS
