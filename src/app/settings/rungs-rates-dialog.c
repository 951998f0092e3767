/* rungs-rates-dialog.c: rates of currencies are typed, pasted, or taken over from a file.
 *
 * While it is filled in, the dialog shows as a sentence what would be stored: "1 EUR = 1.0876 USD".
 * Where a table does not say which way round its figures are meant, nothing is chosen until a
 * person has. */

#include "settings/rungs-rates-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-time.h"
#include "leads/rungs-business-store.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-wrapping-label.h"

/* Lines of a table that are told to be wrong. */
#define MOST_FAULTS 5

/* How the figures of a column a currency are meant. */
enum
{
  UNSAID,
  OF_ONE,  /* so many of the column for one of what is chosen */
  SO_MANY, /* so many of what is chosen for one of the column */
};

typedef struct
{
  RungsForm *form;                /* (unowned): owns this */
  RungsStore *store;              /* (owned) */
  RungsRatesBeginning *beginning; /* (owned) */
  RungsRateChange *change;        /* (owned) (nullable): once the button was clicked */
  AdwComboRow *meaning;           /* (nullable): of a column a currency */
  RungsChoiceRow *base;           /* (nullable): also what is chosen of a column a currency */
  RungsChoiceRow *quote;          /* (nullable) */
  GtkTextBuffer *lines;           /* (nullable): where they are typed */
  gboolean untouched;             /* nothing has been typed yet */
  GtkSwitch *all;                 /* (nullable): also of currencies that are not used */
  GtkWidget *preview;
  GtkWidget *faults;
} Dialog;

/* ---- the beginning */

void
rungs_rates_beginning_free (RungsRatesBeginning *self)
{
  g_clear_pointer (&self->used, g_array_unref);
  g_clear_pointer (&self->table, rungs_exchange_table_free);
  g_free (self->path);
  g_free (self);
}

gpointer
rungs_rates_beginning_load (RungsDb       *db,
                            gpointer       data,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_autoptr (RungsRatesBeginning) self = g_new0 (RungsRatesBeginning, 1);
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  const char *path = data;

  if (business == NULL)
    return NULL;
  g_strlcpy (self->report,
             *business->report_currency != '\0' ? business->report_currency : business->currency,
             sizeof self->report);
  self->used = rungs_exchange_list_currencies (db, error);
  if (self->used == NULL)
    return NULL;
  if (*path == '\0')
    return g_steal_pointer (&self);
  self->path = g_strdup (path);
  self->table = rungs_exchange_table_open (path, error);
  return self->table != NULL ? g_steal_pointer (&self) : NULL;
}

/* ---- what the fields say */

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_object_unref (self->store);
  rungs_rates_beginning_free (self->beginning);
  g_clear_pointer (&self->change, rungs_rate_change_unref);
  g_free (self);
}

static Dialog *
dialog_of (RungsForm *form)
{
  return g_object_get_data (G_OBJECT (form), "rates-dialog");
}

static const char *
chosen (RungsChoiceRow *row)
{
  const char *value = row != NULL ? rungs_choice_row_get_value (row) : NULL;

  return value != NULL ? value : "";
}

/* The table as it is typed, or that of the file. */
static RungsExchangeTable *
read_table (Dialog  *self,
            GError **error)
{
  g_autofree char *text = NULL;

  if (self->lines == NULL)
    return rungs_exchange_table_copy (self->beginning->table);
  text = rungs_form_dup_lines (self->lines);
  return rungs_exchange_table_parse (text, error);
}

static gboolean
state (Dialog              *self,
       RungsExchangeTable  *table,
       GError             **error)
{
  guint meaning = self->meaning != NULL ? adw_combo_row_get_selected (self->meaning) : UNSAID;
  const char *of = chosen (self->base);

  if (self->meaning != NULL)
    return rungs_exchange_table_state (table, meaning == OF_ONE ? of : "",
                                       meaning == SO_MANY ? of : "", error);
  return rungs_exchange_table_state (table, of, chosen (self->quote), error);
}

/* What is to be stored; NULL with an error where it is not said whole. */
static RungsExchangeTable *
read_fields (Dialog  *self,
             GError **error)
{
  g_autoptr (RungsExchangeTable) table = read_table (self, error);

  if (table == NULL || !state (self, table, error))
    return NULL;
  if (self->all != NULL && !gtk_switch_get_active (self->all))
    rungs_exchange_table_keep (table, self->beginning->used, self->beginning->report);
  return g_steal_pointer (&table);
}

/* ---- what would be stored */

static char *
describe (const Dialog             *self,
          const RungsExchangeTable *table)
{
  const RungsExchangeRate *first;
  g_autofree char *number = rungs_display_number (table->rates->len);
  g_autofree char *words = NULL;
  g_autofree char *day = NULL;
  g_autofree char *one = NULL;
  g_autofree char *many = NULL;

  if (table->rates->len == 0 && self->lines == NULL)
    return g_strdup (_ ("There is no rate in it."));
  if (table->rates->len == 0)
    return g_strdup (_ ("Write a rate behind the day: 2026-03-01 0.92"));
  first = &g_array_index (table->rates, RungsExchangeRate, 0);
  words = rungs_rate_words (first);
  day = rungs_display_calendar_day (first->day);
  /* Translators: a day, a rate: "From 22 November 2026: 1 EUR = 1.0876 USD" */
  one = g_strdup_printf (_ ("From %s: %s"), day, words);
  if (table->rates->len == 1)
    return g_steal_pointer (&one);
  /* Translators: behind it stands one of them: "From 22 November 2026: 1 EUR = 1.0876 USD" */
  many = g_strdup_printf (ngettext ("%s rate, such as this:", "%s rates, such as this:",
                                    table->rates->len),
                          number);
  return g_strjoin ("\n", many, one, NULL);
}

static char *
describe_faults (const RungsExchangeTable *table)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < MIN (table->faults->len, MOST_FAULTS); i++)
    {
      const RungsExchangeFault *fault = g_ptr_array_index (table->faults, i);

      g_string_append (words, words->len > 0 ? "\n" : "");
      g_string_append_printf (words, _ ("Line %u: %s"), (guint) fault->line, fault->reason);
    }
  if (table->faults->len > MOST_FAULTS)
    {
      guint more = table->faults->len - MOST_FAULTS;

      g_string_append (words, "\n");
      g_string_append_printf (words, ngettext ("… and %u more line", "… and %u more lines", more),
                              more);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
show_text (GtkWidget  *label,
           const char *words)
{
  gtk_label_set_label (GTK_LABEL (label), words);
  gtk_widget_set_visible (label, *words != '\0');
}

static void
edited_cb (Dialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsExchangeTable) table = read_fields (self, &error);
  g_autofree char *words = table != NULL ? describe (self, table) : NULL;
  g_autofree char *faults = table != NULL ? describe_faults (table) : g_strdup ("");

  if (self->preview == NULL)
    return;
  show_text (self->preview, words != NULL ? words : error->message);
  show_text (self->faults, self->untouched ? "" : faults);
  rungs_form_set_ready (self->form, table != NULL && table->rates->len > 0
                                      && (self->lines == NULL || table->faults->len == 0));
}

static void
typed_cb (Dialog *self)
{
  self->untouched = FALSE;
  edited_cb (self);
}

static void
destroyed_cb (Dialog *self)
{
  self->preview = NULL;
}

/* ---- storing */

static void
agreed_cb (RungsForm *form)
{
  Dialog *self = dialog_of (form);
  g_autoptr (RungsExchangeTable) table = read_fields (self, NULL);

  if (table == NULL)
    return;
  g_clear_pointer (&self->change, rungs_rate_change_unref);
  self->change = rungs_rate_change_new (g_array_ref (table->rates), FALSE);
  rungs_form_save (form, self->store, rungs_rate_change_do, rungs_rate_change_ref (self->change),
                   (GDestroyNotify) rungs_rate_change_unref, _ ("The Rates Could Not Be Stored"),
                   NULL);
}

/* ---- the form */

static RungsChoiceRow *
add_currencies (Dialog     *self,
                const char *title,
                const char *value)
{
  GtkWidget *row = g_object_new (RUNGS_TYPE_CHOICE_ROW, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  rungs_choice_row_add_currencies (RUNGS_CHOICE_ROW (row));
  rungs_choice_row_set_value (RUNGS_CHOICE_ROW (row), value);
  g_signal_connect_swapped (row, "notify::value", G_CALLBACK (edited_cb), self);
  rungs_form_add_widget (self->form, row);
  return RUNGS_CHOICE_ROW (row);
}

/* One that needs a rate; the dollar where none does. */
static const char *
foreign_currency (const RungsRatesBeginning *beginning)
{
  for (guint i = 0; i < beginning->used->len; i++)
    {
      const RungsMoney *used = &g_array_index (beginning->used, RungsMoney, i);

      if (strcmp (used->currency, beginning->report) != 0)
        return used->currency;
    }
  return strcmp (beginning->report, "USD") != 0 ? "USD" : "EUR";
}

static void
add_two (Dialog                  *self,
         const RungsExchangeRate *rate)
{
  self->base = add_currencies (self, _ ("One Unit of"),
                               rate != NULL ? rate->base : foreign_currency (self->beginning));
  self->quote = add_currencies (self, _ ("Is Worth so Many"),
                                rate != NULL ? rate->quote : self->beginning->report);
}

static void
add_meaning (Dialog *self)
{
  const char *const labels[] = {
    _ ("Choose…"),
    _ ("1 of it = so many of each"),
    _ ("1 of each = so many of it"),
    NULL,
  };
  const char *base = self->beginning->table->base;

  self->meaning = rungs_form_add_choice (self->form, _ ("Each Figure Says"), labels);
  adw_combo_row_set_selected (self->meaning, *base != '\0' ? OF_ONE : UNSAID);
  g_signal_connect_swapped (self->meaning, "notify::selected", G_CALLBACK (edited_cb), self);
  self->base
    = add_currencies (self, _ ("Currency"), *base != '\0' ? base : self->beginning->report);
}

static void
add_all (Dialog *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->all = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->all), GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("All Currencies of the File"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               _ ("Else only those of your products, orders and costs"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->all));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->all));
  g_signal_connect_swapped (self->all, "notify::active", G_CALLBACK (edited_cb), self);
  rungs_form_add_widget (self->form, row);
}

static void
add_lines (Dialog                  *self,
           const RungsExchangeRate *rate)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  g_autofree char *today = rungs_time_format_day (rungs_display_now (), here);
  g_autofree char *number = rate != NULL ? rungs_exchange_rate_format (rate->rate) : NULL;
  g_autofree char *text
    = g_strdup_printf ("%s %s", rate != NULL ? rate->day : today, number != NULL ? number : "");

  self->lines = rungs_form_add_lines (self->form, _ ("A Day and a Rate a Line"), text);
  self->untouched = TRUE;
  g_signal_connect_swapped (self->lines, "changed", G_CALLBACK (typed_cb), self);
}

static GtkWidget *
add_label (Dialog     *self,
           const char *style)
{
  GtkWidget *label = rungs_wrapping_label_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_add_css_class (label, style);
  rungs_form_add_widget (self->form, label);
  return label;
}

static void
fill_form (Dialog                  *self,
           const RungsExchangeRate *rate)
{
  const RungsExchangeTable *table = self->beginning->table;
  g_autofree char *name = table != NULL ? g_path_get_basename (self->beginning->path) : NULL;

  if (name != NULL)
    {
      g_autofree char *display = g_filename_display_name (name);

      rungs_form_set_text (self->form, display);
    }
  else
    rungs_form_set_text (self->form, _ ("Many can be pasted from two columns of a spreadsheet."));
  if (table != NULL && table->says_column)
    add_meaning (self);
  else if (table == NULL || !table->says_all)
    add_two (self, rate);
  if (table != NULL)
    add_all (self);
  else
    add_lines (self, rate);
  rungs_form_add_group (self->form, NULL);
  self->preview = add_label (self, "heading");
  self->faults = add_label (self, "error");
}

RungsForm *
rungs_rates_dialog_new (GtkWindow               *parent,
                        RungsStore              *store,
                        RungsRatesBeginning     *beginning,
                        const RungsExchangeRate *rate)
{
  Dialog *self = g_new0 (Dialog, 1);

  g_return_val_if_fail (RUNGS_IS_STORE (store) && beginning != NULL, NULL);

  self->store = g_object_ref (store);
  self->beginning = beginning;
  self->form = rungs_form_new (parent,
                               beginning->table != NULL ? _ ("Import Rates")
                               : rate != NULL           ? _ ("Change Rate")
                                                        : _ ("Add Rates"),
                               beginning->table != NULL ? _ ("_Import") : _ ("_Save"));
  g_object_set_data_full (G_OBJECT (self->form), "rates-dialog", self, dialog_free);
  fill_form (self, rate);
  edited_cb (self);
  g_signal_connect (self->form, "agreed", G_CALLBACK (agreed_cb), NULL);
  g_signal_connect_swapped (self->form, "destroy", G_CALLBACK (destroyed_cb), self);
  return self->form;
}

RungsRateChange *
rungs_rates_dialog_get_change (RungsForm *form)
{
  return dialog_of (form)->change;
}
