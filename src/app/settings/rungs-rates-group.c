/* rungs-rates-group.c: what currencies are worth in one another, from which day on.
 *
 * Two currencies have a row that unfolds, the newest rate of them in its title; in it stand the
 * newest rates, and of a long history how many there are before. */

#include "settings/rungs-rates-group.h"

#include <glib/gi18n.h>
#include <string.h>

#include "compat/rungs-file-chooser.h"
#include "settings/rungs-rates-dialog.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-row-menu.h"

/* Rates of two currencies that are shown. */
#define MOST_SHOWN 100

struct _RungsRatesGroup
{
  RungsSettingsGroup parent_instance;

  AdwPreferencesGroup *group;
  AdwActionRow *none_row;

  GArray *rates;    /* (owned) (nullable) (element-type RungsExchangeRate) */
  char open[8];     /* "EURUSD": the two whose row is unfolded; "": none */
};

G_DEFINE_FINAL_TYPE (RungsRatesGroup, rungs_rates_group, RUNGS_TYPE_SETTINGS_GROUP)

static RungsPage *
page_of (RungsRatesGroup *self)
{
  return rungs_settings_group_get_page (RUNGS_SETTINGS_GROUP (self));
}

static const RungsExchangeRate *
find_rate (RungsRatesGroup *self,
           gint64           id)
{
  for (guint i = 0; self->rates != NULL && i < self->rates->len; i++)
    {
      const RungsExchangeRate *rate = &g_array_index (self->rates, RungsExchangeRate, i);

      if (rate->id == id)
        return rate;
    }
  return NULL;
}

/* ---- actions */

static void
saved_cb (RungsForm       *form,
          gint64           id,
          RungsRatesGroup *self)
{
  if (page_of (self) != NULL)
    rungs_rate_change_offer_undo (rungs_rates_dialog_get_change (form), page_of (self));
}

/* What a dialog is opened with, once what it begins from is read. */
typedef struct
{
  RungsRatesGroup *group; /* (owned) */
  RungsExchangeRate rate;
  gboolean changes; /* the rate */
} Opening;

static void
opening_free (Opening *self)
{
  g_object_unref (self->group);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
begun_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (Opening) opening = data;
  RungsRatesGroup *self = opening->group;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsRatesBeginning) beginning
    = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  RungsForm *form;

  if (page_of (self) == NULL || rungs_page_get_store (page_of (self)) == NULL)
    return;
  if (beginning == NULL)
    {
      rungs_error_tell (GTK_WIDGET (self), _ ("The Rates Could Not Be Read"), error);
      return;
    }
  form = rungs_rates_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                 rungs_page_get_store (page_of (self)),
                                 g_steal_pointer (&beginning),
                                 opening->changes ? &opening->rate : NULL);
  g_signal_connect_object (form, "saved", G_CALLBACK (saved_cb), self, 0);
  gtk_window_present (GTK_WINDOW (form));
}

static void
open_dialog (RungsRatesGroup         *self,
             const char              *path,
             const RungsExchangeRate *rate)
{
  Opening *opening;

  if (page_of (self) == NULL || rungs_page_get_store (page_of (self)) == NULL)
    return;
  opening = g_new0 (Opening, 1);
  opening->group = g_object_ref (self);
  opening->changes = rate != NULL;
  if (rate != NULL)
    opening->rate = *rate;
  rungs_store_read_async (rungs_page_get_store (page_of (self)), rungs_rates_beginning_load,
                          g_strdup (path), g_free, (GDestroyNotify) rungs_rates_beginning_free,
                          NULL, begun_cb, opening);
}

static void
add_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  open_dialog (RUNGS_RATES_GROUP (widget), "", NULL);
}

static void
edit_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  RungsRatesGroup *self = RUNGS_RATES_GROUP (widget);
  const RungsExchangeRate *rate = find_rate (self, g_variant_get_int64 (parameter));

  if (rate != NULL)
    open_dialog (self, "", rate);
}

static void
remove_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  RungsRatesGroup *self = RUNGS_RATES_GROUP (widget);
  const RungsExchangeRate *rate = find_rate (self, g_variant_get_int64 (parameter));
  g_autoptr (RungsRateChange) change = NULL;
  GArray *rates;

  if (rate == NULL || page_of (self) == NULL)
    return;
  rates = g_array_new (FALSE, FALSE, sizeof (RungsExchangeRate));
  g_array_append_val (rates, *rate);
  change = rungs_rate_change_new (rates, TRUE);
  rungs_rate_change_run (change, page_of (self));
}

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (RungsRatesGroup) self = data;
  g_autoptr (GFile) file = rungs_file_chooser_finish (result);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    open_dialog (self, path, NULL);
}

static void
import_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  rungs_file_chooser_open_async (GTK_WINDOW (gtk_widget_get_root (widget)), _ ("Import Rates"),
                                 _ ("Tables"), "*.csv *.tsv *.txt *.xlsx *.ods", NULL,
                                 file_chosen_cb, g_object_ref (widget));
}

/* ---- showing */

/* "EURUSD", whichever way round. */
static void
name_pair (const RungsExchangeRate *rate,
           char                     name[8])
{
  gboolean turned = strcmp (rate->base, rate->quote) > 0;

  g_snprintf (name, 8, "%s%s", turned ? rate->quote : rate->base,
              turned ? rate->base : rate->quote);
}

static GtkWidget *
new_rate_row (const RungsExchangeRate *rate)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = rungs_rate_words (rate);
  g_autofree char *day = rungs_display_calendar_day (rate->day);
  g_autofree char *since = g_strdup_printf (_ ("From %s"), day);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), since);
  adw_action_row_add_suffix (
    ADW_ACTION_ROW (row),
    rungs_row_remove_button_new (_ ("Remove the Rate"), "rates.remove", rate->id));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", rate->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "rates.edit");
  return row;
}

/* What stands below those that are shown. */
static GtkWidget *
new_rest_row (guint rest)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *number = rungs_display_number (rest);
  g_autofree char *words
    = g_strdup_printf (ngettext ("%s earlier rate", "%s earlier rates", rest), number);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               _ ("Adding a rate of such a day replaces what it has."));
  gtk_widget_add_css_class (row, "dim-label");
  return row;
}

static void
expanded_cb (AdwExpanderRow  *row,
             GParamSpec      *pspec,
             RungsRatesGroup *self)
{
  const char *name = g_object_get_data (G_OBJECT (row), "rungs-pair");

  if (adw_expander_row_get_expanded (row))
    g_strlcpy (self->open, name, sizeof self->open);
  else if (strcmp (self->open, name) == 0)
    self->open[0] = '\0';
}

/* The row of two currencies, whose rates stand from `first` on; `count` is how many. */
static GtkWidget *
new_pair_row (RungsRatesGroup *self,
              guint            first,
              guint            count)
{
  GtkWidget *row = adw_expander_row_new ();
  const RungsExchangeRate *newest = &g_array_index (self->rates, RungsExchangeRate, first);
  g_autofree char *words = rungs_rate_words (newest);
  g_autofree char *day = rungs_display_calendar_day (newest->day);
  g_autofree char *number = rungs_display_number (count);
  g_autofree char *since
    = g_strdup_printf (ngettext ("since %s · %s rate", "since %s · %s rates", count), day, number);
  char name[8];

  name_pair (newest, name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), since);
  for (guint i = 0; i < MIN (count, MOST_SHOWN); i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                              new_rate_row (newest + i));
  if (count > MOST_SHOWN)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_rest_row (count - MOST_SHOWN));
  g_object_set_data_full (G_OBJECT (row), "rungs-pair", g_strdup (name), g_free);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), strcmp (name, self->open) == 0);
  g_signal_connect_object (row, "notify::expanded", G_CALLBACK (expanded_cb), self, 0);
  return row;
}

static void
show_rates (RungsRatesGroup *self)
{
  guint first = 0;
  char name[8], other[8];

  gtk_widget_set_visible (GTK_WIDGET (self->none_row), self->rates->len == 0);
  rungs_settings_group_remove_rows (RUNGS_SETTINGS_GROUP (self), self->group);
  while (first < self->rates->len)
    {
      guint end = first;
      GtkWidget *row;

      name_pair (&g_array_index (self->rates, RungsExchangeRate, first), name);
      do
        end++;
      while (end < self->rates->len
             && (name_pair (&g_array_index (self->rates, RungsExchangeRate, end), other),
                 strcmp (name, other) == 0));
      row = new_pair_row (self, first, end - first);
      rungs_settings_group_add_row (RUNGS_SETTINGS_GROUP (self), self->group, row);
      first = end;
    }
}

static gboolean
is_same (const RungsExchangeRate *a,
         const RungsExchangeRate *b)
{
  return a->id == b->id && a->rate == b->rate && strcmp (a->day, b->day) == 0
         && strcmp (a->base, b->base) == 0 && strcmp (a->quote, b->quote) == 0;
}

/* Then the rows stay, and whatever has the focus in them. */
static gboolean
are_shown (RungsRatesGroup *self,
           const GArray    *rates)
{
  if (self->rates == NULL || self->rates->len != rates->len)
    return FALSE;
  for (guint i = 0; i < rates->len; i++)
    if (!is_same (&g_array_index (self->rates, RungsExchangeRate, i),
                  &g_array_index (rates, RungsExchangeRate, i)))
      return FALSE;
  return TRUE;
}

/* On a reading thread of the store. */
static gpointer
load (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  return rungs_exchange_rates_list (db, NULL, error);
}

static void
show (RungsSettingsGroup *group,
      gpointer            rates)
{
  RungsRatesGroup *self = RUNGS_RATES_GROUP (group);

  if (are_shown (self, rates))
    return;
  g_clear_pointer (&self->rates, g_array_unref);
  self->rates = g_array_ref (rates);
  show_rates (self);
}

/* ---- the class */

static void
rungs_rates_group_finalize (GObject *object)
{
  RungsRatesGroup *self = RUNGS_RATES_GROUP (object);

  g_clear_pointer (&self->rates, g_array_unref);

  G_OBJECT_CLASS (rungs_rates_group_parent_class)->finalize (object);
}

static void
rungs_rates_group_class_init (RungsRatesGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsSettingsGroupClass *group_class = RUNGS_SETTINGS_GROUP_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_rates_group_finalize;
  group_class->load = load;
  group_class->found_free = (GDestroyNotify) g_array_unref;
  group_class->show = show;

  gtk_widget_class_install_action (widget_class, "rates.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "rates.edit", "x", edit_action);
  gtk_widget_class_install_action (widget_class, "rates.remove", "x", remove_action);
  gtk_widget_class_install_action (widget_class, "rates.import", NULL, import_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/settings/rungs-rates-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsRatesGroup, group);
  gtk_widget_class_bind_template_child (widget_class, RungsRatesGroup, none_row);
}

static void
rungs_rates_group_init (RungsRatesGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
