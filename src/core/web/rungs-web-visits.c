/* rungs-web-visits.c: visits of pages, which the relay has added up. */

#include "web/rungs-web-visits.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "leads/rungs-business-store.h"
#include "web/rungs-web-visit-store.h"
#include "wire/rungs-wire-json.h"

#define COUNTS_MOST 10000
#define NUMBER_MOST 1000000000
#define TEXT_MOST 500 /* bytes */

/* Returns: (nullable): the text of that member, "" where there is none; NULL where it cannot be. */
static const char *
get_text (JsonObject *object,
          const char *member)
{
  const char *text = rungs_wire_json_text (object, member);

  if (text == NULL)
    return "";
  return strlen (text) <= TEXT_MOST ? text : NULL;
}

/* FALSE where it is none. */
static gboolean
read_count (JsonNode       *node,
            RungsWebVisits *visits)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL)
    return FALSE;
  visits->path = get_text (object, "path");
  visits->variant = get_text (object, "variant");
  visits->code = get_text (object, "code");
  visits->machine = json_object_get_boolean_member_with_default (object, "machine", FALSE);
  visits->n = rungs_wire_json_number (object, "n", 0);
  return visits->path != NULL && *visits->path != '\0' && visits->variant != NULL
         && visits->code != NULL && visits->n > 0 && visits->n <= NUMBER_MOST;
}

static char *
dup_day (RungsWebWork            *work,
         JsonObject              *told,
         const RungsRawDelivery  *raw,
         GError                 **error)
{
  g_autoptr (GTimeZone) zone = rungs_business_zone (work->db, error);
  gint64 from = rungs_wire_json_number (told, "from", 0);

  if (zone == NULL)
    return NULL;
  return rungs_time_format_day (from > 0 && from <= raw->received_at ? from : raw->received_at,
                                zone);
}

static gboolean
add_counts (RungsWebWork  *work,
            JsonArray     *counts,
            const char    *day,
            GError       **error)
{
  RungsWebVisits visits = { .day = day };

  for (guint i = 0; i < MIN (json_array_get_length (counts), COUNTS_MOST); i++)
    if (read_count (json_array_get_element (counts, i), &visits)
        && !rungs_web_visit_add (work->db, &visits, RUNGS_WEB_VISIT_ROWS_MOST, error))
      return FALSE;
  return TRUE;
}

gboolean
rungs_web_visits_apply (RungsWebWork            *work,
                        const RungsRawDelivery  *raw,
                        GError                 **error)
{
  gsize length = 0;
  const char *bytes;
  g_autoptr (JsonNode) root = NULL;
  JsonArray *counts = NULL;
  g_autofree char *day = NULL;

  g_return_val_if_fail (work != NULL && raw != NULL, FALSE);

  work->kind = "visits";
  bytes = g_bytes_get_data (raw->body, &length);
  root = rungs_wire_json_read (bytes, length, error);
  if (root == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (root))
    counts = rungs_wire_json_array (json_node_get_object (root), "counts");
  if (counts == NULL)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("It is not a count of visits."));
      return FALSE;
    }
  day = dup_day (work, json_node_get_object (root), raw, error);
  return day != NULL && add_counts (work, counts, day, error);
}
