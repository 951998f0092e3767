/* rungs-privacy-command.c: forgets persons, and tells which copies of the file still hold them. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "db/rungs-backup.h"
#include "engine/rungs-privacy-report.h"
#include "engine/rungs-wipe.h"
#include "leads/rungs-erasure-mention-store.h"
#include "leads/rungs-erasure-store.h"
#include "rungs-commands.h"
#include "rungs-lead-view.h"
#include "rungs-listing.h"

static const RungsColumn MENTION_COLUMNS[] = {
  { "table", N_ ("Table"), RUNGS_COLUMN_TEXT, NULL },
  { "before", N_ ("Text"), RUNGS_COLUMN_TEXT, NULL },
  { "after", N_ ("What it becomes"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn KEPT_COLUMNS[] = {
  { "table", N_ ("Table"), RUNGS_COLUMN_TEXT, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn PREVIEW_COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "orders", N_ ("Orders that stay, without a name"), RUNGS_COLUMN_NUMBER, NULL },
  { "mentions", N_ ("Texts about others"), RUNGS_COLUMN_ROWS, MENTION_COLUMNS },
  { "kept", N_ ("Named there too, and not changed"), RUNGS_COLUMN_ROWS, KEPT_COLUMNS },
  { NULL },
};

static const RungsColumn COPY_COLUMNS[] = {
  { "file", N_ ("Copy"), RUNGS_COLUMN_TEXT, NULL },
  { "written_at", N_ ("Written"), RUNGS_COLUMN_TIME, NULL },
  { "kept_until", N_ ("Kept until"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn ERASED_COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "orders_kept", N_ ("Orders stay, without a name"), RUNGS_COLUMN_FLAG, NULL },
  { "mentions", N_ ("Texts about others"), RUNGS_COLUMN_NUMBER, NULL },
  { "practice_messages", N_ ("Practice messages removed"), RUNGS_COLUMN_NUMBER, NULL },
  { "wiped", N_ ("Gone from the file, its journal and the search"), RUNGS_COLUMN_FLAG, NULL },
  { "copies", N_ ("Copies that still hold the person"), RUNGS_COLUMN_ROWS, COPY_COLUMNS },
  { NULL },
};

static const RungsColumn REGISTER_COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "reason", N_ ("Why"), RUNGS_COLUMN_TEXT, NULL },
  { "orders_kept", N_ ("Orders stay"), RUNGS_COLUMN_FLAG, NULL },
  { "wiped_at", N_ ("Last byte gone"), RUNGS_COLUMN_TIME, NULL },
  { "copies_count", N_ ("Copies"), RUNGS_COLUMN_COUNT, NULL },
  { "kept_until", N_ ("The last one until"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const char *const FORMATS[] = { "text", "html", "json", NULL };

static gboolean
tell_all (RungsInvocation  *call,
          RungsDb          *db,
          GError          **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, 0, error);
  guint format = rungs_invocation_wants_json (call) ? 2 : 0;
  g_autoptr (RungsPrivacyReport) report = NULL;
  g_autofree char *page = NULL;

  if (lead == NULL || !rungs_invocation_get_choice (call, "format", FORMATS, &format, error))
    return FALSE;
  report = rungs_privacy_report_load (db, lead->id, rungs_invocation_get_now (call), error);
  if (report == NULL)
    return FALSE;
  page = format == 0   ? rungs_privacy_report_to_text (report)
         : format == 1 ? rungs_privacy_report_to_html (report)
                       : rungs_privacy_report_to_json (report);
  rungs_output_text (rungs_invocation_get_output (call), page);
  if (format == 2)
    rungs_output_text (rungs_invocation_get_output (call), "\n");
  return TRUE;
}

/* Adds the copies that hold the person, as an array. Returns: how many; `until`: when the last is
 * removed, 0 where somebody must do that. */
static guint
set_copies (JsonObject         *row,
            GPtrArray          *copies,
            const RungsErasure *erasure,
            gint64             *until)
{
  JsonArray *array = rungs_row_set_array (row, "copies");
  gboolean for_ever = FALSE;

  *until = 0;
  for (guint i = 0; i < copies->len; i++)
    {
      const RungsBackupCopy *copy = g_ptr_array_index (copies, i);
      JsonObject *member;

      if (!rungs_erasure_is_held_by (erasure, copy->written_at))
        continue;
      member = rungs_row_new ();
      rungs_row_set_text (member, "file", copy->path);
      rungs_row_set_time (member, "written_at", copy->written_at);
      rungs_row_set_time (member, "kept_until", copy->kept_until);
      json_array_add_object_element (array, member);
      for_ever |= copy->kept_until == 0;
      *until = MAX (*until, copy->kept_until);
    }
  if (for_ever)
    *until = 0;
  return json_array_get_length (array);
}

static gboolean
preview (RungsInvocation  *call,
         RungsDb          *db,
         const RungsLead  *lead,
         GError          **error)
{
  g_autoptr (RungsErasurePreview) found = rungs_erasure_preview (db, lead->id, error);
  JsonObject *row;
  JsonArray *mentions;
  JsonArray *kept;

  if (found == NULL)
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "id", lead->id);
  rungs_row_set_number (row, "orders", found->orders);
  mentions = rungs_row_set_array (row, "mentions");
  for (guint i = 0; i < found->mentions->len; i++)
    {
      const RungsErasureMention *mention = g_ptr_array_index (found->mentions, i);
      JsonObject *member = rungs_row_new ();

      rungs_row_set_text (member, "table", mention->place);
      rungs_row_set_text (member, "before", mention->before);
      rungs_row_set_text (member, "after", mention->after);
      json_array_add_object_element (mentions, member);
    }
  kept = rungs_row_set_array (row, "kept");
  for (guint i = 0; i < found->kept->len; i++)
    {
      const RungsErasureMention *mention = g_ptr_array_index (found->kept, i);
      JsonObject *member = rungs_row_new ();

      rungs_row_set_text (member, "table", mention->place);
      rungs_row_set_text (member, "name", mention->before);
      json_array_add_object_element (kept, member);
    }
  rungs_column_show (call, PREVIEW_COLUMNS, row);
  return TRUE;
}

typedef struct
{
  gint64 lead;
  const char *reason;
  gint64 now;
  RungsErasure *erasure; /* (owned) (nullable) */
} Erasing;

static gboolean
erase (RungsDb   *db,
       gpointer   data,
       GError   **error)
{
  Erasing *erasing = data;

  erasing->erasure = rungs_lead_erase (db, erasing->lead, erasing->reason, erasing->now, error);
  return erasing->erasure != NULL;
}

static void
show_erased (RungsInvocation       *call,
             gint64                 lead,
             const RungsErasure    *erasure,
             const RungsWipeReport *report,
             gboolean               wiped)
{
  g_autoptr (GPtrArray) copies = rungs_backup_list_copies (rungs_invocation_get_file (call),
                                                           rungs_invocation_get_now (call));
  JsonObject *row = rungs_row_new ();
  gint64 until;

  rungs_row_set_number (row, "id", lead);
  rungs_row_set_flag (row, "orders_kept", erasure->orders_kept);
  rungs_row_set_number (row, "mentions", erasure->mentions);
  rungs_row_set_number (row, "practice_messages", report->mails);
  rungs_row_set_flag (row, "wiped", wiped);
  set_copies (row, copies, erasure, &until);
  rungs_column_show (call, ERASED_COLUMNS, row);
}

/* Another program that has the file open may be in the way; then the engine removes the rest. */
static gboolean
erase_person (RungsInvocation  *call,
              RungsDb          *db,
              const RungsLead  *lead,
              GError          **error)
{
  Erasing erasing = { .lead = lead->id,
                      .reason = rungs_invocation_get_text (call, "reason", NULL),
                      .now = rungs_invocation_get_now (call) };
  g_autoptr (RungsErasure) erasure = NULL;
  g_autoptr (GError) trouble = NULL;
  RungsWipeReport report;
  gboolean wiped;

  if (!rungs_db_write (db, erase, &erasing, error))
    {
      g_clear_pointer (&erasing.erasure, rungs_erasure_free);
      return FALSE;
    }
  erasure = erasing.erasure;
  wiped = rungs_wipe (db, erasing.now, &report, &trouble);
  show_erased (call, lead->id, erasure, &report, wiped);
  if (wiped || g_error_matches (trouble, RUNGS_ERROR, RUNGS_ERROR_BUSY))
    return TRUE;
  if (rungs_output_flush (rungs_invocation_get_output (call), error))
    g_propagate_prefixed_error (error, g_steal_pointer (&trouble), "%s",
                                _ ("The person is erased, but what is left in the file could not"
                                   " be removed yet: "));
  return FALSE;
}

/* Nothing brings the person back, so the address must be given twice. */
static gboolean
erase_lead (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  const char *named = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, 0, error);

  if (lead == NULL)
    return FALSE;
  if (rungs_invocation_has (call, "preview"))
    return preview (call, db, lead, error);
  if (!rungs_invocation_require (call, "confirm", error))
    return FALSE;
  if (strcmp (rungs_invocation_get_text (call, "confirm", ""), named) != 0)
    return rungs_invocation_refuse (call, "confirm", _ ("what was given as EMAIL, once more"),
                                    error);
  return erase_person (call, db, lead, error);
}

static gboolean
list_erasures (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (GPtrArray) erasures = rungs_erasure_list (db, error);
  g_autoptr (GPtrArray) copies = rungs_backup_list_copies (rungs_invocation_get_file (call),
                                                           rungs_invocation_get_now (call));
  g_autoptr (RungsListing) listing = rungs_listing_new (call, REGISTER_COLUMNS);

  if (erasures == NULL)
    return FALSE;
  for (guint i = 0; i < erasures->len; i++)
    {
      const RungsErasure *erasure = g_ptr_array_index (erasures, i);
      JsonObject *row = rungs_row_new ();
      gint64 until;

      rungs_row_set_number (row, "id", erasure->id);
      rungs_row_set_time (row, "at", erasure->at);
      rungs_row_set_text (row, "reason", erasure->reason);
      rungs_row_set_flag (row, "orders_kept", erasure->orders_kept);
      rungs_row_set_number (row, "mentions", erasure->mentions);
      rungs_row_set_time (row, "wiped_at", erasure->wiped_at);
      rungs_row_set_number (row, "copies_count", set_copies (row, copies, erasure, &until));
      rungs_row_set_time (row, "kept_until", until);
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("Nobody was erased yet."));
  return TRUE;
}

static const GOptionEntry ERASE_OPTIONS[] = {
  RUNGS_OPTION ("confirm", N_ ("EMAIL"), N_ ("The same once more: it cannot be undone")),
  RUNGS_OPTION ("reason", N_ ("TEXT"), N_ ("Who asked and why, for the register; no names")),
  RUNGS_FLAG ("preview", N_ ("Only show what stays, and which texts about others are changed")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry PRIVACY_OPTIONS[] = {
  RUNGS_OPTION ("format", N_ ("FORMAT"), N_ ("text (the default), html or json")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_PRIVACY_COMMANDS[] = {
  { "leads privacy", "EMAIL", N_ ("Tell all that is known of a person"), RUNGS_COMMAND_READS,
    tell_all, PRIVACY_OPTIONS,
    N_ ("As text, as a page that stands alone and prints well (html), or as JSON, where the\n"
        "member “stored” holds every row of every table that belongs to the lead."),
    "{lead, made_at, business, known, stored}" },
  { "leads erase", "EMAIL", N_ ("Forget a person who asks for it, for ever"), RUNGS_COMMAND_HOLDS,
    erase_lead, ERASE_OPTIONS,
    N_ ("Orders stay, for the books, without a name; of the address a salted hash stays, so that\n"
        "no import brings it back. Where texts about others name the person, the name becomes\n"
        "“[…]”. Then the file is written anew, so that no byte of the person is left in it, in\n"
        "its journal or in the search index. Copies are named with how long they are kept; those\n"
        "that somebody made elsewhere, and files that were exported, are not known to Rungs."),
    "{id, orders_kept, mentions, practice_messages, wiped, copies: [file, written_at, "
    "kept_until]}" },
  { "leads erasures", "", N_ ("List who was erased (nobody is named), and which copies hold them"),
    RUNGS_COMMAND_READS, list_erasures, NULL,
    N_ ("When a copy is put back, those who were erased since it was made are erased again."),
    "[id, at, reason, orders_kept, mentions, wiped_at, copies: [file, written_at, kept_until], "
    "copies_count, kept_until]" },
  { NULL },
};
