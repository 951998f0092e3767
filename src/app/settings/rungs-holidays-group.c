/* rungs-holidays-group.c: the days on which no marketing leaves.
 *
 * Days are added by themselves or, of a country, a year at once; what was added or removed can be
 * taken back. */

#include "rungs-holidays-group.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "base/rungs-time.h"
#include "leads/rungs-field.h"
#include "leads/rungs-holiday-store.h"
#include "widgets/rungs-display.h"

#define YEARS_AHEAD 5

struct _RungsHolidaysGroup
{
  RungsSettingsGroup parent_instance;

  AdwEntryRow *day_row;
  GtkDropDown *country_drop;
  GtkDropDown *year_drop;
  AdwExpanderRow *days_row;

  GPtrArray *holidays; /* (owned) (element-type RungsHoliday): all, as they were read last */
  GPtrArray *rows;     /* (owned): what stands in days_row, not owned */
};

G_DEFINE_FINAL_TYPE (RungsHolidaysGroup, rungs_holidays_group, RUNGS_TYPE_SETTINGS_GROUP)

static RungsPage *
page_of (RungsHolidaysGroup *self)
{
  return rungs_settings_group_get_page (RUNGS_SETTINGS_GROUP (self));
}

/* ---- what is written */

typedef struct
{
  GPtrArray *removed; /* (owned) (element-type RungsHoliday) */
  GPtrArray *added;   /* (owned) (element-type RungsHoliday) */
} Change;

static GPtrArray *
holidays_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_holiday_free);
}

static Change *
change_new (GPtrArray *removed,
            GPtrArray *added)
{
  Change *self = g_new0 (Change, 1);

  self->removed = g_ptr_array_ref (removed);
  self->added = g_ptr_array_ref (added);
  return self;
}

static void
change_free (gpointer data)
{
  Change *self = data;

  g_ptr_array_unref (self->removed);
  g_ptr_array_unref (self->added);
  g_free (self);
}

/* On the store's writing thread. */
static gpointer
write_change (RungsDb       *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const Change *change = data;

  for (guint i = 0; i < change->removed->len; i++)
    if (!rungs_holiday_remove (db, ((RungsHoliday *) change->removed->pdata[i])->day, error))
      return NULL;
  for (guint i = 0; i < change->added->len; i++)
    {
      const RungsHoliday *holiday = g_ptr_array_index (change->added, i);

      if (!rungs_holiday_add (db, holiday->day, holiday->name, NULL, error))
        return NULL;
    }
  return GINT_TO_POINTER (TRUE);
}

/* Takes both. */
static void
do_change (RungsHolidaysGroup *self,
           GPtrArray          *removed,
           GPtrArray          *added)
{
  RungsPageWork work = {
    .func = write_change,
    .data = change_new (removed, added),
    .data_free = change_free,
    .done = _ ("The holidays are saved"),
    .failed = _ ("The Holidays Could Not Be Saved"),
  };
  RungsPageWork undo = work;

  undo.data = change_new (added, removed);
  rungs_page_do (page_of (self), &work, &undo);
  g_ptr_array_unref (removed);
  g_ptr_array_unref (added);
}

static RungsHoliday *
find_day (RungsHolidaysGroup *self,
          const char         *day)
{
  for (guint i = 0; i < self->holidays->len; i++)
    if (g_str_equal (((RungsHoliday *) self->holidays->pdata[i])->day, day))
      return g_ptr_array_index (self->holidays, i);
  return NULL;
}

static RungsHoliday *
holiday_copy (const RungsHoliday *holiday)
{
  RungsHoliday *copy = g_new0 (RungsHoliday, 1);

  copy->day = g_strdup (holiday->day);
  copy->name = g_strdup (holiday->name);
  return copy;
}

/* ---- what a person does */

/* "24.12.2026 Shut for stock-taking". */
static void
day_applied_cb (RungsHolidaysGroup *self)
{
  g_auto (GStrv) words = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->day_row)), " ", 2);
  g_autoptr (GError) error = NULL;
  RungsHoliday *holiday;
  GPtrArray *added;
  char *day;

  if (page_of (self) == NULL || words[0] == NULL)
    return;
  day = rungs_field_normalize (RUNGS_FIELD_DATE, words[0], &error);
  if (day == NULL || find_day (self, day) != NULL)
    {
      rungs_page_notify (page_of (self), day == NULL ? error->message
                                                 : _ ("That day is among the holidays already"));
      g_free (day);
      return;
    }
  holiday = g_new0 (RungsHoliday, 1);
  holiday->day = day;
  holiday->name = g_strdup (words[1] ? g_strstrip (words[1]) : "");
  added = holidays_new ();
  g_ptr_array_add (added, holiday);
  gtk_editable_set_text (GTK_EDITABLE (self->day_row), "");
  do_change (self, holidays_new (), added);
}

static void
country_clicked_cb (RungsHolidaysGroup *self)
{
  guint country = gtk_drop_down_get_selected (self->country_drop);
  GtkStringObject *year = gtk_drop_down_get_selected_item (self->year_drop);
  GPtrArray *added = holidays_new ();
  g_autoptr (GPtrArray) days = rungs_holidays_of_country (
    rungs_holiday_countries ()[country].code, atoi (gtk_string_object_get_string (year)));

  for (guint i = 0; days != NULL && i < days->len; i++)
    {
      const RungsHoliday *holiday = g_ptr_array_index (days, i);

      if (find_day (self, holiday->day) == NULL)
        g_ptr_array_add (added, holiday_copy (holiday));
    }
  if (page_of (self) != NULL && added->len > 0)
    do_change (self, holidays_new (), added);
  else
    {
      g_ptr_array_unref (added);
      if (page_of (self) != NULL)
        rungs_page_notify (page_of (self), _ ("They are all there already"));
    }
}

static void
remove_clicked_cb (GtkButton *button,
                   gpointer   data)
{
  RungsHolidaysGroup *self = data;
  const RungsHoliday *holiday
    = find_day (self, g_object_get_data (G_OBJECT (button), "rungs-day"));
  GPtrArray *removed;

  if (page_of (self) == NULL || holiday == NULL)
    return;
  removed = holidays_new ();
  g_ptr_array_add (removed, holiday_copy (holiday));
  do_change (self, removed, holidays_new ());
}

/* ---- what is shown */

/* "2026-11-22", as the clock of this computer has it. */
static char *
today_here (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  return rungs_time_format_day (rungs_display_now (), zone);
}

static GtkWidget *
new_row (RungsHolidaysGroup *self,
         const RungsHoliday *holiday)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *title = rungs_display_calendar_day (holiday->day);
  g_autofree char *words = g_strdup_printf (_ ("Remove %s"), title);
  g_autofree char *name = g_markup_escape_text (holiday->name, -1);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "rungs-day", g_strdup (holiday->day), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_clicked_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
show_days (RungsHolidaysGroup *self)
{
  g_autofree char *today = today_here ();
  g_autofree char *title = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (self->days_row, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->holidays->len; i++)
    {
      const RungsHoliday *holiday = g_ptr_array_index (self->holidays, i);
      GtkWidget *row;

      if (g_strcmp0 (holiday->day, today) < 0)
        continue;
      row = new_row (self, holiday);
      adw_expander_row_add_row (self->days_row, row);
      g_ptr_array_add (self->rows, row);
    }
  title = self->rows->len == 0
            ? g_strdup (_ ("No Holidays to Come"))
            : g_strdup_printf (ngettext ("%u Holiday to Come", "%u Holidays to Come",
                                         self->rows->len),
                               self->rows->len);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->days_row), title);
}

/* On a reading thread of the store. */
static gpointer
load (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  return rungs_holiday_list (db, NULL, error);
}

static void
show (RungsSettingsGroup *group,
      gpointer            holidays)
{
  RungsHolidaysGroup *self = RUNGS_HOLIDAYS_GROUP (group);

  g_ptr_array_unref (self->holidays);
  self->holidays = g_ptr_array_ref (holidays);
  show_days (self);
}

static void
fill_choices (RungsHolidaysGroup *self)
{
  g_autoptr (GtkStringList) countries = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) years = gtk_string_list_new (NULL);
  g_autofree char *today = today_here ();

  for (const RungsHolidayCountry *one = rungs_holiday_countries (); one->code != NULL; one++)
    gtk_string_list_append (countries, _ (one->name));
  for (int year = atoi (today); year < atoi (today) + YEARS_AHEAD; year++)
    gtk_string_list_take (years, g_strdup_printf ("%d", year));
  gtk_drop_down_set_model (self->country_drop, G_LIST_MODEL (countries));
  gtk_drop_down_set_model (self->year_drop, G_LIST_MODEL (years));
}

static void
rungs_holidays_group_finalize (GObject *object)
{
  g_ptr_array_unref (RUNGS_HOLIDAYS_GROUP (object)->holidays);
  g_ptr_array_unref (RUNGS_HOLIDAYS_GROUP (object)->rows);

  G_OBJECT_CLASS (rungs_holidays_group_parent_class)->finalize (object);
}

static void
rungs_holidays_group_class_init (RungsHolidaysGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsSettingsGroupClass *group_class = RUNGS_SETTINGS_GROUP_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_holidays_group_finalize;
  group_class->load = load;
  group_class->found_free = (GDestroyNotify) g_ptr_array_unref;
  group_class->show = show;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/settings/rungs-holidays-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsHolidaysGroup, day_row);
  gtk_widget_class_bind_template_child (widget_class, RungsHolidaysGroup, country_drop);
  gtk_widget_class_bind_template_child (widget_class, RungsHolidaysGroup, year_drop);
  gtk_widget_class_bind_template_child (widget_class, RungsHolidaysGroup, days_row);
  gtk_widget_class_bind_template_callback (widget_class, day_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, country_clicked_cb);
}

static void
rungs_holidays_group_init (RungsHolidaysGroup *self)
{
  self->holidays = holidays_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_choices (self);
  show_days (self);
}
