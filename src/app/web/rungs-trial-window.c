/* rungs-trial-window.c: sends a sample the whole way to an endpoint, and tells each step.
 *
 * It waits for the network and the keyring, so that it happens on a thread and a connection of its
 * own; each step is handed to the main loop as it is made. */

#include "rungs-trial-window.h"

#include <glib/gi18n.h>

#include "engine/rungs-business.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-secret.h"
#include "web/rungs-web-keys.h"
#include "web/rungs-web-relay-store.h"
#include "web/rungs-web-trial.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-side-window.h"

/* Belongs to the window. */
typedef struct
{
  GtkWindow *window; /* (weak) (nullable) */
  RungsPage *page;   /* (owned) */
  AdwActionRow *rows[RUNGS_WEB_TRIAL_STEPS];
  GtkImage *icons[RUNGS_WEB_TRIAL_STEPS];
  GtkLabel *verdict;
  GtkSpinner *spinner;
  GCancellable *cancellable; /* (owned) */
  guint references;          /* of the window, the thread, and steps on their way */
} Window;

static Window *
window_ref (Window *self)
{
  g_atomic_int_inc (&self->references);
  return self;
}

static void
window_unref (gpointer data)
{
  Window *self = data;

  if (!g_atomic_int_dec_and_test (&self->references))
    return;
  g_object_unref (self->cancellable);
  g_object_unref (self->page);
  g_free (self);
}

/* ---- on the thread */

typedef struct
{
  Window *window;
  char *path; /* (owned) */
  gint64 endpoint;
  gboolean well;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  window_unref (self->window);
  g_free (self->path);
  g_free (self);
}

typedef struct
{
  Window *window;
  RungsWebTrialStep step;
  gboolean well;
  char *words; /* (owned) */
} Step;

static void
step_free (gpointer data)
{
  Step *self = data;

  window_unref (self->window);
  g_free (self->words);
  g_free (self);
}

static gboolean
show_step (gpointer data)
{
  Step *step = data;
  Window *self = step->window;
  GtkImage *icon = self->icons[step->step];

  if (self->window == NULL)
    return G_SOURCE_REMOVE;
  adw_action_row_set_subtitle (self->rows[step->step], step->words);
  gtk_image_set_from_icon_name (icon, step->well ? "emblem-ok-symbolic"
                                                 : "dialog-warning-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (icon), step->well ? "success" : "error");
  return G_SOURCE_REMOVE;
}

static void
told_cb (RungsWebTrialStep  step,
         gboolean           well,
         const char        *words,
         gpointer           data)
{
  Job *job = data;
  Step *told = g_new0 (Step, 1);

  told->window = window_ref (job->window);
  told->step = step;
  told->well = well;
  told->words = g_markup_escape_text (words, -1);
  g_idle_add_full (G_PRIORITY_DEFAULT, show_step, told, step_free);
}

static gboolean
try_it (Job           *job,
        RungsDb       *db,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (RungsWebRelay) relay = rungs_web_relay_load (db, NULL);
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  g_autoptr (RungsWebKeyring) keyring = NULL;
  char *key = NULL;
  gboolean ended;
  RungsWebKeys keys;

  if (business == NULL)
    return FALSE;
  if (relay != NULL)
    key = rungs_secret_lookup (business->uuid, relay->uuid, RUNGS_SECRET_TIMEOUT, cancellable,
                               NULL);
  keyring = rungs_web_keyring_new (business->uuid, NULL);
  keys = rungs_web_keyring_get_keys (keyring);
  ended = rungs_web_trial (db, job->endpoint, &keys, key, clock, told_cb, job, cancellable,
                           &job->well, error);
  rungs_secret_free (key);
  return ended;
}

static void
run (GTask        *task,
     gpointer      source,
     gpointer      data,
     GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db = rungs_business_open (job->path, RUNGS_DB_WRITE, &error);

  if (db != NULL && try_it (job, db, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* ---- in the window */

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Job *job = g_task_get_task_data (G_TASK (result));
  Window *self = job->window;
  g_autoptr (GError) error = NULL;
  gboolean ended = g_task_propagate_boolean (G_TASK (result), &error);

  if (rungs_page_get_store (self->page) != NULL)
    rungs_store_note_change (rungs_page_get_store (self->page));
  if (self->window == NULL)
    return;
  gtk_spinner_stop (self->spinner);
  if (!ended)
    {
      g_autofree char *words = rungs_error_words (error);

      gtk_label_set_label (self->verdict, words);
      gtk_widget_add_css_class (GTK_WIDGET (self->verdict), "error");
      return;
    }
  gtk_label_set_label (self->verdict, job->well ? _ ("What is real arrives the same way.")
                                                : _ ("What is real would not be done."));
  gtk_widget_add_css_class (GTK_WIDGET (self->verdict), job->well ? "success" : "error");
}

static void
closed_cb (gpointer  data,
           GObject  *window)
{
  Window *self = data;

  self->window = NULL;
  g_cancellable_cancel (self->cancellable);
  window_unref (self);
}

static void
add_steps (Window      *self,
           GtkListBox  *list)
{
  static const char *const TITLES[RUNGS_WEB_TRIAL_STEPS] = {
    [RUNGS_WEB_TRIAL_SENT] = N_ ("Sent"),
    [RUNGS_WEB_TRIAL_KEPT] = N_ ("Kept"),
    [RUNGS_WEB_TRIAL_VERIFIED] = N_ ("Believed"),
    [RUNGS_WEB_TRIAL_APPLIED] = N_ ("Done"),
    [RUNGS_WEB_TRIAL_UNDONE] = N_ ("Taken back"),
  };

  for (guint i = 0; i < RUNGS_WEB_TRIAL_STEPS; i++)
    {
      self->rows[i] = ADW_ACTION_ROW (adw_action_row_new ());
      self->icons[i] = GTK_IMAGE (gtk_image_new_from_icon_name ("content-loading-symbolic"));
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[i]), _ (TITLES[i]));
      adw_action_row_set_subtitle_lines (self->rows[i], 0);
      adw_action_row_add_prefix (self->rows[i], GTK_WIDGET (self->icons[i]));
      gtk_list_box_append (list, GTK_WIDGET (self->rows[i]));
    }
}

static GtkWidget *
new_content (Window *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *end = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Steps"), -1);
  add_steps (self, GTK_LIST_BOX (list));
  self->verdict = GTK_LABEL (gtk_label_new (_ ("On its way…")));
  gtk_label_set_wrap (self->verdict, TRUE);
  gtk_label_set_xalign (self->verdict, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->verdict), TRUE);
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_spinner_start (self->spinner);
  gtk_box_append (GTK_BOX (end), GTK_WIDGET (self->verdict));
  gtk_box_append (GTK_BOX (end), GTK_WIDGET (self->spinner));
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), end);
  return box;
}

static GtkWindow *
new_window (Window     *self,
            const char *name)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->page));
  g_autofree char *title = g_strdup_printf (_ ("A Sample for “%s”"), name);
  GtkWindow *window
    = rungs_side_window_new (GTK_WINDOW (root), title, 480, -1, new_content (self));

  gtk_window_set_modal (window, TRUE);
  return window;
}

void
rungs_trial_window_open (RungsPage  *page,
                         gint64      endpoint,
                         const char *name)
{
  Window *self = g_new0 (Window, 1);
  Job *job = g_new0 (Job, 1);
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RUNGS_IS_PAGE (page));

  self->references = 1;
  self->page = g_object_ref (page);
  self->cancellable = g_cancellable_new ();
  self->window = new_window (self, name);
  g_object_weak_ref (G_OBJECT (self->window), closed_cb, self);
  job->window = window_ref (self);
  job->path = g_strdup (rungs_store_get_path (rungs_page_get_store (page)));
  job->endpoint = endpoint;
  task = g_task_new (NULL, self->cancellable, ended_cb, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, job_free);
  gtk_window_present (self->window);
  g_task_run_in_thread (task, run);
}
