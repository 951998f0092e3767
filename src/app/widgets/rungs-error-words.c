/* rungs-error-words.c: errors in the user's words. */

#include "rungs-error-words.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "compat/rungs-question.h"

#define TITLE "rungs-title"

/* What to do about an error of that code; NULL where its own text says it all. */
static const char *
advice (const GError *error)
{
  if (error->domain == G_IO_ERROR && error->code == G_IO_ERROR_NO_SPACE)
    return _ ("The disk is full. Make room, then try again.");
  if (error->domain != RUNGS_ERROR)
    return NULL;

  switch ((RungsError) error->code)
    {
    case RUNGS_ERROR_BUSY:
      return _ ("Another program is using the file just now. Try again in a moment.");
    case RUNGS_ERROR_TOO_NEW:
      return _ ("The file was written by a newer Rungs. Install the newest one.");
    case RUNGS_ERROR_DAMAGED:
      return _ ("The file is damaged. Restore a backup in Settings.");
    case RUNGS_ERROR_NETWORK:
      return _ (
          "The server could not be reached. Check its name and your connection to the internet.");
    case RUNGS_ERROR_AUTH:
      return _ ("The name or the password was refused. Check both.");
    case RUNGS_ERROR_LOCKED:
    case RUNGS_ERROR_NOT_FOUND:
    case RUNGS_ERROR_INVALID:
    case RUNGS_ERROR_CONFLICT:
    case RUNGS_ERROR_FAILED:
    default:
      return NULL;
    }
}

/* The text, begun with a capital as a sentence is. */
static char *
dup_begun (const char *text)
{
  g_autofree char *first = NULL;

  if (*text == '\0' || !g_utf8_validate (text, -1, NULL))
    return g_strdup (text);
  first = g_utf8_strup (text, g_utf8_next_char (text) - text);
  return g_strconcat (first, g_utf8_next_char (text), NULL);
}

char *
rungs_error_words (const GError *error)
{
  const char *words = advice (error);
  g_autofree char *cause = NULL;

  g_return_val_if_fail (error != NULL, NULL);

  if (words != NULL)
    return g_strdup_printf ("%s\n\n%s", words, error->message);
  cause = dup_begun (error->message);
  return g_strdup_printf (g_str_has_suffix (cause, ".") ? "%s" : "%s.", cause);
}

/* A window that was closed while it waited leaves what is to be said to the one behind it. */
static GtkWidget *
behind_closed (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  while (GTK_IS_WINDOW (root) && !gtk_widget_get_visible (GTK_WIDGET (root)))
    root = (GtkRoot *) gtk_window_get_transient_for (GTK_WINDOW (root));
  return root != NULL ? GTK_WIDGET (root) : widget;
}

void
rungs_error_tell (GtkWidget    *parent,
                  const char   *heading,
                  const GError *error)
{
  g_autofree char *words = rungs_error_words (error);

  rungs_question_tell (behind_closed (parent), heading, words, error->message);
}

void
rungs_error_mark_row (AdwEntryRow *row,
                      const char  *text)
{
  const char *title = g_object_get_data (G_OBJECT (row), TITLE);
  g_autofree char *shown = NULL;
  g_autofree char *marked = NULL;

  g_return_if_fail (ADW_IS_ENTRY_ROW (row));

  if (title == NULL)
    {
      title = g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
      g_object_set_data_full (G_OBJECT (row), TITLE, (gpointer) title, g_free);
    }
  if (text != NULL && adw_preferences_row_get_use_markup (ADW_PREFERENCES_ROW (row)))
    shown = g_markup_escape_text (text, -1);
  /* Translators: the name of a field and what is wrong with what was entered. */
  marked = text != NULL ? g_strdup_printf (_ ("%s: %s"), title, shown != NULL ? shown : text)
                        : g_strdup (title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), marked);
  if (text != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               text != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                            : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

const char *
rungs_error_stored_words (const char *reason)
{
  g_return_val_if_fail (reason != NULL, NULL);

  /* an empty word is translated into the head of the translation */
  return *reason != '\0' ? _ (reason) : reason;
}
