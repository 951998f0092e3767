/* rungs-notifier.c: tells of new leads of a file by notifications of the desktop. */

#include "background/rungs-notifier.h"

#include <glib/gi18n.h>

#include "base/rungs-clock.h"
#include "engine/rungs-business.h"
#include "process/rungs-notice-store.h"
#include "widgets/rungs-display.h"

#define COLLECT_MS 1000
#define TOGETHER (10 * RUNGS_MINUTE)
#define MOST_NAMES 4
#define ANSWER_MS 2000

struct _RungsNotifier
{
  GObject parent_instance;

  GApplication *app; /* (unowned) (nullable): NULL after rungs_notifier_stop() */
  char *path;
  guint source;      /* waits with looking; 0: does not */
  gboolean looking;
  gboolean again;    /* something was written meanwhile */
};

G_DEFINE_FINAL_TYPE (RungsNotifier, rungs_notifier, G_TYPE_OBJECT)

/* ---- words */

char *
rungs_notifier_dup_title (GPtrArray *notices)
{
  const RungsNotice *first;
  g_autofree char *number = NULL;

  g_return_val_if_fail (notices != NULL && notices->len > 0, NULL);

  first = notices->pdata[0];
  number = rungs_display_number (notices->len);
  if (notices->len > 1)
    return g_strdup_printf (ngettext ("%s new lead", "%s new leads", notices->len), number);
  return g_strdup_printf (_ ("New lead: %s"),
                          *first->name != '\0' ? first->name : _ ("Nameless"));
}

char *
rungs_notifier_dup_body (GPtrArray *notices)
{
  g_autoptr (GString) names = g_string_new (NULL);

  g_return_val_if_fail (notices != NULL && notices->len > 0, NULL);

  if (notices->len == 1)
    return g_strdup (((const RungsNotice *) notices->pdata[0])->source);
  for (guint i = 0; i < MIN (notices->len, MOST_NAMES); i++)
    {
      const RungsNotice *notice = notices->pdata[i];

      if (*notice->name != '\0')
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", notice->name);
    }
  if (notices->len > MOST_NAMES)
    g_string_append (names, ", …");
  return g_strdup (names->str);
}

static void
notify_user (RungsNotifier *self,
             GPtrArray     *notices)
{
  const RungsNotice *first = notices->pdata[0];
  g_autofree char *title = rungs_notifier_dup_title (notices);
  g_autofree char *body = rungs_notifier_dup_body (notices);
  g_autofree char *target = g_strdup_printf ("lead:%" G_GINT64_FORMAT, first->lead);
  g_autofree char *id = g_strconcat ("leads-", self->path, NULL);
  gboolean one = notices->len == 1;
  g_autoptr (GNotification) notification = g_notification_new (title);

  if (*body != '\0')
    g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.show-target", "(sss)",
                                                self->path, one ? "leads" : "today",
                                                one ? target : "new");
  g_application_send_notification (self->app, id, notification);
}

/* ---- looking */

/* Notifications that are due count as told before they are: each is told once. */
static gboolean
take (RungsDb   *db,
      gpointer   data,
      GError   **error)
{
  GPtrArray **notices = data;

  *notices = rungs_notices_take (db, rungs_display_now () - TOGETHER, error);
  return *notices != NULL;
}

/* Whether the bus lists the name. */
static gboolean
is_name (GDBusConnection *bus,
         const char      *question,
         const char      *name)
{
  g_autoptr (GVariant) answer = NULL;
  g_autofree const char **names = NULL;

  if (bus == NULL)
    return FALSE;
  answer = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", question, NULL,
                                        G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE,
                                        ANSWER_MS, NULL, NULL);
  if (answer == NULL)
    return FALSE;
  g_variant_get (answer, "(^a&s)", &names);
  return g_strv_contains (names, name);
}

/* Whether there is a desktop that shows notifications: in a sandbox the portal, else whoever has
 * one of these names, or would be started for it. Where there is none, what is due waits. */
static gboolean
is_shown (void)
{
  static const char *const NAMES[] = { "org.gtk.Notifications", "org.freedesktop.Notifications" };
  g_autoptr (GDBusConnection) bus = NULL;

  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return TRUE;
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (is_name (bus, "ListNames", NAMES[i]) || is_name (bus, "ListActivatableNames", NAMES[i]))
      return TRUE;
  return FALSE;
}

/* On a thread. */
static void
ask_file (GTask        *task,
          gpointer      source,
          gpointer      path,
          GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (RungsDb) db = rungs_business_open (path, RUNGS_DB_READ, &error);
  GPtrArray *notices = NULL;
  gboolean due = FALSE;

  if (db != NULL && rungs_notices_are_due (db, &due, &error) && due && is_shown ())
    {
      g_clear_pointer (&db, rungs_db_close);
      db = rungs_business_open (path, RUNGS_DB_WRITE, &error);
      if (db != NULL && !rungs_db_write (db, take, &notices, &error))
        g_clear_pointer (&notices, g_ptr_array_unref);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, notices, (GDestroyNotify) g_ptr_array_unref);
}

/* What cannot be read now is told with what comes next. */
static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  RungsNotifier *self = RUNGS_NOTIFIER (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notices = g_task_propagate_pointer (G_TASK (result), &error);

  self->looking = FALSE;
  if (error != NULL)
    g_debug ("new leads of %s are told later: %s", self->path, error->message);
  if (self->app != NULL && notices != NULL && notices->len > 0)
    notify_user (self, notices);
  if (self->again)
    rungs_notifier_look (self);
}

static gboolean
look_cb (gpointer data)
{
  RungsNotifier *self = data;
  g_autoptr (GTask) task = g_task_new (self, NULL, answered_cb, NULL);

  self->source = 0;
  self->looking = TRUE;
  self->again = FALSE;
  g_task_set_task_data (task, g_strdup (self->path), g_free);
  g_task_run_in_thread (task, ask_file);
  return G_SOURCE_REMOVE;
}

void
rungs_notifier_look (RungsNotifier *self)
{
  g_return_if_fail (RUNGS_IS_NOTIFIER (self));

  self->again = self->looking;
  if (self->app != NULL && !self->looking && self->source == 0)
    self->source = g_timeout_add (COLLECT_MS, look_cb, self);
}

void
rungs_notifier_stop (RungsNotifier *self)
{
  g_return_if_fail (RUNGS_IS_NOTIFIER (self));

  self->app = NULL;
  g_clear_handle_id (&self->source, g_source_remove);
}

static void
rungs_notifier_finalize (GObject *object)
{
  RungsNotifier *self = RUNGS_NOTIFIER (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self->path);
  G_OBJECT_CLASS (rungs_notifier_parent_class)->finalize (object);
}

static void
rungs_notifier_class_init (RungsNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_notifier_finalize;
}

static void
rungs_notifier_init (RungsNotifier *self)
{
}

RungsNotifier *
rungs_notifier_new (GApplication *app,
                    const char   *path)
{
  RungsNotifier *self = g_object_new (RUNGS_TYPE_NOTIFIER, NULL);

  self->app = app;
  self->path = g_strdup (path);
  rungs_notifier_look (self);
  return self;
}
