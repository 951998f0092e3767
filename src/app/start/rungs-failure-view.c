/* rungs-failure-view.c: says why a business cannot be opened, and what to do. */

#include "rungs-failure-view.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "compat/rungs-question.h"
#include "db/rungs-backup.h"
#include "start/rungs-restore.h"
#include "widgets/rungs-error-words.h"

struct _RungsFailureView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  AdwStatusPage *status_page;
  GtkWidget *restore_button;
  GtkWidget *retry_button;
  GtkLabel *details_label;

  char *path;   /* (owned) (nullable) */
  char *backup; /* (owned) (nullable): the newest */
};

G_DEFINE_FINAL_TYPE (RungsFailureView, rungs_failure_view, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_RETRY,
} RungsFailureViewSignal;

static guint signals[SIGNAL_RETRY + 1];

/* What is said, by the code of the error. */
typedef struct
{
  const char *title;
  const char *description;
  gboolean can_restore;
  gboolean can_retry;
} Explanation;

static Explanation
explain (const GError *error)
{
  if (g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_TOO_NEW))
    return (Explanation) {
      N_ ("This Business Was Written by a Newer Rungs"),
      N_ ("Nothing was changed in the file. Install the newest Rungs on this computer to open it."),
      FALSE, FALSE,
    };
  if (g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED))
    return (Explanation) {
      N_ ("The File of This Business Is Damaged"),
      N_ ("Rungs has not touched it. You can go back to the newest backup; the damaged file is "
          "kept beside it."),
      TRUE, TRUE,
    };
  if (g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_BUSY))
    return (Explanation) {
      N_ ("Another Program Is Using This Business"),
      N_ ("Wait until it has finished, or close it, then try again."),
      FALSE, TRUE,
    };
  if (g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_INVALID))
    return (Explanation) {
      N_ ("This Is Not a Business of Rungs"),
      N_ ("Nothing was changed in the file. Open another one."),
      FALSE, FALSE,
    };
  return (Explanation) {
    N_ ("This Business Cannot Be Opened"),
    N_ ("The computer gave the reason below. Mend that, then try again."),
    TRUE, TRUE,
  };
}

static char *
newest_backup (const char *path)
{
  g_autoptr (GPtrArray) backups = rungs_backup_list (path);

  return backups != NULL && backups->len > 0 ? g_strdup (g_ptr_array_index (backups, 0)) : NULL;
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  RungsFailureView *self = RUNGS_FAILURE_VIEW (source);
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (rungs_restore_finish (result, &error))
    g_signal_emit (self, signals[SIGNAL_RETRY], 0);
  else
    rungs_error_tell (GTK_WIDGET (self), _ ("The Backup Could Not Be Restored"), error);
}

static void
restore_answered_cb (gboolean agreed,
                     gpointer data)
{
  RungsFailureView *self = data;

  if (!agreed)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  rungs_restore_async (G_OBJECT (self), self->backup, self->path, restored_cb, NULL);
}

static void
restore_cb (RungsFailureView *self)
{
  g_autofree char *name = g_path_get_basename (self->backup);
  g_autofree char *body = g_strdup_printf (
    _ ("The business goes back to %s. What was written since then is in the damaged file only."),
    name);

  rungs_question_ask (GTK_WIDGET (self), _ ("Restore the Newest Backup?"), body, _ ("_Restore"),
                      RUNGS_QUESTION_DESTRUCTIVE, restore_answered_cb, self);
}

static void
retry_cb (RungsFailureView *self)
{
  g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static void
copy_cb (RungsFailureView *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_label (self->details_label));
}

static void
rungs_failure_view_dispose (GObject *object)
{
  RungsFailureView *self = RUNGS_FAILURE_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->backup, g_free);

  G_OBJECT_CLASS (rungs_failure_view_parent_class)->dispose (object);
}

static void
rungs_failure_view_class_init (RungsFailureViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_failure_view_dispose;

  signals[SIGNAL_RETRY] = g_signal_new ("retry", RUNGS_TYPE_FAILURE_VIEW, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/start/rungs-failure-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsFailureView, box);
  gtk_widget_class_bind_template_child (widget_class, RungsFailureView, status_page);
  gtk_widget_class_bind_template_child (widget_class, RungsFailureView, restore_button);
  gtk_widget_class_bind_template_child (widget_class, RungsFailureView, retry_button);
  gtk_widget_class_bind_template_child (widget_class, RungsFailureView, details_label);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
rungs_failure_view_init (RungsFailureView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rungs_failure_view_show (RungsFailureView *self,
                         const char       *path,
                         const GError     *error)
{
  Explanation explanation = explain (error);
  g_autofree char *details = g_strdup_printf ("%s\n%s", path, error->message);

  g_return_if_fail (RUNGS_IS_FAILURE_VIEW (self));

  g_free (self->path);
  g_free (self->backup);
  self->path = g_strdup (path);
  self->backup = newest_backup (path);
  adw_status_page_set_title (self->status_page, _ (explanation.title));
  adw_status_page_set_description (self->status_page, _ (explanation.description));
  gtk_label_set_label (self->details_label, details);
  gtk_widget_set_visible (self->restore_button, explanation.can_restore && self->backup != NULL);
  gtk_widget_set_visible (self->retry_button, explanation.can_retry);
}
