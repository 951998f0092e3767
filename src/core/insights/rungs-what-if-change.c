/* rungs-what-if-change.c: what is supposed to be otherwise. */

#include "insights/rungs-what-if-change.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "base/rungs-error.h"
#include "base/rungs-names.h"

#define WHOLE 10000

static const char *const KINDS[RUNGS_WHAT_IF_KINDS]
    = { "price", "cost", "refunds", "renewals", "conversion", "spend" };

const char *
rungs_what_if_kind_to_text (RungsWhatIfKind kind)
{
  g_return_val_if_fail (kind < RUNGS_WHAT_IF_KINDS, "");

  return KINDS[kind];
}

gboolean
rungs_what_if_kind_from_text (const char      *text,
                              RungsWhatIfKind *kind)
{
  return rungs_names_find (KINDS, RUNGS_WHAT_IF_KINDS, text, kind);
}

gboolean
rungs_what_if_kind_is_money (RungsWhatIfKind kind)
{
  return kind == RUNGS_WHAT_IF_PRICE || kind == RUNGS_WHAT_IF_COST || kind == RUNGS_WHAT_IF_SPEND;
}

RungsWhatIfChange
rungs_what_if_change (RungsWhatIfKind  kind,
                      RungsLadderPlace at)
{
  return (RungsWhatIfChange) { .kind = kind, .at = at, .to = at };
}

RungsWhatIfChange
rungs_what_if_change_of_arrow (RungsLadderPlace from,
                               RungsLadderPlace to)
{
  return (RungsWhatIfChange) { .kind = RUNGS_WHAT_IF_CONVERSION, .at = from, .to = to };
}

gboolean
rungs_what_if_change_is_about (const RungsWhatIfChange *self,
                               const RungsWhatIfChange *other)
{
  return self->kind == other->kind && rungs_ladder_place_equal (self->at, other->at)
         && rungs_ladder_place_equal (self->to, other->to);
}

/* ---- sets of them */

GArray *
rungs_what_if_changes_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (RungsWhatIfChange));
}

GArray *
rungs_what_if_changes_copy (GArray *changes)
{
  g_return_val_if_fail (changes != NULL, NULL);

  return g_array_copy (changes);
}

static int
find (GArray                  *changes,
      const RungsWhatIfChange *about)
{
  for (guint i = 0; i < changes->len; i++)
    if (rungs_what_if_change_is_about (&g_array_index (changes, RungsWhatIfChange, i), about))
      return (int) i;
  return -1;
}

const RungsWhatIfChange *
rungs_what_if_changes_find (GArray                  *changes,
                            const RungsWhatIfChange *about)
{
  int found;

  g_return_val_if_fail (changes != NULL && about != NULL, NULL);

  found = find (changes, about);
  return found >= 0 ? &g_array_index (changes, RungsWhatIfChange, found) : NULL;
}

void
rungs_what_if_changes_set (GArray                  *changes,
                           const RungsWhatIfChange *change)
{
  int found;

  g_return_if_fail (changes != NULL && change != NULL);

  found = find (changes, change);
  if (found >= 0)
    g_array_index (changes, RungsWhatIfChange, found) = *change;
  else
    g_array_append_vals (changes, change, 1);
}

gboolean
rungs_what_if_changes_unset (GArray                  *changes,
                             const RungsWhatIfChange *about)
{
  int found;

  g_return_val_if_fail (changes != NULL && about != NULL, FALSE);

  found = find (changes, about);
  if (found >= 0)
    g_array_remove_index (changes, (guint) found);
  return found >= 0;
}

gboolean
rungs_what_if_changes_equal (GArray *a,
                             GArray *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  for (guint i = 0; a->len == b->len && i < a->len; i++)
    {
      const RungsWhatIfChange *x = &g_array_index (a, RungsWhatIfChange, i);
      const RungsWhatIfChange *y = &g_array_index (b, RungsWhatIfChange, i);

      if (!rungs_what_if_change_is_about (x, y) || x->value != y->value
          || !g_str_equal (x->currency, y->currency))
        return FALSE;
    }
  return a->len == b->len;
}

/* ---- as JSON */

static JsonObject *
to_object (const RungsWhatIfChange *change)
{
  JsonObject *object = json_object_new ();
  g_autofree char *at = rungs_ladder_place_to_text (change->at);
  g_autofree char *to = rungs_ladder_place_to_text (change->to);
  gboolean money = rungs_what_if_kind_is_money (change->kind);

  json_object_set_string_member (object, "change", KINDS[change->kind]);
  json_object_set_string_member (object, "at", at);
  if (change->kind == RUNGS_WHAT_IF_CONVERSION)
    json_object_set_string_member (object, "to", to);
  json_object_set_int_member (object, money ? "minor" : "basis_points", change->value);
  if (money)
    json_object_set_string_member (object, "currency", change->currency);
  return object;
}

char *
rungs_what_if_changes_to_json (GArray *changes)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  g_return_val_if_fail (changes != NULL, NULL);

  for (guint i = 0; i < changes->len; i++)
    json_array_add_object_element (
        array, to_object (&g_array_index (changes, RungsWhatIfChange, i)));
  json_node_take_array (node, array);
  return json_to_string (node, FALSE);
}

static const char *
text_of (JsonObject *object,
         const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static gboolean
read_place (JsonObject       *object,
            const char       *name,
            RungsLadderPlace *place)
{
  const char *text = text_of (object, name);

  return text != NULL && rungs_ladder_place_from_text (text, place);
}

/* Whether a change of that kind can be of such a place. */
static gboolean
suits (const RungsWhatIfChange *change)
{
  if (change->kind == RUNGS_WHAT_IF_SPEND)
    return change->at.kind == RUNGS_LADDER_SOURCE && change->at.path == RUNGS_LADDER_ANY_PATH;
  if (change->kind != RUNGS_WHAT_IF_CONVERSION)
    return change->at.kind == RUNGS_LADDER_PRODUCT;
  return change->to.kind == RUNGS_LADDER_PRODUCT
         && (change->at.kind == RUNGS_LADDER_PRODUCT
             || (change->at.kind == RUNGS_LADDER_SOURCE
                 && change->at.path != RUNGS_LADDER_ANY_PATH));
}

static gboolean
read_value (JsonObject        *object,
            RungsWhatIfChange *change)
{
  gboolean money = rungs_what_if_kind_is_money (change->kind);
  JsonNode *node = json_object_get_member (object, money ? "minor" : "basis_points");
  const char *currency = text_of (object, "currency");

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  change->value = json_node_get_int (node);
  if (money && (currency == NULL || !rungs_currency_is_valid (currency)))
    return FALSE;
  g_strlcpy (change->currency, money ? currency : "", sizeof change->currency);
  return change->value >= 0 && change->value <= (money ? RUNGS_WHAT_IF_MOST : WHOLE);
}

static gboolean
read_change (JsonNode          *node,
             RungsWhatIfChange *change)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  *change = (RungsWhatIfChange) { 0 };
  if (object == NULL || !rungs_what_if_kind_from_text (text_of (object, "change"), &change->kind)
      || !read_place (object, "at", &change->at))
    return FALSE;
  change->to = change->at;
  if (change->kind == RUNGS_WHAT_IF_CONVERSION && !read_place (object, "to", &change->to))
    return FALSE;
  return suits (change) && read_value (object, change);
}

GArray *
rungs_what_if_changes_from_json (const char  *json,
                                 GError     **error)
{
  g_autoptr (GArray) changes = rungs_what_if_changes_new ();
  g_autoptr (JsonNode) root = NULL;
  JsonArray *array;

  g_return_val_if_fail (json != NULL, NULL);

  root = json_from_string (json, NULL);
  array = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      RungsWhatIfChange change;

      if (!read_change (json_array_get_element (array, i), &change))
        array = NULL;
      else
        rungs_what_if_changes_set (changes, &change);
      if (array == NULL)
        break;
    }
  if (array == NULL)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                         _ ("these are no changes of a what-if"));
  return array != NULL ? g_steal_pointer (&changes) : NULL;
}
