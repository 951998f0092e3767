/* rungs-payee-row.c: by which way a partner is paid; on demand where to.
 *
 * The file tells the way alone. All else is read with the key from the keyring, which is asked only
 * when somebody clicks Show; Hide leaves it shortened until another partner is looked at. */

#include "rungs-payee-row.h"

#include <glib/gi18n.h>

#include "rungs-page.h"
#include "rungs-payee-load.h"
#include "rungs-payee-words.h"

struct _RungsPayeeRow
{
  AdwActionRow parent_instance;

  GtkButton *show;

  gint64 partner;
  RungsPayWay way;
  gboolean whole;            /* all is shown */
  RungsPayee *payee;         /* (owned) (nullable): NULL: not read yet */
  GCancellable *cancellable; /* (owned) (nullable): of reading it */
};

G_DEFINE_FINAL_TYPE (RungsPayeeRow, rungs_payee_row, ADW_TYPE_ACTION_ROW)

static void
stop (RungsPayeeRow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
update (RungsPayeeRow *self)
{
  g_autofree char *words = NULL;

  if (self->payee == NULL)
    words = g_strdup (rungs_pay_way_words (self->way));
  else
    words = self->whole ? rungs_payee_dup_whole (self->payee) : rungs_payee_dup_short (self->payee);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
  gtk_button_set_label (self->show, self->whole ? _ ("Hide") : _ ("Show"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->show), self->cancellable == NULL);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (RungsPayeeRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPayee) payee = rungs_payee_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || self->cancellable != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->payee, rungs_payee_free);
  self->payee = g_steal_pointer (&payee);
  self->whole = self->whole && self->payee != NULL;
  update (self);
  if (error != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    rungs_payee_tell (GTK_WIDGET (self), _ ("The Details Cannot Be Read"), error);
}

static void
read_details (RungsPayeeRow *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), RUNGS_TYPE_PAGE);

  stop (self);
  self->cancellable = g_cancellable_new ();
  rungs_payee_read_async (rungs_page_get_store (RUNGS_PAGE (page)), self->partner,
                          self->cancellable, read_cb, g_object_ref (self));
}

static void
clicked_cb (RungsPayeeRow *self)
{
  self->whole = !self->whole;
  if (self->whole)
    read_details (self);
  else
    update (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->show), self->cancellable == NULL);
}

static void
rungs_payee_row_dispose (GObject *object)
{
  stop (RUNGS_PAYEE_ROW (object));
  g_clear_pointer (&RUNGS_PAYEE_ROW (object)->payee, rungs_payee_free);
  G_OBJECT_CLASS (rungs_payee_row_parent_class)->dispose (object);
}

static void
rungs_payee_row_class_init (RungsPayeeRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_payee_row_dispose;
}

static void
add_edit (RungsPayeeRow *self)
{
  GtkWidget *edit = gtk_button_new_from_icon_name ("document-edit-symbolic");

  gtk_widget_set_valign (edit, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (edit, "flat");
  gtk_widget_set_tooltip_text (edit, _ ("How the partner is paid; asks the keyring where something"
                                        " is stored"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (edit), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Payout Details…"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (edit), "partners.payout-details");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), edit);
}

static void
rungs_payee_row_init (RungsPayeeRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Paid by"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  self->show = GTK_BUTTON (gtk_button_new_with_label (_ ("Show")));
  gtk_widget_set_valign (GTK_WIDGET (self->show), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->show), "small-button");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->show),
                               _ ("Where to; asks the keyring for the key"));
  g_signal_connect_swapped (self->show, "clicked", G_CALLBACK (clicked_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->show));
  add_edit (self);
}

void
rungs_payee_row_set (RungsPayeeRow      *self,
                     const RungsPartner *partner,
                     gboolean            there)
{
  gboolean known;

  g_return_if_fail (RUNGS_IS_PAYEE_ROW (self));

  known = self->partner == partner->id && there
          && (self->payee != NULL || self->cancellable != NULL);
  self->partner = partner->id;
  self->way = partner->pay_way;
  gtk_widget_set_visible (GTK_WIDGET (self->show), there);
  if (known)
    {
      read_details (self);
      return;
    }
  stop (self);
  self->whole = FALSE;
  g_clear_pointer (&self->payee, rungs_payee_free);
  update (self);
}
