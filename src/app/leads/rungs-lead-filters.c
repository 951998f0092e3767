/* rungs-lead-filters.c: what narrows the list of leads.
 *
 * The chips are what counts; their buttons are made anew when one comes or goes. A chip that asks
 * nothing when its list is closed goes away again. */

#include "rungs-lead-filters.h"

#include <glib/gi18n.h>

#include "rungs-chip-button.h"
#include "widgets/rungs-rule-window.h"
#include "widgets/rungs-wrap-box.h"

/* The filters do what their chips ask for. */
typedef struct
{
  void (*removed) (RungsLeadFilters *self,
                   RungsChipButton  *button);
  void (*closed) (RungsLeadFilters *self);
  void (*opened) (RungsLeadFilters *self);
} Answers;

struct _RungsLeadFilters
{
  GtkWidget parent_instance;

  const Answers *answers;

  GtkWidget *box;
  GtkMenuButton *menu_button;
  RungsWrapBox *chip_box;
  GtkWidget *save_button;

  RungsRuleFields *fields; /* (owned) (nullable) */
  GPtrArray *chips;        /* (owned) (element-type RungsLeadChip) */
  GPtrArray *buttons;      /* (owned) (element-type RungsChipButton): of the chips, in order */
  char *rule;              /* (owned) (nullable): what was asked for last */
  guint tidy_source;
};

G_DEFINE_FINAL_TYPE (RungsLeadFilters, rungs_lead_filters, GTK_TYPE_WIDGET)

static guint changed_signal;
static guint save_signal;

/* Says so, if other leads are wanted. */
static void
tell_changed (RungsLeadFilters *self)
{
  g_autofree char *rule = rungs_lead_chips_to_rule (self->chips);
  gboolean asks = rule != NULL;

  gtk_widget_set_visible (self->save_button, asks);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "filters.save", asks);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "filters.clear", asks);
  if (g_strcmp0 (rule, self->rule) == 0)
    return;
  g_free (self->rule);
  self->rule = g_steal_pointer (&rule);
  g_signal_emit (self, changed_signal, 0);
}

/* ---- the chips */

static void
show_chips (RungsLeadFilters *self)
{
  const Answers *answers = self->answers;

  rungs_wrap_box_clear (self->chip_box);
  g_ptr_array_set_size (self->buttons, 0);
  for (guint i = 0; i < self->chips->len; i++)
    {
      GtkWidget *button
        = rungs_chip_button_new (self->fields, g_ptr_array_index (self->chips, i));

      g_signal_connect_object (button, "changed", G_CALLBACK (tell_changed), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (button, "removed", G_CALLBACK (answers->removed), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (button, "closed", G_CALLBACK (answers->closed), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (button, "opened", G_CALLBACK (answers->opened), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_add (self->buttons, g_object_ref (button));
      rungs_wrap_box_append (self->chip_box, button);
    }
}

static void
focus_chip (RungsLeadFilters *self,
            guint             index)
{
  if (self->buttons->len > 0)
    gtk_widget_grab_focus (
      g_ptr_array_index (self->buttons, MIN (index, self->buttons->len - 1)));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->menu_button));
}

static gboolean
has_focus_within (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

static void
removed_cb (RungsLeadFilters *self,
            RungsChipButton  *button)
{
  gboolean had_focus = has_focus_within (GTK_WIDGET (button));
  guint index = 0;

  if (!g_ptr_array_find (self->chips, rungs_chip_button_get_chip (button), &index))
    return;
  g_ptr_array_remove_index (self->chips, index);
  show_chips (self);
  if (had_focus)
    focus_chip (self, index);
  tell_changed (self);
}

/* Takes chips that ask nothing away. */
static gboolean
tidy (gpointer data)
{
  RungsLeadFilters *self = data;
  gboolean had_focus = has_focus_within (GTK_WIDGET (self->chip_box));
  guint gone = 0;

  self->tidy_source = 0;
  for (guint i = self->chips->len; i > 0; i--)
    if (!rungs_lead_chip_asks (g_ptr_array_index (self->chips, i - 1)))
      {
        g_ptr_array_remove_index (self->chips, i - 1);
        gone++;
      }
  if (gone > 0)
    {
      show_chips (self);
      if (had_focus)
        focus_chip (self, self->chips->len);
    }
  return G_SOURCE_REMOVE;
}

static void
closed_cb (RungsLeadFilters *self)
{
  if (self->tidy_source == 0)
    self->tidy_source = g_idle_add (tidy, self);
}

static void
edited_cb (RungsLeadFilters *self,
           const char       *rule)
{
  rungs_lead_filters_set_rule (self, rule);
}

static void
edit (RungsLeadFilters *self)
{
  g_autofree char *rule = rungs_lead_chips_to_rule (self->chips);
  GtkWidget *window;

  if (self->fields == NULL)
    return;
  window = rungs_rule_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                  self->fields, _ ("Filter Leads"), _ ("_Show These Leads"), rule);
  g_signal_connect_object (window, "agreed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

/* ---- what can be done */

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  rungs_lead_filters_add (RUNGS_LEAD_FILTERS (widget), g_variant_get_string (parameter, NULL));
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  edit (RUNGS_LEAD_FILTERS (widget));
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  if (rungs_lead_filters_is_narrowing (RUNGS_LEAD_FILTERS (widget)))
    g_signal_emit (widget, save_signal, 0);
}

static void
clear_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  rungs_lead_filters_set_rule (RUNGS_LEAD_FILTERS (widget), NULL);
}

static GMenuModel *
new_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) fields = g_menu_new ();
  g_autoptr (GMenu) rest = g_menu_new ();

  for (const char *const *field = rungs_lead_chips_fields (); *field != NULL; field++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (rungs_chip_button_title (*field), NULL);

      g_menu_item_set_action_and_target (item, "filters.add", "s", *field);
      g_menu_append_item (fields, item);
    }
  g_menu_append (fields, _ ("_More…"), "filters.edit");
  g_menu_append (rest, _ ("_Save as Segment…"), "filters.save");
  g_menu_append (rest, _ ("Show _All Leads"), "filters.clear");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (fields));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rest));
  return G_MENU_MODEL (menu);
}

/* ---- the class */

static void
rungs_lead_filters_dispose (GObject *object)
{
  RungsLeadFilters *self = RUNGS_LEAD_FILTERS (object);

  g_clear_handle_id (&self->tidy_source, g_source_remove);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->fields);
  G_OBJECT_CLASS (rungs_lead_filters_parent_class)->dispose (object);
}

static void
rungs_lead_filters_finalize (GObject *object)
{
  RungsLeadFilters *self = RUNGS_LEAD_FILTERS (object);

  g_ptr_array_unref (self->chips);
  g_free (self->rule);
  G_OBJECT_CLASS (rungs_lead_filters_parent_class)->finalize (object);
}

static void
rungs_lead_filters_class_init (RungsLeadFiltersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_lead_filters_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_lead_filters_finalize;

  changed_signal = g_signal_new ("changed", RUNGS_TYPE_LEAD_FILTERS, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  save_signal = g_signal_new ("save", RUNGS_TYPE_LEAD_FILTERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 0);

  g_type_ensure (RUNGS_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/leads/rungs-lead-filters.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsLeadFilters, box);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadFilters, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadFilters, chip_box);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadFilters, save_button);
  gtk_widget_class_install_action (widget_class, "filters.add", "s", add_action);
  gtk_widget_class_install_action (widget_class, "filters.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "filters.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "filters.clear", NULL, clear_action);
}

static void
rungs_lead_filters_init (RungsLeadFilters *self)
{
  static const Answers answers = { removed_cb, closed_cb, edit };
  g_autoptr (GMenuModel) menu = new_menu ();

  self->answers = &answers;
  self->chips = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_lead_chip_free);
  self->buttons = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->menu_button, menu);
  tell_changed (self);
}

void
rungs_lead_filters_set_fields (RungsLeadFilters *self,
                               RungsRuleFields  *fields)
{
  g_return_if_fail (RUNGS_IS_LEAD_FILTERS (self));
  g_return_if_fail (self->fields == NULL);

  self->fields = g_object_ref (fields);
}

char *
rungs_lead_filters_dup_rule (RungsLeadFilters *self)
{
  g_return_val_if_fail (RUNGS_IS_LEAD_FILTERS (self), NULL);

  return g_strdup (self->rule);
}

gboolean
rungs_lead_filters_is_narrowing (RungsLeadFilters *self)
{
  g_return_val_if_fail (RUNGS_IS_LEAD_FILTERS (self), FALSE);

  return self->rule != NULL;
}

void
rungs_lead_filters_set_rule (RungsLeadFilters *self,
                             const char       *rule)
{
  gboolean had_focus;

  g_return_if_fail (RUNGS_IS_LEAD_FILTERS (self));

  if (self->fields == NULL)
    return;
  had_focus = has_focus_within (GTK_WIDGET (self->chip_box));
  g_ptr_array_unref (self->chips);
  self->chips = rungs_lead_chips_from_rule (rule);
  show_chips (self);
  if (had_focus)
    focus_chip (self, 0);
  tell_changed (self);
}

void
rungs_lead_filters_add (RungsLeadFilters *self,
                        const char       *field)
{
  g_return_if_fail (RUNGS_IS_LEAD_FILTERS (self));
  g_return_if_fail (g_strv_contains (rungs_lead_chips_fields (), field));

  if (self->fields == NULL)
    return;
  g_ptr_array_add (self->chips, rungs_lead_chip_new (field));
  show_chips (self);
  rungs_chip_button_open (g_ptr_array_index (self->buttons, self->buttons->len - 1));
}

void
rungs_lead_filters_start (RungsLeadFilters *self)
{
  g_return_if_fail (RUNGS_IS_LEAD_FILTERS (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->menu_button));
  gtk_menu_button_popup (self->menu_button);
}
