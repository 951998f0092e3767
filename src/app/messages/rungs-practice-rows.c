/* rungs-practice-rows.c: what the practice account wrote, as rows of a browser.
 *
 * The folder is not in the file, so a list holds the mails themselves;
 * the id of one is made of its name. */

#include "rungs-practice-rows.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "mail/rungs-practice-transport.h"
#include "widgets/rungs-browser-held.h"
#include "widgets/rungs-display.h"

/* FNV-1a with 64 bits, of which 63 are kept (http://www.isthe.com/chongo/tech/comp/fnv/). */
static gint64
id_of (const char *name)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (const char *c = name; *c != '\0'; c++)
    hash = (hash ^ (guint8) *c) * G_GUINT64_CONSTANT (0x100000001b3);
  return (gint64) (hash >> 1);
}

/* ---- the source, on threads of the store */

static gint64
get_id (gconstpointer row)
{
  return id_of (((const RungsPracticeMail *) row)->name);
}

static gpointer
copy_row (gconstpointer data)
{
  const RungsPracticeMail *mail = data;
  RungsPracticeMail *copy = g_new0 (RungsPracticeMail, 1);

  copy->name = g_strdup (mail->name);
  copy->from = g_strdup (mail->from);
  copy->to = g_strdup (mail->to);
  copy->subject = g_strdup (mail->subject);
  copy->message_id = g_strdup (mail->message_id);
  copy->at = mail->at;
  copy->size = mail->size;
  return copy;
}

static const RungsBrowserHeld MAILS = {
  .get_id = get_id,
  .copy = copy_row,
  .free = (GDestroyNotify) rungs_practice_mail_free,
};

static gpointer
list_mails (RungsDb   *db,
            gpointer   data,
            guint      limit,
            GError   **error)
{
  const RungsBrowserQuery *query = data;
  g_autofree char *folder = rungs_practice_get_folder (rungs_db_get_path (db));
  guint most = limit > 0 && *query->words == '\0' ? limit : RUNGS_PRACTICE_SHOWN;
  g_autoptr (GPtrArray) mails = rungs_practice_folder_list (folder, most, NULL, error);

  for (guint i = mails != NULL ? mails->len : 0; i > 0; i--)
    {
      const RungsPracticeMail *mail = g_ptr_array_index (mails, i - 1);

      if (!rungs_browser_words_match (query->words, mail->subject, mail->to, NULL))
        g_ptr_array_remove_index (mails, i - 1);
    }
  return mails != NULL ? rungs_browser_held_new (g_steal_pointer (&mails), &MAILS) : NULL;
}

const RungsBrowserSource *
rungs_practice_rows_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_mails,
    RUNGS_BROWSER_HELD,
    .query_free = (GDestroyNotify) rungs_browser_query_free,
  };

  return &source;
}

gpointer
rungs_practice_rows_load (RungsDb       *db,
                          gpointer       data,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autofree char *folder = rungs_practice_get_folder (rungs_db_get_path (db));
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (id_of (name) == *(gint64 *) data)
      return rungs_practice_folder_read (folder, name, error);
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, "the file of this message is gone");
  return NULL;
}

/* ---- the columns */

static char *
to_text (gpointer row)
{
  return g_strdup (((RungsPracticeMail *) row)->to);
}

static char *
subject_text (gpointer row)
{
  return g_strdup (((RungsPracticeMail *) row)->subject);
}

static char *
time_text (gpointer row)
{
  return rungs_display_moment (((RungsPracticeMail *) row)->at, rungs_display_now ());
}

static char *
size_text (gpointer row)
{
  return g_format_size ((guint64) ((RungsPracticeMail *) row)->size);
}

static const RungsBrowserColumn COLUMNS[] = {
  { "to", N_ ("To"), RUNGS_BROWSER_COLUMN_FIXED, 240, to_text, NULL },
  { "subject", N_ ("Subject"), RUNGS_BROWSER_COLUMN_EXPAND, 240, subject_text, NULL },
  { "time", N_ ("Written"), 0, 120, time_text, NULL },
  { "size", N_ ("Size"), RUNGS_BROWSER_COLUMN_HIDDEN | RUNGS_BROWSER_COLUMN_NUMERIC, 80, size_text,
    NULL },
};

const RungsBrowserColumn *
rungs_practice_rows_get_columns (guint *n)
{
  *n = G_N_ELEMENTS (COLUMNS);
  return COLUMNS;
}
