/* rungs-ledger-command.c: the book of commissions. */

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "base/rungs-error.h"
#include "partners/rungs-approval-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-ledger-text.h"
#include "partners/rungs-partner-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"

#define ROWS_SHOWN 100
#define MOST_ROWS 100000000

static const char *const FORMATS[] = { "ledger", "beancount", NULL };

static const RungsColumn COLUMNS[] = {
  { "id", N_ ("Entry"), RUNGS_COLUMN_NUMBER, NULL },
  { "at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "partner", N_ ("Partner"), RUNGS_COLUMN_TEXT, NULL },
  { "state", N_ ("Account"), RUNGS_COLUMN_TERM, NULL },
  { "amount", N_ ("Amount"), RUNGS_COLUMN_MONEY, NULL },
  { "balance", N_ ("Balance"), RUNGS_COLUMN_MONEY, NULL },
  { "order", N_ ("Order"), RUNGS_COLUMN_COUNT, NULL },
  { "words", N_ ("Why"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn PROOF_COLUMNS[] = {
  { "entries", N_ ("Entries that are as they were"), RUNGS_COLUMN_NUMBER, NULL },
  { "fault", N_ ("The first that is not"), RUNGS_COLUMN_COUNT, NULL },
  { "why", N_ ("Why"), RUNGS_COLUMN_TEXT, NULL },
  { "hash", N_ ("Hash of the last one"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn FILE_COLUMNS[] = {
  { "file", N_ ("File"), RUNGS_COLUMN_TEXT, NULL },
  { "format", N_ ("Format"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn WAITING_COLUMNS[] = {
  { "order", N_ ("Order"), RUNGS_COLUMN_NUMBER, NULL },
  { "partner", N_ ("Partner"), RUNGS_COLUMN_TEXT, NULL },
  { "lead", N_ ("Lead"), RUNGS_COLUMN_TEXT, NULL },
  { "for", N_ ("For"), RUNGS_COLUMN_TEXT, NULL },
  { "amount", N_ ("Amount"), RUNGS_COLUMN_MONEY, NULL },
  { "hold_until", N_ ("Held until"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn SUM_COLUMNS[] = {
  { "amount", N_ ("Amount"), RUNGS_COLUMN_MONEY, NULL },
  { NULL },
};

static const RungsColumn APPROVED_COLUMNS[] = {
  { "commissions", N_ ("Commissions"), RUNGS_COLUMN_NUMBER, NULL },
  { "sums", N_ ("Sum"), RUNGS_COLUMN_ROWS, SUM_COLUMNS },
  { NULL },
};

/* ---- reading it */

/* One row a posting. */
static gboolean
add_entry (RungsListing            *listing,
           RungsDb                 *db,
           const RungsLedgerEntry  *entry,
           GError                 **error)
{
  for (guint i = 0; i < entry->postings->len; i++)
    {
      const RungsPosting *posting = &g_array_index (entry->postings, RungsPosting, i);
      g_autoptr (RungsPartner) partner = rungs_partner_load (db, posting->partner, error);
      JsonObject *row;

      if (partner == NULL)
        return FALSE;
      row = rungs_row_new ();
      rungs_row_set_number (row, "id", entry->id);
      rungs_row_set_time (row, "at", entry->at);
      rungs_row_set_time (row, "booked_at", entry->booked_at);
      rungs_row_set_text (row, "kind", rungs_ledger_kind_to_text (entry->kind));
      rungs_row_set_text (row, "partner", partner->name);
      rungs_row_set_text (row, "state", rungs_ledger_state_to_text (posting->state));
      rungs_row_set_money (row, "amount", rungs_money (posting->amount, entry->currency));
      rungs_row_set_money (row, "balance", rungs_money (posting->balance, entry->currency));
      rungs_row_set_id (row, "order", entry->order);
      rungs_row_set_id (row, "payout", entry->payout);
      rungs_row_set_text (row, "words", entry->words);
      rungs_listing_add (listing, row);
    }
  return TRUE;
}

static gboolean
list_entries (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);
  g_autoptr (GPtrArray) entries = NULL;
  gint64 after = 0, limit = ROWS_SHOWN;

  if (!rungs_invocation_get_number (call, "after", 0, G_MAXINT64, &after, error)
      || !rungs_invocation_get_number (call, "limit", 1, MOST_ROWS, &limit, error))
    return FALSE;
  entries = rungs_ledger_list (db, after, (guint) limit, error);
  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    if (!add_entry (listing, db, g_ptr_array_index (entries, i), error))
      return FALSE;
  rungs_listing_end (listing, _ ("Nothing was booked yet."));
  return TRUE;
}

static char *
dup_hex (const guint8 *hash)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < RUNGS_LEDGER_HASH_BYTES; i++)
    g_string_append_printf (text, "%02x", hash[i]);
  return g_string_free (text, FALSE);
}

/* A book that is not what it was is a failure of the command, whoever reads its words. */
static gboolean
verify (RungsInvocation  *call,
        RungsDb          *db,
        GError          **error)
{
  g_auto (RungsLedgerProof) proof = { 0 };
  g_autofree char *hash = NULL;
  JsonObject *row;

  if (!rungs_ledger_verify (db, &proof, error))
    return FALSE;
  if (proof.fault != 0)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED,
                   _ ("Entry %" PRId64 " of the ledger is not what it was: %s."), proof.fault,
                   proof.why);
      return FALSE;
    }
  hash = dup_hex (proof.hash);
  if (rungs_invocation_has (call, "expect")
      && strcmp (rungs_invocation_get_text (call, "expect", ""), hash) != 0)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED,
                           _ ("The ledger does not end with that hash."));
      return FALSE;
    }
  row = rungs_row_new ();
  rungs_row_set_number (row, "entries", proof.entries);
  rungs_row_set_text (row, "hash", hash);
  rungs_column_show (call, PROOF_COLUMNS, row);
  return TRUE;
}

static gboolean
export_book (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  const char *path = rungs_invocation_get_argument (call, 0);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GFileOutputStream) stream = NULL;
  guint format = RUNGS_LEDGER_FORMAT_LEDGER;
  JsonObject *row;

  if (!rungs_invocation_get_choice (call, "format", FORMATS, &format, error))
    return FALSE;
  stream = rungs_invocation_has (call, "force")
               ? g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error)
               : g_file_create (file, G_FILE_CREATE_PRIVATE, NULL, error);
  if (stream == NULL
      || !rungs_ledger_write (db, format, rungs_invocation_get_zone (call),
                              G_OUTPUT_STREAM (stream), NULL, error)
      || !g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_text (row, "file", path);
  rungs_row_set_text (row, "format", FORMATS[format]);
  rungs_column_show (call, FILE_COLUMNS, row);
  return TRUE;
}

/* ---- approving */

static gboolean
release (RungsInvocation  *call,
         RungsDb          *db,
         GError          **error)
{
  g_autofree char *sentence = NULL;
  gint64 released;
  JsonObject *row;

  if (!rungs_commissions_release (db, rungs_invocation_get_now (call), 0, &released, error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "released", released);
  sentence = g_strdup_printf (ngettext ("%" PRId64 " commission may be paid from now on.",
                                        "%" PRId64 " commissions may be paid from now on.",
                                        (gulong) released),
                              released);
  rungs_column_say (call, row, "%s", sentence);
  return TRUE;
}

static gboolean
approve (RungsInvocation  *call,
         RungsDb          *db,
         GError          **error)
{
  g_autoptr (GPtrArray) commissions = NULL;
  gboolean undo = rungs_invocation_has (call, "undo");
  gint64 order;
  JsonObject *row;

  if (!rungs_invocation_get_id (call, 0, &order, error))
    return FALSE;
  commissions = rungs_commission_list_of_order (db, order, error);
  if (commissions == NULL)
    return FALSE;
  for (guint i = 0; i < commissions->len; i++)
    {
      const RungsCommission *commission = g_ptr_array_index (commissions, i);

      if (!rungs_commission_approve (db, commission->order_line, commission->partner, !undo,
                                     rungs_invocation_get_now (call), error))
        return FALSE;
    }
  row = rungs_row_new ();
  rungs_row_set_number (row, "order", order);
  rungs_row_set_number (row, "commissions", commissions->len);
  rungs_column_say (call, row, "%s",
                    undo ? _ ("What the order earns waits for somebody to look at it.")
                         : _ ("What the order earns is approved."));
  return TRUE;
}

/* Which: of the partners that --partner names, who are added to `partners`, or all. */
static gboolean
read_query (RungsInvocation     *call,
            RungsDb             *db,
            RungsApprovalQuery  *query,
            GArray              *partners,
            GError             **error)
{
  GPtrArray *names = rungs_invocation_get_texts (call, "partner");

  *query = (RungsApprovalQuery){ .filter = RUNGS_APPROVALS_WAITING };
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (RungsPartner) partner
          = rungs_partner_load_by_name (db, g_ptr_array_index (names, i), error);

      if (partner == NULL)
        return FALSE;
      g_array_append_val (partners, partner->id);
    }
  query->partners = names->len > 0 ? partners : NULL;
  return TRUE;
}

static gboolean
list_waiting (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, WAITING_COLUMNS);
  RungsApprovalQuery query;
  g_autoptr (GArray) partners = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) lines
      = read_query (call, db, &query, partners, error) ? rungs_approval_find (db, &query, error)
                                                        : NULL;

  if (lines == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      g_autoptr (RungsApprovalRow) row
          = rungs_approval_row_load (db, g_array_index (lines, gint64, i), error);
      JsonObject *line;

      if (row == NULL)
        return FALSE;
      line = rungs_row_new ();
      rungs_row_set_id (line, "order", row->order);
      rungs_row_set_text (line, "partner", row->name);
      rungs_row_set_text (line, "lead", row->lead);
      rungs_row_set_text (line, "for", row->what);
      rungs_row_set_money (line, "amount", row->amount);
      rungs_row_set_time (line, "hold_until", row->hold_until);
      rungs_listing_add (listing, line);
    }
  rungs_listing_end (listing, _ ("Nothing waits for approval."));
  return TRUE;
}

static gboolean
approve_all (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  RungsApprovalQuery query;
  g_autoptr (GArray) partners = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) lines
      = read_query (call, db, &query, partners, error) ? rungs_approval_find (db, &query, error)
                                                        : NULL;
  g_autoptr (GArray) sums = lines != NULL ? rungs_approval_sums (db, lines, error) : NULL;
  JsonObject *row;
  JsonArray *rows;

  if (sums == NULL
      || (!rungs_invocation_has (call, "preview")
          && !rungs_approval_give (db, lines, TRUE, rungs_invocation_get_now (call), error)))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "commissions", lines->len);
  rows = rungs_row_set_array (row, "sums");
  for (guint i = 0; i < sums->len; i++)
    {
      JsonObject *line = rungs_row_new ();

      rungs_row_set_money (line, "amount", g_array_index (sums, RungsMoney, i));
      json_array_add_object_element (rows, line);
    }
  rungs_column_show (call, APPROVED_COLUMNS, row);
  return TRUE;
}

static const GOptionEntry WAITING_OPTIONS[] = {
  RUNGS_OPTION ("partner", N_ ("NAME"),
                N_ ("Only those of this partner; may be given more than once")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry APPROVE_ALL_OPTIONS[] = {
  RUNGS_OPTION ("partner", N_ ("NAME"),
                N_ ("Only those of this partner; may be given more than once")),
  RUNGS_FLAG ("preview", N_ ("Only show how many, and what they come to")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry LIST_OPTIONS[] = {
  RUNGS_OPTION ("after", N_ ("ENTRY"), N_ ("Only those after this one")),
  RUNGS_OPTION ("limit", N_ ("N"), N_ ("At most so many entries; 100 where nothing is said")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry VERIFY_OPTIONS[] = {
  RUNGS_OPTION ("expect", N_ ("HASH"), N_ ("Fail unless the last entry has this hash")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry EXPORT_OPTIONS[] = {
  RUNGS_OPTION ("format", N_ ("FORMAT"), N_ ("ledger (also for hledger) or beancount")),
  RUNGS_FLAG ("force", N_ ("Replace a file that is there")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry APPROVE_OPTIONS[] = {
  RUNGS_FLAG ("undo", N_ ("Let it wait again")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_LEDGER_COMMANDS[] = {
  { "ledger list", "", N_ ("List what was booked, a line for each account"), RUNGS_COMMAND_READS,
    list_entries, LIST_OPTIONS, NULL,
    "[id, at, booked_at, kind, partner, state, amount, balance, order, payout, words]" },
  { "ledger verify", "", N_ ("Prove that nothing in the ledger was changed"), RUNGS_COMMAND_READS,
    verify, VERIFY_OPTIONS,
    N_ ("Each entry has a hash of itself and of the one before it. Keep the hash that this\n"
        "command shows: with --expect you see later whether entries were cut off at the end."),
    "{entries, hash}" },
  { "ledger export", "FILE", N_ ("Write the ledger for ledger, hledger or beancount"),
    RUNGS_COMMAND_READS, export_book, EXPORT_OPTIONS, NULL, "{file, format}" },
  { "ledger release", "", N_ ("Let commissions be paid whose refund window is over"),
    RUNGS_COMMAND_WRITES, release, NULL, N_ ("The engine does it by itself."), "{released}" },
  { "ledger approve", "ORDER", N_ ("Approve what an order earns"), RUNGS_COMMAND_WRITES, approve,
    APPROVE_OPTIONS, NULL, "{order, commissions}" },
  { "ledger waiting", "", N_ ("List commissions that wait for approval"), RUNGS_COMMAND_READS,
    list_waiting, WAITING_OPTIONS, NULL, "[order, partner, lead, for, amount, hold_until]" },
  { "ledger approve-all", "", N_ ("Approve all commissions that wait"), RUNGS_COMMAND_WRITES,
    approve_all, APPROVE_ALL_OPTIONS, N_ ("With --preview nothing is changed."),
    "{commissions, sums: [amount]}" },
  { NULL },
};
