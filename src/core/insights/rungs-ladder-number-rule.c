/* rungs-ladder-number-rule.c: rules for the leads behind figures of the ladder map.
 *
 * The language of rules knows what leads have and did, but not in what order, and no periods that
 * lie in the past. So it can ask for whom a figure is about now, and for those who came somewhere
 * ever. All others are named by their numbers. */

#include "insights/rungs-ladder-number.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "ladder/rungs-product-store.h"
#include "sequences/rungs-sequence-store.h"

/* What rules call the place: NULL on error. */
static char *
dup_name (RungsDb           *db,
          RungsLadderPlace   place,
          GError           **error)
{
  g_autoptr (RungsProduct) product = NULL;
  g_autoptr (RungsSequence) sequence = NULL;
  g_autoptr (RungsSource) source = NULL;

  switch (place.kind)
    {
    case RUNGS_LADDER_PRODUCT:
      product = rungs_product_load (db, place.id, error);
      return product != NULL ? g_strdup (product->sku) : NULL;
    case RUNGS_LADDER_SEQUENCE:
      sequence = rungs_sequence_load (db, place.id, error);
      return sequence != NULL ? g_strdup (sequence->name) : NULL;
    case RUNGS_LADDER_SOURCE:
      source = rungs_source_load (db, place.id, error);
      return source != NULL ? g_strconcat (rungs_source_kind_to_text (source->kind), ":",
                                           source->name, NULL)
                            : NULL;
    case RUNGS_LADDER_KIND:
      return g_strdup (rungs_source_kind_to_text ((RungsSourceKind) place.id));
    case RUNGS_LADDER_OPT_IN:
    default:
      return g_strdup ("opt-in");
    }
}

static JsonNode *
node_of (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

/* {"field": FIELD, "op": "has", "value": NAME} */
static JsonObject *
line_has (const char *field,
          const char *name)
{
  JsonObject *line = json_object_new ();

  json_object_set_string_member (line, "field", field);
  json_object_set_string_member (line, "op", "has");
  json_object_set_string_member (line, "value", name);
  return line;
}

/* Has touches of that source, kind or path. */
static JsonObject *
line_touched (RungsLadderPlace  place,
              const char       *name)
{
  JsonObject *line = json_object_new ();

  json_object_set_string_member (line, "field", "touches");
  if (place.kind != RUNGS_LADDER_OPT_IN)
    json_object_set_string_member (line, place.kind == RUNGS_LADDER_KIND ? "source_kind" : "source",
                                   name);
  if (place.kind == RUNGS_LADDER_OPT_IN)
    json_object_set_string_member (line, "path", name);
  else if (place.path != RUNGS_LADDER_ANY_PATH)
    json_object_set_string_member (line, "path", rungs_ladder_path_to_text (place.path));
  json_object_set_string_member (line, "op", "at_least");
  json_object_set_int_member (line, "value", 1);
  return line;
}

static JsonObject *
line_came (RungsLadderPlace  place,
           const char       *name)
{
  if (place.kind == RUNGS_LADDER_PRODUCT)
    return line_has ("bought", name);
  if (place.kind == RUNGS_LADDER_SEQUENCE)
    return line_has ("was_in_sequence", name);
  return line_touched (place, name);
}

/* Left the sequence in that way. */
static JsonObject *
line_ended (const char *name,
            const char *outcome)
{
  JsonObject *line = line_has ("ended_sequence", name);

  json_object_set_string_member (line, "outcome", outcome);
  return line;
}

static JsonObject *
group (const char *kind,
       JsonObject *one,
       JsonObject *other)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  json_array_add_object_element (array, one);
  json_array_add_object_element (array, other);
  json_object_set_array_member (object, kind, array);
  return object;
}

/* What the language can ask; NULL where it cannot. */
static JsonObject *
say (const RungsLadderQuestion *question,
     const RungsLadderNumber   *number,
     const char                *name)
{
  gboolean ever = question->from <= 0 && question->until == G_MAXINT64;

  if (number->path != RUNGS_LADDER_ANY_PATH)
    return NULL;
  if (number->what == RUNGS_LADDER_OWNERS)
    return line_has ("owns", name);
  if (number->what == RUNGS_LADDER_WALKING)
    return line_has ("sequence", name);
  if (!ever)
    return NULL;
  switch (number->what)
    {
    case RUNGS_LADDER_CAME:
      return line_came (number->place, name);
    case RUNGS_LADDER_FINISHED:
      return group ("any", line_ended (name, "finished"), line_ended (name, "goal"));
    case RUNGS_LADDER_BOUGHT:
      return line_ended (name, "bought");
    default:
      return NULL;
    }
}

/* Together with the segment, where only that is asked about. */
static char *
to_text (JsonObject *rule,
         RungsRule  *segment)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = segment != NULL ? rungs_rule_dup_json (segment) : NULL;
  g_autoptr (JsonNode) other = text != NULL ? json_from_string (text, NULL) : NULL;

  if (other != NULL)
    rule = group ("all", rule, json_node_dup_object (other));
  root = node_of (rule);
  return json_to_string (root, FALSE);
}

char *
rungs_ladder_number_dup_rule (RungsDb                    *db,
                              const RungsLadderQuestion  *question,
                              const RungsLadderNumber    *number,
                              gboolean                   *lives,
                              GError                    **error)
{
  g_autofree char *name = NULL;
  g_autofree char *ids = NULL;
  g_autoptr (RungsLeadSet) leads = NULL;
  JsonObject *said;

  g_return_val_if_fail (question != NULL && number != NULL, NULL);

  name = dup_name (db, number->place, error);
  if (name == NULL)
    return NULL;
  said = say (question, number, name);
  if (lives != NULL)
    *lives = said != NULL;
  if (said != NULL)
    return to_text (said, question->segment);
  leads = rungs_ladder_number_find (db, question, number, error);
  if (leads == NULL)
    return NULL;
  ids = rungs_lead_set_to_json (leads);
  return to_text (line_has ("lead", ids), NULL);
}

/* ---- for the page Leads */

#define TARGET "ladder:"

char *
rungs_ladder_number_to_target (const RungsLadderNumber   *self,
                               const RungsLadderQuestion *question)
{
  g_autofree char *number = NULL;
  g_autofree char *rule = NULL;

  g_return_val_if_fail (self != NULL && question != NULL, NULL);

  number = rungs_ladder_number_to_text (self);
  rule = question->segment != NULL ? rungs_rule_dup_json (question->segment) : NULL;
  return g_strdup_printf (TARGET "%" G_GINT64_FORMAT "..%" G_GINT64_FORMAT ":%s%s%s",
                          question->from, question->until, number, rule != NULL ? " " : "",
                          rule != NULL ? rule : "");
}

/* Reads a number from `*text` and what must follow it. */
static gboolean
take_instant (const char **text,
              const char  *mark,
              gint64      *instant)
{
  char *end = NULL;

  *instant = g_ascii_strtoll (*text, &end, 10);
  if (end == *text || !g_str_has_prefix (end, mark))
    return FALSE;
  *text = end + strlen (mark);
  return TRUE;
}

/* The number is all up to the path's end, which may have a space: "in person". */
static gboolean
take_number (const char         *text,
             RungsLadderNumber  *number,
             const char        **rule)
{
  const char *brace = strchr (text, '{');
  g_autofree char *words = NULL;

  *rule = brace;
  words = brace != NULL ? g_strndup (text, (gsize) (brace - text)) : g_strdup (text);
  g_strchomp (words);
  return rungs_ladder_number_from_text (words, number);
}

char *
rungs_ladder_target_dup_rule (RungsDb     *db,
                              const char  *target,
                              gint64       now,
                              GError     **error)
{
  RungsLadderQuestion question = { .now = now };
  RungsLadderNumber number;
  g_autoptr (RungsRule) segment = NULL;
  const char *text, *rule = NULL;

  g_return_val_if_fail (target != NULL, NULL);

  text = target + (g_str_has_prefix (target, TARGET) ? strlen (TARGET) : strlen (target));
  if (!take_instant (&text, "..", &question.from) || !take_instant (&text, ":", &question.until)
      || !take_number (text, &number, &rule))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("“%s” is no figure of the ladder"),
                   target);
      return NULL;
    }
  segment = rule != NULL ? rungs_rule_parse (rule, error) : NULL;
  if (rule != NULL && segment == NULL)
    return NULL;
  question.segment = segment;
  return rungs_ladder_number_dup_rule (db, &question, &number, NULL, error);
}
