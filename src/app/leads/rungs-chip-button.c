/* rungs-chip-button.c: a chip over the list of leads. */

#include "rungs-chip-button.h"

#include <glib/gi18n.h>

#include "segments/rungs-field-table.h"
#include "widgets/rungs-rule-words.h"

/* From so many names on the list can be searched. */
#define SEARCHED_FROM 8
#define LIST_HEIGHT 320

struct _RungsChipButton
{
  GtkWidget parent_instance;

  RungsRuleFields *fields; /* (owned) */
  RungsLeadChip *chip;     /* (unowned) */

  GtkWidget *box;
  GtkWidget *button; /* a GtkMenuButton; of a rule a GtkButton */
  GtkLabel *label;

  GtkPopover *popover; /* (nullable) until it is first opened */
  GtkToggleButton *is_not;
  GtkSearchEntry *search;
  GtkWidget *scroller;
  GtkListBox *list;
  GtkWidget *nothing;
  char *sought;     /* (owned) (nullable): without case */
  gboolean filling; /* the check buttons change because of us */
};

G_DEFINE_FINAL_TYPE (RungsChipButton, rungs_chip_button, GTK_TYPE_WIDGET)

static guint changed_signal;
static guint closed_signal;
static guint opened_signal;
static guint removed_signal;

static const struct
{
  const char *field;
  const char *title;
  const char *negated;
} TITLES[] = {
  { "source", N_ ("Source"), N_ ("Not from") },
  { "tag", N_ ("Tag"), N_ ("Without the tag") },
  { "lifecycle", N_ ("Lifecycle"), N_ ("Lifecycle is not") },
  { "owns", N_ ("Owns"), N_ ("Does not own") },
  { "next_offer", N_ ("Offered next"), N_ ("Not offered next") },
  { "sequence", N_ ("In sequence"), N_ ("Not in sequence") },
  { "consent_state", N_ ("Marketing e-mail"), N_ ("Marketing e-mail is not") },
  { "segment", N_ ("Segment"), N_ ("Not in segment") },
  { "import", N_ ("Import"), N_ ("Not of import") },
};

/* ---- the words */

static GPtrArray *
get_picks (RungsChipButton *self)
{
  return rungs_rule_fields_get_values (
    self->fields, rungs_field_table_find (self->chip->field)->source, NULL);
}

static const char *
title_of (const RungsLeadChip *chip)
{
  for (guint i = 0; i < G_N_ELEMENTS (TITLES); i++)
    if (g_str_equal (TITLES[i].field, chip->field))
      return chip->negated ? _ (TITLES[i].negated) : _ (TITLES[i].title);
  return chip->field;
}

static char *
words_of_names (RungsChipButton *self)
{
  const RungsLeadChip *chip = self->chip;
  GPtrArray *picks = get_picks (self);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < chip->values->len; i++)
    {
      const char *value = g_ptr_array_index (chip->values, i);
      const RungsPick *pick = rungs_picks_find (picks, value);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", pick ? pick->label : value);
    }
  /* Translators: what a filter goes by, and its values: "Tag: customer, vip". */
  return g_strdup_printf (_ ("%s: %s"), title_of (chip), names->len > 0 ? names->str : "…");
}

static void
show_words (RungsChipButton *self)
{
  g_autofree char *words = self->chip->rule != NULL
                             ? rungs_rule_words (self->fields, self->chip->rule)
                             : words_of_names (self);
  GtkWidget *toggle = gtk_widget_get_first_child (self->button);

  gtk_label_set_label (self->label, words);
  gtk_widget_set_tooltip_text (self->button, g_utf8_strlen (words, -1) > 28 ? words : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  if (GTK_IS_MENU_BUTTON (self->button))
    gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                    -1);
}

static void
tell_changed (RungsChipButton *self)
{
  show_words (self);
  g_signal_emit (self, changed_signal, 0);
}

/* ---- the list */

static const char *
label_of (GtkListBoxRow *row)
{
  return gtk_check_button_get_label (GTK_CHECK_BUTTON (gtk_list_box_row_get_child (row)));
}

static gboolean
is_found (GtkListBoxRow *row,
          gpointer       data)
{
  RungsChipButton *self = data;
  g_autofree char *text = NULL;

  if (self->sought == NULL || *self->sought == '\0')
    return TRUE;
  text = g_utf8_casefold (label_of (row), -1);
  return strstr (text, self->sought) != NULL;
}

static GtkListBoxRow *
first_found (RungsChipButton *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      return row;
  return NULL;
}

static void
toggled_cb (RungsChipButton *self,
            GtkCheckButton  *check)
{
  if (self->filling)
    return;
  rungs_lead_chip_toggle (self->chip, g_object_get_data (G_OBJECT (check), "value"));
  tell_changed (self);
}

static void
row_activated_cb (RungsChipButton *self,
                  GtkListBoxRow   *row)
{
  GtkCheckButton *check = GTK_CHECK_BUTTON (gtk_list_box_row_get_child (row));

  gtk_check_button_set_active (check, !gtk_check_button_get_active (check));
}

static void
add_row (RungsChipButton *self,
         const char      *value,
         const char      *label)
{
  GtkWidget *check = gtk_check_button_new_with_label (label);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               rungs_lead_chip_has (self->chip, value));
  gtk_widget_set_focusable (check, FALSE); /* the keys are in the list */
  g_object_set_data_full (G_OBJECT (check), "value", g_strdup (value), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_list_box_append (self->list, row);
}

/* What is chosen already stands first, so that it is seen. */
static void
fill_list (RungsChipButton *self)
{
  GPtrArray *picks = get_picks (self);
  GtkListBoxRow *row;

  self->filling = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < self->chip->values->len; i++)
    {
      const char *value = g_ptr_array_index (self->chip->values, i);
      const RungsPick *pick = rungs_picks_find (picks, value);

      add_row (self, value, pick ? pick->label : value);
    }
  for (guint i = 0; i < picks->len; i++)
    {
      const RungsPick *pick = g_ptr_array_index (picks, i);

      if (!rungs_lead_chip_has (self->chip, pick->value))
        add_row (self, pick->value, pick->label);
    }
  self->filling = FALSE;
  row = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_widget_set_visible (self->scroller, row != NULL);
  gtk_widget_set_visible (self->nothing, row == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->search), picks->len >= SEARCHED_FROM);
}

static void
search_changed_cb (RungsChipButton *self)
{
  g_free (self->sought);
  self->sought = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  gtk_list_box_invalidate_filter (self->list);
}

/* Enter takes what is found first. */
static void
search_activated_cb (RungsChipButton *self)
{
  GtkListBoxRow *row;

  search_changed_cb (self);
  row = first_found (self);
  if (row != NULL)
    row_activated_cb (self, row);
}

static gboolean
search_key_cb (RungsChipButton *self,
               guint            key)
{
  GtkListBoxRow *row = key == GDK_KEY_Down ? first_found (self) : NULL;

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* Space does what Enter does. */
static gboolean
list_key_cb (RungsChipButton *self,
             guint            key)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  if (row == NULL || (key != GDK_KEY_space && key != GDK_KEY_KP_Space))
    return FALSE;
  row_activated_cb (self, GTK_LIST_BOX_ROW (row));
  return TRUE;
}

static void
is_not_toggled_cb (RungsChipButton *self)
{
  gboolean negated = gtk_toggle_button_get_active (self->is_not);

  if (self->filling || negated == self->chip->negated)
    return;
  self->chip->negated = negated;
  if (rungs_lead_chip_asks (self->chip))
    tell_changed (self);
  else
    show_words (self);
}

static gboolean
take_focus (gpointer data)
{
  RungsChipButton *self = data;
  GtkListBoxRow *row = self->popover ? first_found (self) : NULL;

  if (self->popover == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self->popover)))
    return G_SOURCE_REMOVE;
  if (gtk_widget_get_visible (GTK_WIDGET (self->search)))
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
  else if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  return G_SOURCE_REMOVE;
}

static void
shown_cb (RungsChipButton *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  self->filling = TRUE;
  gtk_toggle_button_set_active (self->is_not, self->chip->negated);
  self->filling = FALSE;
  fill_list (self);
  g_idle_add_full (G_PRIORITY_DEFAULT, take_focus, g_object_ref (self), g_object_unref);
}

static void
popover_closed_cb (RungsChipButton *self)
{
  g_signal_emit (self, closed_signal, 0);
}

static GtkWidget *
new_choice (RungsChipButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *is = gtk_toggle_button_new_with_label (_ ("Any of These"));

  self->is_not = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_ ("None of These")));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (is), TRUE);
  gtk_toggle_button_set_group (self->is_not, GTK_TOGGLE_BUTTON (is));
  g_signal_connect_swapped (self->is_not, "toggled", G_CALLBACK (is_not_toggled_cb), self);
  gtk_widget_set_hexpand (is, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->is_not), TRUE);
  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box), is);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->is_not));
  return box;
}

static GtkWidget *
new_scroller (RungsChipButton *self)
{
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->scroller = GTK_WIDGET (scroller);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (self->list, is_found, self, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "picks");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title_of (self->chip), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (list_key_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  gtk_scrolled_window_set_policy (scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (scroller, TRUE);
  gtk_scrolled_window_set_max_content_height (scroller, LIST_HEIGHT);
  gtk_scrolled_window_set_child (scroller, GTK_WIDGET (self->list));
  return self->scroller;
}

static GtkWidget *
new_search (RungsChipButton *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activated_cb), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_popover_popdown),
                            self->popover);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (search_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
  return GTK_WIDGET (self->search);
}

static void
make_popover (GtkMenuButton *button,
              gpointer       data)
{
  RungsChipButton *self = data;
  GtkWidget *box;

  if (self->popover != NULL)
    return;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->popover = GTK_POPOVER (gtk_popover_new ());
  self->nothing = gtk_label_new (_ ("There is nothing to choose from"));
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_box_append (GTK_BOX (box), new_choice (self));
  gtk_box_append (GTK_BOX (box), new_search (self));
  gtk_box_append (GTK_BOX (box), new_scroller (self));
  gtk_box_append (GTK_BOX (box), self->nothing);
  gtk_widget_set_size_request (box, 260, -1);
  gtk_popover_set_child (self->popover, box);
  g_signal_connect_swapped (self->popover, "show", G_CALLBACK (shown_cb), self);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (popover_closed_cb), self);
  gtk_menu_button_set_popover (button, GTK_WIDGET (self->popover));
}

/* The names have been read. */
static void
loaded_cb (RungsChipButton *self)
{
  show_words (self);
  if (self->popover != NULL && gtk_widget_get_mapped (GTK_WIDGET (self->popover))
      && gtk_list_box_get_row_at_index (self->list, 0) == NULL)
    {
      fill_list (self);
      take_focus (self);
    }
}

/* ---- the button */

static void
clicked_cb (RungsChipButton *self)
{
  g_signal_emit (self, opened_signal, 0);
}

static void
remove_cb (RungsChipButton *self)
{
  g_signal_emit (self, removed_signal, 0);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  remove_cb (RUNGS_CHIP_BUTTON (widget));
}

static void
add_button (RungsChipButton *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  self->label = GTK_LABEL (label);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (self->label, 28);
  if (self->chip->rule == NULL)
    {
      self->button = gtk_menu_button_new ();
      gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), label);
      gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), make_popover, self,
                                             NULL);
    }
  else
    {
      self->button = gtk_button_new ();
      gtk_button_set_child (GTK_BUTTON (self->button), label);
      g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
    }
  gtk_widget_add_css_class (self->button, "chip-name");
  gtk_box_append (GTK_BOX (self->box), self->button);
}

static void
add_remover (RungsChipButton *self)
{
  GtkWidget *remover = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_set_tooltip_text (remover, _ ("Take this filter away"));
  gtk_widget_add_css_class (remover, "chip-remover");
  gtk_accessible_update_property (GTK_ACCESSIBLE (remover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Take this filter away"), -1);
  g_signal_connect_swapped (remover, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (self->box), remover);
}

/* ---- the class */

static gboolean
rungs_chip_button_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (RUNGS_CHIP_BUTTON (widget)->button);
}

static void
rungs_chip_button_dispose (GObject *object)
{
  RungsChipButton *self = RUNGS_CHIP_BUTTON (object);

  self->popover = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->fields);
  g_clear_pointer (&self->sought, g_free);
  G_OBJECT_CLASS (rungs_chip_button_parent_class)->dispose (object);
}

static void
rungs_chip_button_class_init (RungsChipButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  guint *const signals[] = { &changed_signal, &closed_signal, &opened_signal, &removed_signal };
  static const char *const names[] = { "changed", "closed", "opened", "removed" };

  G_OBJECT_CLASS (klass)->dispose = rungs_chip_button_dispose;
  widget_class->grab_focus = rungs_chip_button_grab_focus;
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    *signals[i] = g_signal_new (names[i], RUNGS_TYPE_CHIP_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "chip");
  gtk_widget_class_install_action (widget_class, "chip.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "chip.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_BackSpace, 0, "chip.remove", NULL);
}

static void
rungs_chip_button_init (RungsChipButton *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->box, "linked");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
rungs_chip_button_new (RungsRuleFields *fields,
                       RungsLeadChip   *chip)
{
  RungsChipButton *self = g_object_new (RUNGS_TYPE_CHIP_BUTTON, NULL);

  g_return_val_if_fail (RUNGS_IS_RULE_FIELDS (fields), GTK_WIDGET (self));
  g_return_val_if_fail (chip != NULL, GTK_WIDGET (self));

  self->fields = g_object_ref (fields);
  self->chip = chip;
  add_button (self);
  add_remover (self);
  show_words (self);
  g_signal_connect_object (fields, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

RungsLeadChip *
rungs_chip_button_get_chip (RungsChipButton *self)
{
  g_return_val_if_fail (RUNGS_IS_CHIP_BUTTON (self), NULL);

  return self->chip;
}

void
rungs_chip_button_open (RungsChipButton *self)
{
  g_return_if_fail (RUNGS_IS_CHIP_BUTTON (self));

  if (GTK_IS_MENU_BUTTON (self->button))
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
  else
    clicked_cb (self);
}

const char *
rungs_chip_button_title (const char *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (TITLES); i++)
    if (g_str_equal (TITLES[i].field, field))
      return _ (TITLES[i].title);
  return field;
}
