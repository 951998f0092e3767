/* rungs-lead-selection.c: leads that are chosen by options.
 *
 * Every option is a line of a rule; the lines of all that are given must hold together. */

#include "rungs-lead-selection.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-tag-store.h"
#include "rungs-segment-view.h"
#include "rungs-source-argument.h"
#include "segments/rungs-rule-leads-store.h"
#include "sequences/rungs-sequence-store.h"

/* Turns the text of an option into what rules call it. Returns: (transfer full): NULL with
 * NOT_FOUND where there is nothing of that name. */
typedef char *(*Naming) (RungsDb     *db,
                         const char  *text,
                         GError     **error);

static char *
fail_not_found (const char  *format,
                const char  *name,
                GError     **error)
{
  g_autofree char *message = g_strdup_printf (format, name);

  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, message);
  return NULL;
}

static char *
name_tag (RungsDb     *db,
          const char  *text,
          GError     **error)
{
  gint64 tag = 0;

  if (!rungs_tag_find (db, text, &tag, error))
    return NULL;
  return tag != 0 ? g_strdup (text) : fail_not_found (_ ("There is no tag “%s”."), text, error);
}

static char *
name_sequence (RungsDb     *db,
               const char  *text,
               GError     **error)
{
  gint64 sequence = 0;

  if (!rungs_sequence_find (db, text, &sequence, error))
    return NULL;
  return sequence != 0 ? g_strdup (text)
                       : fail_not_found (_ ("There is no sequence “%s”."), text, error);
}

static char *
name_product (RungsDb     *db,
              const char  *text,
              GError     **error)
{
  g_autoptr (RungsProduct) product = rungs_product_load_by_sku (db, text, error);

  return product ? g_strdup (product->sku) : NULL;
}

static char *
name_source (RungsDb     *db,
             const char  *text,
             GError     **error)
{
  g_autoptr (RungsSource) source = rungs_source_load_by_text (db, text, error);

  return source ? g_strdup_printf ("%s:%s", rungs_source_kind_to_text (source->kind), source->name)
                : NULL;
}

static char *
name_segment (RungsDb     *db,
              const char  *text,
              GError     **error)
{
  g_autoptr (RungsSegment) segment = rungs_segment_find (db, text, error);

  return segment ? g_strdup (segment->key) : NULL;
}

static const struct
{
  const char *option;
  const char *field;
  Naming name;
} LINES[] = {
  { "tag", "tag", name_tag },
  { "source", "source", name_source },
  { "owns", "owns", name_product },
  { "sequence", "sequence", name_sequence },
  { "segment", "segment", name_segment },
};

/* The others. */
static const char *const OPTIONS[] = { "import", "reach", "rule" };

static const char *const REACHES[] = { "any", "consented", "withdrawn", "unasked", NULL };

/* What rules call them. */
static const char *const CONSENT_STATES[] = { NULL, "given", "withdrawn", "none" };

/* Takes `value`. */
static void
add_line (JsonArray  *lines,
          const char *field,
          const char *op,
          char       *value)
{
  JsonObject *line = json_object_new ();

  json_object_set_string_member (line, "field", field);
  json_object_set_string_member (line, "op", op);
  json_object_set_string_member (line, "value", value);
  json_array_add_object_element (lines, line);
  g_free (value);
}

static gboolean
add_import (RungsInvocation  *call,
            JsonArray        *lines,
            GError          **error)
{
  gint64 run = 0;

  if (!rungs_invocation_get_number (call, "import", 1, G_MAXINT64, &run, error))
    return FALSE;
  if (run != 0)
    add_line (lines, "import", "has", g_strdup_printf ("%" G_GINT64_FORMAT, run));
  return TRUE;
}

static gboolean
add_reach (RungsInvocation  *call,
           JsonArray        *lines,
           GError          **error)
{
  guint reach = 0;

  if (!rungs_invocation_get_choice (call, "reach", REACHES, &reach, error))
    return FALSE;
  if (CONSENT_STATES[reach] != NULL)
    add_line (lines, "consent_state", "is", g_strdup (CONSENT_STATES[reach]));
  return TRUE;
}

static gboolean
add_rule (RungsInvocation  *call,
          RungsDb          *db,
          JsonArray        *lines,
          GError          **error)
{
  g_autofree char *json = NULL;
  g_autoptr (RungsRule) rule = NULL;

  if (!rungs_invocation_has (call, "rule"))
    return TRUE;
  json = rungs_rule_option_dup (call, error);
  rule = json ? rungs_rule_option_check (db, json, error) : NULL;
  if (rule != NULL)
    json_array_add_element (lines, json_from_string (json, NULL));
  return rule != NULL;
}

/* The lines of all options that are given. */
static JsonArray *
read_lines (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (JsonArray) lines = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (LINES); i++)
    {
      const char *text = rungs_invocation_get_text (call, LINES[i].option, NULL);
      char *name = text ? LINES[i].name (db, text, error) : NULL;

      if (text != NULL && name == NULL)
        return NULL;
      if (name != NULL)
        add_line (lines, LINES[i].field, "has", name);
    }
  return add_import (call, lines, error) && add_reach (call, lines, error)
             && add_rule (call, db, lines, error)
           ? g_steal_pointer (&lines)
           : NULL;
}

gboolean
rungs_lead_selection_is_given (RungsInvocation *call)
{
  for (guint i = 0; i < G_N_ELEMENTS (LINES); i++)
    if (rungs_invocation_has (call, LINES[i].option))
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (OPTIONS); i++)
    if (rungs_invocation_has (call, OPTIONS[i]))
      return TRUE;
  return FALSE;
}

gboolean
rungs_lead_selection_read (RungsInvocation *call,
                           RungsDb *db,
                           RungsLeadQuery *query,
                           GError **error)
{
  g_autoptr (JsonArray) lines = read_lines (call, db, error);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (RungsRule) rule = NULL;
  JsonObject *group;

  if (lines == NULL || json_array_get_length (lines) == 0)
    return lines != NULL;
  group = json_object_new ();
  json_object_set_array_member (group, "all", g_steal_pointer (&lines));
  node = json_node_init_object (json_node_alloc (), group);
  json_object_unref (group);
  rule = rungs_rule_new_from_json (node, error);
  query->within = rule ? rungs_rule_find_leads (db, rule, rungs_invocation_get_now (call), error)
                       : NULL;
  return query->within != NULL;
}
