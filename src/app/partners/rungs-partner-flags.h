/* rungs-partner-flags.h: what a person is to look at with a partner's orders, and what they say. */

#pragma once

#include <gtk/gtk.h>

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* For threads of the store. Returns: (transfer full): what waits of that partner with its newest
 * orders, for rungs_partner_flags_show(). */
GPtrArray *rungs_partner_flags_load (RungsDb  *db,
                                     gint64    partner,
                                     gint64    now,
                                     GError  **error);

#define RUNGS_TYPE_PARTNER_FLAGS (rungs_partner_flags_get_type ())

/* The section of a partner's details; it stands in a page, and is hidden where nothing waits. */
G_DECLARE_FINAL_TYPE (RungsPartnerFlags, rungs_partner_flags, RUNGS, PARTNER_FLAGS, GtkWidget)

void rungs_partner_flags_show (RungsPartnerFlags *self,
                               GPtrArray         *items);

G_END_DECLS
