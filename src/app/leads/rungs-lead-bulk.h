/* rungs-lead-bulk.h: what the leads page does to many leads at once: part by part, with a window
 * that says how far it is and can stop it, and an offer to take it back exactly. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* More are not deleted at once: what was deleted is kept in memory, until it cannot be put back any
 * more (1 or 2 kB each). */
#define RUNGS_LEAD_BULK_DELETED 100000

/* Each takes `leads` (element-type gint64). */

/* `tag` is a name; it is made where there is none. */
void rungs_lead_bulk_add_tag (RungsPage  *page,
                              GArray     *leads,
                              const char *tag);
void rungs_lead_bulk_remove_tag (RungsPage  *page,
                                 GArray     *leads,
                                 const char *tag);

void rungs_lead_bulk_enter (RungsPage *page,
                            GArray    *leads,
                            gint64     sequence);

/* Out of the sequence; 0: out of all. */
void rungs_lead_bulk_stop (RungsPage *page,
                           GArray    *leads,
                           gint64     sequence);

/* Those with orders stay. */
void rungs_lead_bulk_delete (RungsPage *page,
                             GArray    *leads);

G_END_DECLS
