/* rungs-business-group.c: who the business is, and when it may write to its leads. */

#include "rungs-business-group.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/rungs-choice-row.h"

#define STEP_MINUTES 30

/* What a switch begins with. */
#define USUAL_FROM (8 * 60)
#define USUAL_TO (20 * 60)
#define USUAL_MESSAGES 3
#define USUAL_DAYS 7

#define ALL_DAYS 127u

struct _RungsBusinessGroup
{
  AdwBin parent_instance;

  AdwEntryRow *name_row;
  GtkTextBuffer *address_buffer;
  GtkWidget *address_view;
  AdwEntryRow *country_row;
  AdwEntryRow *vat_id_row;
  GtkTextBuffer *signature_buffer;
  GtkWidget *signature_view;
  RungsChoiceRow *currency_row;
  RungsChoiceRow *report_row;
  RungsChoiceRow *zone_row;
  GtkSwitch *window_switch;
  RungsChoiceRow *from_row;
  RungsChoiceRow *to_row;
  GtkBox *days_box;
  GtkToggleButton *days[7]; /* Monday … Sunday */
  GtkSwitch *clock_switch;
  GtkSwitch *clicks_switch;
  GtkSwitch *cap_switch;
  GtkSpinButton *messages_spin;
  GtkSpinButton *days_spin;

  char *name;       /* (owned): as it was shown last; what differs from it is being typed */
  char *country;    /* (owned): the same */
  char *vat_id;     /* (owned): the same */
  gboolean showing; /* by the program, not by a person */
};

G_DEFINE_FINAL_TYPE (RungsBusinessGroup, rungs_business_group, ADW_TYPE_BIN)

typedef enum
{
  SIGNAL_EDITED,
} RungsBusinessGroupSignal;

static guint signals[SIGNAL_EDITED + 1];

static char *
format_minute (int minute)
{
  return g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
}

static int
parse_minute (const char *text)
{
  int hour = 0;
  int minute = 0;

  return sscanf (text, "%d:%d", &hour, &minute) == 2 ? hour * 60 + minute : 0;
}

static void
add_times (RungsChoiceRow *row)
{
  for (int minute = 0; minute < 24 * 60; minute += STEP_MINUTES)
    {
      g_autofree char *text = format_minute (minute);

      rungs_choice_row_add (row, text, text);
    }
}

static void
edited_cb (RungsBusinessGroup *self)
{
  if (!self->showing)
    g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

/* A week without a day would be one of any day: the last that is on stays on. */
static void
day_toggled_cb (GtkToggleButton *button,
                gpointer         data)
{
  RungsBusinessGroup *self = data;
  gboolean any = FALSE;

  for (int day = 0; day < 7; day++)
    any = any || self->days[day] == NULL || gtk_toggle_button_get_active (self->days[day]);
  if (any)
    edited_cb (self);
  else
    gtk_toggle_button_set_active (button, TRUE);
}

/* 5 January 2026 was a Monday. */
static char *
weekday_words (int         day,
               const char *format)
{
  g_autoptr (GDateTime) date = g_date_time_new_utc (2026, 1, 5 + day, 0, 0, 0);

  return g_date_time_format (date, format);
}

static void
add_days (RungsBusinessGroup *self)
{
  for (int day = 0; day < 7; day++)
    {
      g_autofree char *label = weekday_words (day, "%a");
      g_autofree char *name = weekday_words (day, "%A");
      GtkWidget *button = gtk_toggle_button_new_with_label (label);

      gtk_widget_set_tooltip_text (button, name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
      g_signal_connect_object (button, "toggled", G_CALLBACK (day_toggled_cb), self, 0);
      gtk_box_append (self->days_box, button);
      self->days[day] = GTK_TOGGLE_BUTTON (button);
    }
}

static void
show_days (RungsBusinessGroup *self,
           guint               days)
{
  for (int day = 0; day < 7; day++)
    gtk_toggle_button_set_active (self->days[day], days == 0 || (days >> day & 1) != 0);
}

/* All of them, as none, are any day. */
static guint
read_days (RungsBusinessGroup *self)
{
  guint days = 0;

  for (int day = 0; day < 7; day++)
    if (gtk_toggle_button_get_active (self->days[day]))
      days |= 1u << day;
  return days == ALL_DAYS ? 0 : days;
}

static char *
dup_text (GtkTextBuffer *buffer)
{
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/* In capitals and without spaces, as codes are written. */
static char *
dup_code (AdwEntryRow *row)
{
  g_autofree char *text = g_ascii_strup (gtk_editable_get_text (GTK_EDITABLE (row)), -1);
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);

  return g_strjoinv ("", parts);
}

/* What is no country stays out of the file: the row goes back to what it was. */
static void
read_country (RungsBusinessGroup *self,
              RungsBusiness      *business)
{
  g_autofree char *code = dup_code (self->country_row);

  if (strlen (code) == 2 || *code == '\0')
    g_strlcpy (business->country, code, sizeof business->country);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->country_row), business->country);
}

static void
text_left (RungsBusinessGroup *self,
           GtkTextBuffer      *buffer)
{
  if (gtk_text_buffer_get_modified (buffer))
    edited_cb (self);
  gtk_text_buffer_set_modified (buffer, FALSE);
}

static void
address_left_cb (RungsBusinessGroup *self)
{
  text_left (self, self->address_buffer);
}

static void
signature_left_cb (RungsBusinessGroup *self)
{
  text_left (self, self->signature_buffer);
}

static void
show_time (RungsChoiceRow *row,
           int             minute,
           int             usual)
{
  g_autofree char *text = format_minute (minute >= 0 ? minute : usual);

  rungs_choice_row_set_value (row, text);
}

/* Without the button that applies what was typed: this was not. What is being typed stays. */
static void
show_entry (AdwEntryRow  *row,
            char        **shown,
            const char   *text)
{
  GtkEditable *entry = GTK_EDITABLE (row);
  gboolean typing = !g_str_equal (gtk_editable_get_text (entry), *shown);

  if (!(typing && gtk_widget_is_focus (GTK_WIDGET (gtk_editable_get_delegate (entry))))
      && !g_str_equal (gtk_editable_get_text (entry), text))
    {
      adw_entry_row_set_show_apply_button (row, FALSE);
      gtk_editable_set_text (entry, text);
      adw_entry_row_set_show_apply_button (row, TRUE);
    }
  g_free (*shown);
  *shown = g_strdup (text);
}

/* What is being typed stays. */
static void
show_lines (GtkTextBuffer *buffer,
            GtkWidget     *view,
            const char    *text)
{
  g_autofree char *shown = dup_text (buffer);

  if ((gtk_text_buffer_get_modified (buffer) && gtk_widget_is_focus (view))
      || g_str_equal (shown, text))
    return;
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_set_modified (buffer, FALSE);
}

static void
show_texts (RungsBusinessGroup  *self,
            const RungsBusiness *business)
{
  show_entry (self->name_row, &self->name, business->name);
  show_entry (self->country_row, &self->country, business->country);
  show_entry (self->vat_id_row, &self->vat_id, business->vat_id);
  show_lines (self->address_buffer, self->address_view, business->address);
  show_lines (self->signature_buffer, self->signature_view, business->signature);
}

static void
rungs_business_group_finalize (GObject *object)
{
  g_free (RUNGS_BUSINESS_GROUP (object)->name);
  g_free (RUNGS_BUSINESS_GROUP (object)->country);
  g_free (RUNGS_BUSINESS_GROUP (object)->vat_id);
  G_OBJECT_CLASS (rungs_business_group_parent_class)->finalize (object);
}

static void
rungs_business_group_class_init (RungsBusinessGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_business_group_finalize;
  signals[SIGNAL_EDITED] = g_signal_new ("edited", RUNGS_TYPE_BUSINESS_GROUP, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RUNGS_TYPE_CHOICE_ROW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/settings/rungs-business-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsBusinessGroup, name_row);
  gtk_widget_class_bind_template_child (widget_class, RungsBusinessGroup, address_buffer);
  gtk_widget_class_bind_template_child (widget_class, RungsBusinessGroup, address_view);
  gtk_widget_class_bind_template_child (widget_class, RungsBusinessGroup, country_row);
  gtk_widget_class_bind_template_child (widget_class, RungsBusinessGroup, vat_id_row);
  gtk_widget_class_bind_template_child (widget_class, RungsBusinessGroup, signature_buffer);
  gtk_widget_class_bind_template_child (widget_class, RungsBusinessGroup, signature_view);
  gtk_widget_class_bind_template_child (widget_class, RungsBusinessGroup, currency_row);
  gtk_widget_class_bind_template_child (widget_class, RungsBusinessGroup, report_row);
  gtk_widget_class_bind_template_child (widget_class, RungsBusinessGroup, zone_row);
  gtk_widget_class_bind_template_child (widget_class, RungsBusinessGroup, window_switch);
  gtk_widget_class_bind_template_child (widget_class, RungsBusinessGroup, from_row);
  gtk_widget_class_bind_template_child (widget_class, RungsBusinessGroup, to_row);
  gtk_widget_class_bind_template_child (widget_class, RungsBusinessGroup, days_box);
  gtk_widget_class_bind_template_child (widget_class, RungsBusinessGroup, clock_switch);
  gtk_widget_class_bind_template_child (widget_class, RungsBusinessGroup, cap_switch);
  gtk_widget_class_bind_template_child (widget_class, RungsBusinessGroup, clicks_switch);
  gtk_widget_class_bind_template_child (widget_class, RungsBusinessGroup, messages_spin);
  gtk_widget_class_bind_template_child (widget_class, RungsBusinessGroup, days_spin);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, address_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, signature_left_cb);
}

static void
rungs_business_group_init (RungsBusinessGroup *self)
{
  self->showing = TRUE;
  self->name = g_strdup ("");
  self->country = g_strdup ("");
  self->vat_id = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_choice_row_add_currencies (self->currency_row);
  rungs_choice_row_add (self->report_row, "", _ ("Keep Currencies Apart"));
  rungs_choice_row_add_currencies (self->report_row);
  rungs_choice_row_set_value (self->report_row, "");
  rungs_choice_row_add_zones (self->zone_row);
  add_times (self->from_row);
  add_times (self->to_row);
  add_days (self);
  self->showing = FALSE;
}

void
rungs_business_group_show (RungsBusinessGroup  *self,
                           const RungsBusiness *business)
{
  g_return_if_fail (RUNGS_IS_BUSINESS_GROUP (self));

  self->showing = TRUE;
  show_texts (self, business);
  rungs_choice_row_set_value (self->currency_row, business->currency);
  rungs_choice_row_set_value (self->report_row, business->report_currency);
  rungs_choice_row_set_value (self->zone_row, business->zone);
  gtk_switch_set_active (self->window_switch, business->window_from >= 0);
  show_time (self->from_row, business->window_from, USUAL_FROM);
  show_time (self->to_row, business->window_to, USUAL_TO);
  show_days (self, business->window_days);
  gtk_switch_set_active (self->clock_switch, business->window_of_lead);
  gtk_switch_set_active (self->clicks_switch, business->count_clicks);
  gtk_switch_set_active (self->cap_switch, business->cap_messages > 0);
  gtk_spin_button_set_value (self->messages_spin,
                             business->cap_messages > 0 ? business->cap_messages : USUAL_MESSAGES);
  gtk_spin_button_set_value (self->days_spin,
                             business->cap_days > 0 ? business->cap_days : USUAL_DAYS);
  self->showing = FALSE;
}

void
rungs_business_group_read (RungsBusinessGroup *self,
                           RungsBusiness      *business)
{
  gboolean window = gtk_switch_get_active (self->window_switch);
  gboolean cap = gtk_switch_get_active (self->cap_switch);

  g_return_if_fail (RUNGS_IS_BUSINESS_GROUP (self));

  g_free (business->name);
  g_free (business->address);
  g_free (business->signature);
  g_free (business->zone);
  g_free (business->vat_id);
  read_country (self, business);
  business->vat_id = dup_code (self->vat_id_row);
  business->name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  business->address = dup_text (self->address_buffer);
  business->signature = dup_text (self->signature_buffer);
  business->zone = g_strdup (rungs_choice_row_get_value (self->zone_row));
  g_strlcpy (business->currency, rungs_choice_row_get_value (self->currency_row),
             sizeof business->currency);
  g_strlcpy (business->report_currency, rungs_choice_row_get_value (self->report_row),
             sizeof business->report_currency);
  business->window_from = window ? parse_minute (rungs_choice_row_get_value (self->from_row)) : -1;
  business->window_to = window ? parse_minute (rungs_choice_row_get_value (self->to_row)) : -1;
  business->window_days = read_days (self);
  business->window_of_lead = gtk_switch_get_active (self->clock_switch);
  business->count_clicks = gtk_switch_get_active (self->clicks_switch);
  business->cap_messages = cap ? gtk_spin_button_get_value_as_int (self->messages_spin) : 0;
  business->cap_days = cap ? gtk_spin_button_get_value_as_int (self->days_spin) : 0;
}

void
rungs_business_group_focus_address (RungsBusinessGroup *self)
{
  g_return_if_fail (RUNGS_IS_BUSINESS_GROUP (self));

  gtk_widget_grab_focus (self->address_view);
}

void
rungs_business_group_focus_tax (RungsBusinessGroup *self)
{
  g_return_if_fail (RUNGS_IS_BUSINESS_GROUP (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->vat_id_row));
}
