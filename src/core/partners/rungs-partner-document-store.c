/* rungs-partner-document-store.c: keeps files with partners, sealed. */

#include "partners/rungs-partner-document-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-payee-store.h"

static const char SQL_ADD[]
    = "INSERT INTO partner_document (uuid, partner, name, size, added_at, sealed)"
      " VALUES (:uuid, :partner, :name, :size, :now, :sealed)";

#define DOCUMENTS "SELECT id, partner, name, size, added_at FROM partner_document"

static const char SQL_LIST[] = DOCUMENTS " WHERE partner = :id ORDER BY added_at DESC, id DESC";

static const char SQL_LOAD[] = DOCUMENTS " WHERE id = :id";

static const char SQL_READ[]
    = "SELECT p.uuid, c.uuid, c.sealed FROM partner_document c JOIN partner p ON p.id = c.partner"
      " WHERE c.id = :id";

static const char SQL_TAKE_OUT[]
    = "DELETE FROM partner_document WHERE id = :id"
      " RETURNING uuid, partner, name, size, added_at, sealed";

static const char SQL_PUT_BACK[]
    = "INSERT INTO partner_document (id, uuid, partner, name, size, added_at, sealed)"
      " VALUES (:id, :uuid, :partner, :name, :size, :now, :sealed)";

struct _RungsPartnerDocumentOut
{
  RungsPartnerDocument *document; /* (owned) */
  char *uuid;                     /* (owned) */
  GBytes *sealed;                 /* (owned) */
};

void
rungs_partner_document_free (RungsPartnerDocument *self)
{
  g_free (self->name);
  g_free (self);
}

void
rungs_partner_document_out_free (RungsPartnerDocumentOut *self)
{
  g_clear_pointer (&self->document, rungs_partner_document_free);
  g_clear_pointer (&self->sealed, g_bytes_unref);
  g_free (self->uuid);
  g_free (self);
}

/* The field that a document is sealed for. */
static char *
dup_field (const char *uuid)
{
  return g_strconcat (RUNGS_SEAL_DOCUMENT, uuid, NULL);
}

/* ---- adding */

static void
bind_document (RungsStatement             *insert,
               const RungsPartnerDocument *document,
               const char                 *uuid,
               GBytes                     *sealed)
{
  rungs_statement_bind_text (insert, ":uuid", uuid);
  rungs_statement_bind_int64 (insert, ":partner", document->partner);
  rungs_statement_bind_text (insert, ":name", document->name);
  rungs_statement_bind_int64 (insert, ":size", document->size);
  rungs_statement_bind_int64 (insert, ":now", document->added_at);
  rungs_statement_bind_blob (insert, ":sealed", g_bytes_get_data (sealed, NULL),
                             g_bytes_get_size (sealed));
}

static gboolean
is_sound (const RungsPartnerDocument  *document,
          GError                     **error)
{
  if (document->size > RUNGS_PARTNER_DOCUMENT_MOST)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                         _ ("a document may be of 10 MB at most"));
  else if (*document->name == '\0' || !g_utf8_validate (document->name, -1, NULL))
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("a document needs a name"));
  else
    return TRUE;
  return FALSE;
}

gint64
rungs_partner_document_add (RungsDb             *db,
                            gint64               partner,
                            const char          *name,
                            GBytes              *content,
                            const RungsSealKey  *key,
                            gint64               now,
                            GError             **error)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *field = dup_field (uuid);
  const char *folder = strrchr (name, '/');
  g_autoptr (RungsPartner) who = NULL;
  g_autoptr (RungsStatement) add = NULL;
  g_autoptr (GBytes) sealed = NULL;
  RungsPartnerDocument document = { .partner = partner, .added_at = now };

  g_return_val_if_fail (db != NULL && content != NULL && key != NULL, 0);

  document.name = (char *) (folder != NULL ? folder + 1 : name);
  document.size = (gint64) g_bytes_get_size (content);
  who = rungs_partner_load (db, partner, error);
  if (who == NULL || !is_sound (&document, error) || !rungs_payee_key_fits (db, key, error))
    return 0;
  sealed = rungs_seal_bytes (key, who->uuid, field, g_bytes_get_data (content, NULL),
                             g_bytes_get_size (content), error);
  add = sealed != NULL ? rungs_db_prepare (db, SQL_ADD, error) : NULL;
  if (add == NULL)
    return 0;
  bind_document (add, &document, uuid, sealed);
  return rungs_statement_run (add, error) ? rungs_db_get_last_id (db) : 0;
}

/* ---- reading */

static gpointer
read_document (RungsStatement *row)
{
  RungsPartnerDocument *document = g_new0 (RungsPartnerDocument, 1);

  document->id = rungs_statement_get_int64 (row, 0);
  document->partner = rungs_statement_get_int64 (row, 1);
  document->name = rungs_statement_dup_text (row, 2);
  document->size = rungs_statement_get_int64 (row, 3);
  document->added_at = rungs_statement_get_int64 (row, 4);
  return document;
}

GPtrArray *
rungs_partner_document_list (RungsDb *db,
                             gint64   partner,
                             GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LIST, error);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", partner);
  return rungs_record_list (query, read_document, (GDestroyNotify) rungs_partner_document_free,
                            error);
}

RungsPartnerDocument *
rungs_partner_document_load (RungsDb *db,
                             gint64   id,
                             GError **error)
{
  g_return_val_if_fail (db != NULL, NULL);

  return rungs_record_load (db, SQL_LOAD, id, read_document, "document", error);
}

GBytes *
rungs_partner_document_read (RungsDb             *db,
                             gint64               id,
                             const RungsSealKey  *key,
                             GError             **error)
{
  g_autoptr (RungsStatement) query = NULL;
  g_autofree char *field = NULL;
  gconstpointer sealed;
  gsize size;
  RungsStep step;

  g_return_val_if_fail (db != NULL && key != NULL, NULL);

  query = rungs_db_prepare (db, SQL_READ, error);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", id);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_DONE)
    rungs_record_refuse_missing ("document", id, error);
  if (step != RUNGS_ROW)
    return NULL;
  field = dup_field (rungs_statement_get_text (query, 1));
  sealed = rungs_statement_get_blob (query, 2, &size);
  return rungs_unseal_bytes (key, rungs_statement_get_text (query, 0), field, sealed, size, error);
}

/* ---- taking away */

RungsPartnerDocumentOut *
rungs_partner_document_take_out (RungsDb *db,
                                 gint64   id,
                                 GError **error)
{
  g_autoptr (RungsStatement) take = NULL;
  g_autoptr (RungsPartnerDocumentOut) out = NULL;
  RungsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  take = rungs_db_prepare (db, SQL_TAKE_OUT, error);
  if (take == NULL)
    return NULL;
  rungs_statement_bind_int64 (take, ":id", id);
  step = rungs_statement_step (take, error);
  if (step == RUNGS_DONE)
    rungs_record_refuse_missing ("document", id, error);
  if (step != RUNGS_ROW)
    return NULL;
  out = g_new0 (RungsPartnerDocumentOut, 1);
  out->document = g_new0 (RungsPartnerDocument, 1);
  out->document->id = id;
  out->uuid = rungs_statement_dup_text (take, 0);
  out->document->partner = rungs_statement_get_int64 (take, 1);
  out->document->name = rungs_statement_dup_text (take, 2);
  out->document->size = rungs_statement_get_int64 (take, 3);
  out->document->added_at = rungs_statement_get_int64 (take, 4);
  out->sealed = rungs_statement_dup_blob (take, 5);
  step = rungs_statement_step (take, error);
  return step == RUNGS_DONE ? g_steal_pointer (&out) : NULL;
}

gboolean
rungs_partner_document_put_back (RungsDb                        *db,
                                 const RungsPartnerDocumentOut  *out,
                                 GError                        **error)
{
  g_autoptr (RungsStatement) insert = NULL;

  g_return_val_if_fail (db != NULL && out != NULL, FALSE);

  insert = rungs_db_prepare (db, SQL_PUT_BACK, error);
  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":id", out->document->id);
  bind_document (insert, out->document, out->uuid, out->sealed);
  return rungs_statement_run (insert, error);
}
