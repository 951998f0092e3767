/* rungs-imports-window.c: the imports there were, to look at and to take back. */

#include "rungs-imports-window.h"

#include <glib/gi18n.h>

#include "compat/rungs-question.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-focus.h"
#include "widgets/rungs-progress-view.h"

struct _RungsImportsWindow
{
  AdwWindow parent_instance;

  GtkStack *stack;
  GtkListBox *list;
  AdwStatusPage *empty;
  AdwToastOverlay *toasts;

  const RungsImportsKind *kind;
  RungsStore *store;   /* (owned) (nullable) until it is disposed of */
  GtkWindow *progress; /* (owned) (nullable): while an import is taken back */
};

G_DEFINE_FINAL_TYPE (RungsImportsWindow, rungs_imports_window, ADW_TYPE_WINDOW)

static guint show_run_signal;

static GtkWidget *
new_button (const char            *label,
            const char            *action,
            const RungsImportsRow *run)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  run->file_name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", run->run);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
new_row (RungsImportsWindow *self,
         gpointer            import)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = NULL;
  RungsImportsRow run;

  self->kind->describe (import, &run);
  words = run.words;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), run.file_name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  if (self->kind->can_show && !run.undone)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               new_button (_ ("_Show"), "imports.show", &run));
  if (!run.undone)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               new_button (_ ("_Undo…"), "imports.undo", &run));
  return row;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsImportsWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  RungsFocus *focus;
  GtkWidget *row;

  if (self->store == NULL)
    return;
  if (runs == NULL)
    {
      rungs_error_tell (GTK_WIDGET (self), _ ("The Imports Could Not Be Read"), error);
      return;
    }
  focus = rungs_focus_note (GTK_WIDGET (self->list));
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < runs->len; i++)
    gtk_list_box_append (self->list, new_row (self, g_ptr_array_index (runs, i)));
  gtk_stack_set_visible_child_name (self->stack, runs->len > 0 ? "list" : "empty");
  rungs_focus_restore (focus, GTK_WIDGET (self->list));
}

static void
load (RungsImportsWindow *self)
{
  rungs_store_read_async (self->store, self->kind->list, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, NULL, listed_cb, g_object_ref (self));
}

static void
show_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_signal_emit (widget, show_run_signal, 0, g_variant_get_int64 (parameter));
  gtk_window_close (GTK_WINDOW (widget));
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsImportsWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = rungs_imports_undo_finish (RUNGS_STORE (source), result, &error);

  if (self->progress != NULL)
    gtk_window_destroy (self->progress);
  g_clear_object (&self->progress);
  if (self->store == NULL)
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    words = g_strdup (_ ("The import stays as it is"));
  else if (words == NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("The Import Could Not Be Taken Back"), error);
  if (words != NULL)
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (words));
  load (self);
}

/* A question about an import. */
typedef struct
{
  RungsImportsWindow *window; /* (owned) */
  gint64 run;
} Question;

static void
undo_answered_cb (gboolean agreed,
                  gpointer data)
{
  g_autofree Question *question = data;
  g_autoptr (RungsImportsWindow) self = question->window;
  g_autoptr (RungsProgress) progress = rungs_progress_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof question->run);

  if (!agreed || self->store == NULL)
    return;
  g_array_append_val (runs, question->run);
  self->progress = g_object_ref (rungs_progress_window_new (
    GTK_WINDOW (self), _ ("Taking the Import Back"), progress, cancellable));
  gtk_window_present (self->progress);
  rungs_imports_undo_async (self->store, self->kind, runs, progress, cancellable, undone_cb,
                            g_object_ref (self));
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsImportsWindow *self = RUNGS_IMPORTS_WINDOW (widget);
  Question *question = g_new0 (Question, 1);

  question->window = g_object_ref (self);
  question->run = g_variant_get_int64 (parameter);
  rungs_question_ask (widget, _ ("Take the Import Back?"), _ (self->kind->question),
                      _ ("_Take Back"), RUNGS_QUESTION_DESTRUCTIVE, undo_answered_cb, question);
}

static void
rungs_imports_window_dispose (GObject *object)
{
  g_clear_object (&RUNGS_IMPORTS_WINDOW (object)->store);
  G_OBJECT_CLASS (rungs_imports_window_parent_class)->dispose (object);
}

static void
rungs_imports_window_class_init (RungsImportsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_imports_window_dispose;

  show_run_signal = g_signal_new ("show-run", RUNGS_TYPE_IMPORTS_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/import/rungs-imports-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsImportsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsImportsWindow, list);
  gtk_widget_class_bind_template_child (widget_class, RungsImportsWindow, empty);
  gtk_widget_class_bind_template_child (widget_class, RungsImportsWindow, toasts);
  gtk_widget_class_install_action (widget_class, "imports.show", "x", show_action);
  gtk_widget_class_install_action (widget_class, "imports.undo", "x", undo_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rungs_imports_window_init (RungsImportsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

RungsImportsWindow *
rungs_imports_window_new (GtkWindow              *parent,
                          RungsStore             *store,
                          const RungsImportsKind *kind)
{
  RungsImportsWindow *self = g_object_new (RUNGS_TYPE_IMPORTS_WINDOW, "transient-for", parent,
                                           "title", _ (kind->title), NULL);

  self->kind = kind;
  adw_status_page_set_description (self->empty, _ (kind->empty));
  self->store = g_object_ref (store);
  load (self);
  return self;
}
