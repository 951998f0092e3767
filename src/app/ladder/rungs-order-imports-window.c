/* rungs-order-imports-window.c: the imports of orders there were, to be taken back. */

#include "rungs-order-imports-window.h"

#include <glib/gi18n.h>

#include "compat/rungs-question.h"
#include "rungs-order-import-job.h"
#include "rungs-order-import-words.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-focus.h"

struct _RungsOrderImportsWindow
{
  AdwWindow parent_instance;

  GtkStack *stack;
  GtkListBox *list;
  AdwToastOverlay *toasts;

  RungsStore *store; /* (owned) (nullable) until it is disposed of */
};

G_DEFINE_FINAL_TYPE (RungsOrderImportsWindow, rungs_order_imports_window, ADW_TYPE_WINDOW)

static GtkWidget *
new_row (const RungsOrderImport *run)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = rungs_order_import_run_words (run);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), run->file_name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  if (run->undone_at == 0)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Undo…"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", run->run);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "imports.undo");
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      run->file_name, -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  return row;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsOrderImportsWindow) self = data;
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
    gtk_list_box_append (self->list, new_row (g_ptr_array_index (runs, i)));
  gtk_stack_set_visible_child_name (self->stack, runs->len > 0 ? "list" : "empty");
  rungs_focus_restore (focus, GTK_WIDGET (self->list));
}

static void
load (RungsOrderImportsWindow *self)
{
  rungs_store_read_async (self->store, rungs_order_import_job_list, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, NULL, listed_cb, g_object_ref (self));
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsOrderImportsWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree RungsOrderImportUndo *undo
      = rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  g_autofree char *words = undo ? rungs_order_import_undo_words (undo) : NULL;

  if (self->store == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), TRUE);
  if (words != NULL)
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (words));
  else
    rungs_error_tell (GTK_WIDGET (self), _ ("The Import Could Not Be Taken Back"), error);
  load (self);
}

/* A question about an import. */
typedef struct
{
  RungsOrderImportsWindow *window; /* (owned) */
  gint64 run;
} Question;

static void
undo_answered_cb (gboolean agreed,
                  gpointer data)
{
  g_autofree Question *question = data;
  g_autoptr (RungsOrderImportsWindow) self = question->window;

  if (!agreed || self->store == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), FALSE);
  rungs_store_write_async (self->store, rungs_order_import_job_undo,
                           g_memdup2 (&question->run, sizeof question->run), g_free, g_free, NULL,
                           undone_cb, g_object_ref (self));
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  Question *question = g_new0 (Question, 1);

  question->window = g_object_ref (RUNGS_ORDER_IMPORTS_WINDOW (widget));
  question->run = g_variant_get_int64 (parameter);
  rungs_question_ask (
      widget, _ ("Take the Import Back?"),
      _ ("The orders and refunds that it brought are removed, and the leads and products that it"
         " made, unless there is more about them since."),
      _ ("_Take Back"), RUNGS_QUESTION_DESTRUCTIVE, undo_answered_cb, question);
}

static void
rungs_order_imports_window_dispose (GObject *object)
{
  g_clear_object (&RUNGS_ORDER_IMPORTS_WINDOW (object)->store);
  G_OBJECT_CLASS (rungs_order_imports_window_parent_class)->dispose (object);
}

static void
rungs_order_imports_window_class_init (RungsOrderImportsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_order_imports_window_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/app/rungs/Rungs/ladder/rungs-order-imports-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsOrderImportsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderImportsWindow, list);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderImportsWindow, toasts);
  gtk_widget_class_install_action (widget_class, "imports.undo", "x", undo_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rungs_order_imports_window_init (RungsOrderImportsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

RungsOrderImportsWindow *
rungs_order_imports_window_new (GtkWindow  *parent,
                                RungsStore *store)
{
  RungsOrderImportsWindow *self
      = g_object_new (RUNGS_TYPE_ORDER_IMPORTS_WINDOW, "transient-for", parent, NULL);

  self->store = g_object_ref (store);
  load (self);
  return self;
}
