/* rungs-field-editor.c: edits the value of a field of the business's own, in the way of its kind.
 * */

#include "rungs-field-editor.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "base/rungs-money.h"
#include "widgets/rungs-day-button.h"

#define SEARCHED_FROM 12
#define LIST_HEIGHT 320

struct _RungsFieldEditor
{
  AdwBin parent_instance;

  RungsField *field;  /* (owned) */
  GtkWidget *editor;  /* what takes the focus */
  GPtrArray *choices; /* (owned) (element-type utf8): labels of a list, at their positions; where
                       * one is picked, "" stands first */
  GPtrArray *marks;   /* (owned) (element-type GtkCheckButton): of several, at the same positions */
  GtkLabel *picked;   /* (nullable): of several: which are picked */
  gboolean building;
};

G_DEFINE_FINAL_TYPE (RungsFieldEditor, rungs_field_editor, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_AGREED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
name_widget (RungsFieldEditor *self,
             GtkWidget        *widget)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->field->label, -1);
}

static void
changed (RungsFieldEditor *self)
{
  if (self->building)
    return;
  gtk_widget_remove_css_class (self->editor, "error");
  gtk_widget_set_tooltip_text (self->editor, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
agreed (RungsFieldEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_AGREED], 0);
}

/* ---- a line */

static GtkWidget *
new_line (RungsFieldEditor *self,
          const char       *text)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  name_widget (self, entry);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (agreed), self);
  self->editor = entry;
  return entry;
}

static GtkWidget *
new_number (RungsFieldEditor *self,
            const char       *text)
{
  GtkWidget *entry = new_line (self, text);

  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_editable_set_alignment (GTK_EDITABLE (entry), 1);
  return entry;
}

/* The amount; the currency stands behind it. */
static GtkWidget *
new_money (RungsFieldEditor *self,
           const char       *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *unit = gtk_label_new (self->field->currency);
  g_autofree char *amount = g_strndup (text, strcspn (text, " "));

  gtk_widget_add_css_class (unit, "dim-label");
  gtk_box_append (GTK_BOX (box), new_number (self, amount));
  gtk_box_append (GTK_BOX (box), unit);
  return box;
}

static GtkWidget *
new_purposed (RungsFieldEditor *self,
              const char       *text,
              GtkInputPurpose   purpose,
              const char       *example)
{
  GtkWidget *entry = new_line (self, text);

  gtk_entry_set_input_purpose (GTK_ENTRY (entry), purpose);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), example);
  return entry;
}

/* ---- a date */

static GtkWidget *
new_date (RungsFieldEditor *self,
          const char       *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box), new_line (self, text));
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->editor), "2026-11-21");
  gtk_box_append (GTK_BOX (box), rungs_day_button_new (GTK_EDITABLE (self->editor), NULL));
  return box;
}

/* ---- several lines */

static gboolean
lines_agreed_cb (GtkWidget *widget,
                 GVariant  *arguments,
                 gpointer   data)
{
  agreed (data);
  return TRUE;
}

static GtkWidget *
new_lines (RungsFieldEditor *self,
           const char       *text)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 8);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return|<Control>KP_Enter"),
                      gtk_callback_action_new (lines_agreed_cb, self, NULL)));
  gtk_widget_add_controller (view, keys);
  name_widget (self, view);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed",
                           G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 84);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 200);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_hexpand (scroller, TRUE);
  gtk_widget_add_css_class (scroller, "text-field");
  self->editor = view;
  return scroller;
}

/* ---- one of a list */

static void
selected_cb (RungsFieldEditor *self)
{
  if (self->building)
    return;
  changed (self);
  agreed (self);
}

/* With "" for nothing before them. */
static GtkWidget *
new_list (RungsFieldEditor *self,
          const char       *text)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkExpression *label = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *list;
  guint at = 0;

  for (guint i = 0; i < self->choices->len; i++)
    {
      const char *choice = g_ptr_array_index (self->choices, i);
      gboolean answer = self->field->kind == RUNGS_FIELD_YESNO;
      const char *words = *choice == '\0'              ? _ ("Not known")
                          : !answer                    ? choice
                          : strcmp (choice, "yes") == 0 ? _ ("Yes")
                                                        : _ ("No");

      gtk_string_list_append (labels, words);
      if (strcmp (choice, text) == 0)
        at = i;
    }
  list = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), label);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (list), self->choices->len > SEARCHED_FROM);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), at);
  gtk_widget_set_valign (list, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (list, TRUE);
  name_widget (self, list);
  g_signal_connect_swapped (list, "notify::selected", G_CALLBACK (selected_cb), self);
  self->editor = list;
  return list;
}

/* ---- several of a list */

static char *
dup_picked (RungsFieldEditor *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->marks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->marks, i)))
      g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "",
                              (char *) g_ptr_array_index (self->choices, i));
  return g_strdup (text->str);
}

static void
show_picked (RungsFieldEditor *self)
{
  g_autofree char *picked = dup_picked (self);

  gtk_label_set_label (self->picked, *picked != '\0' ? picked : _ ("None"));
}

static void
marked_cb (RungsFieldEditor *self)
{
  show_picked (self);
  changed (self);
}

static GtkWidget *
new_marks (RungsFieldEditor *self,
           const char       *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_auto (GStrv) given = g_strsplit (text, "; ", -1);

  for (guint i = 0; i < self->choices->len; i++)
    {
      const char *choice = g_ptr_array_index (self->choices, i);
      GtkWidget *mark = gtk_check_button_new_with_label (choice);

      gtk_check_button_set_active (GTK_CHECK_BUTTON (mark),
                                   g_strv_contains ((const char *const *) given, choice));
      g_signal_connect_swapped (mark, "toggled", G_CALLBACK (marked_cb), self);
      gtk_box_append (GTK_BOX (box), mark);
      g_ptr_array_add (self->marks, mark);
    }
  return box;
}

static GtkWidget *
new_marks_button (RungsFieldEditor *self,
                  const char       *text)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->editor = button;
  self->picked = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->picked, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->picked, 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), new_marks (self, text));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), GTK_WIDGET (self->picked));
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (button), TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (button, TRUE);
  name_widget (self, button);
  show_picked (self);
  return button;
}

/* ---- all kinds */

/* Those in use, and those that are picked already. */
static void
list_choices (RungsFieldEditor *self,
              const char       *text)
{
  g_autofree char *value = *text != '\0' ? rungs_field_read (self->field, text, NULL) : NULL;

  for (guint i = 0; i < self->field->choices->len; i++)
    {
      const RungsFieldChoice *choice = g_ptr_array_index (self->field->choices, i);

      if (choice->retired_at == 0 || rungs_field_value_holds (value, choice->key))
        g_ptr_array_add (self->choices, g_strdup (choice->label));
    }
}

static GtkWidget *
build (RungsFieldEditor *self,
       const char       *text)
{
  switch (self->field->kind)
    {
    case RUNGS_FIELD_LONG:
      return new_lines (self, text);
    case RUNGS_FIELD_NUMBER:
      return new_number (self, text);
    case RUNGS_FIELD_MONEY:
      return new_money (self, text);
    case RUNGS_FIELD_DATE:
      return new_date (self, text);
    case RUNGS_FIELD_YESNO:
      g_ptr_array_add (self->choices, g_strdup (""));
      g_ptr_array_add (self->choices, g_strdup ("yes"));
      g_ptr_array_add (self->choices, g_strdup ("no"));
      return new_list (self, text);
    case RUNGS_FIELD_ONE:
      g_ptr_array_add (self->choices, g_strdup (""));
      list_choices (self, text);
      return new_list (self, text);
    case RUNGS_FIELD_SEVERAL:
      list_choices (self, text);
      return new_marks_button (self, text);
    case RUNGS_FIELD_PHONE:
      return new_purposed (self, text, GTK_INPUT_PURPOSE_PHONE, NULL);
    case RUNGS_FIELD_LINK:
      return new_purposed (self, text, GTK_INPUT_PURPOSE_URL, "https://");
    case RUNGS_FIELD_TEXT:
    default:
      return new_line (self, text);
    }
}

static gboolean
rungs_field_editor_grab_focus (GtkWidget *widget)
{
  RungsFieldEditor *self = RUNGS_FIELD_EDITOR (widget);

  return self->editor != NULL && gtk_widget_grab_focus (self->editor);
}

static void
rungs_field_editor_finalize (GObject *object)
{
  RungsFieldEditor *self = RUNGS_FIELD_EDITOR (object);

  g_clear_pointer (&self->field, rungs_field_free);
  g_ptr_array_unref (self->choices);
  g_ptr_array_unref (self->marks);

  G_OBJECT_CLASS (rungs_field_editor_parent_class)->finalize (object);
}

static void
rungs_field_editor_class_init (RungsFieldEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_field_editor_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = rungs_field_editor_grab_focus;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_AGREED] = g_signal_new ("agreed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rungs_field_editor_init (RungsFieldEditor *self)
{
  self->choices = g_ptr_array_new_with_free_func (g_free);
  self->marks = g_ptr_array_new ();
}

GtkWidget *
rungs_field_editor_new (const RungsField *field,
                        const char       *text)
{
  RungsFieldEditor *self = g_object_new (RUNGS_TYPE_FIELD_EDITOR, NULL);

  g_return_val_if_fail (field != NULL, NULL);

  self->field = rungs_field_copy (field);
  self->building = TRUE;
  adw_bin_set_child (ADW_BIN (self), build (self, text ? text : ""));
  self->building = FALSE;
  return GTK_WIDGET (self);
}

const RungsField *
rungs_field_editor_get_field (RungsFieldEditor *self)
{
  g_return_val_if_fail (RUNGS_IS_FIELD_EDITOR (self), NULL);

  return self->field;
}

char *
rungs_field_editor_dup_text (RungsFieldEditor *self)
{
  g_return_val_if_fail (RUNGS_IS_FIELD_EDITOR (self), NULL);

  if (GTK_IS_TEXT_VIEW (self->editor))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->editor));
      GtkTextIter start, end;

      gtk_text_buffer_get_bounds (buffer, &start, &end);
      return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
    }
  if (GTK_IS_DROP_DOWN (self->editor))
    return g_strdup (g_ptr_array_index (
      self->choices, gtk_drop_down_get_selected (GTK_DROP_DOWN (self->editor))));
  if (GTK_IS_MENU_BUTTON (self->editor))
    return dup_picked (self);
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->editor))));
}

void
rungs_field_editor_write_line (RungsFieldEditor *self,
                               const char       *text)
{
  g_return_if_fail (RUNGS_IS_FIELD_EDITOR (self));
  g_return_if_fail (GTK_IS_EDITABLE (self->editor));

  gtk_editable_set_text (GTK_EDITABLE (self->editor), text);
}

char *
rungs_field_editor_dup_fault (RungsFieldEditor *self)
{
  g_autofree char *text = NULL;
  g_autofree char *value = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (RUNGS_IS_FIELD_EDITOR (self), NULL);

  text = rungs_field_editor_dup_text (self);
  if (*text != '\0')
    value = rungs_field_read (self->field, text, &error);
  if (error == NULL)
    return NULL;
  gtk_widget_add_css_class (self->editor, "error");
  gtk_widget_set_tooltip_text (self->editor, error->message);
  return g_strdup (error->message);
}
