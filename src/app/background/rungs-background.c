/* rungs-background.c: goes on with businesses whose windows were closed. */

#include "background/rungs-background.h"

#include <glib/gi18n.h>

#include "background/rungs-notifier.h"
#include "engine/rungs-business.h"
#include "insights/rungs-period-store.h"
#include "mail/rungs-outbox-store.h"
#include "widgets/rungs-display.h"

struct _RungsBackground
{
  GObject parent_instance;

  GApplication *app;   /* (unowned) */
  GSettings *settings; /* (owned) */
  GHashTable *kept;    /* (owned): path → Kept */
};

G_DEFINE_FINAL_TYPE (RungsBackground, rungs_background, G_TYPE_OBJECT)

/* A file whose window is closed. */
typedef struct
{
  RungsBackground *background; /* (unowned) */
  char *path;
  RungsEngine *engine; /* (owned) (nullable): NULL as soon as it is another's */
  RungsNotifier *notifier; /* (owned) */
  gint64 told_at;      /* what was done since then was not told */
  guint source;        /* tells it; 0: there is nothing to tell */
  char *trouble;       /* (nullable): that was told; the engine tries again every minute */
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_clear_handle_id (&kept->source, g_source_remove);
  if (kept->engine != NULL)
    {
      g_signal_handlers_disconnect_by_data (kept->engine, kept);
      rungs_engine_stop (kept->engine);
    }
  g_clear_object (&kept->engine);
  rungs_notifier_stop (kept->notifier);
  g_object_unref (kept->notifier);
  g_free (kept->trouble);
  g_free (kept->path);
  g_free (kept);
}

/* ---- notices */

static void
notify_user (RungsBackground       *self,
             const char            *path,
             const char            *title,
             const char            *body,
             GNotificationPriority  priority)
{
  g_autoptr (GNotification) notification = g_notification_new (title);
  g_autofree char *id = g_strconcat ("background-", path, NULL);

  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, priority);
  g_notification_set_default_action_and_target (notification, "app.show-business", "s", path);
  g_application_send_notification (self->app, id, notification);
}

char *
rungs_background_dup_words (gint64 sent,
                            gint64 doubtful)
{
  g_autofree char *sent_number = rungs_display_number (sent);
  g_autofree char *doubt_number = rungs_display_number (doubtful);
  g_autofree char *sent_words
    = sent == 0 ? NULL
                : g_strdup_printf (ngettext ("%s message was sent.", "%s messages were sent.",
                                             (gulong) sent), sent_number);
  g_autofree char *doubt_words
    = doubtful == 0 ? NULL
                    : g_strdup_printf (ngettext ("%s is in doubt: you decide about it.",
                                                 "%s are in doubt: you decide about them.",
                                                 (gulong) doubtful), doubt_number);

  if (sent_words != NULL && doubt_words != NULL)
    return g_strjoin (" ", sent_words, doubt_words, NULL);
  return g_strdup (sent_words != NULL ? sent_words : doubt_words);
}

/* What was done in a file since then. */
typedef struct
{
  char *path;
  gint64 since;
  gint64 now;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->path);
  g_free (question);
}

/* On a thread. */
static void
ask_file (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  const Question *question = data;
  GError *error = NULL;
  g_autoptr (RungsDb) db = rungs_business_open (question->path, RUNGS_DB_READ, &error);
  g_autoptr (RungsPeriod) period
    = db != NULL ? rungs_period_load (db, question->since, question->now, NULL, &error) : NULL;
  gint64 counts[RUNGS_OUTBOX_DOUBT + 1] = { 0 };

  if (period == NULL || !rungs_outbox_count (db, counts, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task,
                           rungs_background_dup_words (period->messages,
                                                       counts[RUNGS_OUTBOX_DOUBT]), g_free);
}

/* What cannot be read now is told with what comes next. */
static void
file_answered_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  RungsBackground *self = RUNGS_BACKGROUND (source);
  const Question *question = g_task_get_task_data (G_TASK (result));
  Kept *kept = g_hash_table_lookup (self->kept, question->path);
  g_autoptr (GError) error = NULL;
  g_autofree char *words = g_task_propagate_pointer (G_TASK (result), &error);

  if (kept == NULL || error != NULL)
    return;
  kept->told_at = question->now;
  if (words != NULL)
    notify_user (self, kept->path, _ ("Rungs Went On in the Background"), words,
                 G_NOTIFICATION_PRIORITY_LOW);
}

static gboolean
tell_cb (gpointer data)
{
  Kept *kept = data;
  g_autoptr (GTask) task = g_task_new (kept->background, NULL, file_answered_cb, NULL);
  Question *question = g_new (Question, 1);

  *question = (Question) { g_strdup (kept->path), kept->told_at, rungs_display_now () };
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, ask_file);
  kept->source = 0;
  return G_SOURCE_REMOVE;
}

static void
worked_cb (Kept *kept)
{
  g_clear_pointer (&kept->trouble, g_free);
  rungs_notifier_look (kept->notifier);
  if (kept->source == 0)
    kept->source = g_timeout_add_seconds (
        g_settings_get_uint (kept->background->settings, "background-notice"), tell_cb, kept);
}

/* Trouble, or a question, which only a person can end. */
static void
tell_trouble (Kept       *kept,
              const char *title,
              const char *body)
{
  if (g_strcmp0 (kept->trouble, body) == 0)
    return;
  g_free (kept->trouble);
  kept->trouble = g_strdup (body);
  notify_user (kept->background, kept->path, title, body, G_NOTIFICATION_PRIORITY_NORMAL);
}

static void
state_changed_cb (Kept *kept)
{
  RungsEngineState state = rungs_engine_get_state (kept->engine);
  g_autofree char *message = rungs_engine_dup_message (kept->engine);

  if (state == RUNGS_ENGINE_TROUBLE)
    tell_trouble (kept, _ ("Rungs Cannot Go On"),
                  message ? message : _ ("Open the window to see why."));
  else if (state == RUNGS_ENGINE_ASKING)
    tell_trouble (kept, _ ("Overdue Messages Wait"),
                  _ ("Open the window to decide whether they leave."));
}

/* ---- what is kept */

static void
rungs_background_finalize (GObject *object)
{
  RungsBackground *self = RUNGS_BACKGROUND (object);

  g_hash_table_unref (self->kept);
  g_object_unref (self->settings);
  G_OBJECT_CLASS (rungs_background_parent_class)->finalize (object);
}

static void
rungs_background_class_init (RungsBackgroundClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_background_finalize;
}

static void
rungs_background_init (RungsBackground *self)
{
  self->settings = g_settings_new (RUNGS_APP_ID);
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, kept_free);
}

RungsBackground *
rungs_background_new (GApplication *app)
{
  RungsBackground *self = g_object_new (RUNGS_TYPE_BACKGROUND, NULL);

  self->app = app;
  return self;
}

gboolean
rungs_background_is_wanted (RungsBackground *self)
{
  g_return_val_if_fail (RUNGS_IS_BACKGROUND (self), FALSE);

  return g_settings_get_boolean (self->settings, "background");
}

gboolean
rungs_background_has (RungsBackground *self,
                      const char      *path)
{
  g_return_val_if_fail (RUNGS_IS_BACKGROUND (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  return g_hash_table_contains (self->kept, path);
}

static RungsEngine *
start_engine (const char *path)
{
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  RungsEngine *engine = rungs_engine_new (path, clock, "rungs");

  rungs_engine_start (engine);
  return engine;
}

void
rungs_background_keep (RungsBackground *self,
                       const char      *path,
                       RungsEngine     *engine)
{
  Kept *kept = NULL;

  g_return_if_fail (RUNGS_IS_BACKGROUND (self));
  g_return_if_fail (path != NULL);
  g_return_if_fail (!g_hash_table_contains (self->kept, path));

  kept = g_new0 (Kept, 1);
  kept->background = self;
  kept->path = g_strdup (path);
  kept->engine = engine != NULL ? engine : start_engine (path);
  kept->told_at = rungs_display_now ();
  kept->notifier = rungs_notifier_new (self->app, path);
  g_signal_connect_swapped (kept->engine, "worked", G_CALLBACK (worked_cb), kept);
  g_signal_connect_swapped (kept->engine, "changed", G_CALLBACK (state_changed_cb), kept);
  g_hash_table_insert (self->kept, kept->path, kept);
  g_application_hold (self->app);
}

RungsEngine *
rungs_background_take (RungsBackground *self,
                       const char      *path)
{
  Kept *kept = NULL;
  RungsEngine *engine = NULL;
  g_autofree char *id = NULL;

  g_return_val_if_fail (RUNGS_IS_BACKGROUND (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  kept = g_hash_table_lookup (self->kept, path);
  if (kept == NULL)
    return NULL;
  engine = g_steal_pointer (&kept->engine);
  g_signal_handlers_disconnect_by_data (engine, kept);
  id = g_strconcat ("background-", path, NULL);
  g_application_withdraw_notification (self->app, id);
  g_hash_table_remove (self->kept, path);
  g_application_release (self->app);
  return engine;
}

void
rungs_background_stop (RungsBackground *self)
{
  guint n = 0;

  g_return_if_fail (RUNGS_IS_BACKGROUND (self));

  n = g_hash_table_size (self->kept);
  g_hash_table_remove_all (self->kept);
  while (n-- > 0)
    g_application_release (self->app);
}
