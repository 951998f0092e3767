/* rungs-partner-document-store.h: files that are kept with a partner, sealed: contracts, tax forms.
 *
 * What a file says is sealed as payment details are (rungs-seal.h), with the same key; its name,
 * its size and the day are not. A backup, an export and a copy of the business file hold the
 * documents, and not their key. */

#pragma once

#include "db/rungs-db.h"
#include "partners/rungs-seal.h"

G_BEGIN_DECLS

#define RUNGS_PARTNER_DOCUMENT_MOST (10 * 1024 * 1024)

typedef struct
{
  gint64 id;
  gint64 partner;
  char *name;      /* (owned) of the file, without a folder */
  gint64 size;     /* bytes */
  gint64 added_at;
} RungsPartnerDocument;

void rungs_partner_document_free (RungsPartnerDocument *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPartnerDocument, rungs_partner_document_free)

/* `name` may be a path: what comes before the last / is left out. Returns: its id; 0 on error:
 * NOT_FOUND (no such partner), INVALID (larger than RUNGS_PARTNER_DOCUMENT_MOST, no name), DAMAGED
 * where the file has something that was sealed with another key. */
gint64 rungs_partner_document_add (RungsDb             *db,
                                   gint64               partner,
                                   const char          *name,
                                   GBytes              *content,
                                   const RungsSealKey  *key,
                                   gint64               now,
                                   GError             **error);

/* Returns: (transfer full) (element-type RungsPartnerDocument): the newest first. */
GPtrArray *rungs_partner_document_list (RungsDb  *db,
                                        gint64    partner,
                                        GError  **error);

/* Errors: NOT_FOUND. */
RungsPartnerDocument *rungs_partner_document_load (RungsDb  *db,
                                                   gint64    id,
                                                   GError  **error);

/* What it says. Errors: NOT_FOUND, DAMAGED. */
GBytes *rungs_partner_document_read (RungsDb             *db,
                                     gint64               id,
                                     const RungsSealKey  *key,
                                     GError             **error);

/* A document that was taken out, still sealed. */
typedef struct _RungsPartnerDocumentOut RungsPartnerDocumentOut;

void rungs_partner_document_out_free (RungsPartnerDocumentOut *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPartnerDocumentOut, rungs_partner_document_out_free)

/* Takes it away; needs no key. Returns: (transfer full): what rungs_partner_document_put_back()
 * needs to have it there again as it was. Errors: NOT_FOUND. */
RungsPartnerDocumentOut *rungs_partner_document_take_out (RungsDb  *db,
                                                          gint64    id,
                                                          GError  **error);

/* Errors: CONFLICT (it is there again). */
gboolean rungs_partner_document_put_back (RungsDb                        *db,
                                          const RungsPartnerDocumentOut  *out,
                                          GError                        **error);

G_END_DECLS
