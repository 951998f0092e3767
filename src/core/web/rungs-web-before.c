/* rungs-web-before.c: what a provider must be asked, or told, before what it sent can be done. */

#include "web/rungs-web-before.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "wire/rungs-signature.h"
#include "wire/rungs-wire-json.h"

void
rungs_web_before_clear (RungsWebBefore *self)
{
  g_clear_pointer (&self->fetched, g_free);
}

static JsonObject *
get_rule (JsonArray *rules,
          guint      place)
{
  JsonNode *node = json_array_get_element (rules, place);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

gboolean
rungs_web_before_fetches (JsonObject *receive)
{
  JsonArray *rules = rungs_wire_json_array (receive, "before");

  for (guint i = 0; rules != NULL && i < json_array_get_length (rules); i++)
    if (rungs_wire_json_object (get_rule (rules, i), "fetch") != NULL)
      return TRUE;
  return FALSE;
}

/* ---- fetching */

static gboolean
set_blanks (RungsBlanks     *blanks,
            RungsWebReader  *reader,
            JsonObject      *values,
            GError         **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (values == NULL)
    return TRUE;
  json_object_iter_init (&iter, values);
  while (json_object_iter_next (&iter, &name, &value))
    {
      g_autofree char *text = rungs_web_reader_read (reader, value);

      if (text == NULL)
        return rungs_error_refuse (error, _ ("It does not say what is to be fetched."));
      rungs_blanks_set (blanks, name, text);
    }
  return TRUE;
}

/* On one line: what is kept is a header. */
static char *
dup_line (const char  *answer,
          GError     **error)
{
  g_autoptr (JsonNode) node = rungs_wire_json_read (answer, strlen (answer), error);
  g_autofree char *line = node != NULL ? json_to_string (node, FALSE) : NULL;

  if (line != NULL && strlen (line) + strlen (RUNGS_WEB_FETCHED ": ") < RUNGS_RAW_LINE_MOST)
    return g_steal_pointer (&line);
  if (line != NULL)
    rungs_error_refuse (error, _ ("What was fetched is too long to be kept."));
  return NULL;
}

static gboolean
fetch (JsonObject              *rule,
       RungsWebReader          *reader,
       const RungsWebEndpoint  *endpoint,
       const RungsWebKeys      *keys,
       RungsWebBefore          *before,
       GError                 **error)
{
  g_autoptr (RungsBlanks) blanks = rungs_blanks_new ();
  g_autofree char *answer = NULL;

  if (keys->fetch == NULL)
    return TRUE;
  if (set_blanks (blanks, reader, rungs_wire_json_object (rule, "blanks"), error))
    answer = keys->fetch (endpoint, rule, blanks, keys->data, error);
  if (answer != NULL)
    before->fetched = dup_line (answer, error);
  if (before->fetched == NULL)
    g_prefix_error (error, "%s ", _ ("Its answers could not be fetched:"));
  return before->fetched != NULL;
}

/* ---- visiting */

static gboolean
visit (JsonObject          *rule,
       RungsWebReader      *reader,
       const RungsWebKeys  *keys,
       RungsWebBefore      *before,
       GError             **error)
{
  g_autofree char *address = rungs_web_reader_read_member (reader, rule, "visit");
  const char *host = rungs_wire_json_text (rule, "host");

  if (keys->visit == NULL)
    return TRUE;
  if (address == NULL || host == NULL || !rungs_signature_is_pinned (address, host))
    return rungs_error_refuse (error,
                               _ ("It asks for a visit to an address that is not its provider's."));
  before->visited = keys->visit (address, keys->data, error);
  return before->visited;
}

gboolean
rungs_web_before_do (JsonObject              *receive,
                     RungsWebReader          *reader,
                     const RungsWebEndpoint  *endpoint,
                     const RungsWebKeys      *keys,
                     RungsWebBefore          *before,
                     GError                 **error)
{
  JsonArray *rules;

  g_return_val_if_fail (receive != NULL && reader != NULL && keys != NULL, FALSE);
  g_return_val_if_fail (before != NULL, FALSE);

  rules = rungs_wire_json_array (receive, "before");
  for (guint i = 0; rules != NULL && i < json_array_get_length (rules); i++)
    {
      JsonObject *rule = get_rule (rules, i);

      if (rule == NULL || !rungs_web_reader_holds (reader, rungs_wire_json_object (rule, "if")))
        continue;
      if (rungs_wire_json_object (rule, "fetch") != NULL)
        return fetch (rule, reader, endpoint, keys, before, error);
      return visit (rule, reader, keys, before, error);
    }
  return TRUE;
}
