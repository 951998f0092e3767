/* rungs-rich-text.c: a text with its buttons: bold, italic, link, lists, values of the reader. */

#include "rungs-rich-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-merge-words.h"
#include "widgets/rungs-focus.h"

struct _RungsRichText
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *bar; /* the buttons */
  RungsRichView *view;
  GtkToggleButton *bold;
  GtkToggleButton *italic;
  GtkToggleButton *bullets; /* (nullable) in a line */
  GtkToggleButton *numbers; /* (nullable) in a line */
  GtkWidget *link;          /* (nullable) a GtkMenuButton */
  GtkWidget *address;       /* (nullable) the entry of its popover */
  GtkWidget *insert;        /* a GtkMenuButton */
  gboolean showing;         /* the buttons change because of us */
};

G_DEFINE_FINAL_TYPE (RungsRichText, rungs_rich_text, GTK_TYPE_WIDGET)

static guint edited_signal;

/* ---- what is shown */

static void
show_toggle (GtkToggleButton *button,
             gboolean         active)
{
  if (button != NULL)
    gtk_toggle_button_set_active (button, active);
}

static void
moved_cb (RungsRichText *self)
{
  RungsRichKind kind = rungs_rich_view_get_kind (self->view);

  self->showing = TRUE;
  show_toggle (self->bold, rungs_rich_view_has_style (self->view, RUNGS_RICH_BOLD));
  show_toggle (self->italic, rungs_rich_view_has_style (self->view, RUNGS_RICH_ITALIC));
  show_toggle (self->bullets, kind == RUNGS_RICH_BULLET);
  show_toggle (self->numbers, kind == RUNGS_RICH_NUMBER);
  self->showing = FALSE;
}

static void
edited_cb (RungsRichText *self)
{
  g_signal_emit (self, edited_signal, 0);
}

static void
focus_changed_cb (RungsRichText *self)
{
  gtk_widget_set_visible (self->bar, rungs_focus_is_in (GTK_WIDGET (self)));
}

/* ---- what the buttons and keys do */

static void
bold_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  rungs_rich_view_toggle_style (RUNGS_RICH_TEXT (widget)->view, RUNGS_RICH_BOLD);
}

static void
italic_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  rungs_rich_view_toggle_style (RUNGS_RICH_TEXT (widget)->view, RUNGS_RICH_ITALIC);
}

static void
bullets_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  rungs_rich_view_toggle_list (RUNGS_RICH_TEXT (widget)->view, RUNGS_RICH_BULLET);
}

static void
numbers_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  rungs_rich_view_toggle_list (RUNGS_RICH_TEXT (widget)->view, RUNGS_RICH_NUMBER);
}

static void
insert_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsRichText *self = RUNGS_RICH_TEXT (widget);

  rungs_rich_view_insert_liquid (self->view, g_variant_get_string (parameter, NULL));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
open_menu (RungsRichText *self,
           GtkWidget     *button)
{
  gtk_widget_set_visible (self->bar, TRUE);
  if (button != NULL)
    gtk_menu_button_popup (GTK_MENU_BUTTON (button));
}

static void
link_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  open_menu (RUNGS_RICH_TEXT (widget), RUNGS_RICH_TEXT (widget)->link);
}

static void
merge_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  open_menu (RUNGS_RICH_TEXT (widget), RUNGS_RICH_TEXT (widget)->insert);
}

static void
set_link (RungsRichText *self,
          const char    *link)
{
  g_autofree char *address = g_strstrip (g_strdup (link));

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->link));
  if (*address != '\0' || rungs_rich_view_get_link (self->view) != NULL)
    rungs_rich_view_set_link (self->view, address);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* An address without a scheme is one of the web, or of a mailbox. */
static void
link_entered_cb (RungsRichText *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->address));
  g_autofree char *scheme = g_uri_parse_scheme (text);
  g_autofree char *address = NULL;

  if (*text == '\0' || scheme != NULL || g_str_has_prefix (text, "{{"))
    address = g_strdup (text);
  else
    address = g_strconcat (strchr (text, '@') != NULL ? "mailto:" : "https://", text, NULL);
  set_link (self, address);
}

static void
link_removed_cb (RungsRichText *self)
{
  set_link (self, "");
}

static void
link_shown_cb (RungsRichText *self)
{
  const char *link = rungs_rich_view_get_link (self->view);

  gtk_editable_set_text (GTK_EDITABLE (self->address), link != NULL ? link : "");
  gtk_widget_grab_focus (self->address);
}

/* ---- the buttons */

static GtkWidget *
add_button (RungsRichText *self,
            GtkWidget     *button,
            const char    *icon,
            const char    *tip)
{
  if (GTK_IS_MENU_BUTTON (button))
    gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), icon);
  else
    gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  gtk_box_append (GTK_BOX (self->bar), button);
  return button;
}

static void
toggled_cb (GtkToggleButton *button,
            RungsRichText   *self)
{
  if (self->showing)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), g_object_get_data (G_OBJECT (button), "action"),
                              NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  moved_cb (self);
}

static GtkToggleButton *
add_toggle (RungsRichText *self,
            const char    *icon,
            const char    *tip,
            const char    *action)
{
  GtkWidget *button = add_button (self, gtk_toggle_button_new (), icon, tip);

  g_object_set_data (G_OBJECT (button), "action", (gpointer) action);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, 0);
  return GTK_TOGGLE_BUTTON (button);
}

static GtkWidget *
new_link_popover (RungsRichText *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *set = gtk_button_new_with_mnemonic (_ ("_Link"));
  GtkWidget *remove = gtk_button_new_with_mnemonic (_ ("_Remove Link"));

  self->address = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->address), "https://…");
  gtk_entry_set_input_purpose (GTK_ENTRY (self->address), GTK_INPUT_PURPOSE_URL);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->address), 32);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->address), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Address of the link"), -1);
  gtk_widget_add_css_class (set, "suggested-action");
  gtk_widget_set_hexpand (set, TRUE);
  g_signal_connect_swapped (self->address, "activate", G_CALLBACK (link_entered_cb), self);
  g_signal_connect_swapped (set, "clicked", G_CALLBACK (link_entered_cb), self);
  g_signal_connect_swapped (remove, "clicked", G_CALLBACK (link_removed_cb), self);
  g_signal_connect_swapped (popover, "show", G_CALLBACK (link_shown_cb), self);
  gtk_box_append (GTK_BOX (box), self->address);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_box_append (GTK_BOX (buttons), remove);
  gtk_box_append (GTK_BOX (buttons), set);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}

/* The fields of the business may become known, and others, while the window is open. */
static void
words_wanted_cb (GtkMenuButton *button,
                 gpointer       data)
{
  GtkRoot *window = gtk_widget_get_root (data);
  g_autoptr (GMenuModel) words = rungs_merge_words_new_menu (
    "rich.insert", window != NULL ? rungs_merge_words_get_fields (GTK_WIDGET (window)) : NULL);

  gtk_menu_button_set_menu_model (button, words);
}

static void
add_buttons (RungsRichText *self,
             RungsRichMode  mode)
{
  if (mode != RUNGS_RICH_MODE_PLAIN)
    {
      self->bold
        = add_toggle (self, "format-text-bold-symbolic", _ ("Bold (Ctrl+B)"), "rich.bold");
      self->italic
        = add_toggle (self, "format-text-italic-symbolic", _ ("Italic (Ctrl+I)"), "rich.italic");
      self->link = add_button (self, gtk_menu_button_new (), "insert-link-symbolic",
                               _ ("Link (Ctrl+K)"));
      gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->link), new_link_popover (self));
    }
  if (mode == RUNGS_RICH_MODE_TEXT)
    {
      self->bullets = add_toggle (self, "view-list-bullet-symbolic",
                                  _ ("List with bullets (Shift+Ctrl+8)"), "rich.bullets");
      self->numbers = add_toggle (self, "view-list-ordered-symbolic",
                                  _ ("Numbered list (Shift+Ctrl+7)"), "rich.numbers");
    }
  self->insert = add_button (self, gtk_menu_button_new (), "avatar-default-symbolic",
                             _ ("Insert something of the reader (Ctrl+M)"));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->insert), words_wanted_cb, self,
                                         NULL);
}

/* ---- the class */

static void
rungs_rich_text_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_RICH_TEXT (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_rich_text_parent_class)->dispose (object);
}

static gboolean
rungs_rich_text_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUNGS_RICH_TEXT (widget)->view));
}

static void
rungs_rich_text_class_init (RungsRichTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc activate;
    guint key;
    GdkModifierType modifiers;
  } actions[] = {
    { "rich.bold", bold_action, GDK_KEY_b, GDK_CONTROL_MASK },
    { "rich.italic", italic_action, GDK_KEY_i, GDK_CONTROL_MASK },
    { "rich.link", link_action, GDK_KEY_k, GDK_CONTROL_MASK },
    { "rich.merge", merge_action, GDK_KEY_m, GDK_CONTROL_MASK },
    { "rich.bullets", bullets_action, GDK_KEY_8, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "rich.numbers", numbers_action, GDK_KEY_7, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  };

  G_OBJECT_CLASS (klass)->dispose = rungs_rich_text_dispose;
  widget_class->grab_focus = rungs_rich_text_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "richtext");
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
      gtk_widget_class_add_binding_action (widget_class, actions[i].key, actions[i].modifiers,
                                           actions[i].name, NULL);
    }
  gtk_widget_class_install_action (widget_class, "rich.insert", "s", insert_action);
  edited_signal = g_signal_new ("edited", RUNGS_TYPE_RICH_TEXT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
rungs_rich_text_init (RungsRichText *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_visible (self->bar, FALSE);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (focus, "notify::contains-focus", G_CALLBACK (focus_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

GtkWidget *
rungs_rich_text_new (RungsRichMode  mode,
                     const char    *name)
{
  RungsRichText *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (RUNGS_TYPE_RICH_TEXT, NULL);
  self->view = RUNGS_RICH_VIEW (rungs_rich_view_new (mode));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  add_buttons (self, mode);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->view));
  gtk_box_append (GTK_BOX (self->box), self->bar);
  g_signal_connect_object (self->view, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

RungsRichView *
rungs_rich_text_get_view (RungsRichText *self)
{
  g_return_val_if_fail (RUNGS_IS_RICH_TEXT (self), NULL);

  return self->view;
}
