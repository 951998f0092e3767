/* rungs-form.c: a small modal window with fields, Cancel, and a button that stores them. */

#include "rungs-form.h"

#include "base/rungs-error.h"
#include "widgets/rungs-error-words.h"

struct _RungsForm
{
  AdwWindow parent_instance;

  GtkButton *agree;
  GtkLabel *text;
  GtkBox *groups;

  AdwPreferencesGroup *group; /* (nullable): the last one */
  GtkWidget *first;           /* (nullable): the field that has the focus at first */
  AdwEntryRow *field;         /* (nullable): what is being saved is to blame on it */
  char *failure;              /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RungsForm, rungs_form, ADW_TYPE_WINDOW)

typedef enum
{
  SIGNAL_AGREED,
  SIGNAL_SAVED,
} RungsFormSignal;

static guint signals[SIGNAL_SAVED + 1];

void
rungs_form_agree (RungsForm *self)
{
  g_return_if_fail (RUNGS_IS_FORM (self));

  if (gtk_widget_get_sensitive (GTK_WIDGET (self->agree)))
    g_signal_emit (self, signals[SIGNAL_AGREED], 0);
}

static void
rungs_form_map (GtkWidget *widget)
{
  RungsForm *self = RUNGS_FORM (widget);

  GTK_WIDGET_CLASS (rungs_form_parent_class)->map (widget);
  if (self->first != NULL)
    gtk_widget_grab_focus (self->first);
}

static void
rungs_form_finalize (GObject *object)
{
  g_free (RUNGS_FORM (object)->failure);
  G_OBJECT_CLASS (rungs_form_parent_class)->finalize (object);
}

static void
rungs_form_class_init (RungsFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_form_finalize;
  widget_class->map = rungs_form_map;

  signals[SIGNAL_AGREED] = g_signal_new ("agreed", RUNGS_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SAVED] = g_signal_new ("saved", RUNGS_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/widgets/rungs-form.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsForm, agree);
  gtk_widget_class_bind_template_child (widget_class, RungsForm, text);
  gtk_widget_class_bind_template_child (widget_class, RungsForm, groups);
  gtk_widget_class_bind_template_callback (widget_class, rungs_form_agree);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rungs_form_init (RungsForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

RungsForm *
rungs_form_new (GtkWindow  *parent,
                const char *title,
                const char *agree)
{
  RungsForm *self
    = g_object_new (RUNGS_TYPE_FORM, "transient-for", parent, "title", title, NULL);

  gtk_button_set_label (self->agree, agree);
  return self;
}

void
rungs_form_set_text (RungsForm  *self,
                     const char *text)
{
  g_return_if_fail (RUNGS_IS_FORM (self));

  gtk_label_set_label (self->text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->text), text != NULL);
}

void
rungs_form_add_group (RungsForm  *self,
                      const char *title)
{
  g_autofree char *markup = title != NULL ? g_markup_escape_text (title, -1) : NULL;

  g_return_if_fail (RUNGS_IS_FORM (self));

  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, markup ? markup : "");
  gtk_box_append (self->groups, GTK_WIDGET (self->group));
}

GtkWidget *
rungs_form_get_group (RungsForm *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM (self), NULL);

  return GTK_WIDGET (self->group);
}

void
rungs_form_add_widget (RungsForm *self,
                       GtkWidget *widget)
{
  g_return_if_fail (RUNGS_IS_FORM (self));

  if (self->group == NULL)
    rungs_form_add_group (self, NULL);
  adw_preferences_group_add (self->group, widget);
  if (self->first == NULL && ADW_IS_PREFERENCES_ROW (widget))
    self->first = widget;
}

AdwEntryRow *
rungs_form_add_entry (RungsForm  *self,
                      const char *title,
                      const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  g_return_val_if_fail (RUNGS_IS_FORM (self), NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text ? text : "");
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (rungs_form_agree), self,
                           G_CONNECT_SWAPPED);
  rungs_form_add_widget (self, row);
  return ADW_ENTRY_ROW (row);
}

AdwComboRow *
rungs_form_add_choice (RungsForm         *self,
                       const char        *title,
                       const char *const *labels)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (labels);

  g_return_val_if_fail (RUNGS_IS_FORM (self), NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  rungs_form_add_widget (self, row);
  return ADW_COMBO_ROW (row);
}

GtkTextBuffer *
rungs_form_add_lines (RungsForm  *self,
                      const char *title,
                      const char *text)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));

  g_return_val_if_fail (RUNGS_IS_FORM (self), NULL);

  rungs_form_add_group (self, title);
  gtk_text_buffer_set_text (buffer, text ? text : "", -1);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  if (title != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                    -1);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 84);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 200);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_add_css_class (scroller, "text-field");
  rungs_form_add_widget (self, scroller);
  if (self->first == NULL)
    self->first = view;
  return buffer;
}

void
rungs_form_open (RungsForm      *self,
                 gpointer        data,
                 GDestroyNotify  data_free,
                 GCallback       agreed,
                 GCallback       saved)
{
  g_return_if_fail (RUNGS_IS_FORM (self));

  g_object_set_data_full (G_OBJECT (self), "rungs-form-data", data, data_free);
  g_signal_connect (self, "agreed", agreed, data);
  g_signal_connect (self, "saved", saved, data);
  gtk_window_present (GTK_WINDOW (self));
}

char *
rungs_form_dup_entry (AdwEntryRow *row)
{
  g_return_val_if_fail (ADW_IS_ENTRY_ROW (row), NULL);

  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

char *
rungs_form_dup_lines (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), NULL);

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

void
rungs_form_set_first (RungsForm *self,
                      GtkWidget *widget)
{
  g_return_if_fail (RUNGS_IS_FORM (self));

  self->first = widget;
}

void
rungs_form_set_ready (RungsForm *self,
                      gboolean   ready)
{
  g_return_if_fail (RUNGS_IS_FORM (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->agree), ready);
}

static gboolean
is_of_the_input (const GError *error)
{
  return g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_INVALID)
         || g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (RungsForm) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *id = rungs_store_write_finish (RUNGS_STORE (source), result, &error);

  if (error == NULL)
    {
      g_signal_emit (self, signals[SIGNAL_SAVED], 0, id ? *id : G_GINT64_CONSTANT (0));
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->agree), TRUE);
  if (gtk_widget_get_visible (GTK_WIDGET (self)) && self->field != NULL && is_of_the_input (error))
    {
      rungs_error_mark_row (self->field, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->field));
    }
  else
    rungs_error_tell (GTK_WIDGET (self), self->failure, error);
}

void
rungs_form_save (RungsForm      *self,
                 RungsStore     *store,
                 RungsStoreFunc  func,
                 gpointer        data,
                 GDestroyNotify  data_free,
                 const char     *failure,
                 AdwEntryRow    *field)
{
  g_return_if_fail (RUNGS_IS_FORM (self));

  g_free (self->failure);
  self->failure = g_strdup (failure);
  self->field = field;
  gtk_widget_set_sensitive (GTK_WIDGET (self->agree), FALSE);
  rungs_store_write_async (store, func, data, data_free, g_free, NULL, saved_cb,
                           g_object_ref (self));
}
