/* rungs-practice-rows.c: what the practice account wrote, as rows of a browser.
 *
 * The folder is not in the file, so a list holds the mails themselves;
 * the id of one is made of its name. */

#include "rungs-practice-rows.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-practice-transport.h"
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

static gboolean
has_words (const char *text,
           const char *folded)
{
  g_autofree char *own = g_utf8_casefold (text, -1);

  return strstr (own, folded) != NULL;
}

static RungsPracticeMail *
copy_row (const RungsPracticeMail *mail)
{
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

static gpointer
list_mails (RungsDb   *db,
            gpointer   query,
            guint      limit,
            GError   **error)
{
  g_autofree char *folder = rungs_practice_get_folder (rungs_db_get_path (db));
  g_autofree char *words = g_utf8_casefold (query, -1);
  g_autoptr (GPtrArray) mails = NULL;

  mails = rungs_practice_folder_list (folder,
                                      limit > 0 && *words == '\0' ? limit : RUNGS_PRACTICE_SHOWN,
                                      NULL, error);
  if (mails == NULL || *words == '\0')
    return g_steal_pointer (&mails);
  for (guint i = mails->len; i > 0; i--)
    {
      const RungsPracticeMail *mail = g_ptr_array_index (mails, i - 1);

      if (!has_words (mail->subject, words) && !has_words (mail->to, words))
        g_ptr_array_remove_index (mails, i - 1);
    }
  return g_steal_pointer (&mails);
}

static void
list_free (gpointer list)
{
  g_ptr_array_unref (list);
}

static guint
get_count (gpointer list)
{
  return ((GPtrArray *) list)->len;
}

static gint64
get_id (gpointer list,
        guint    position)
{
  return id_of (((RungsPracticeMail *) g_ptr_array_index ((GPtrArray *) list, position))->name);
}

static GPtrArray *
read_rows (RungsDb   *db,
           gpointer   list,
           guint      first,
           guint      n,
           GError   **error)
{
  GPtrArray *mails = list;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_practice_mail_free);

  for (guint i = first; i < mails->len && i - first < n; i++)
    g_ptr_array_add (rows, copy_row (g_ptr_array_index (mails, i)));
  return rows;
}

const RungsBrowserSource *
rungs_practice_rows_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_mails,
    .list_free = list_free,
    .get_count = get_count,
    .get_id = get_id,
    .rows = read_rows,
    .query_free = g_free,
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
