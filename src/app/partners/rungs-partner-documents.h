/* rungs-partner-documents.h: the documents that are kept with a partner: added, dropped here,
 * opened, saved and removed. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_PARTNER_DOCUMENTS (rungs_partner_documents_get_type ())

/* Inside a page. */
G_DECLARE_FINAL_TYPE (RungsPartnerDocuments, rungs_partner_documents, RUNGS, PARTNER_DOCUMENTS,
                      GtkWidget)

/* Those of that partner; `documents` (element-type RungsPartnerDocument) the newest first. */
void rungs_partner_documents_show (RungsPartnerDocuments *self,
                                   gint64                 partner,
                                   GPtrArray             *documents);

G_END_DECLS
