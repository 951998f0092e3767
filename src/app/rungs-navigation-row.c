/* rungs-navigation-row.c: one page in the list at the left: icon, title, badge. */

#include "rungs-navigation-row.h"

#include <glib/gi18n.h>

/* What is dragged rests over the row for so long before its page opens. */
#define OPENS_AFTER_MS 600

struct _RungsNavigationRow
{
  GtkListBoxRow parent_instance;

  GtkImage *icon;
  GtkLabel *title_label;
  GtkLabel *badge_label;
  GtkWidget *dot;

  char *name; /* (owned) */
  guint badge;
  gboolean folded;
  guint opening; /* the source that opens the page; 0: none */
};

G_DEFINE_FINAL_TYPE (RungsNavigationRow, rungs_navigation_row, GTK_TYPE_LIST_BOX_ROW)

static void
show_badge (RungsNavigationRow *self)
{
  g_autofree char *text = self->badge > 999 ? g_strdup ("999+")
                                            : g_strdup_printf ("%u", self->badge);

  gtk_label_set_label (self->badge_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->badge_label), self->badge > 0 && !self->folded);
  gtk_widget_set_visible (self->dot, self->badge > 0 && self->folded);
}

/* What a screen reader says: the title, and how much waits there. */
static void
describe (RungsNavigationRow *self)
{
  const char *title = gtk_label_get_label (self->title_label);
  g_autofree char *waits = NULL;
  g_autofree char *label = NULL;

  waits = g_strdup_printf (ngettext ("%u waits", "%u wait", self->badge), self->badge);
  label = self->badge == 0 ? g_strdup (title) : g_strdup_printf ("%s, %s", title, waits);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static gboolean
open_page (gpointer data)
{
  RungsNavigationRow *self = data;

  self->opening = 0;
  gtk_widget_activate (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
dragged_over_cb (RungsNavigationRow *self)
{
  if (self->opening == 0)
    self->opening = g_timeout_add (OPENS_AFTER_MS, open_page, self);
}

static void
dragged_away_cb (RungsNavigationRow *self)
{
  g_clear_handle_id (&self->opening, g_source_remove);
}

/* It is dropped here, for the window to take: that is no leaving. */
static gboolean
event_cb (RungsNavigationRow *self,
          GdkEvent           *event)
{
  if (gdk_event_get_event_type (event) == GDK_DROP_START)
    dragged_away_cb (self);
  return FALSE;
}

static void
rungs_navigation_row_dispose (GObject *object)
{
  dragged_away_cb (RUNGS_NAVIGATION_ROW (object));

  G_OBJECT_CLASS (rungs_navigation_row_parent_class)->dispose (object);
}

static void
rungs_navigation_row_finalize (GObject *object)
{
  g_free (RUNGS_NAVIGATION_ROW (object)->name);

  G_OBJECT_CLASS (rungs_navigation_row_parent_class)->finalize (object);
}

static void
rungs_navigation_row_class_init (RungsNavigationRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_navigation_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_navigation_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/rungs-navigation-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsNavigationRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RungsNavigationRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, RungsNavigationRow, badge_label);
  gtk_widget_class_bind_template_child (widget_class, RungsNavigationRow, dot);
}

static void
rungs_navigation_row_init (RungsNavigationRow *self)
{
  GtkEventController *drags = gtk_drop_controller_motion_new ();
  GtkEventController *events = gtk_event_controller_legacy_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (drags, "enter", G_CALLBACK (dragged_over_cb), self);
  g_signal_connect_swapped (drags, "leave", G_CALLBACK (dragged_away_cb), self);
  g_signal_connect_swapped (events, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), drags);
  gtk_widget_add_controller (GTK_WIDGET (self), events);
}

GtkWidget *
rungs_navigation_row_new (const char *name,
                          const char *title,
                          const char *icon_name,
                          const char *accelerator)
{
  RungsNavigationRow *self = g_object_new (RUNGS_TYPE_NAVIGATION_ROW, NULL);
  GdkModifierType modifiers = 0;
  guint key = 0;

  self->name = g_strdup (name);
  gtk_label_set_label (self->title_label, title);
  gtk_image_set_from_icon_name (self->icon, icon_name);
  describe (self);
  if (accelerator != NULL && gtk_accelerator_parse (accelerator, &key, &modifiers))
    {
      g_autofree char *keys = gtk_accelerator_get_label (key, modifiers);
      g_autofree char *tooltip = g_strdup_printf ("%s (%s)", title, keys);

      gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
    }
  return GTK_WIDGET (self);
}

const char *
rungs_navigation_row_get_name (RungsNavigationRow *self)
{
  g_return_val_if_fail (RUNGS_IS_NAVIGATION_ROW (self), NULL);

  return self->name;
}

void
rungs_navigation_row_set_badge (RungsNavigationRow *self,
                                guint               badge)
{
  g_return_if_fail (RUNGS_IS_NAVIGATION_ROW (self));

  self->badge = badge;
  show_badge (self);
  describe (self);
}

void
rungs_navigation_row_set_folded (RungsNavigationRow *self,
                                 gboolean            folded)
{
  g_return_if_fail (RUNGS_IS_NAVIGATION_ROW (self));

  self->folded = folded;
  gtk_widget_set_visible (GTK_WIDGET (self->title_label), !folded);
  show_badge (self);
}
