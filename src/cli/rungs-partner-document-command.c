/* rungs-partner-document-command.c: files that are kept with partners. */

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/rungs-error.h"
#include "mail/rungs-secret.h"
#include "partners/rungs-partner-document-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-payee-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"

static const RungsColumn COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "size", N_ ("Bytes"), RUNGS_COLUMN_NUMBER, NULL },
  { "added_at", N_ ("Added"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

#define KEYS "id, name, size, added_at"

static gboolean
list_documents (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);
  g_autoptr (RungsPartner) partner
      = rungs_partner_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
  g_autoptr (GPtrArray) documents
      = partner != NULL ? rungs_partner_document_list (db, partner->id, error) : NULL;

  if (documents == NULL)
    return FALSE;
  for (guint i = 0; i < documents->len; i++)
    {
      const RungsPartnerDocument *document = documents->pdata[i];
      JsonObject *row = rungs_row_new ();

      rungs_row_set_number (row, "id", document->id);
      rungs_row_set_text (row, "name", document->name);
      rungs_row_set_number (row, "size", document->size);
      rungs_row_set_time (row, "added_at", document->added_at);
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("The partner has no documents."));
  return TRUE;
}

/* ---- adding */

typedef struct
{
  RungsInvocation *call;
  const char *path;
  GBytes *content;   /* (owned) */
  RungsSealKey *key; /* (owned) */
} Adding;

static void
adding_clear (Adding *self)
{
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->key, rungs_seal_key_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Adding, adding_clear)

static gboolean
add_cb (RungsDb   *db,
        gpointer   data,
        GError   **error)
{
  const Adding *adding = data;
  g_autoptr (RungsPartner) partner = rungs_partner_load_by_name (
      db, rungs_invocation_get_argument (adding->call, 0), error);
  g_autofree char *name = g_path_get_basename (adding->path);

  return partner != NULL
         && rungs_partner_document_add (db, partner->id, name, adding->content, adding->key,
                                        rungs_invocation_get_now (adding->call), error)
                != 0;
}

static GBytes *
read_file (const char  *path,
           GError     **error)
{
  GStatBuf info;
  char *bytes;
  gsize length;

  if (g_stat (path, &info) == 0 && info.st_size > RUNGS_PARTNER_DOCUMENT_MOST)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("%s is larger than 10 MB"), path);
      return NULL;
    }
  return g_file_get_contents (path, &bytes, &length, error) ? g_bytes_new_take (bytes, length)
                                                            : NULL;
}

static gboolean
add_document (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_auto (Adding) adding = { .call = call, .path = rungs_invocation_get_argument (call, 1) };

  adding.content = read_file (adding.path, error);
  adding.key = adding.content != NULL
                   ? rungs_payee_key (db, TRUE, RUNGS_SECRET_PATIENT_TIMEOUT, NULL, error)
                   : NULL;
  return adding.key != NULL && rungs_db_write (db, add_cb, &adding, error)
         && list_documents (call, db, error);
}

/* ---- one of them */

static gboolean
take_id (RungsInvocation  *call,
         gint64           *id,
         GError          **error)
{
  const char *text = rungs_invocation_get_argument (call, 0);

  return g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, id, NULL)
         || rungs_error_refuse (error, _ ("ID is the number of a document, such as 3"));
}

static gboolean
save_document (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  const char *path = rungs_invocation_get_argument (call, 1);
  g_autoptr (RungsPartnerDocument) document = NULL;
  g_autoptr (RungsSealKey) key = NULL;
  g_autoptr (GBytes) content = NULL;
  gconstpointer bytes;
  gsize length;
  gint64 id;

  if (!take_id (call, &id, error))
    return FALSE;
  document = rungs_partner_document_load (db, id, error);
  key = document != NULL
            ? rungs_payee_key (db, FALSE, RUNGS_SECRET_PATIENT_TIMEOUT, NULL, error)
            : NULL;
  content = key != NULL ? rungs_partner_document_read (db, id, key, error) : NULL;
  if (content == NULL)
    return FALSE;
  if (g_file_test (path, G_FILE_TEST_EXISTS) && !rungs_invocation_has (call, "force"))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("There is a file %s already; --force replaces it."), path);
      return FALSE;
    }
  bytes = g_bytes_get_data (content, &length);
  return g_file_set_contents_full (path, length > 0 ? bytes : "", (gssize) length,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static gboolean
remove_document (RungsInvocation  *call,
                 RungsDb          *db,
                 GError          **error)
{
  g_autoptr (RungsPartnerDocumentOut) out = NULL;
  gint64 id;

  if (!take_id (call, &id, error))
    return FALSE;
  out = rungs_partner_document_take_out (db, id, error);
  return out != NULL;
}

static const GOptionEntry SAVE_OPTIONS[] = {
  RUNGS_FLAG ("force", N_ ("Replace a file that is there")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_PARTNER_DOCUMENT_COMMANDS[] = {
  { "partner documents", "NAME", N_ ("List the documents that are kept with a partner"),
    RUNGS_COMMAND_READS, list_documents, NULL, NULL, "[" KEYS "]" },
  { "partner add-document", "NAME FILE", N_ ("Keep a file with a partner: a contract, a tax form"),
    RUNGS_COMMAND_HOLDS, add_document, NULL,
    N_ ("Up to 10 MB. What it says stands encrypted in the file, and the key in the keyring of\n"
        "this computer: elsewhere nobody can read it. Its name is not encrypted."),
    "[" KEYS "]" },
  { "partner save-document", "ID FILE", N_ ("Write a partner's document into a file"),
    RUNGS_COMMAND_READS, save_document, SAVE_OPTIONS, NULL, NULL },
  { "partner remove-document", "ID", N_ ("Remove a partner's document, for good"),
    RUNGS_COMMAND_WRITES, remove_document, NULL, NULL, NULL },
  { NULL },
};
