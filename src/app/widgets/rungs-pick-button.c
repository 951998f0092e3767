/* rungs-pick-button.c: a button that shows one of many things, and a list of them to search. */

#include "rungs-pick-button.h"

#include <glib/gi18n.h>

/* From so many things on the list can be searched. */
#define SEARCHED_FROM 8
#define LIST_HEIGHT 320

struct _RungsPickButton
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkLabel *label;
  GtkImage *arrow;

  GtkPopover *popover; /* (nullable) until it is first opened */
  GtkSearchEntry *search;
  GtkListBox *list;
  GtkWidget *nothing;

  char *name;       /* (owned) */
  char *prompt;     /* (owned) */
  char *value;      /* (owned) (nullable) */
  GPtrArray *picks; /* (owned) (element-type RungsPick) */
  gboolean open;
  char *sought; /* (owned) (nullable): what is searched for, without case */
};

G_DEFINE_FINAL_TYPE (RungsPickButton, rungs_pick_button, GTK_TYPE_WIDGET)

static guint picked_signal;

/* ---- what can be picked */

RungsPick *
rungs_pick_new (const char *value,
                const char *label,
                const char *group)
{
  RungsPick *self = g_new0 (RungsPick, 1);

  self->value = g_strdup (value);
  self->label = g_strdup (label);
  self->group = g_strdup (group);
  return self;
}

void
rungs_pick_free (RungsPick *self)
{
  g_free (self->value);
  g_free (self->label);
  g_free (self->group);
  g_free (self);
}

GPtrArray *
rungs_picks_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_pick_free);
}

const RungsPick *
rungs_picks_find (GPtrArray  *picks,
                  const char *value)
{
  for (guint i = 0; value != NULL && i < picks->len; i++)
    {
      const RungsPick *pick = g_ptr_array_index (picks, i);

      if (g_str_equal (pick->value, value))
        return pick;
    }
  return NULL;
}

static gboolean
same_picks (GPtrArray *a,
            GPtrArray *b)
{
  gboolean same = a->len == b->len;

  for (guint i = 0; same && i < a->len; i++)
    {
      const RungsPick *one = g_ptr_array_index (a, i);
      const RungsPick *other = g_ptr_array_index (b, i);

      same = g_str_equal (one->value, other->value) && g_str_equal (one->label, other->label);
    }
  return same;
}

/* ---- the button */

static void
show_value (RungsPickButton *self)
{
  const RungsPick *pick = rungs_picks_find (self->picks, self->value);
  const char *text = pick ? pick->label : self->value ? self->value : self->prompt;
  g_autofree char *spoken = g_strdup_printf ("%s: %s", self->name, text);
  GtkWidget *toggle = gtk_widget_get_first_child (GTK_WIDGET (self->button));

  gtk_label_set_label (self->label, text);
  if (gtk_widget_get_visible (GTK_WIDGET (self->label)))
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), g_utf8_strlen (text, -1) > 20 ? text : NULL);
  if (self->value == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
}

static void
pick (RungsPickButton *self,
      const char      *value)
{
  g_autofree char *kept = g_strdup (value);

  gtk_popover_popdown (self->popover);
  rungs_pick_button_set_value (self, kept);
  g_signal_emit (self, picked_signal, 0, kept);
}

/* ---- the list */

static const RungsPick *
pick_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "pick");
}

static gboolean
is_found (GtkListBoxRow *row,
          gpointer       data)
{
  RungsPickButton *self = data;
  g_autofree char *text = NULL;

  if (self->sought == NULL || *self->sought == '\0')
    return TRUE;
  text = g_utf8_casefold (pick_of (row)->label, -1);
  return strstr (text, self->sought) != NULL;
}

static void
set_heading (GtkListBoxRow *row,
             GtkListBoxRow *before,
             gpointer       data)
{
  const char *group = pick_of (row)->group;
  GtkWidget *heading;

  if (group == NULL || (before != NULL && g_strcmp0 (group, pick_of (before)->group) == 0))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (gtk_list_box_row_get_header (row) != NULL)
    return;
  heading = gtk_label_new (group);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "pick-heading");
  gtk_list_box_row_set_header (row, heading);
}

static GtkWidget *
new_row (const RungsPick *pick)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (pick->label);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, pick->label,
                                  -1);
  g_object_set_data (G_OBJECT (row), "pick", (gpointer) pick);
  return row;
}

static void
fill_list (RungsPickButton *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < self->picks->len; i++)
    {
      const RungsPick *pick = g_ptr_array_index (self->picks, i);

      row = GTK_LIST_BOX_ROW (new_row (pick));
      gtk_list_box_append (self->list, GTK_WIDGET (row));
      if (g_strcmp0 (pick->value, self->value) == 0)
        gtk_list_box_select_row (self->list, row);
    }
}

static GtkListBoxRow *
first_found (RungsPickButton *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      return row;
  return NULL;
}

static void
show_nothing (RungsPickButton *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *words
    = self->open && *text != '\0' ? g_strdup_printf (_ ("Enter takes “%s”"), text)
                                  : g_strdup (_ ("There is nothing to choose from"));

  gtk_label_set_label (GTK_LABEL (self->nothing), words);
  gtk_widget_set_visible (self->nothing, first_found (self) == NULL);
}

static void
search_changed_cb (RungsPickButton *self)
{
  g_free (self->sought);
  self->sought = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  gtk_list_box_invalidate_filter (self->list);
  show_nothing (self);
}

/* Enter takes what was written where it is in the list or may be anything, else what is found
 * first. */
static void
search_activated_cb (RungsPickButton *self)
{
  g_autofree char *text
    = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  GtkListBoxRow *row;

  search_changed_cb (self);
  row = first_found (self);
  if (row != NULL && (!self->open || *text != '\0'))
    pick (self, pick_of (row)->value);
  else if (self->open && *text != '\0')
    pick (self, text);
}

static gboolean
search_key_cb (RungsPickButton *self,
               guint            key)
{
  GtkListBoxRow *row = key == GDK_KEY_Down ? first_found (self) : NULL;

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
row_activated_cb (RungsPickButton *self,
                  GtkListBoxRow   *row)
{
  pick (self, pick_of (row)->value);
}

static gboolean
take_focus (gpointer data)
{
  RungsPickButton *self = data;
  GtkListBoxRow *row = self->popover ? gtk_list_box_get_selected_row (self->list) : NULL;

  if (self->popover == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self->popover)))
    return G_SOURCE_REMOVE;
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row)); /* scrolls to it */
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  if (gtk_widget_get_visible (GTK_WIDGET (self->search)))
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
  else if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  return G_SOURCE_REMOVE;
}

static void
opened_cb (RungsPickButton *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->search),
                          self->open || self->picks->len >= SEARCHED_FROM);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  fill_list (self);
  search_changed_cb (self);
  g_idle_add_full (G_PRIORITY_DEFAULT, take_focus, g_object_ref (self), g_object_unref);
}

static GtkWidget *
new_scroller (RungsPickButton *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_filter_func (self->list, is_found, self, NULL);
  gtk_list_box_set_header_func (self->list, set_heading, self, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "picks");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->name, -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  return scroller;
}

static void
make_popover (GtkMenuButton *button,
              gpointer       data)
{
  RungsPickButton *self = data;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkEventController *keys = gtk_event_controller_key_new ();

  if (self->popover != NULL)
    return;
  self->popover = GTK_POPOVER (gtk_popover_new ());
  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  self->nothing = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->nothing), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->nothing), 30);
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->name, -1);
  gtk_search_entry_set_key_capture_widget (self->search, box);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (search_key_cb), self);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activated_cb), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_popover_popdown),
                            self->popover);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (box), new_scroller (self));
  gtk_box_append (GTK_BOX (box), self->nothing);
  gtk_popover_set_child (self->popover, box);
  g_signal_connect_swapped (self->popover, "map", G_CALLBACK (opened_cb), self);
  gtk_menu_button_set_popover (self->button, GTK_WIDGET (self->popover));
}

/* ---- the class */

static gboolean
rungs_pick_button_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUNGS_PICK_BUTTON (widget)->button));
}

static void
rungs_pick_button_dispose (GObject *object)
{
  RungsPickButton *self = RUNGS_PICK_BUTTON (object);

  self->popover = NULL;
  if (self->button != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->button));
  self->button = NULL;

  G_OBJECT_CLASS (rungs_pick_button_parent_class)->dispose (object);
}

static void
rungs_pick_button_finalize (GObject *object)
{
  RungsPickButton *self = RUNGS_PICK_BUTTON (object);

  g_ptr_array_unref (self->picks);
  g_free (self->name);
  g_free (self->prompt);
  g_free (self->value);
  g_free (self->sought);

  G_OBJECT_CLASS (rungs_pick_button_parent_class)->finalize (object);
}

static void
rungs_pick_button_class_init (RungsPickButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_pick_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_pick_button_finalize;
  widget_class->grab_focus = rungs_pick_button_grab_focus;
  picked_signal = g_signal_new ("picked", RUNGS_TYPE_PICK_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pickbutton");
}

static void
rungs_pick_button_init (RungsPickButton *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->picks = rungs_picks_new ();
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_max_width_chars (self->label, 24);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->label));
  self->arrow = GTK_IMAGE (gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->arrow));
  gtk_menu_button_set_child (self->button, content);
  gtk_menu_button_set_create_popup_func (self->button, make_popover, self, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->button), GTK_WIDGET (self));
  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE);
}

GtkWidget *
rungs_pick_button_new (const char *name,
                       const char *prompt)
{
  RungsPickButton *self = g_object_new (RUNGS_TYPE_PICK_BUTTON, NULL);

  self->name = g_strdup (name);
  self->prompt = g_strdup (prompt);
  show_value (self);
  return GTK_WIDGET (self);
}

void
rungs_pick_button_set_picks (RungsPickButton *self,
                             GPtrArray       *picks)
{
  g_autoptr (GPtrArray) old = NULL;

  g_return_if_fail (RUNGS_IS_PICK_BUTTON (self));
  g_return_if_fail (picks != NULL);

  /* who is choosing just now goes on */
  if (same_picks (self->picks, picks))
    return;
  old = self->picks; /* the rows that go still ask for theirs */
  self->picks = g_ptr_array_ref (picks);
  if (self->popover != NULL)
    fill_list (self);
  show_value (self);
}

void
rungs_pick_button_set_icon (RungsPickButton *self,
                            const char      *icon_name,
                            const char      *tooltip)
{
  g_return_if_fail (RUNGS_IS_PICK_BUTTON (self));

  gtk_widget_set_visible (GTK_WIDGET (self->label), FALSE);
  gtk_image_set_from_icon_name (self->arrow, icon_name);
  gtk_menu_button_set_has_frame (self->button, FALSE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
}

void
rungs_pick_button_set_open (RungsPickButton *self,
                            gboolean         open)
{
  g_return_if_fail (RUNGS_IS_PICK_BUTTON (self));

  self->open = open;
}

void
rungs_pick_button_set_value (RungsPickButton *self,
                             const char      *value)
{
  g_return_if_fail (RUNGS_IS_PICK_BUTTON (self));

  if (value != self->value)
    {
      g_free (self->value);
      self->value = g_strdup (value);
    }
  show_value (self);
}

void
rungs_pick_button_open_list (RungsPickButton *self)
{
  g_return_if_fail (RUNGS_IS_PICK_BUTTON (self));

  gtk_menu_button_popup (self->button);
}
