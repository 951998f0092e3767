/* test-graph-path.c: single members of a graph are read and written by their paths, and it is told
 * when a lead would come to a step. */

#include "sequences/rungs-graph-path.h"

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "sequences/rungs-graph-preview.h"

static const char GRAPH[] =
  "{'name': 'N', 'entry': {'triggers': [{'on': 'tag', 'name': 'a'}, {'on': 'order'}]},"
  " 'start': 'w', 'steps': {'w': {'kind': 'wait', 'days': 2, 'next': 'u'},"
  " 'u': {'kind': 'wait_until', 'time': '09:00', 'next': 'q'},"
  " 'q': {'kind': 'condition', 'yes': 'm', 'no': 'e'},"
  " 'm': {'kind': 'message', 'message': 'M', 'next': 'e'},"
  " 'e': {'kind': 'wait_until', 'event': {'on': 'order'}, 'days': 3, 'next': 'x', 'timeout': 'y'},"
  " 'x': {'kind': 'exit'}, 'y': {'kind': 'message', 'message': 'Y'}, 'lost': {'kind': 'exit'}}}";

static char *
graph_text (void)
{
  return g_strdelimit (g_strdup (GRAPH), "'", '"');
}

static void
test_get (void)
{
  g_autofree char *json = graph_text ();
  g_autofree char *name = rungs_graph_path_get_text (json, NULL, "entry.triggers.0.name");
  g_autofree char *event = rungs_graph_path_get (json, "e", "event");
  g_autofree char *none = rungs_graph_path_get (json, "e", "event.sku");
  g_autofree char *outside = rungs_graph_path_get (json, NULL, "entry.triggers.7");

  g_assert_cmpstr (name, ==, "a");
  g_assert_cmpstr (event, ==, "{\"on\":\"order\"}");
  g_assert_null (none);
  g_assert_null (outside);
  g_assert_cmpint (rungs_graph_path_get_number (json, "w", "days", -1), ==, 2);
  g_assert_cmpint (rungs_graph_path_get_number (json, "w", "hours", -1), ==, -1);
  g_assert_cmpuint (rungs_graph_path_count (json, NULL, "entry.triggers"), ==, 2);
}

/* The path is set to the value (NULL: taken out); then it has that. */
static const struct
{
  const char *step;
  const char *path;
  const char *value;
  const char *parent;
  const char *then;
} CASES[] = {
  { NULL, "sells", "\"BOOK\"", "sells", "\"BOOK\"" },
  { NULL, "entry.triggers.0", NULL, "entry.triggers", "[{\"on\":\"order\"}]" },
  { NULL, "entry.triggers.0.name", "\"b\"", "entry.triggers",
    "[{\"on\":\"tag\",\"name\":\"b\"},{\"on\":\"order\"}]" },
  { NULL, "entry.triggers.2", "{\"on\":\"import\"}", "entry.triggers",
    "[{\"on\":\"tag\",\"name\":\"a\"},{\"on\":\"order\"},{\"on\":\"import\"}]" },
  { NULL, "sending.from", "\"09:00\"", "sending", "{\"from\":\"09:00\"}" },
  { NULL, "nothing.there", NULL, "nothing", NULL },
  { "w", "days", "5", "days", "5" },
  { "w", "days", NULL, "days", NULL },
  { "e", "event.sku", "\"BOOK\"", "event", "{\"on\":\"order\",\"sku\":\"BOOK\"}" },
};

static void
test_set (void)
{
  g_autofree char *json = graph_text ();
  g_autofree char *quoted = rungs_graph_path_quote ("a \"b\"");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) fault = NULL;
      g_autofree char *edited
        = rungs_graph_path_set (json, CASES[i].step, CASES[i].path, CASES[i].value, &fault);
      g_autofree char *then = NULL;

      g_assert_no_error (fault);
      then = rungs_graph_path_get (edited, CASES[i].step, CASES[i].parent);
      g_assert_cmpstr (then, ==, CASES[i].then);
    }
  g_assert_cmpstr (quoted, ==, "\"a \\\"b\\\"\"");
  g_assert_null (rungs_graph_path_set (json, "none", "days", "5", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static const struct
{
  const char *step;
  const char *at; /* NULL: it is not reached */
  gboolean earliest;
  gboolean chosen;
} PREVIEWS[] = {
  { "w", "2026-11-22 13:20", FALSE, FALSE }, { "u", "2026-11-24 13:20", FALSE, FALSE },
  { "q", "2026-11-25 09:00", FALSE, FALSE }, { "m", "2026-11-25 09:00", FALSE, TRUE },
  { "e", "2026-11-25 09:00", FALSE, TRUE },  { "x", "2026-11-25 09:00", TRUE, TRUE },
  { "y", "2026-11-28 09:00", TRUE, TRUE },   { "lost", NULL, FALSE, FALSE },
};

static void
test_preview (void)
{
  g_autofree char *json = graph_text ();
  g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();
  g_autoptr (RungsGraph) graph = rungs_graph_parse_draft (json, problems);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  gint64 now;

  g_assert_true (rungs_time_parse ("2026-11-22 13:20", zone, &now, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (PREVIEWS); i++)
    {
      RungsGraphPreview preview
        = rungs_graph_preview (graph, PREVIEWS[i].step, now, zone, zone);
      gint64 at = 0;

      g_assert_cmpint (preview.reached, ==, PREVIEWS[i].at != NULL);
      if (PREVIEWS[i].at == NULL)
        continue;
      g_assert_true (rungs_time_parse (PREVIEWS[i].at, zone, &at, NULL));
      g_assert_cmpint (preview.at, ==, at);
      g_assert_cmpint (preview.earliest, ==, PREVIEWS[i].earliest);
      g_assert_cmpint (preview.chosen, ==, PREVIEWS[i].chosen);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sequences/graph-path/get", test_get);
  g_test_add_func ("/sequences/graph-path/set", test_set);
  g_test_add_func ("/sequences/graph-path/preview", test_preview);
  return g_test_run ();
}
