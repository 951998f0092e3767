/* rungs-column.c: how people see the keys of a row. */

#include "rungs-column.h"

#include <glib/gi18n.h>

#include "base/rungs-rate.h"
#include "base/rungs-time.h"
#include "rungs-listing.h"
#include "rungs-term.h"
#include "rungs-text-width.h"

static RungsMoney
money_of (JsonObject *object)
{
  return rungs_money (json_object_get_int_member (object, "minor"),
                      json_object_get_string_member (object, "currency"));
}

static char *
element_to_text (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return rungs_money_format (money_of (json_node_get_object (node)));
  return rungs_text_dup_line (json_node_get_string (node));
}

static char *
array_to_text (JsonArray *array)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *element = element_to_text (json_array_get_element (array, i));

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", element);
    }
  return g_string_free (text, FALSE);
}

static char *
time_to_text (const char *rfc3339,
              GTimeZone  *zone)
{
  gint64 instant = 0;

  if (!rungs_time_parse (rfc3339, NULL, &instant, NULL))
    return g_strdup (rfc3339);
  return rungs_time_format_minute (instant, zone);
}

static char *
value_to_text (JsonNode *node)
{
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return rungs_text_dup_line (json_node_get_string (node));
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    return g_strdup_printf ("%.1f", json_node_get_double (node));
  return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
}

static char *
dup_json (JsonNode *node,
          gboolean  pretty)
{
  return json_to_string (node, pretty);
}

/* The lines of a text, each after the first beneath it. */
static char *
align_lines (const char *text,
             guint       indent)
{
  g_autofree char *lines = rungs_text_dup_lines (text);
  g_autofree char *between = g_strdup_printf ("\n%*s", (int) indent, "");
  g_auto (GStrv) parts = g_strsplit (lines, "\n", -1);

  return g_strjoinv (between, parts);
}

/* A line of a row that is shown by itself. */
static void
put_line (RungsInvocation   *call,
          const RungsColumn *column,
          JsonObject        *row,
          guint              width)
{
  RungsOutput *output = rungs_invocation_get_output (call);
  g_autofree char *text = rungs_column_dup_text (column, row, rungs_invocation_get_zone (call));
  const char *heading = _ (column->heading);

  if (*text == '\0')
    return;
  if (column->kind == RUNGS_COLUMN_LINES)
    {
      g_free (text);
      text = align_lines (json_object_get_string_member (row, column->key), width + 2);
    }
  rungs_output_printf (output, "%s%*s  %s\n", heading, (int) (width - rungs_text_width (heading)),
                       "", text);
}

static guint
widest_heading (const RungsColumn *columns)
{
  guint width = 0;

  for (; columns->key != NULL; columns++)
    if (columns->kind != RUNGS_COLUMN_ROWS)
      width = MAX (width, rungs_text_width (_ (columns->heading)));
  return width;
}

static void
put_rows (RungsInvocation   *call,
          const RungsColumn *column,
          JsonObject        *row)
{
  JsonArray *rows = json_object_get_array_member (row, column->key);

  if (rows == NULL || json_array_get_length (rows) == 0)
    return;
  rungs_output_printf (rungs_invocation_get_output (call), "\n%s\n", _ (column->heading));
  rungs_listing_put_table (call, column->columns, rows, 2);
}

/* Of a column whose rows have objects. */
static char *
object_to_text (const RungsColumn *column,
                JsonNode          *node)
{
  if (column->kind == RUNGS_COLUMN_MONEY)
    return rungs_money_format (money_of (json_node_get_object (node)));
  if (column->kind == RUNGS_COLUMN_ESTIMATE)
    return rungs_money_format_estimate (money_of (json_node_get_object (node)));
  return dup_json (node, FALSE);
}

char *
rungs_column_dup_text (const RungsColumn *column,
                       JsonObject        *row,
                       GTimeZone         *zone)
{
  JsonNode *node = json_object_get_member (row, column->key);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("");
  if (JSON_NODE_HOLDS_ARRAY (node))
    return array_to_text (json_node_get_array (node));
  if (JSON_NODE_HOLDS_OBJECT (node))
    return object_to_text (column, node);
  if (column->kind == RUNGS_COLUMN_COUNT && json_node_get_int (node) == 0)
    return g_strdup ("");
  if (column->kind == RUNGS_COLUMN_RATE)
    return rungs_rate_format (json_node_get_int (node));
  if (column->kind == RUNGS_COLUMN_TIME)
    return time_to_text (json_node_get_string (node), zone);
  if (column->kind == RUNGS_COLUMN_TERM)
    return g_strdup (rungs_term_of (column->key, json_node_get_string (node)));
  if (column->kind == RUNGS_COLUMN_FLAG)
    return g_strdup (json_node_get_boolean (node) ? _ ("yes") : _ ("no"));
  return value_to_text (node);
}

gboolean
rungs_column_is_right (const RungsColumn *column)
{
  return column->kind == RUNGS_COLUMN_NUMBER || column->kind == RUNGS_COLUMN_COUNT
         || column->kind == RUNGS_COLUMN_MONEY || column->kind == RUNGS_COLUMN_ESTIMATE
         || column->kind == RUNGS_COLUMN_RATE;
}

void
rungs_column_show (RungsInvocation   *call,
                   const RungsColumn *columns,
                   JsonObject        *row)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  guint width;

  json_node_take_object (node, row);
  if (rungs_invocation_wants_json (call))
    {
      g_autofree char *text = dup_json (node, TRUE);

      rungs_output_printf (rungs_invocation_get_output (call), "%s\n", text);
      return;
    }
  width = widest_heading (columns);
  for (const RungsColumn *column = columns; column->key != NULL; column++)
    if (column->kind == RUNGS_COLUMN_ROWS)
      put_rows (call, column, row);
    else
      put_line (call, column, row, width);
}

void
rungs_column_say (RungsInvocation *call,
                  JsonObject      *row,
                  const char      *format,
                  ...)
{
  g_autofree char *sentence = NULL;
  g_autofree char *line = NULL;
  va_list arguments;

  if (rungs_invocation_wants_json (call))
    {
      rungs_column_show (call, NULL, row);
      return;
    }
  json_object_unref (row);
  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  line = rungs_text_dup_lines (sentence);
  rungs_output_printf (rungs_invocation_get_output (call), "%s\n", line);
}
