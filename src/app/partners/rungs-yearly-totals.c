/* rungs-yearly-totals.c: what partners were paid in a year, for tax forms: seen and exported. */

#include "rungs-yearly-totals.h"

#include <glib/gi18n.h>

#include "partners/rungs-partner-totals-store.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-file-save.h"
#include "widgets/rungs-form.h"

/* How many years back are offered. */
#define YEARS 10

#define WIDTH 560
#define HEIGHT 560

typedef struct
{
  RungsPage *page;  /* (owned) */
  RungsForm *form;
  AdwComboRow *year;
  GtkListBox *list;
  GtkLabel *nobody; /* what is said where the list is empty */
  int this_year;
  GPtrArray *totals; /* (owned) (nullable) (element-type RungsPartnerTotal) that are shown */
  GCancellable *cancellable; /* (owned) (nullable) */
} Yearly;

static void
yearly_free (Yearly *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->totals, g_ptr_array_unref);
  g_object_unref (self->page);
  g_free (self);
}

static gint64
chosen_year (const Yearly *self)
{
  return self->this_year - (gint64) adw_combo_row_get_selected (self->year);
}

/* "DE · 3 payouts · 12.00 EUR came back · no tax number known · 1099-NEC" */
static char *
dup_facts (const RungsPartnerTotal *total)
{
  g_autofree char *payouts = rungs_display_number (total->payouts);
  g_autofree char *back = rungs_display_money (rungs_money (total->came_back, total->currency));
  g_autoptr (GString) words = g_string_new (total->country);

  if (words->len > 0)
    g_string_append (words, " · ");
  g_string_append_printf (words, ngettext ("%s payout", "%s payouts", total->payouts), payouts);
  if (total->came_back != 0)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words, _ ("%s came back"), back);
    }
  if (!total->has_tax_id)
    g_string_append_printf (words, " · %s", _ ("no tax number known"));
  if (*total->forms != '\0')
    {
      g_string_append (words, " · ");
      g_string_append_printf (words, _ ("to be reported by %s"), total->forms);
    }
  return g_strdup (words->str);
}

static GtkWidget *
row_of (const RungsPartnerTotal *total)
{
  g_autofree char *facts = dup_facts (total);
  g_autofree char *amount
      = rungs_display_money (rungs_money (total->paid - total->came_back, total->currency));
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (amount);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), total->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), facts);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

static void
show_totals (Yearly *self)
{
  GtkWidget *child;
  gboolean any = self->totals != NULL && self->totals->len > 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; any && i < self->totals->len; i++)
    gtk_list_box_append (self->list, row_of (self->totals->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->list), any);
  gtk_widget_set_visible (GTK_WIDGET (self->nobody), !any);
  gtk_label_set_label (self->nobody, _ ("Nobody was paid in that year."));
  rungs_form_set_ready (self->form, any);
}

/* On a reading thread. */
static gpointer
load_totals (RungsDb       *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  return rungs_partner_totals_load (db, *(const gint64 *) data, error);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsForm) form = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *totals = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  Yearly *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = g_object_get_data (G_OBJECT (form), "yearly");
  g_clear_pointer (&self->totals, g_ptr_array_unref);
  self->totals = totals;
  show_totals (self);
  if (error != NULL)
    gtk_label_set_label (self->nobody, error->message);
}

static void
ask (Yearly *self)
{
  gint64 year = chosen_year (self);

  rungs_form_set_ready (self->form, FALSE);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  rungs_store_read_async (rungs_page_get_store (self->page), load_totals,
                          g_memdup2 (&year, sizeof year), g_free,
                          (GDestroyNotify) g_ptr_array_unref, self->cancellable, loaded_cb,
                          g_object_ref (self->form));
}

static void
exported_cb (GtkWidget *widget)
{
  Yearly *self = g_object_get_data (G_OBJECT (widget), "yearly");

  rungs_page_notify (self->page, _ ("The yearly totals are saved"));
  gtk_window_destroy (GTK_WINDOW (widget));
}

static void
agreed_cb (RungsForm *form,
           Yearly    *self)
{
  gint64 year = chosen_year (self);
  g_autofree char *name = g_strdup_printf ("partners-%" G_GINT64_FORMAT ".csv", year);

  if (self->totals != NULL)
    rungs_csv_save (GTK_WIDGET (form), _ ("Save the Yearly Totals"), name,
                    rungs_partner_totals_to_csv (self->totals, year), exported_cb);
}

static AdwComboRow *
add_years (RungsForm *form,
           int        this_year)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < YEARS; i++)
    g_ptr_array_add (labels, g_strdup_printf ("%d", this_year - i));
  g_ptr_array_add (labels, NULL);
  return rungs_form_add_choice (form, _ ("Year"), (const char *const *) labels->pdata);
}

void
rungs_yearly_totals_open (RungsPage *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  Yearly *self = g_new0 (Yearly, 1);

  self->page = g_object_ref (page);
  self->this_year = g_date_time_get_year (now);
  self->form = rungs_form_new (GTK_WINDOW (root), _ ("Yearly Totals"), _ ("_Export…"));
  gtk_window_set_default_size (GTK_WINDOW (self->form), WIDTH, HEIGHT);
  rungs_form_set_text (self->form,
                       _ ("What left for each partner in a calendar year, less what came back. "
                          "Which forms it reaches depends on the country of the business; it is "
                          "no tax advice."));
  self->year = add_years (self->form, self->this_year);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_margin_top (GTK_WIDGET (self->list), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Partners who were paid"), -1);
  self->nobody = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_wrap (self->nobody, TRUE);
  gtk_label_set_selectable (self->nobody, TRUE);
  gtk_widget_set_margin_top (GTK_WIDGET (self->nobody), 12);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->list));
  rungs_form_add_widget (self->form, GTK_WIDGET (self->nobody));
  g_object_set_data_full (G_OBJECT (self->form), "yearly", self, (GDestroyNotify) yearly_free);
  g_signal_connect_swapped (self->year, "notify::selected", G_CALLBACK (ask), self);
  g_signal_connect (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  ask (self);
  gtk_window_present (GTK_WINDOW (self->form));
}
