/* rungs-shortcuts-window.c: the list of all keys. */

#include "rungs-shortcuts-window.h"

#include <glib/gi18n.h>

#include "rungs-keys-row.h"
#include "rungs-page-list.h"

struct _RungsShortcutsWindow
{
  AdwWindow parent_instance;

  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (RungsShortcutsWindow, rungs_shortcuts_window, ADW_TYPE_WINDOW)

/* A heading (no accelerators) or what keys do. */
static const struct
{
  const char *title;
  const char *accelerators;
} SHORTCUTS[] = {
  { N_ ("On Every Page"), NULL },
  { N_ ("Search"), "<Control>f" },
  { N_ ("The page’s main action"), "<Control>n" },
  { N_ ("Take back what was just done"), "<Control>z" },
  { N_ ("Fold the navigation to icons"), "F9" },
  { N_ ("Settings"), "<Control>comma" },
  { N_ ("Main menu"), "F10" },
  { N_ ("In a List"), NULL },
  { N_ ("Open"), "Return" },
  { N_ ("What can be done with the selected rows"), "Menu <Shift>F10" },
  { N_ ("Select all rows"), "<Control>a" },
  { N_ ("Select nothing"), "<Control><Shift>a Escape" },
  { N_ ("Edit the selected row"), "F2" },
  { N_ ("Delete the selected rows"), "Delete" },
  { N_ ("Choose and order columns, and sort by one"), "<Control>l" },
  { N_ ("Go to the details"), "Tab" },
  { N_ ("Show or hide details"), "<Control>i" },
  { N_ ("Make the details wider or narrower, with the arrows"), "F8" },
  { N_ ("In the List of Leads"), NULL },
  { N_ ("Add a lead"), "<Control><Shift>n" },
  { N_ ("Show only some leads"), "<Control><Shift>f" },
  { N_ ("Give the selected leads a tag, take one away"), "<Control>t <Control><Shift>t" },
  { N_ ("Copy the selected leads, import what was copied from a table"), "<Control>c <Control>v" },
  { N_ ("In a Rule"), NULL },
  { N_ ("Add a line"), "Insert" },
  { N_ ("Take the line or group out"), "Delete" },
  { N_ ("Move it up or down"), "<Alt>Up <Alt>Down" },
  { N_ ("Put a group around it, or take it out of its group"), "<Alt>Right <Alt>Left" },
  { N_ ("Make a change again that was taken back"), "<Control><Shift>z" },
  { N_ ("Save the rule"), "<Control>s" },
  { N_ ("In a Drawing"), NULL },
  { N_ ("Open what has the keys, and the number on an arrow"), "Return <Shift>Return" },
  { N_ ("What can be done with it"), "Menu <Shift>F10" },
  { N_ ("Go to what stands beside it"), "Left Right Up Down" },
  { N_ ("Go along the arrows"), "Tab <Shift>Tab" },
  { N_ ("Leave the drawing"), "<Control>Tab" },
  { N_ ("Insert something"), "Insert" },
  { N_ ("Move it to another place"), "m <Alt>Up <Alt>Down" },
  { N_ ("Draw an arrow from it"), "c" },
  { N_ ("Delete what is selected"), "Delete" },
  { N_ ("Make a change again that was taken back"), "<Control><Shift>z <Control>y" },
  { N_ ("Copy, cut, paste, make another one"),
    "<Control>c <Control>x <Control>v <Control>d" },
  { N_ ("Larger, smaller"), "<Control>plus <Control>minus" },
  { N_ ("As large as it is, all of it"), "<Control>0 <Control>9" },
  { N_ ("Show what is no longer sold, on the map of the ladder"), "<Control>h" },
  { N_ ("What the year would bring, on the page of the ladder"), "<Control>e" },
  { N_ ("Show ways that leads went and that are not drawn, on the map of the ladder"),
    "<Control>u" },
  { N_ ("Show the outline of the map of the ladder"), "<Control><Shift>l" },
  { N_ ("In a Message"), NULL },
  { N_ ("Go into a block, back to it"), "Return Escape" },
  { N_ ("Move the block"), "<Alt>Up <Alt>Down" },
  { N_ ("Another block like it"), "<Control>d" },
  { N_ ("Bold, italic, link"), "<Control>b <Control>i <Control>k" },
  { N_ ("List with bullets, numbered list"), "<Control><Shift>8 <Control><Shift>7" },
  { N_ ("Insert something of the reader"), "<Control>m" },
  { N_ ("What stands there if it is not known"), "F2" },
  { N_ ("Make a change again that was taken back"), "<Control><Shift>z <Control>y" },
  { N_ ("The Program"), NULL },
  { N_ ("Open another business"), "<Control>o" },
  { N_ ("Words and help"), "F1" },
  { N_ ("Keyboard shortcuts"), "<Control>question" },
  { N_ ("Close the window"), "<Control>w" },
  { N_ ("Quit"), "<Control>q" },
};

static AdwPreferencesGroup *
add_group (RungsShortcutsWindow *self,
           const char           *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

static void
add_pages (RungsShortcutsWindow *self)
{
  AdwPreferencesGroup *group = add_group (self, _ ("Pages"));
  guint n = 0;
  const RungsPageKind *pages = rungs_page_list (&n);

  for (guint i = 0; i < MIN (n, 9); i++)
    {
      g_autofree char *accelerator = g_strdup_printf ("<Control>%u", i + 1);

      if (!g_str_equal (pages[i].name, "settings"))
        adw_preferences_group_add (group, rungs_keys_row_new (_ (pages[i].title), accelerator));
    }
}

static void
rungs_shortcuts_window_class_init (RungsShortcutsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/rungs-shortcuts-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsShortcutsWindow, page);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rungs_shortcuts_window_init (RungsShortcutsWindow *self)
{
  AdwPreferencesGroup *group = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  add_pages (self);
  for (guint i = 0; i < G_N_ELEMENTS (SHORTCUTS); i++)
    if (SHORTCUTS[i].accelerators == NULL)
      group = add_group (self, _ (SHORTCUTS[i].title));
    else
      adw_preferences_group_add (group, rungs_keys_row_new (_ (SHORTCUTS[i].title),
                                                            SHORTCUTS[i].accelerators));
}

RungsShortcutsWindow *
rungs_shortcuts_window_new (GtkWindow *parent)
{
  return g_object_new (RUNGS_TYPE_SHORTCUTS_WINDOW, "transient-for", parent, NULL);
}
