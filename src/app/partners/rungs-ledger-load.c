/* rungs-ledger-load.c: what is shown and done of the book, for the threads of the store. */

#include "rungs-ledger-load.h"

#include "leads/rungs-business-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-programme-store.h"
#include "rungs-partner-words.h"

/* ---- a line */

void
rungs_ledger_row_free (RungsLedgerRow *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->entry, rungs_ledger_entry_free);
  g_free (self->partner);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLedgerRow, rungs_ledger_row_free)

static gboolean
is_chosen (const RungsLedgerQuery *query,
           const RungsPosting     *posting)
{
  return query->partner != 0 && query->state != RUNGS_LEDGER_ANY
         && posting->partner == query->partner && (int) posting->state == query->state;
}

static void
take_postings (RungsLedgerRow         *row,
               const RungsLedgerQuery *query)
{
  for (guint i = 0; i < row->entry->postings->len; i++)
    {
      const RungsPosting *posting = &g_array_index (row->entry->postings, RungsPosting, i);

      if (posting->amount > 0)
        row->from = posting->state;
      else
        row->into = posting->state;
      if (is_chosen (query, posting))
        {
          row->has_balance = TRUE;
          row->amount = rungs_partner_amount (posting->state, posting->amount);
          row->balance = rungs_partner_amount (posting->state, posting->balance);
        }
      else if (posting->amount > 0 && !row->has_balance)
        row->amount += posting->amount;
    }
}

RungsLedgerRow *
rungs_ledger_row_load (RungsDb                *db,
                       const RungsLedgerQuery *query,
                       gint64                  id,
                       GError                **error)
{
  g_autoptr (RungsLedgerRow) row = g_new0 (RungsLedgerRow, 1);
  g_autoptr (RungsPartner) partner = NULL;

  row->entry = rungs_ledger_load (db, id, error);
  if (row->entry == NULL)
    return NULL;
  if (row->entry->postings->len > 0)
    partner = rungs_partner_load (
        db, g_array_index (row->entry->postings, RungsPosting, 0).partner, NULL);
  row->partner = g_strdup (partner != NULL ? partner->name : "");
  take_postings (row, query);
  return g_steal_pointer (&row);
}

/* ---- all that is known */

void
rungs_ledger_details_free (RungsLedgerDetails *self)
{
  g_clear_pointer (&self->row, rungs_ledger_row_free);
  g_clear_pointer (&self->order, rungs_order_row_free);
  g_free (self->programme);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLedgerDetails, rungs_ledger_details_free)

static gboolean
load_terms (RungsDb             *db,
            RungsLedgerDetails  *details,
            GError             **error)
{
  g_autoptr (RungsTermsVersion) version
      = rungs_terms_version_load (db, details->row->entry->terms, error);
  g_autoptr (GPtrArray) programmes
      = version != NULL ? rungs_programme_list (db, version->from_at, error) : NULL;

  for (guint i = 0; programmes != NULL && i < programmes->len; i++)
    {
      const RungsProgramme *programme = programmes->pdata[i];

      if (programme->id == version->programme)
        details->programme = g_strdup (programme->name);
    }
  details->terms_from = version != NULL ? version->from_at : 0;
  return programmes != NULL;
}

gpointer
rungs_ledger_load_details (RungsDb      *db,
                           gpointer      data,
                           GCancellable *cancellable,
                           GError      **error)
{
  const RungsLedgerQuery all = { .state = RUNGS_LEDGER_ANY, .kind = RUNGS_LEDGER_ANY };
  g_autoptr (RungsLedgerDetails) details = g_new0 (RungsLedgerDetails, 1);
  const RungsLedgerEntry *entry;

  details->row = rungs_ledger_row_load (db, &all, *(gint64 *) data, error);
  if (details->row == NULL)
    return NULL;
  entry = details->row->entry;
  if (entry->order != 0)
    details->order = rungs_order_row_load (db, entry->order, NULL);
  return entry->terms == 0 || load_terms (db, details, error) ? g_steal_pointer (&details) : NULL;
}

/* ---- the whole book */

void
rungs_ledger_proof_free (RungsLedgerProof *self)
{
  if (self == NULL)
    return;
  rungs_ledger_proof_clear (self);
  g_free (self);
}

gpointer
rungs_ledger_load_proof (RungsDb      *db,
                         gpointer      data,
                         GCancellable *cancellable,
                         GError      **error)
{
  RungsLedgerProof *proof = g_new0 (RungsLedgerProof, 1);

  if (rungs_ledger_verify (db, proof, error))
    return proof;
  rungs_ledger_proof_free (proof);
  return NULL;
}

void
rungs_ledger_export_free (RungsLedgerExport *self)
{
  g_clear_object (&self->file);
  g_free (self);
}

gpointer
rungs_ledger_do_export (RungsDb      *db,
                        gpointer      data,
                        GCancellable *cancellable,
                        GError      **error)
{
  const RungsLedgerExport *export = data;
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);
  g_autoptr (GFileOutputStream) stream
      = zone != NULL ? g_file_replace (export->file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION,
                                       cancellable, error)
                     : NULL;

  if (stream == NULL
      || !rungs_ledger_write (db, export->format, zone, G_OUTPUT_STREAM (stream), cancellable,
                              error)
      || !g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error))
    return NULL;
  return g_object_ref (export->file);
}
