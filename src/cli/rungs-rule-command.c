/* rungs-rule-command.c: what rules can ask. */

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-commands.h"
#include "rungs-listing.h"
#include "segments/rungs-rule-choice-store.h"

#define MANY 500

static const RungsColumn COLUMNS[] = {
  { "field", N_ ("Field"), RUNGS_COLUMN_TEXT, NULL },
  { "group", N_ ("About"), RUNGS_COLUMN_TEXT, NULL },
  { "operators", N_ ("Operators"), RUNGS_COLUMN_WORDS, NULL },
  { "parameters", N_ ("Parameters"), RUNGS_COLUMN_WORDS, NULL },
  { NULL },
};

static const RungsColumn CHOICE_COLUMNS[] = {
  { "value", N_ ("Value"), RUNGS_COLUMN_TEXT, NULL },
  { "label", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static void
add_operators (JsonArray            *names,
               const RungsRuleField *field)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const RungsRuleOperator *operator;

  for (guint i = 0; (operator= rungs_field_table_get_operator (i)) != NULL; i++)
    if (rungs_rule_field_takes (field, operator)
        && g_hash_table_add (seen, (gpointer) operator->name))
      json_array_add_string_element (names, operator->name);
}

static void
put_field (RungsListing         *listing,
           const RungsRuleField *field)
{
  JsonObject *row = rungs_row_new ();
  JsonArray *names;

  rungs_row_set_text (row, "field", field->type == RUNGS_RULE_CUSTOM ? "field:KEY" : field->name);
  rungs_row_set_text (row, "label", field->label);
  rungs_row_set_text (row, "group", rungs_rule_group_to_text (field->group));
  add_operators (rungs_row_set_array (row, "operators"), field);
  names = rungs_row_set_array (row, "parameters");
  for (guint i = 0; field->parameters[i].name != NULL; i++)
    json_array_add_string_element (names, field->parameters[i].name);
  rungs_listing_add (listing, row);
}

static gboolean
list_fields (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);
  const RungsRuleField *field;

  for (guint i = 0; (field = rungs_field_table_get_field (i)) != NULL; i++)
    put_field (listing, field);
  put_field (listing, rungs_field_table_get_custom ());
  rungs_listing_end (listing, "");
  return TRUE;
}

/* What the field, or one of its parameters, is picked from. */
static gboolean
find_source (RungsInvocation  *call,
             RungsRuleSource  *source,
             const char      **context,
             GError          **error)
{
  const char *name = rungs_invocation_get_argument (call, 0);
  const char *parameter = rungs_invocation_get_argument (call, 1);
  const RungsRuleField *field = rungs_field_table_find (name);
  const RungsRuleParameter *found =
      field && parameter ? rungs_rule_field_get_parameter (field, parameter) : NULL;

  if (field == NULL || (parameter != NULL && found == NULL))
    {
      g_set_error (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_ARGUMENT,
                   _ ("Rules have no field “%s”."), field ? parameter : name);
      return FALSE;
    }
  *source = found ? found->source : field->source;
  *context = *source == RUNGS_RULE_FROM_CUSTOM  ? name + strlen ("field:")
             : *source == RUNGS_RULE_FROM_STEPS ? rungs_invocation_get_text (call, "sequence", NULL)
                                                : name;
  return TRUE;
}

static gboolean
list_values (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, CHOICE_COLUMNS);
  g_autoptr (GPtrArray) choices = NULL;
  RungsRuleSource source;
  const char *context;

  if (!find_source (call, &source, &context, error))
    return FALSE;
  choices = rungs_rule_choices (db, source, context, MANY, error);
  for (guint i = 0; choices != NULL && i < choices->len; i++)
    {
      const RungsRuleChoice *choice = g_ptr_array_index (choices, i);
      JsonObject *row = rungs_row_new ();

      rungs_row_set_text (row, "value", choice->value);
      rungs_row_set_text (row, "label", choice->label);
      rungs_listing_add (listing, row);
    }
  if (choices != NULL)
    rungs_listing_end (listing, _ ("Its values are typed."));
  return choices != NULL;
}

static const GOptionEntry VALUES_OPTIONS[] = {
  RUNGS_OPTION ("sequence", N_ ("NAME"), N_ ("The sequence whose steps are meant")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_RULE_COMMANDS[] = {
  { "segment fields", "", N_ ("List what rules can ask, and how"), RUNGS_COMMAND_ALONE, list_fields,
    NULL, NULL, "[field, label, group, operators, parameters]" },
  { "segment values", "FIELD [PARAMETER]", N_ ("List what a rule can compare a field with"),
    RUNGS_COMMAND_READS, list_values, VALUES_OPTIONS, NULL, "[value, label]" },
  { NULL },
};
