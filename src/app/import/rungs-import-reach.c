/* rungs-import-reach.c: says to whom of an import marketing may be sent,
 * and why not to the others. */

#include "rungs-import-reach.h"

#include <glib/gi18n.h>

#include "widgets/rungs-display.h"

static GtkWidget *
add_row (GPtrArray  *rows,
         const char *icon_name,
         const char *style,
         gint64      number,
         const char *title,
         const char *advice)
{
  GtkWidget *row = NULL;
  GtkWidget *icon = NULL;
  g_autofree char *shown = rungs_display_number (number);

  if (number == 0)
    return NULL;
  row = adw_action_row_new ();
  icon = gtk_image_new_from_icon_name (icon_name);
  if (style != NULL)
    gtk_widget_add_css_class (icon, style);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (advice != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), advice);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_label_new (shown));
  g_ptr_array_add (rows, row);
  return row;
}

/* They agreed, only nobody wrote it down: the file is imported once more with the words. */
static void
offer_consent (GtkWidget  *row,
               const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("They A_greed…"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

GPtrArray *
rungs_import_reach_rows (const RungsImportReach *reach,
                         const char             *consent_action)
{
  GPtrArray *rows = g_ptr_array_new ();
  GtkWidget *unknown;

  add_row (rows, "object-select-symbolic", "success", reach->may_write,
           _ ("May get it: they agreed"), NULL);
  unknown = add_row (rows, "dialog-question-symbolic", "warning", reach->no_consent,
                     _ ("No consent is known"),
                     _ ("They get none until it is written down to which words they agreed."));
  if (unknown != NULL && consent_action != NULL)
    offer_consent (unknown, consent_action);
  add_row (rows, "action-unavailable-symbolic", NULL, reach->said_no,
           _ ("Said no, or the address does not work"), _ ("They get none, whatever is sent."));
  add_row (rows, "call-start-symbolic", NULL, reach->no_address, _ ("Have no e-mail address"),
           _ ("They can be called, or written to by post."));
  return rows;
}
