/* rungs-process-follow.c: makes the tasks that were asked for. */

#include "process/rungs-process-follow.h"

#include <json-glib/json-glib.h>

#include "base/rungs-clock.h"
#include "leads/rungs-event-store.h"
#include "process/rungs-task-private.h"

/* What was asked for: a title, and in how many days it is due; what cannot be read asks for
 * itself. */
static char *
read_task (const RungsEvent *event,
           gint64           *days)
{
  g_autoptr (JsonNode) node = json_from_string (event->detail, NULL);
  const char *title = NULL;

  *days = 0;
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);

      title = json_object_get_string_member_with_default (object, "title", NULL);
      *days = json_object_get_int_member_with_default (object, "days", 0);
    }
  return g_strdup (title ? title : event->detail);
}

static gboolean
task_asked_cb (RungsDb           *db,
               const RungsEvent  *event,
               gpointer           data,
               GError           **error)
{
  const gint64 *now = data;
  gint64 days;
  g_autofree char *title = read_task (event, &days);

  return rungs_task_insert (db, event->lead, title, *now + days * RUNGS_DAY, event->id, *now, error)
         != 0;
}

gboolean
rungs_process_follow (RungsDb  *db,
                      gint64    now,
                      GError  **error)
{
  static const char *const KINDS[] = { RUNGS_EVENT_TASK_ASKED, NULL };

  return rungs_event_follow (db, "process", KINDS, task_asked_cb, &now, error);
}
