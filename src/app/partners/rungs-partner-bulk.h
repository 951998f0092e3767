/* rungs-partner-bulk.h: what the list does to many partners at once. What changes the file can be
 * taken back; what moves money is seen before. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Each takes `partners` (element-type gint64). */

/* Asks for a programme, or none, and puts them there from now on. */
void rungs_partner_bulk_programme (RungsPage *page,
                                   GArray    *partners);

/* Asks who looks after them from now on. */
void rungs_partner_bulk_manager (RungsPage *page,
                                 GArray    *partners);

/* The leads that they are get a tag, lose one, or enter a sequence; it is told how many are
 * none. */
void rungs_partner_bulk_tag (RungsPage *page,
                             GArray    *partners);
void rungs_partner_bulk_untag (RungsPage *page,
                               GArray    *partners);
void rungs_partner_bulk_sequence (RungsPage *page,
                                  GArray    *partners);

/* Approves all that waits of them, when its sum was seen. */
void rungs_partner_bulk_approve (RungsPage *page,
                                 GArray    *partners);

/* New Payout, with these ticked. */
void rungs_partner_bulk_payout (RungsPage *page,
                                GArray    *partners);

/* Writes them into a table for spreadsheets. */
void rungs_partner_bulk_export (RungsPage *page,
                                GArray    *partners);

G_END_DECLS
