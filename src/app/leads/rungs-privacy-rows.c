/* rungs-privacy-rows.c: a section of what is known of a person, as rows. */

#include "rungs-privacy-rows.h"

#include <glib/gi18n.h>
#include <string.h>

/* More are in the file that can be saved: nobody reads them in a window. */
#define MOST_ROWS 100
#define SHORT_TEXT 50

/* "Heading: text", for every text but those that the title says. */
static char *
dup_subtitle (const RungsPrivacySection *section,
              const char *const         *row,
              guint                      title)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; section->headings[i] != NULL; i++)
    {
      if (i == title || *row[i] == '\0')
        continue;
      if (words->len > 0)
        g_string_append (words, " · ");
      if (strcmp (section->headings[i], "When") != 0)
        g_string_append_printf (words, "%s: ", _ (section->headings[i]));
      g_string_append (words, row[i]);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* Which text names the row: the first that is neither a time nor a number. */
static guint
find_title (const RungsPrivacySection *section,
            const char *const         *row)
{
  static const char *const others[] = { "When", "Added", "Order", NULL };

  for (guint i = 0; section->headings[i] != NULL; i++)
    if (*row[i] != '\0' && !g_strv_contains (others, section->headings[i]))
      return i;
  return 0;
}

static GtkWidget *
new_row (const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *markup = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  return row;
}

/* A heading and a text: beside it where it is short, else below. */
static GtkWidget *
new_pair (const char *heading,
          const char *text)
{
  gboolean beside = g_utf8_strlen (text, -1) <= SHORT_TEXT && strchr (text, '\n') == NULL;
  GtkWidget *row = new_row (heading, beside ? "" : text);

  if (beside)
    {
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_set_can_focus (label, FALSE);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  return row;
}

static GtkWidget *
new_row_of (const RungsPrivacySection *section,
            const char *const         *row)
{
  gboolean pair = g_strv_length (section->headings) == 2
                  && strcmp (section->headings[1], "Value") == 0;
  guint title = find_title (section, row);
  g_autofree char *subtitle = NULL;

  if (pair)
    return new_pair (row[0], row[1]);
  subtitle = dup_subtitle (section, row, title);
  return new_row (row[title], subtitle);
}

/* A section of one row, such as since when, has a row a heading. */
static void
add_headings (AdwPreferencesGroup       *group,
              const RungsPrivacySection *section)
{
  const char *const *row = g_ptr_array_index (section->rows, 0);

  for (guint i = 0; section->headings[i] != NULL; i++)
    if (*row[i] != '\0')
      adw_preferences_group_add (group, new_pair (_ (section->headings[i]), row[i]));
}

GtkWidget *
rungs_privacy_rows_new (const RungsPrivacySection *section)
{
  GtkWidget *group = adw_preferences_group_new ();
  guint n;

  g_return_val_if_fail (section != NULL, NULL);

  n = section->rows->len;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), section->title);
  if (strcmp (section->key, "instants") == 0)
    {
      add_headings (ADW_PREFERENCES_GROUP (group), section);
      return group;
    }
  if (n > MOST_ROWS)
    {
      g_autofree char *rest = g_strdup_printf (
          ngettext ("The newest %d are shown; %u more is in the page that you can save.",
                    "The newest %d are shown; %u more are in the page that you can save.",
                    n - MOST_ROWS),
          MOST_ROWS, n - MOST_ROWS);

      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), rest);
    }
  for (guint i = n > MOST_ROWS ? n - MOST_ROWS : 0; i < n; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               new_row_of (section, g_ptr_array_index (section->rows, i)));
  return group;
}
