/* rungs-focus.c: keeps the keys where they are while widgets are made anew. */

#include "rungs-focus.h"

struct _RungsFocus
{
  char *action;     /* (owned) (nullable) */
  GVariant *target; /* (owned) (nullable) */
  guint position;   /* how many things that do something stand before it */
};

static gboolean
has_action (GtkWidget *widget)
{
  return GTK_IS_ACTIONABLE (widget)
         && gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)) != NULL;
}

/* Adds the things in the subtree that do something, in the order of the keys, up to but without
 * `end` (nullable). FALSE: that was reached. */
static gboolean
collect (GtkWidget *widget,
         GtkWidget *end,
         GPtrArray *things)
{
  gboolean on = widget != end;

  if (!gtk_widget_get_visible (widget))
    return TRUE;
  if (on && (has_action (widget) || GTK_IS_MENU_BUTTON (widget)))
    g_ptr_array_add (things, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); on && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    on = collect (child, end, things);
  return on;
}

static gboolean
does_the_same (RungsFocus *self,
               GtkWidget  *widget)
{
  GVariant *target = NULL;

  if (self->action == NULL || !has_action (widget))
    return FALSE;
  target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (widget));
  if (g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), self->action) != 0)
    return FALSE;
  return target == self->target
         || (target != NULL && self->target != NULL && g_variant_equal (target, self->target));
}

static void
focus_free (RungsFocus *self)
{
  g_free (self->action);
  g_clear_pointer (&self->target, g_variant_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsFocus, focus_free)

/* (nullable): what has the keys; of a menu button that, not the button within. */
static GtkWidget *
focus_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *parent = focus != NULL ? gtk_widget_get_parent (focus) : NULL;

  return parent != NULL && GTK_IS_MENU_BUTTON (parent) ? parent : focus;
}

gboolean
rungs_focus_is_in (GtkWidget *widget)
{
  GtkWidget *focus = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  focus = focus_of (widget);
  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

void
rungs_focus_close_popovers (GtkWidget *box)
{
  g_return_if_fail (GTK_IS_WIDGET (box));

  if (GTK_IS_POPOVER (box))
    gtk_popover_popdown (GTK_POPOVER (box));
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    rungs_focus_close_popovers (child);
}

RungsFocus *
rungs_focus_note (GtkWidget *box)
{
  g_autoptr (GPtrArray) things = g_ptr_array_new ();
  GtkWidget *focus = NULL;
  RungsFocus *self = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (box), NULL);

  rungs_focus_close_popovers (box);
  if (!rungs_focus_is_in (box))
    return NULL;
  focus = focus_of (box);
  collect (box, focus, things);
  self = g_new0 (RungsFocus, 1);
  self->position = things->len;
  if (!has_action (focus))
    return self;
  self->action = g_strdup (gtk_actionable_get_action_name (GTK_ACTIONABLE (focus)));
  self->target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (focus));
  if (self->target != NULL)
    g_variant_ref (self->target);
  return self;
}

void
rungs_focus_restore (RungsFocus *self,
                     GtkWidget  *box)
{
  g_autoptr (RungsFocus) taken = self;
  g_autoptr (GPtrArray) things = g_ptr_array_new ();

  g_return_if_fail (GTK_IS_WIDGET (box));

  if (taken == NULL)
    return;
  collect (box, NULL, things);
  for (guint i = 0; i < things->len; i++)
    if (does_the_same (taken, g_ptr_array_index (things, i)))
      {
        gtk_widget_grab_focus (g_ptr_array_index (things, i));
        return;
      }
  if (things->len > 0)
    gtk_widget_grab_focus (g_ptr_array_index (things, MIN (taken->position, things->len - 1)));
  else
    gtk_widget_child_focus (box, GTK_DIR_TAB_FORWARD);
}
