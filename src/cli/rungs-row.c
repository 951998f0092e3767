/* rungs-row.c: one thing that a command shows, as the JSON object that --json prints. */

#include "rungs-row.h"

#include "base/rungs-time.h"

static JsonObject *
money_to_object (RungsMoney money)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "minor", money.minor);
  json_object_set_string_member (object, "currency", money.currency);
  return object;
}

JsonObject *
rungs_row_new (void)
{
  return json_object_new ();
}

void
rungs_row_set_text (JsonObject *row,
                    const char *key,
                    const char *text)
{
  g_autofree char *valid = text ? g_utf8_make_valid (text, -1) : NULL;

  if (valid != NULL)
    json_object_set_string_member (row, key, valid);
  else
    json_object_set_null_member (row, key);
}

void
rungs_row_set_number (JsonObject *row,
                      const char *key,
                      gint64      number)
{
  json_object_set_int_member (row, key, number);
}

void
rungs_row_set_id (JsonObject *row,
                  const char *key,
                  gint64      id)
{
  if (id != 0)
    json_object_set_int_member (row, key, id);
  else
    json_object_set_null_member (row, key);
}

void
rungs_row_set_time (JsonObject *row,
                    const char *key,
                    gint64      instant)
{
  g_autofree char *text = instant ? rungs_time_format (instant) : NULL;

  rungs_row_set_text (row, key, text);
}

void
rungs_row_set_flag (JsonObject *row,
                    const char *key,
                    gboolean    flag)
{
  json_object_set_boolean_member (row, key, flag);
}

void
rungs_row_set_money (JsonObject *row,
                     const char *key,
                     RungsMoney  money)
{
  json_object_set_object_member (row, key, money_to_object (money));
}

void
rungs_row_set_monies (JsonObject *row,
                      const char *key,
                      GArray     *monies)
{
  JsonArray *array = rungs_row_set_array (row, key);

  for (guint i = 0; i < monies->len; i++)
    json_array_add_object_element (array, money_to_object (g_array_index (monies, RungsMoney, i)));
}

JsonArray *
rungs_row_set_array (JsonObject *row,
                     const char *key)
{
  JsonArray *array = json_array_new ();

  json_object_set_array_member (row, key, array);
  return array;
}

void
rungs_row_set_json (JsonObject *row,
                    const char *key,
                    const char *json)
{
  g_autoptr (JsonNode) node = json ? json_from_string (json, NULL) : NULL;

  if (node != NULL)
    json_object_set_member (row, key, g_steal_pointer (&node));
  else
    rungs_row_set_text (row, key, json);
}
