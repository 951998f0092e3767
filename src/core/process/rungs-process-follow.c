/* rungs-process-follow.c: makes the tasks that were asked for, and those that events mean. */

#include "process/rungs-process-follow.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-clock.h"
#include "leads/rungs-event-store.h"
#include "process/rungs-task-private.h"

/* Characters of a reply that the title of its task shows. */
#define LONGEST_WORDS 60

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

/* A person wrote, and waits for an answer. */
static char *
make_title (const RungsEvent *event)
{
  g_autofree char *words = g_utf8_substring (event->detail, 0,
                                             MIN (g_utf8_strlen (event->detail, -1),
                                                  LONGEST_WORDS));

  if (*words == '\0')
    return g_strdup (_ ("Answer the reply"));
  return g_strdup_printf (strlen (words) < strlen (event->detail) ? _ ("Answer the reply: “%s…”")
                                                                  : _ ("Answer the reply: “%s”"),
                          words);
}

static gboolean
event_cb (RungsDb          *db,
          const RungsEvent *event,
          gpointer          data,
          GError          **error)
{
  const gint64 *now = data;
  gint64 days = 0;
  g_autofree char *title = g_str_equal (event->kind, RUNGS_EVENT_MAIL_REPLIED)
                             ? make_title (event)
                             : read_task (event, &days);

  return rungs_task_insert (db, event->lead, title, *now + days * RUNGS_DAY, event->id, *now, error)
         != 0;
}

gboolean
rungs_process_follow (RungsDb  *db,
                      gint64    now,
                      GError  **error)
{
  static const char *const KINDS[] = { RUNGS_EVENT_TASK_ASKED, RUNGS_EVENT_MAIL_REPLIED, NULL };

  return rungs_event_follow (db, "process", KINDS, event_cb, &now, error);
}
