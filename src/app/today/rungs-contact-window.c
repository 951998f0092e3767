/* rungs-contact-window.c: how soon somebody was in touch, by source, in a window of its own. */

#include "today/rungs-contact-window.h"

#include <glib/gi18n.h>

#include "insights/rungs-contact-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-sheet.h"
#include "widgets/rungs-side-window.h"

/* What is counted of a source. */
static char *
describe (const RungsContactFigures *figures)
{
  g_autofree char *captured = rungs_display_number (figures->captured);
  g_autofree char *contacted = rungs_display_number (figures->contacted);
  g_autofree char *half = rungs_contact_dup_span (figures->median);
  g_autofree char *most = rungs_contact_dup_span (figures->ninetieth);

  if (figures->ninetieth < 0)
    return g_strdup_printf (_ ("%s captured, %s in touch · half of them within %s"), captured,
                            contacted, half);
  return g_strdup_printf (
    _ ("%s captured, %s in touch · half of them within %s, nine of ten within %s"), captured,
    contacted, half, most);
}

static GtkWidget *
new_row (const RungsContactFigures *figures,
         const char                *name)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (name, -1);
  g_autofree char *words = describe (figures);
  g_autofree char *share = rungs_contact_dup_share (figures->within_hour, figures->judged);
  /* Translators: a share, "71 %" or "5 of 7". */
  g_autofree char *text = g_strdup_printf (_ ("Within an hour: %s"), share);
  GtkWidget *label = gtk_label_new (text);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

static GtkWidget *
new_groups (GPtrArray *figures)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (group),
    _ ("From the first form, booking or order until somebody logged a call that reached the lead, "
       "or a meeting, or did a task about it. With whom nobody was in touch yet counts as having "
       "waited longer than all others."));
  for (guint i = 0; i < figures->len; i++)
    {
      const RungsContactFigures *one = figures->pdata[i];
      gboolean all = i + 1 == figures->len;

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                 new_row (one, all                ? _ ("All")
                                               : one->source != 0 ? one->name
                                                                  : _ ("No source")));
    }
  return group;
}

void
rungs_contact_window_open (GtkWidget *widget,
                           GPtrArray *figures)
{
  GtkWidget *sheet = g_object_new (RUNGS_TYPE_SHEET, "content", new_groups (figures), NULL);
  GtkWindow *window = rungs_side_window_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                                             _ ("First Contact by Source"), 640, 520, sheet);

  gtk_widget_set_vexpand (sheet, TRUE);
  gtk_window_set_modal (window, TRUE);
  gtk_window_present (window);
}
