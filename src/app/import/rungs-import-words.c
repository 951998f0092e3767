/* rungs-import-words.c: what an import reads and did, in the user's words. */

#include "rungs-import-words.h"

#include <glib/gi18n.h>

#include "widgets/rungs-display.h"

const char *
rungs_import_target_words (RungsImportTarget target)
{
  static const char *const words[RUNGS_IMPORT_N_TARGETS] = {
    [RUNGS_IMPORT_IGNORE] = N_ ("Leave out"),
    [RUNGS_IMPORT_FIELD] = N_ ("A new field"),
    [RUNGS_IMPORT_EMAIL] = N_ ("E-mail"),
    [RUNGS_IMPORT_FIRST_NAME] = N_ ("First name"),
    [RUNGS_IMPORT_LAST_NAME] = N_ ("Last name"),
    [RUNGS_IMPORT_FULL_NAME] = N_ ("Whole name"),
    [RUNGS_IMPORT_COMPANY] = N_ ("Company"),
    [RUNGS_IMPORT_PHONE] = N_ ("Telephone"),
    [RUNGS_IMPORT_STREET] = N_ ("Street"),
    [RUNGS_IMPORT_STREET_2] = N_ ("Street, second line"),
    [RUNGS_IMPORT_POSTCODE] = N_ ("Postcode"),
    [RUNGS_IMPORT_CITY] = N_ ("City"),
    [RUNGS_IMPORT_REGION] = N_ ("Region"),
    [RUNGS_IMPORT_COUNTRY] = N_ ("Country"),
    [RUNGS_IMPORT_LANGUAGE] = N_ ("Language"),
    [RUNGS_IMPORT_ZONE] = N_ ("Time zone"),
    [RUNGS_IMPORT_NOTES] = N_ ("Notes"),
    [RUNGS_IMPORT_TAGS] = N_ ("Tags"),
    [RUNGS_IMPORT_CREATED_AT] = N_ ("Known since"),
    [RUNGS_IMPORT_CONSENT_AT] = N_ ("Agreed on"),
    [RUNGS_IMPORT_STATUS] = N_ ("Subscribed or not"),
    [RUNGS_IMPORT_UNSUBSCRIBED] = N_ ("Unsubscribed"),
    [RUNGS_IMPORT_BOUNCED] = N_ ("Address does not work"),
  };

  g_return_val_if_fail (target < RUNGS_IMPORT_N_TARGETS, NULL);

  return _ (words[target]);
}

const char *
rungs_source_kind_words (RungsSourceKind kind)
{
  static const char *const words[RUNGS_SOURCE_KINDS] = {
    [RUNGS_SOURCE_CUSTOMERS] = N_ ("Current customers"),
    [RUNGS_SOURCE_PPC] = N_ ("Pay-per-click"),
    [RUNGS_SOURCE_OTHER] = N_ ("Other marketing"),
    [RUNGS_SOURCE_SEO] = N_ ("SEO and social"),
    [RUNGS_SOURCE_JV] = N_ ("Joint ventures"),
    [RUNGS_SOURCE_AFFILIATE] = N_ ("Affiliates"),
  };

  g_return_val_if_fail (kind < RUNGS_SOURCE_KINDS, NULL);

  return _ (words[kind]);
}

/* Adds a line with a number in the place of %s, where the number is not 0. */
static void
add_line (GString    *text,
          const char *parting,
          const char *words,
          gint64      number)
{
  g_autofree char *shown = rungs_display_number (number);
  g_auto (GStrv) around = NULL;
  g_autofree char *line = NULL;

  if (number == 0)
    return;
  around = g_strsplit (words, "%s", 2);
  line = g_strjoinv (shown, around);
  g_string_append_printf (text, "%s%s", text->len > 0 ? parting : "", line);
}

char *
rungs_import_result_words (const RungsImportResult *result)
{
  g_autoptr (GString) text = g_string_new (NULL);

  add_line (text, "\n", _ ("New leads: %s"), result->leads_created);
  add_line (text, "\n", _ ("Leads that were there and were updated: %s"), result->leads_updated);
  add_line (text, "\n", _ ("Leads that were there and stay as they were: %s"),
            result->leads_unchanged);
  add_line (text, "\n", _ ("Rows about a lead that a row before was of: %s"),
            result->rows_repeated);
  add_line (text, "\n", _ ("Put on the do-not-send list, as the file says: %s"),
            result->leads_suppressed);
  add_line (text, "\n", _ ("Dates that could not be read and were left out: %s"),
            result->dates_unread);
  add_line (text, "\n", _ ("Letters that this encoding does not have: %s"), result->bytes_replaced);
  add_line (text, "\n", _ ("Rows refused: %s"), result->rows_refused);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
rungs_import_run_words (const RungsImportRun *run)
{
  g_autofree char *when = rungs_display_moment (run->started_at, rungs_display_now ());
  g_autoptr (GString) text = g_string_new (when);

  add_line (text, " · ", _ ("%s new"), run->leads_created);
  add_line (text, " · ", _ ("%s updated"), run->leads_updated);
  add_line (text, " · ", _ ("%s unchanged"), run->leads_unchanged);
  add_line (text, " · ", _ ("%s refused"), run->rows_refused);
  if (run->undone_at != 0)
    g_string_append_printf (text, " · %s", _ ("taken back"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
rungs_import_undo_words (const RungsImportUndo *undo)
{
  g_autoptr (GString) text = g_string_new (NULL);

  add_line (text, " · ", _ ("Leads removed: %s"), undo->leads_deleted);
  add_line (text, " · ", _ ("kept, for there is more about them since: %s"), undo->leads_kept);
  add_line (text, " · ", _ ("values put back: %s"), undo->values_restored);
  add_line (text, " · ", _ ("values that were changed since and stay: %s"), undo->values_kept);
  if (text->len == 0)
    g_string_append (text, _ ("There was nothing to take back"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
