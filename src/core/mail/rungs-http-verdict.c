/* rungs-http-verdict.c: what a provider's answer means, told by its data. */

#include "mail/rungs-http-verdict.h"

#include <glib/gi18n.h>
#include <string.h>

#include "wire/rungs-wire-json.h"

#define LONGEST_WORDS 300
#define LONGEST_ID 200

static const struct
{
  const char *text;
  RungsDeliveryOutcome outcome;
  gboolean address_is_bad;
  gboolean server_is_away;
} VERDICTS[] = {
  { "accepted", RUNGS_DELIVERY_ACCEPTED, FALSE, FALSE },
  { "bad_address", RUNGS_DELIVERY_PERMANENT, TRUE, FALSE },
  { "refused", RUNGS_DELIVERY_PERMANENT, FALSE, FALSE },
  { "later", RUNGS_DELIVERY_TEMPORARY, FALSE, FALSE },
  { "throttled", RUNGS_DELIVERY_TEMPORARY, FALSE, TRUE },
  { "away", RUNGS_DELIVERY_TEMPORARY, FALSE, TRUE },
  { "account", RUNGS_DELIVERY_ACCOUNT_TROUBLE, FALSE, FALSE },
  { "doubt", RUNGS_DELIVERY_IN_DOUBT, FALSE, FALSE },
};

JsonNode *
rungs_http_verdict_read_json (const RungsHttpAnswer *answer)
{
  gsize length = 0;
  const char *bytes;

  g_return_val_if_fail (answer != NULL, NULL);

  if (answer->body == NULL)
    return NULL;
  bytes = g_bytes_get_data (answer->body, &length);
  return length > 0 ? rungs_wire_json_read (bytes, length, NULL) : NULL;
}

/* ---- which answer it is */

static gboolean
fits_status (JsonNode *node,
             guint     status)
{
  if (node == NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (node))
    return json_node_get_int (node) == status;
  for (guint i = 0;
       JSON_NODE_HOLDS_ARRAY (node) && i < json_array_get_length (json_node_get_array (node)); i++)
    if (json_array_get_int_element (json_node_get_array (node), i) == status)
      return TRUE;
  return FALSE;
}

/* Whether `text` is, or holds, one of the list. Without a list anything does. */
static gboolean
fits_list (JsonArray  *list,
           const char *text,
           gboolean    whole)
{
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      g_autofree char *small = NULL;
      g_autofree char *word = NULL;
      g_autofree char *value = rungs_wire_json_dup_text (json_array_get_element (list, i));

      if (value == NULL)
        continue;
      small = g_utf8_strdown (text, -1);
      word = g_utf8_strdown (value, -1);
      if (whole ? strcmp (small, word) == 0 : strstr (small, word) != NULL)
        return TRUE;
    }
  return list == NULL;
}

/* The text that the answer is known by; NULL where the provider's has none. */
static char *
dup_mark (JsonObject            *rule,
          const RungsHttpAnswer *answer,
          JsonNode              *json)
{
  const char *path = rungs_wire_json_text (rule, "path");
  const char *header = rungs_wire_json_text (rule, "header");

  if (header != NULL)
    return g_strdup (rungs_http_answer_get_header (answer, header));
  return path != NULL && json != NULL ? rungs_wire_json_find_text (json, path) : NULL;
}

static gboolean
fits (JsonObject            *rule,
      const RungsHttpAnswer *answer,
      JsonNode              *json)
{
  g_autofree char *mark = NULL;

  if (!fits_status (json_object_get_member (rule, "status"), answer->status))
    return FALSE;
  if (!json_object_has_member (rule, "path") && !json_object_has_member (rule, "header"))
    return TRUE;
  mark = dup_mark (rule, answer, json);
  return mark != NULL && fits_list (rungs_wire_json_array (rule, "values"), mark, TRUE)
         && fits_list (rungs_wire_json_array (rule, "contains"), mark, FALSE);
}

static const char *
judge_by_status (guint status)
{
  switch (status)
    {
    case 401:
    case 402:
    case 403:
    case 404:
      return "account";
    case 408:
      return "doubt";
    case 429:
      return "throttled";
    case 503:
      return "away";
    default:
      if (status >= 300 && status < 400)
        return "account";
      return status >= 400 && status < 500 ? "refused" : "doubt";
    }
}

static const char *
judge (JsonObject            *send,
       const RungsHttpAnswer *answer,
       JsonNode              *json)
{
  JsonArray *rules = rungs_wire_json_array (send, "answers");

  for (guint i = 0; rules != NULL && i < json_array_get_length (rules); i++)
    {
      JsonNode *node = json_array_get_element (rules, i);
      JsonObject *rule = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (rule != NULL && fits (rule, answer, json))
        return rungs_wire_json_text (rule, "is") ? rungs_wire_json_text (rule, "is") : "doubt";
    }
  return judge_by_status (answer->status);
}

/* ---- what it says */

char *
rungs_http_verdict_dup_words (JsonObject            *section,
                              const RungsHttpAnswer *answer)
{
  g_autoptr (JsonNode) json = rungs_http_verdict_read_json (answer);
  JsonArray *paths = rungs_wire_json_array (section, "words");

  for (guint i = 0; json != NULL && paths != NULL && i < json_array_get_length (paths); i++)
    {
      g_autofree char *path = rungs_wire_json_dup_text (json_array_get_element (paths, i));
      g_autofree char *words = path ? rungs_wire_json_find_text (json, path) : NULL;

      if (words != NULL && *words != '\0')
        return rungs_transport_clean_line (words, -1, LONGEST_WORDS);
    }
  if (answer->status >= 300 && answer->status < 400)
    return g_strdup (_ ("The provider sends us elsewhere; nothing was told there."));
  return g_strdup_printf (_ ("The provider answered with status %u."), answer->status);
}

/* Without < >; NULL where it is not told. */
static char *
dup_id (JsonObject            *id,
        const RungsHttpAnswer *answer,
        JsonNode              *json)
{
  g_autofree char *found = dup_mark (id, answer, json);
  g_autofree char *line = found ? rungs_transport_clean_line (found, -1, LONGEST_ID) : NULL;
  gsize length = line ? strlen (line) : 0;

  if (length == 0)
    return NULL;
  return line[0] == '<' && line[length - 1] == '>' ? g_strndup (line + 1, length - 2)
                                                   : g_steal_pointer (&line);
}

static void
set_verdict (RungsDelivery *delivery,
             const char    *verdict)
{
  delivery->outcome = RUNGS_DELIVERY_IN_DOUBT;
  for (guint i = 0; i < G_N_ELEMENTS (VERDICTS); i++)
    if (strcmp (VERDICTS[i].text, verdict) == 0)
      {
        delivery->outcome = VERDICTS[i].outcome;
        delivery->address_is_bad = VERDICTS[i].address_is_bad;
        delivery->server_is_away = VERDICTS[i].server_is_away;
      }
}

void
rungs_http_verdict_give (JsonObject            *send,
                         const RungsHttpAnswer *answer,
                         gint64                 now,
                         RungsDelivery         *delivery)
{
  g_autoptr (JsonNode) json = NULL;
  JsonObject *id;

  g_return_if_fail (send != NULL && answer != NULL && delivery != NULL);

  json = rungs_http_verdict_read_json (answer);
  id = rungs_wire_json_object (send, "id");
  set_verdict (delivery, judge (send, answer, json));
  delivery->code = (int) answer->status;
  delivery->wait = rungs_http_answer_get_wait (answer, now);
  if (delivery->outcome == RUNGS_DELIVERY_ACCEPTED && id != NULL)
    {
      delivery->id = dup_id (id, answer, json);
      if (delivery->id == NULL)
        {
          delivery->outcome = RUNGS_DELIVERY_IN_DOUBT;
          delivery->reply = g_strdup (_ ("The provider's answer could not be understood."));
        }
    }
  if (delivery->reply == NULL)
    delivery->reply = rungs_http_verdict_dup_words (send, answer);
}
