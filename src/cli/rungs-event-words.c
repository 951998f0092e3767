/* rungs-event-words.c: a row of a timeline. */

#include "rungs-event-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-term.h"

/* The kinds whose detail is JSON (leads/rungs-event.h). */
static const char *const JSON_KINDS[] = {
  RUNGS_EVENT_LEAD_CHANGED, RUNGS_EVENT_FIELD_CHANGED,  RUNGS_EVENT_SCORE_CHANGED,
  RUNGS_EVENT_ORDER_PLACED, RUNGS_EVENT_ORDER_REFUNDED, RUNGS_EVENT_TASK_ASKED,
  RUNGS_EVENT_ORDER_RENEWED, RUNGS_EVENT_COUPON_GIVEN,   RUNGS_EVENT_COUPON_REDEEMED,
};

/* The kinds whose detail is one of the program's own words. */
static const char *const TERM_KINDS[] = {
  RUNGS_EVENT_LEAD_CREATED,  RUNGS_EVENT_LEAD_SUPPRESSED, RUNGS_EVENT_LEAD_UNSUPPRESSED,
  RUNGS_EVENT_MAIL_WITHHELD, RUNGS_EVENT_SEQUENCE_LEFT,   RUNGS_EVENT_NOTE_CHANGED,
  RUNGS_EVENT_NOTE_DELETED,  RUNGS_EVENT_NOTE_RESTORED,
};

static gboolean
is_among (const char        *kind,
          const char *const *kinds,
          guint              n)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (kinds[i], kind) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_json (const char *kind)
{
  return is_among (kind, JSON_KINDS, G_N_ELEMENTS (JSON_KINDS));
}

/* ["before", "after"] */
static void
append_change (GString   *words,
               JsonArray *change)
{
  for (guint i = 0; change != NULL && i < 2 && i < json_array_get_length (change); i++)
    {
      JsonNode *node = json_array_get_element (change, i);
      const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      g_string_append_printf (words, "%s%s", i > 0 ? " → " : "", text && *text ? text : "–");
    }
}

static void
append_changes (GString    *words,
                JsonObject *changes)
{
  g_autoptr (GList) names = json_object_get_members (changes);

  for (GList *name = names; name != NULL; name = name->next)
    {
      JsonNode *change = json_object_get_member (changes, name->data);

      g_string_append_printf (words, "%s%s: ", words->len > 0 ? ", " : "", (char *) name->data);
      if (JSON_NODE_HOLDS_ARRAY (change))
        append_change (words, json_node_get_array (change));
    }
}

static void
append_products (GString    *words,
                 JsonObject *order)
{
  JsonNode *node = json_object_get_member (order, "products");

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "",
                            json_array_get_string_element (json_node_get_array (node), i));
}

/* An order or a refund. */
static void
append_sale (GString    *words,
             JsonObject *sale)
{
  const char *currency = json_object_get_string_member_with_default (sale, "currency", "");
  gint64 minor = json_object_get_int_member_with_default (sale, "amount", 0);
  const char *reason = json_object_get_string_member_with_default (sale, "reason", "");
  g_autofree char *money = rungs_money_format (rungs_money (minor, currency));

  append_products (words, sale);
  g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", money);
  if (*reason != '\0')
    g_string_append_printf (words, ", %s", reason);
}

static void
append_score (GString    *words,
              JsonObject *score)
{
  g_string_append_printf (words, "%" G_GINT64_FORMAT " → %" G_GINT64_FORMAT,
                          json_object_get_int_member_with_default (score, "from", 0),
                          json_object_get_int_member_with_default (score, "to", 0));
  g_string_append_printf (words, " (%s)",
                          json_object_get_string_member_with_default (score, "why", ""));
}

/* "SPRING10, phone, Ann" */
static void
append_coupon (GString    *words,
               JsonObject *coupon)
{
  static const char *const TERMS[] = { "how", "against" };
  static const char *const TEXTS[] = { "who", "note" };

  g_string_append (words, json_object_get_string_member_with_default (coupon, "code", ""));
  for (guint i = 0; i < G_N_ELEMENTS (TERMS); i++)
    {
      const char *term = json_object_get_string_member_with_default (coupon, TERMS[i], "");

      if (*term != '\0')
        g_string_append_printf (words, ", %s", rungs_term (term));
    }
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      const char *text = json_object_get_string_member_with_default (coupon, TEXTS[i], "");

      if (*text != '\0')
        g_string_append_printf (words, ", %s", text);
    }
}

static void
append_object (GString    *words,
               const char *kind,
               JsonObject *object)
{
  if (strcmp (kind, RUNGS_EVENT_LEAD_CHANGED) == 0)
    append_changes (words, object);
  else if (strcmp (kind, RUNGS_EVENT_SCORE_CHANGED) == 0)
    append_score (words, object);
  else if (strcmp (kind, RUNGS_EVENT_TASK_ASKED) == 0)
    g_string_append (words, json_object_get_string_member_with_default (object, "title", ""));
  else if (strcmp (kind, RUNGS_EVENT_COUPON_GIVEN) == 0
           || strcmp (kind, RUNGS_EVENT_COUPON_REDEEMED) == 0)
    append_coupon (words, object);
  else
    append_sale (words, object);
}

static char *
dup_words (const RungsEvent *event)
{
  g_autoptr (JsonNode) node = is_json (event->kind) ? json_from_string (event->detail, NULL) : NULL;
  GString *words = g_string_new (NULL);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    append_object (words, event->kind, json_node_get_object (node));
  else if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    append_change (words, json_node_get_array (node));
  else if (is_among (event->kind, TERM_KINDS, G_N_ELEMENTS (TERM_KINDS)))
    g_string_append (words, rungs_term (event->detail));
  else
    g_string_append (words, event->detail);
  return g_string_free (words, FALSE);
}

JsonObject *
rungs_event_to_row (const RungsEvent *event)
{
  JsonObject *row = rungs_row_new ();
  g_autofree char *words = dup_words (event);

  rungs_row_set_id (row, "id", MAX (event->id, 0));
  rungs_row_set_time (row, "at", event->at);
  rungs_row_set_text (row, "kind", event->kind);
  rungs_row_set_id (row, "ref", event->ref);
  if (is_json (event->kind))
    rungs_row_set_json (row, "detail", event->detail);
  else
    rungs_row_set_text (row, "detail", event->detail);
  rungs_row_set_text (row, "words", words);
  rungs_row_set_id (row, "import", event->run);
  return row;
}
