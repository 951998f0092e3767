/* rungs-browser-keys.c: what the keys do in a browser. */

#include "rungs-browser-keys.h"

/* Tab leaves the table; GTK 4.8 would go from row to row, through a million of them. What stands
 * behind it are the details and what can be done with several rows, and then the window begins
 * again. */
static gboolean
tab_cb (GtkWidget *view,
        GVariant  *forward,
        gpointer   data)
{
  const RungsBrowserAround *around = data;
  GtkRoot *root = gtk_widget_get_root (view);
  gboolean ahead = g_variant_get_boolean (forward);

  for (guint i = 0; ahead && i < G_N_ELEMENTS (around->behind); i++)
    if (gtk_widget_get_mapped (around->behind[i])
        && gtk_widget_child_focus (around->behind[i], GTK_DIR_TAB_FORWARD))
      return TRUE;
  if (!ahead && gtk_widget_child_focus (around->before, GTK_DIR_TAB_BACKWARD))
    return TRUE;
  gtk_root_set_focus (root, NULL);
  return gtk_widget_child_focus (GTK_WIDGET (root),
                                 ahead ? GTK_DIR_TAB_FORWARD : GTK_DIR_TAB_BACKWARD);
}

/* Escape gives up several selected rows; what it does otherwise is not the table's. */
static gboolean
escape_cb (GtkWidget *view,
           GVariant  *arguments,
           gpointer   data)
{
  RungsBrowser *self = data;
  gboolean several = rungs_browser_get_n_selected (self) > 1;

  if (several)
    rungs_browser_unselect_all (self);
  return several;
}

static gboolean
select_all_cb (GtkWidget *view,
               GVariant  *arguments,
               gpointer   data)
{
  rungs_browser_select_all (data);
  return TRUE;
}

static void
add_key (GtkEventController *controller,
         guint               key,
         GdkModifierType     modifiers,
         GtkShortcutFunc     func,
         gpointer            data,
         gboolean            argument)
{
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new_with_arguments (gtk_keyval_trigger_new (key, modifiers),
                                     gtk_callback_action_new (func, data, NULL), "b", argument));
}

GtkEventController *
rungs_browser_keys_new (RungsBrowser             *browser,
                        const RungsBrowserAround *around)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  RungsBrowserAround *copy = g_memdup2 (around, sizeof *around);

  g_object_set_data_full (G_OBJECT (controller), "rungs-around", copy, g_free);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  add_key (controller, GDK_KEY_Tab, 0, tab_cb, copy, TRUE);
  add_key (controller, GDK_KEY_Tab, GDK_SHIFT_MASK, tab_cb, copy, FALSE);
  add_key (controller, GDK_KEY_Escape, 0, escape_cb, browser, FALSE);
  add_key (controller, GDK_KEY_a, GDK_CONTROL_MASK, select_all_cb, browser, FALSE);
  return controller;
}

static gboolean
global_key_cb (GtkWidget *widget,
               GVariant  *action,
               gpointer   data)
{
  return gtk_widget_get_mapped (widget)
         && gtk_widget_activate_action (widget, g_variant_get_string (action, NULL), NULL);
}

static void
add_global_key (GtkEventController *controller,
                guint               key,
                const char         *action)
{
  GtkShortcut *shortcut
    = gtk_shortcut_new_with_arguments (gtk_keyval_trigger_new (key, GDK_CONTROL_MASK),
                                       gtk_callback_action_new (global_key_cb, NULL, NULL), "s",
                                       action);

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

GtkEventController *
rungs_browser_keys_new_global (void)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  add_global_key (controller, GDK_KEY_l, "browser.columns");
  add_global_key (controller, GDK_KEY_i, "browser.toggle-details");
  return controller;
}
