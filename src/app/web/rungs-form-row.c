/* rungs-form-row.c: rows of an inspector, each for one member of what defines a form.
 *
 * What a row is for stands in a Row that goes with the widget. What it shows came from the
 * definition; what a person does there changes it at once, so that the preview follows. */

#include "rungs-form-row.h"

#include <glib/gi18n.h>

#include "ladder/rungs-spin-wait.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-focus.h"
#include "widgets/rungs-pick-button.h"
#include "widgets/rungs-wrap-box.h"

#define ROW "rungs-form-row"
#define TITLE "rungs-form-row-title"

typedef struct _Row Row;

struct _Row
{
  RungsFormDocument *document; /* (owned) */
  char *where;                 /* (owned) */
  GtkWidget *widget;           /* that it goes with */
  GtkWidget *control;          /* in it, or itself */
  GtkLabel *fault;             /* (nullable): where what is wrong is said, unless it is an entry */
  void (*update) (Row *self);
  gboolean filling;            /* the program shows, nobody edits */

  char *hint;          /* (owned) (nullable) */
  int fallback;        /* of a switch and a number */
  char **values;       /* (owned) (nullable): of a choice */
  gboolean open;       /* of what is picked: a text, not a number */
  char *none;          /* (owned) (nullable): of a colour: where there is none */
  RungsWrapBox *words; /* of a list */
};

static void
row_free (gpointer data)
{
  Row *self = data;

  g_object_unref (self->document);
  g_strfreev (self->values);
  g_free (self->hint);
  g_free (self->none);
  g_free (self->where);
  g_free (self);
}

static Row *
row_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), ROW);
}

/* Goes with the widget from now on. */
static Row *
row_new (RungsFormDocument  *document,
         const char         *where,
         GtkWidget          *widget,
         void              (*update) (Row *self))
{
  Row *self = g_new0 (Row, 1);

  self->document = g_object_ref (document);
  self->where = g_strdup (where);
  self->widget = self->control = widget;
  self->update = update;
  g_object_set_data_full (G_OBJECT (widget), ROW, self, row_free);
  return self;
}

static JsonNode *
root_of (Row *self)
{
  return rungs_form_document_get_root (self->document);
}

/* Where it stands now; "-" where its field or choice is gone. */
static char *
dup_path (Row *self)
{
  char *path = rungs_form_document_dup_path (self->document, self->where);

  return path != NULL ? path : g_strdup ("-");
}

static const char *
text_of (Row *self)
{
  g_autofree char *path = dup_path (self);

  return rungs_form_json_get_text (root_of (self), path);
}

static gint64
number_of (Row *self)
{
  g_autofree char *path = dup_path (self);

  return rungs_form_json_get_number (root_of (self), path, self->fallback);
}

static const char *
title_of (Row *self)
{
  return g_object_get_data (G_OBJECT (self->widget), TITLE);
}

/* `value` is taken; NULL leaves the member out. */
static void
put (Row      *self,
     JsonNode *value)
{
  rungs_form_document_put (self->document, title_of (self), self->where, value);
}

/* What is not translated stands in the form's own language. */
static void
put_text (Row        *self,
          const char *text)
{
  g_autofree char *path = dup_path (self);
  gboolean goes = *text == '\0' && g_str_has_prefix (path, "languages.");

  put (self, goes ? NULL : rungs_form_json_text (text));
}

static void
fill (Row *self)
{
  self->filling = TRUE;
  self->update (self);
  self->filling = FALSE;
}

static void
name_row (GtkWidget  *widget,
          const char *title)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), title);
  g_object_set_data_full (G_OBJECT (widget), TITLE, g_strdup (title), g_free);
}

static void
name_control (GtkWidget  *control,
              const char *title)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
}

/* ---- lines of text */

static void
update_text (Row *self)
{
  const char *text = text_of (self);

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->widget)), text))
    gtk_editable_set_text (GTK_EDITABLE (self->widget), text);
}

static void
text_changed_cb (Row *self)
{
  if (!self->filling)
    put_text (self, gtk_editable_get_text (GTK_EDITABLE (self->widget)));
}

GtkWidget *
rungs_form_row_text (RungsFormDocument *document,
                     const char        *where,
                     const char        *title)
{
  GtkWidget *widget = adw_entry_row_new ();
  Row *self = row_new (document, where, widget, update_text);

  name_row (widget, title);
  gtk_editable_set_enable_undo (GTK_EDITABLE (widget), FALSE);
  fill (self);
  g_signal_connect_swapped (widget, "changed", G_CALLBACK (text_changed_cb), self);
  return widget;
}

/* ---- rows with a title above what is in them */

static GtkWidget *
label_new (const char *text,
           const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, style);
  return label;
}

/* `fault` is set to the label for what is wrong. */
static GtkWidget *
tall_row_new (const char  *title,
              GtkWidget   *content,
              GtkLabel   **fault)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *below = label_new ("", "error");

  name_row (row, title);
  gtk_widget_set_visible (below, FALSE);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_box_append (GTK_BOX (box), label_new (title, "dim-label"));
  gtk_box_append (GTK_BOX (box), content);
  gtk_box_append (GTK_BOX (box), below);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  *fault = GTK_LABEL (below);
  return row;
}

/* ---- several lines */

static char *
dup_lines (Row *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->control));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
update_lines (Row *self)
{
  g_autofree char *now = dup_lines (self);

  if (!g_str_equal (now, text_of (self)))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->control)),
                              text_of (self), -1);
}

static void
lines_changed_cb (Row *self)
{
  g_autofree char *now = dup_lines (self);

  if (!self->filling)
    put_text (self, now);
}

static GtkWidget *
text_view_new (const char *title)
{
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_buffer_set_enable_undo (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), FALSE);
  name_control (view, title);
  return view;
}

GtkWidget *
rungs_form_row_lines (RungsFormDocument *document,
                      const char        *where,
                      const char        *title)
{
  GtkWidget *view = text_view_new (title);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkLabel *fault;
  GtkWidget *widget = tall_row_new (title, scroller, &fault);
  Row *self = row_new (document, where, widget, update_lines);

  self->control = view;
  self->fault = fault;
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 66);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 160);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_add_css_class (scroller, "text-field");
  fill (self);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed",
                            G_CALLBACK (lines_changed_cb), self);
  return widget;
}

/* ---- rows with something at their right */

static GtkWidget *
side_row_new (const char *title,
              const char *hint,
              GtkWidget  *control)
{
  GtkWidget *row = adw_action_row_new ();

  name_row (row, title);
  if (hint != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), hint);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  name_control (control, title);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  return row;
}

static Row *
side_new (RungsFormDocument  *document,
          const char         *where,
          const char         *title,
          const char         *hint,
          GtkWidget          *control,
          void              (*update) (Row *self))
{
  Row *self = row_new (document, where, side_row_new (title, hint, control), update);

  self->control = control;
  self->hint = g_strdup (hint);
  return self;
}

static void
update_switch (Row *self)
{
  g_autofree char *path = dup_path (self);

  gtk_switch_set_active (GTK_SWITCH (self->control),
                         rungs_form_json_get_flag (root_of (self), path, self->fallback));
}

static void
switched_cb (Row *self)
{
  if (!self->filling)
    put (self, rungs_form_json_flag (gtk_switch_get_active (GTK_SWITCH (self->control))));
}

GtkWidget *
rungs_form_row_switch (RungsFormDocument *document,
                       const char        *where,
                       const char        *title,
                       const char        *hint,
                       gboolean           fallback)
{
  Row *self = side_new (document, where, title, hint, gtk_switch_new (), update_switch);

  self->fallback = fallback;
  fill (self);
  g_signal_connect_swapped (self->control, "notify::active", G_CALLBACK (switched_cb), self);
  return self->widget;
}

static void
update_number (Row *self)
{
  rungs_spin_wait_show (GTK_SPIN_BUTTON (self->control), number_of (self));
}

static void
number_settled_cb (GtkSpinButton *spin,
                   gpointer       data)
{
  Row *self = data;
  int number = gtk_spin_button_get_value_as_int (spin);

  if (number != number_of (self))
    put (self, rungs_form_json_number (number));
}

GtkWidget *
rungs_form_row_number (RungsFormDocument *document,
                       const char        *where,
                       const char        *title,
                       const char        *hint,
                       int                least,
                       int                most,
                       int                fallback)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (least, most, 1);
  Row *self = side_new (document, where, title, hint, spin, update_number);

  self->fallback = fallback;
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 4);
  rungs_spin_wait_watch (GTK_SPIN_BUTTON (spin), number_settled_cb, self);
  fill (self);
  return self->widget;
}

/* ---- choices */

static void
update_choice (Row *self)
{
  guint chosen = 0;

  for (guint i = 0; self->values[i] != NULL; i++)
    if (g_str_equal (self->values[i], text_of (self)))
      chosen = i;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->widget), chosen);
}

static void
chosen_cb (Row *self)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self->widget));

  if (!self->filling && chosen < g_strv_length (self->values))
    put_text (self, self->values[chosen]);
}

GtkWidget *
rungs_form_row_choice (RungsFormDocument *document,
                       const char        *where,
                       const char        *title,
                       const char *const *values,
                       const char *const *words)
{
  GtkWidget *widget = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);
  Row *self = row_new (document, where, widget, update_choice);

  name_row (widget, title);
  adw_combo_row_set_model (ADW_COMBO_ROW (widget), G_LIST_MODEL (list));
  self->values = g_strdupv ((char **) values);
  fill (self);
  g_signal_connect_swapped (widget, "notify::selected", G_CALLBACK (chosen_cb), self);
  return widget;
}

/* ---- what is picked */

static void
update_pick (Row *self)
{
  gint64 number = number_of (self);
  g_autofree char *value = number != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, number)
                                       : g_strdup (text_of (self));

  rungs_pick_button_set_value (RUNGS_PICK_BUTTON (self->control), value);
}

static void
picked_cb (Row        *self,
           const char *value)
{
  gint64 number = g_ascii_strtoll (value, NULL, 10);

  if (*value == '\0')
    put (self, NULL);
  else
    put (self, self->open ? rungs_form_json_text (value) : rungs_form_json_number (number));
}

static GPtrArray *
picks_with (GPtrArray  *picks,
            const char *none)
{
  GPtrArray *all = rungs_picks_new ();

  g_ptr_array_add (all, rungs_pick_new ("", none, NULL));
  for (guint i = 0; i < picks->len; i++)
    {
      const RungsPick *pick = g_ptr_array_index (picks, i);

      g_ptr_array_add (all, rungs_pick_new (pick->value, pick->label, pick->group));
    }
  return all;
}

GtkWidget *
rungs_form_row_pick (RungsFormDocument *document,
                     const char        *where,
                     const char        *title,
                     GPtrArray         *picks,
                     const char        *none,
                     gboolean           open)
{
  GtkWidget *button = rungs_pick_button_new (title, _ ("Choose…"));
  g_autoptr (GPtrArray) all = picks_with (picks, none);
  GtkLabel *fault;
  Row *self = row_new (document, where, tall_row_new (title, button, &fault), update_pick);

  self->control = button;
  self->fault = fault;
  self->open = open;
  gtk_widget_set_hexpand (button, TRUE);
  rungs_pick_button_set_picks (RUNGS_PICK_BUTTON (button), all);
  rungs_pick_button_set_open (RUNGS_PICK_BUTTON (button), open);
  fill (self);
  g_signal_connect_swapped (button, "picked", G_CALLBACK (picked_cb), self);
  return self->widget;
}

/* ---- lists of texts */

static void
take_out_cb (Row       *self,
             GtkWidget *button)
{
  const char *word = g_object_get_data (G_OBJECT (button), "rungs-word");
  JsonNode *root = rungs_form_document_begin (self->document);

  for (guint i = rungs_form_json_count (root, self->where); i > 0; i--)
    {
      g_autofree char *path = g_strdup_printf ("%s.%u", self->where, i - 1);

      if (g_str_equal (rungs_form_json_get_text (root, path), word))
        rungs_form_json_put (root, path, NULL);
    }
  gtk_widget_grab_focus (self->control);
  rungs_form_document_end (self->document, title_of (self), NULL, root);
}

static GtkWidget *
chip_new (Row        *self,
          const char *word)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *tooltip = g_strdup_printf (_ ("Take “%s” out"), word);

  gtk_box_append (GTK_BOX (box), gtk_label_new (word));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "filter-chip");
  gtk_widget_set_tooltip_text (button, tooltip);
  name_control (button, tooltip);
  g_object_set_data_full (G_OBJECT (button), "rungs-word", g_strdup (word), g_free);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (take_out_cb), self);
  return button;
}

static void
update_words (Row *self)
{
  guint n = rungs_form_json_count (root_of (self), self->where);

  rungs_wrap_box_clear (self->words);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.%u", self->where, i);

      rungs_wrap_box_append (self->words,
                             chip_new (self, rungs_form_json_get_text (root_of (self), path)));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->words), n > 0);
}

static void
word_picked_cb (Row        *self,
                const char *value)
{
  g_autofree char *word = g_strstrip (g_strdup (value));
  JsonNode *root = rungs_form_document_begin (self->document);

  rungs_pick_button_set_value (RUNGS_PICK_BUTTON (self->control), NULL);
  for (guint i = 0; i < rungs_form_json_count (root, self->where); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.%u", self->where, i);

      if (g_str_equal (rungs_form_json_get_text (root, path), word))
        *word = '\0';
    }
  if (*word != '\0')
    rungs_form_json_insert (root, self->where, G_MAXUINT, rungs_form_json_text (word));
  rungs_form_document_end (self->document, title_of (self), NULL, root);
}

GtkWidget *
rungs_form_row_words (RungsFormDocument *document,
                      const char        *where,
                      const char        *title,
                      const char        *add,
                      GPtrArray         *picks)
{
  GtkWidget *button = rungs_pick_button_new (title, add);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkLabel *fault;
  Row *self = row_new (document, where, tall_row_new (title, box, &fault), update_words);

  self->control = button;
  self->fault = fault;
  self->words = RUNGS_WRAP_BOX (rungs_wrap_box_new (6));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (box), button);
  rungs_pick_button_set_picks (RUNGS_PICK_BUTTON (button), picks);
  rungs_pick_button_set_open (RUNGS_PICK_BUTTON (button), TRUE);
  fill (self);
  g_signal_connect_swapped (button, "picked", G_CALLBACK (word_picked_cb), self);
  return self->widget;
}

/* ---- colours */

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

static void
update_colour (Row *self)
{
  const char *text = text_of (self);
  GdkRGBA colour;

  if (*text == '\0' || !gdk_rgba_parse (&colour, text))
    gdk_rgba_parse (&colour, self->none);
  gtk_color_chooser_set_rgba (GTK_COLOR_CHOOSER (self->control), &colour);
}

static void
colour_chosen_cb (Row *self)
{
  GdkRGBA colour;
  g_autofree char *text = NULL;

  if (self->filling)
    return;
  gtk_color_chooser_get_rgba (GTK_COLOR_CHOOSER (self->control), &colour);
  text = g_strdup_printf ("#%02x%02x%02x", (guint) (colour.red * 255 + 0.5),
                          (guint) (colour.green * 255 + 0.5), (guint) (colour.blue * 255 + 0.5));
  put_text (self, text);
}

GtkWidget *
rungs_form_row_colour (RungsFormDocument *document,
                       const char        *where,
                       const char        *title,
                       const char        *fallback)
{
  GtkWidget *button = gtk_color_button_new ();
  Row *self = side_new (document, where, title, NULL, button, update_colour);

  self->none = g_strdup (fallback);
  gtk_color_button_set_title (GTK_COLOR_BUTTON (button), title);
  fill (self);
  g_signal_connect_swapped (button, "color-set", G_CALLBACK (colour_chosen_cb), self);
  return self->widget;
}

G_GNUC_END_IGNORE_DEPRECATIONS

/* ---- choices of a field */

/* "Tag: Gardener · Segment: Gardeners" */
static char *
dup_deeds (Row                    *self,
           const RungsOptInChoice *choice)
{
  const RungsFormFacts *facts = rungs_form_document_get_facts (self->document);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, choice->segment);
  const RungsPick *segment
    = choice->segment != 0 ? rungs_picks_find (facts->segments, id) : NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  if (*choice->tag != '\0')
    g_string_append_printf (words, _ ("Tag: %s"), choice->tag);
  if (segment != NULL && words->len > 0)
    g_string_append (words, " · ");
  if (segment != NULL)
    g_string_append_printf (words, _ ("Segment: %s"), segment->label);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
update_choice_of (Row *self)
{
  g_auto (GStrv) names = g_strsplit (self->where, ".", -1);
  const RungsOptIn *opt_in = rungs_form_document_get_opt_in (self->document);
  const RungsOptInField *field = rungs_opt_in_find_field (opt_in, names[1]);
  const RungsOptInChoice *choice
    = field != NULL ? rungs_opt_in_field_find_choice (field, names[3]) : NULL;
  const char *language = rungs_form_document_get_language (self->document);
  g_autofree char *deeds = choice != NULL ? dup_deeds (self, choice) : NULL;
  const char *label = rungs_opt_in_get_text (opt_in, *language != '\0' ? language : NULL,
                                             self->where);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->widget),
                                 *label != '\0' ? label : _ ("Without a label"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->widget), deeds != NULL ? deeds : "");
}

GtkWidget *
rungs_form_row_choice_of (RungsFormDocument *document,
                          const char        *key,
                          const char        *value)
{
  g_autofree char *where = g_strdup_printf ("fields.%s.choices.%s", key, value);
  GtkWidget *widget = adw_expander_row_new ();
  Row *self = row_new (document, where, widget, update_choice_of);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
  fill (self);
  return widget;
}

/* ---- all of them */

void
rungs_form_row_update (GtkWidget *row)
{
  Row *self = row_of (row);

  if (self != NULL)
    fill (self);
}

static void
mark_control (Row      *self,
              gboolean  blocks)
{
  if (blocks)
    gtk_widget_add_css_class (self->widget, "error");
  else
    gtk_widget_remove_css_class (self->widget, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_STATE_INVALID,
                               blocks ? GTK_ACCESSIBLE_INVALID_TRUE
                                      : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

void
rungs_form_row_mark (GtkWidget  *row,
                     const char *fault,
                     gboolean    blocks)
{
  Row *self = row_of (row);

  g_return_if_fail (self != NULL);

  if (ADW_IS_ENTRY_ROW (row))
    {
      rungs_error_mark_row (ADW_ENTRY_ROW (row), fault);
      return;
    }
  if (self->fault != NULL)
    {
      gtk_label_set_label (self->fault, fault != NULL ? fault : "");
      gtk_widget_set_visible (GTK_WIDGET (self->fault), fault != NULL);
    }
  else if (ADW_IS_ACTION_ROW (row))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), fault != NULL        ? fault
                                                       : self->hint != NULL ? self->hint
                                                                            : "");
  mark_control (self, fault != NULL && blocks);
}

void
rungs_form_row_edit (GtkWidget *row)
{
  Row *self = row_of (row);

  if (self == NULL)
    return;
  if (RUNGS_IS_PICK_BUTTON (self->control))
    gtk_widget_child_focus (self->control, GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (self->control);
}

const char *
rungs_form_row_get_where (GtkWidget *row)
{
  Row *self = row_of (row);

  return self != NULL ? self->where : NULL;
}
