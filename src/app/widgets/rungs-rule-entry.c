/* rungs-rule-entry.c: where the value of a line of a rule is written or picked. */

#include "rungs-rule-entry.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "base/rungs-money.h"
#include "leads/rungs-field-store.h"
#include "widgets/rungs-wrap-layout.h"

#define MOST_DAYS 100000
#define FIRST_DAYS 30

struct _RungsRuleEntry
{
  GtkWidget parent_instance;

  RungsRuleFields *fields; /* (owned) */
  RungsRuleEntryKind kind; /* its texts are owned */
  JsonNode *value;         /* (owned) (nullable) */
  const char *fault;       /* (nullable) */

  RungsPickButton *pick; /* (nullable) */
  GtkWidget *entry;      /* (nullable): a GtkEntry, GtkSpinButton or GtkDropDown */
  GtkWidget *unit;       /* (nullable): the label behind it */
};

G_DEFINE_FINAL_TYPE (RungsRuleEntry, rungs_rule_entry, GTK_TYPE_WIDGET)

static guint changed_signal;

/* Takes `value`. */
static void
change (RungsRuleEntry *self,
        JsonNode       *value,
        const char     *fault)
{
  g_clear_pointer (&self->value, json_node_unref);
  self->value = value;
  self->fault = fault;
  g_signal_emit (self, changed_signal, 0);
}

static JsonNode *
string_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
int_node (gint64 number)
{
  return json_node_init_int (json_node_alloc (), number);
}

static void
add_child (RungsRuleEntry *self,
           GtkWidget      *child)
{
  gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

static void
add_entry (RungsRuleEntry *self,
           const char     *text,
           int             width,
           GCallback       changed)
{
  self->entry = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), width);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->kind.name, -1);
  if (changed != NULL)
    g_signal_connect_swapped (self->entry, "changed", changed, self);
  add_child (self, self->entry);
}

static void
add_unit (RungsRuleEntry *self,
          const char     *text)
{
  self->unit = gtk_label_new (text);
  gtk_widget_add_css_class (self->unit, "dim-label");
  add_child (self, self->unit);
}

static const char *
text_in (RungsRuleEntry *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/* That of the business may not have been read when the entry was made. */
static const char *
currency_of (RungsRuleEntry *self)
{
  return *self->kind.currency != '\0' ? self->kind.currency
                                      : rungs_rule_fields_get_currency (self->fields);
}

/* ---- one text */

static gboolean
is_picked (const RungsRuleEntryKind *kind)
{
  return kind->source != RUNGS_RULE_FROM_NOWHERE;
}

/* What is not there yet may come: a tag, a city. What the program made itself is there or not. */
static gboolean
may_be_written (RungsRuleSource source)
{
  return source == RUNGS_RULE_FROM_LEADS || source == RUNGS_RULE_FROM_CUSTOM
         || source == RUNGS_RULE_FROM_TAGS || source == RUNGS_RULE_FROM_DETAILS
         || source == RUNGS_RULE_FROM_COUPONS;
}

static void
fill_pick (RungsRuleEntry *self)
{
  if (self->pick != NULL)
    rungs_pick_button_set_picks (
      self->pick,
      rungs_rule_fields_get_values (self->fields, self->kind.source, self->kind.context));
}

static void
add_pick (RungsRuleEntry *self,
          const char     *prompt,
          GCallback       picked)
{
  self->pick = RUNGS_PICK_BUTTON (rungs_pick_button_new (self->kind.name, prompt));
  rungs_pick_button_set_open (self->pick, may_be_written (self->kind.source));
  fill_pick (self);
  g_signal_connect_swapped (self->pick, "picked", picked, self);
  add_child (self, GTK_WIDGET (self->pick));
}

static void
text_changed_cb (RungsRuleEntry *self)
{
  const char *text = text_in (self);

  change (self, *text != '\0' ? string_node (text) : NULL, NULL);
}

static void
text_picked_cb (RungsRuleEntry *self,
                const char     *value)
{
  change (self, string_node (value), NULL);
}

static const char *
text_of (JsonNode *value)
{
  return value != NULL && JSON_NODE_HOLDS_VALUE (value)
                 && json_node_get_value_type (value) == G_TYPE_STRING
             ? json_node_get_string (value)
             : NULL;
}

static void
build_text (RungsRuleEntry *self)
{
  const char *text = text_of (self->value);

  if (!is_picked (&self->kind))
    {
      add_entry (self, text ? text : "", 14, G_CALLBACK (text_changed_cb));
      return;
    }
  add_pick (self, _ ("Choose…"), G_CALLBACK (text_picked_cb));
  rungs_pick_button_set_value (self->pick, text);
}

/* ---- several texts */

static JsonArray *
texts_of (RungsRuleEntry *self)
{
  return self->value != NULL && JSON_NODE_HOLDS_ARRAY (self->value)
             ? json_node_get_array (self->value)
             : NULL;
}

/* The texts without the one at `skipped`, and with `added` (nullable) at the end. */
static JsonNode *
other_texts (RungsRuleEntry *self,
             guint           skipped,
             const char     *added)
{
  g_autoptr (JsonArray) texts = json_array_new ();
  JsonArray *old = texts_of (self);

  for (guint i = 0; old != NULL && i < json_array_get_length (old); i++)
    if (i != skipped && g_strcmp0 (json_array_get_string_element (old, i), added) != 0)
      json_array_add_string_element (texts, json_array_get_string_element (old, i));
  if (added != NULL)
    json_array_add_string_element (texts, added);
  if (json_array_get_length (texts) == 0)
    return NULL;
  return json_node_init_array (json_node_alloc (), texts);
}

static void
take_chips_out (RungsRuleEntry *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (gtk_widget_has_css_class (child, "filter-chip"))
        gtk_widget_unparent (child);
      child = next;
    }
}

static void
chip_clicked_cb (RungsRuleEntry *self,
                 GtkWidget      *chip)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chip), "index"));

  gtk_widget_grab_focus (self->pick ? GTK_WIDGET (self->pick) : self->entry);
  change (self, other_texts (self, index, NULL), NULL);
}

static const char *
label_of (RungsRuleEntry *self,
          const char     *text)
{
  const RungsPick *pick
    = is_picked (&self->kind)
        ? rungs_picks_find (rungs_rule_fields_get_values (self->fields, self->kind.source,
                                                          self->kind.context),
                            text)
        : NULL;

  return pick ? pick->label : text;
}

static GtkWidget *
new_chip (RungsRuleEntry *self,
          const char     *text,
          guint           index)
{
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (text);
  g_autofree char *spoken = g_strdup_printf (_ ("Take %s out"), text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 20);
  gtk_box_append (GTK_BOX (content), label);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), content);
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (chip, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  gtk_widget_add_css_class (chip, "filter-chip");
  g_object_set_data (G_OBJECT (chip), "index", GUINT_TO_POINTER (index));
  g_signal_connect_swapped (chip, "clicked", G_CALLBACK (chip_clicked_cb), self);
  return chip;
}

static void
show_chips (RungsRuleEntry *self)
{
  GtkWidget *first;
  JsonArray *texts = texts_of (self);

  take_chips_out (self);
  first = gtk_widget_get_first_child (GTK_WIDGET (self));
  for (guint i = 0; texts != NULL && i < json_array_get_length (texts); i++)
    {
      const char *text = label_of (self, json_array_get_string_element (texts, i));

      gtk_widget_insert_before (new_chip (self, text, i), GTK_WIDGET (self), first);
    }
}

static void
one_more_picked_cb (RungsRuleEntry *self,
                    const char     *value)
{
  rungs_pick_button_set_value (self->pick, NULL);
  change (self, other_texts (self, G_MAXUINT, value), NULL);
}

static void
one_more_written_cb (RungsRuleEntry *self)
{
  g_autofree char *text = g_strstrip (g_strdup (text_in (self)));

  if (*text == '\0')
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  change (self, other_texts (self, G_MAXUINT, text), NULL);
}

static void
build_texts (RungsRuleEntry *self)
{
  GtkEventController *focus;

  if (is_picked (&self->kind))
    {
      add_pick (self, _ ("Add…"), G_CALLBACK (one_more_picked_cb));
    }
  else
    {
      focus = gtk_event_controller_focus_new ();
      add_entry (self, "", 12, NULL);
      gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _ ("Add, then Enter"));
      gtk_widget_add_controller (self->entry, focus);
      g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (one_more_written_cb), self);
      g_signal_connect_swapped (focus, "leave", G_CALLBACK (one_more_written_cb), self);
    }
  g_signal_connect (self, "changed", G_CALLBACK (show_chips), NULL);
  show_chips (self);
}

/* ---- numbers and amounts */

/* A number as a person writes it here; a count without a point. */
static char *
number_text (RungsRuleEntry *self,
             JsonNode       *value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *point;

  if (value == NULL || !JSON_NODE_HOLDS_VALUE (value))
    return g_strdup ("");
  if (self->kind.currency != NULL)
    {
      g_autofree char *amount = rungs_money_format_amount (
        rungs_money (json_node_get_int (value), currency_of (self)));

      g_strlcpy (buffer, amount, sizeof buffer);
    }
  else if (json_node_get_value_type (value) == G_TYPE_INT64)
    {
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value));
    }
  else
    {
      g_ascii_dtostr (buffer, sizeof buffer, json_node_get_double (value));
    }
  point = strchr (buffer, '.');
  if (point != NULL && strlen (localeconv ()->decimal_point) == 1)
    *point = *localeconv ()->decimal_point;
  return g_strdup (buffer);
}

static JsonNode *
read_number (RungsRuleEntry *self,
             const char     *text)
{
  g_autofree char *number = NULL;
  RungsMoney money;

  if (self->kind.currency != NULL)
    return rungs_money_parse (text, currency_of (self), &money, NULL)
               ? int_node (money.minor)
               : NULL;
  number = rungs_field_normalize (RUNGS_FIELD_NUMBER, text, NULL);
  if (number == NULL)
    return NULL;
  if (strpbrk (number, ".eE") == NULL)
    return int_node (g_ascii_strtoll (number, NULL, 10));
  return json_node_init_double (json_node_alloc (), g_ascii_strtod (number, NULL));
}

static void
number_changed_cb (RungsRuleEntry *self)
{
  const char *text = text_in (self);
  JsonNode *value = *text != '\0' ? read_number (self, text) : NULL;

  change (self, value, *text != '\0' && value == NULL ? _ ("Write a number") : NULL);
}

static void
build_number (RungsRuleEntry *self)
{
  g_autofree char *text = number_text (self, self->value);

  add_entry (self, text, 8, G_CALLBACK (number_changed_cb));
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_editable_set_alignment (GTK_EDITABLE (self->entry), 1);
  if (self->kind.currency != NULL)
    add_unit (self, currency_of (self));
}

/* ---- days */

static void
show_days_unit (RungsRuleEntry *self,
                int             days)
{
  gtk_label_set_label (GTK_LABEL (self->unit), ngettext ("day", "days", (gulong) days));
}

static void
days_changed_cb (RungsRuleEntry *self)
{
  int days = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->entry));

  show_days_unit (self, days);
  change (self, int_node (days), NULL);
}

static void
build_days (RungsRuleEntry *self)
{
  gint64 days = self->value != NULL && JSON_NODE_HOLDS_VALUE (self->value)
                    ? json_node_get_int (self->value)
                    : FIRST_DAYS;

  self->entry = gtk_spin_button_new_with_range (0, MOST_DAYS, 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->entry), (double) days);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->kind.name, -1);
  g_signal_connect_swapped (self->entry, "value-changed", G_CALLBACK (days_changed_cb), self);
  add_child (self, self->entry);
  add_unit (self, NULL);
  show_days_unit (self, (int) days);
}

/* ---- a date */

static void
date_changed_cb (RungsRuleEntry *self)
{
  const char *text = text_in (self);
  g_autofree char *day
    = *text != '\0' ? rungs_field_normalize (RUNGS_FIELD_DATE, text, NULL) : NULL;

  change (self, day ? string_node (day) : NULL,
          *text != '\0' && day == NULL ? _ ("Write a date such as 2026-11-21") : NULL);
}

static void
day_selected_cb (GtkCalendar *calendar,
                 GtkEntry    *entry)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (calendar);
  g_autofree char *text = g_date_time_format (date, "%Y-%m-%d");

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
calendar_closed_cb (GtkWidget *popover)
{
  gtk_widget_unparent (popover);
}

static void
calendar_wanted_cb (RungsRuleEntry *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *calendar = gtk_calendar_new ();
  g_auto (GStrv) parts = g_strsplit (text_in (self), "-", 3);
  g_autoptr (GDateTime) date
    = g_strv_length (parts) == 3
          ? g_date_time_new_local (atoi (parts[0]), atoi (parts[1]), atoi (parts[2]), 12, 0, 0)
          : NULL;

  if (date != NULL)
    gtk_calendar_select_day (GTK_CALENDAR (calendar), date);
  g_signal_connect_object (calendar, "day-selected", G_CALLBACK (day_selected_cb), self->entry, 0);
  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_widget_set_parent (popover, self->entry);
  g_signal_connect (popover, "closed", G_CALLBACK (calendar_closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
build_date (RungsRuleEntry *self)
{
  const char *text = text_of (self->value);

  add_entry (self, text ? text : "", 11, G_CALLBACK (date_changed_cb));
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), "2026-11-21");
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_SECONDARY,
                                     "x-office-calendar-symbolic");
  gtk_entry_set_icon_tooltip_text (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_SECONDARY,
                                   _ ("Choose from a calendar"));
  g_signal_connect_swapped (self->entry, "icon-press", G_CALLBACK (calendar_wanted_cb), self);
}

/* ---- yes or no */

static void
answer_selected_cb (RungsRuleEntry *self,
                    GParamSpec     *pspec,
                    GtkDropDown    *answers)
{
  change (self,
          json_node_init_boolean (json_node_alloc (), gtk_drop_down_get_selected (answers) == 0),
          NULL);
}

static void
build_boolean (RungsRuleEntry *self)
{
  const char *const words[] = { _ ("yes"), _ ("no"), NULL };
  GtkWidget *answers = gtk_drop_down_new_from_strings (words);
  gboolean yes = self->value == NULL || json_node_get_boolean (self->value);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (answers), yes ? 0 : 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (answers), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->kind.name, -1);
  g_signal_connect_swapped (answers, "notify::selected", G_CALLBACK (answer_selected_cb), self);
  self->entry = answers;
  add_child (self, answers);
}

/* ---- the class */

static void
build (RungsRuleEntry *self)
{
  void (*const builders[]) (RungsRuleEntry *) = {
    [RUNGS_SHAPE_TEXT] = build_text,     [RUNGS_SHAPE_TEXTS] = build_texts,
    [RUNGS_SHAPE_NUMBER] = build_number, [RUNGS_SHAPE_DATE] = build_date,
    [RUNGS_SHAPE_DAYS] = build_days,     [RUNGS_SHAPE_BOOLEAN] = build_boolean,
  };

  if (self->kind.shape < G_N_ELEMENTS (builders) && builders[self->kind.shape] != NULL)
    builders[self->kind.shape](self);
}

/* The names of what is picked have come. */
static void
loaded_cb (RungsRuleEntry *self)
{
  fill_pick (self);
  if (self->kind.shape == RUNGS_SHAPE_TEXTS)
    show_chips (self);
  if (self->kind.currency != NULL && self->unit != NULL)
    gtk_label_set_label (GTK_LABEL (self->unit), currency_of (self));
}

static gboolean
rungs_rule_entry_grab_focus (GtkWidget *widget)
{
  RungsRuleEntry *self = RUNGS_RULE_ENTRY (widget);

  if (self->pick != NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (self->pick));
  return self->entry != NULL && gtk_widget_grab_focus (self->entry);
}

static void
rungs_rule_entry_dispose (GObject *object)
{
  RungsRuleEntry *self = RUNGS_RULE_ENTRY (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->pick = NULL;
  self->entry = self->unit = NULL;
  g_clear_object (&self->fields);

  G_OBJECT_CLASS (rungs_rule_entry_parent_class)->dispose (object);
}

static void
rungs_rule_entry_finalize (GObject *object)
{
  RungsRuleEntry *self = RUNGS_RULE_ENTRY (object);

  g_clear_pointer (&self->value, json_node_unref);
  g_free ((char *) self->kind.context);
  g_free ((char *) self->kind.name);
  g_free ((char *) self->kind.currency);

  G_OBJECT_CLASS (rungs_rule_entry_parent_class)->finalize (object);
}

static void
rungs_rule_entry_class_init (RungsRuleEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_rule_entry_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_rule_entry_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = rungs_rule_entry_grab_focus;
  changed_signal = g_signal_new ("changed", RUNGS_TYPE_RULE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
rungs_rule_entry_init (RungsRuleEntry *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), rungs_wrap_layout_new (6));
}

GtkWidget *
rungs_rule_entry_new (RungsRuleFields          *fields,
                      const RungsRuleEntryKind *kind,
                      JsonNode                 *value)
{
  RungsRuleEntry *self = g_object_new (RUNGS_TYPE_RULE_ENTRY, NULL);

  self->fields = g_object_ref (fields);
  self->kind = *kind;
  self->kind.context = g_strdup (kind->context);
  self->kind.name = g_strdup (kind->name);
  self->kind.currency = g_strdup (kind->currency);
  self->value = value ? json_node_copy (value) : NULL;
  build (self);
  g_signal_connect_object (fields, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

JsonNode *
rungs_rule_entry_get_value (RungsRuleEntry *self)
{
  g_return_val_if_fail (RUNGS_IS_RULE_ENTRY (self), NULL);

  return self->value;
}

const char *
rungs_rule_entry_get_fault (RungsRuleEntry *self)
{
  g_return_val_if_fail (RUNGS_IS_RULE_ENTRY (self), NULL);

  return self->fault;
}

JsonNode *
rungs_rule_entry_first_value (RungsRuleShape shape)
{
  if (shape == RUNGS_SHAPE_DAYS)
    return int_node (FIRST_DAYS);
  if (shape == RUNGS_SHAPE_BOOLEAN)
    return json_node_init_boolean (json_node_alloc (), TRUE);
  return NULL;
}
