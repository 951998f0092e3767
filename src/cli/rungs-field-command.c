/* rungs-field-command.c: fields of the business's own, and what can be chosen in them. */

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-field-choice-store.h"
#include "leads/rungs-field-kind-store.h"
#include "leads/rungs-field-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "segments/rungs-rule-uses-store.h"

#define KINDS_IN_WORDS                                                                             \
  _ ("text, long, number, money, date, yesno, one, several, phone or link")

static const RungsColumn CHOICE_COLUMNS[] = {
  { "key", N_ ("Key"), RUNGS_COLUMN_TEXT, NULL },
  { "label", N_ ("Choice"), RUNGS_COLUMN_TEXT, NULL },
  { "leads", N_ ("Leads"), RUNGS_COLUMN_NUMBER, NULL },
  { "retired_at", N_ ("Retired"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn FIELD_COLUMNS[] = {
  { "key", N_ ("Key"), RUNGS_COLUMN_TEXT, NULL },
  { "label", N_ ("Field"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "currency", N_ ("Currency"), RUNGS_COLUMN_TEXT, NULL },
  { "leads", N_ ("Leads"), RUNGS_COLUMN_NUMBER, NULL },
  { "retired_at", N_ ("Retired"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn SHOW_COLUMNS[] = {
  { "label", N_ ("Field"), RUNGS_COLUMN_TEXT, NULL },
  { "key", N_ ("Key"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "currency", N_ ("Currency"), RUNGS_COLUMN_TEXT, NULL },
  { "leads", N_ ("Leads"), RUNGS_COLUMN_NUMBER, NULL },
  { "retired_at", N_ ("Retired"), RUNGS_COLUMN_TIME, NULL },
  { "choices", N_ ("Choices"), RUNGS_COLUMN_ROWS, CHOICE_COLUMNS },
  { NULL },
};

static gint64
count_in (GHashTable   *counts,
          gconstpointer key)
{
  const gint64 *count = g_hash_table_lookup (counts, key);

  return count != NULL ? *count : 0;
}

static JsonObject *
field_to_row (const RungsField *field,
              gint64            leads)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", field->id);
  rungs_row_set_text (row, "key", field->key);
  rungs_row_set_text (row, "label", field->label);
  rungs_row_set_text (row, "kind", rungs_field_kind_to_text (field->kind));
  rungs_row_set_text (row, "currency", field->currency);
  rungs_row_set_number (row, "leads", leads);
  rungs_row_set_time (row, "retired_at", field->retired_at);
  return row;
}

static gboolean
add_choices (JsonObject       *row,
             RungsDb          *db,
             const RungsField *field,
             GError          **error)
{
  g_autoptr (GHashTable) counts = rungs_field_choice_count_all (db, field->id, error);
  JsonArray *choices = rungs_row_set_array (row, "choices");

  for (guint i = 0; counts != NULL && i < field->choices->len; i++)
    {
      const RungsFieldChoice *choice = g_ptr_array_index (field->choices, i);
      JsonObject *line = rungs_row_new ();

      rungs_row_set_text (line, "key", choice->key);
      rungs_row_set_text (line, "label", choice->label);
      rungs_row_set_number (line, "leads", count_in (counts, choice->key));
      rungs_row_set_time (line, "retired_at", choice->retired_at);
      json_array_add_object_element (choices, line);
    }
  return counts != NULL;
}

/* The field of that key as it is stored now, with its choices. */
static JsonObject *
load_row (RungsDb    *db,
          const char *key,
          GError    **error)
{
  g_autoptr (RungsField) field = rungs_field_load_by_key (db, key, error);
  g_autoptr (JsonObject) row = NULL;
  gint64 leads = 0;

  if (field == NULL || !rungs_field_count_values (db, field->id, &leads, error))
    return NULL;
  row = field_to_row (field, leads);
  return add_choices (row, db, field, error) ? g_steal_pointer (&row) : NULL;
}

/* Says it about the field as it is stored now; %s in `format` is its label. */
static gboolean
say (RungsInvocation  *call,
     RungsDb          *db,
     const char       *key,
     const char       *format,
     GError          **error)
{
  JsonObject *row = load_row (db, key, error);
  g_autofree char *label = NULL;

  if (row == NULL)
    return FALSE;
  label = g_strdup (json_object_get_string_member (row, "label"));
  rungs_column_say (call, row, format, label);
  return TRUE;
}

static gboolean
list_fields (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (GPtrArray) fields = rungs_field_list (db, error);
  g_autoptr (GHashTable) counts = fields ? rungs_field_count_all (db, error) : NULL;
  g_autoptr (RungsListing) listing = rungs_listing_new (call, FIELD_COLUMNS);

  if (counts == NULL)
    return FALSE;
  for (guint i = 0; i < fields->len; i++)
    {
      const RungsField *field = g_ptr_array_index (fields, i);

      rungs_listing_add (listing, field_to_row (field, count_in (counts, &field->id)));
    }
  rungs_listing_end (listing, _ ("There are no fields of your own."));
  return TRUE;
}

static gboolean
show_field (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  JsonObject *row = load_row (db, rungs_invocation_get_argument (call, 0), error);

  if (row == NULL)
    return FALSE;
  rungs_column_show (call, SHOW_COLUMNS, row);
  return TRUE;
}

/* ---- fields */

static gboolean
store_choices (RungsInvocation  *call,
               RungsDb          *db,
               gint64            field,
               GError          **error)
{
  GPtrArray *labels = rungs_invocation_get_texts (call, "choice");
  g_autoptr (GPtrArray) choices =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_field_choice_free);

  for (guint i = 0; i < labels->len; i++)
    g_ptr_array_add (choices, rungs_field_choice_new (g_ptr_array_index (labels, i)));
  return choices->len == 0 || rungs_field_choices_store (db, field, choices, error);
}

static gboolean
add_field (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  const char *label = rungs_invocation_get_argument (call, 0);
  const char *key = rungs_invocation_get_text (call, "key", NULL);
  g_autofree char *made = rungs_field_key_from_label (label);
  g_autoptr (RungsField) field = NULL;
  RungsFieldKind kind;
  JsonObject *row;
  gint64 id;

  if (!rungs_field_kind_from_text (rungs_invocation_get_text (call, "kind", "text"), &kind))
    return rungs_invocation_refuse (call, "kind", KINDS_IN_WORDS, error);
  id = rungs_field_add_with (db, key, label, kind,
                             rungs_invocation_get_text (call, "currency", NULL),
                             rungs_invocation_get_now (call), error);
  if (id == 0 || !store_choices (call, db, id, error))
    return FALSE;
  row = load_row (db, key ? key : made, error);
  if (row == NULL)
    return FALSE;
  rungs_column_say (call, row, _ ("The field “%s” was added; its key is %s."), label,
                    key ? key : made);
  return TRUE;
}

static gboolean
rename_field (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  const char *key = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsField) field = rungs_field_load_by_key (db, key, error);

  return field != NULL
         && rungs_field_rename (db, field->id, rungs_invocation_get_argument (call, 1), error)
         && say (call, db, key, _ ("The field is called “%s” now."), error);
}

/* "1" is the first place. */
static gboolean
read_place (RungsInvocation  *call,
            guint             argument,
            guint            *place,
            GError          **error)
{
  gint64 given = 0;

  if (!rungs_invocation_get_id (call, argument, &given, error))
    return FALSE;
  *place = (guint) CLAMP (given - 1, 0, G_MAXINT);
  return TRUE;
}

static gboolean
move_field (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  const char *key = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsField) field = NULL;
  guint place = 0;

  if (!read_place (call, 1, &place, error))
    return FALSE;
  field = rungs_field_load_by_key (db, key, error);
  return field != NULL && rungs_field_move (db, field->id, place, error)
         && say (call, db, key, _ ("The field “%s” stands there now."), error);
}

static gboolean
retire_field (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  const char *key = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsField) field = rungs_field_load_by_key (db, key, error);
  gboolean undo = rungs_invocation_has (call, "undo");

  return field != NULL
         && rungs_field_retire (db, field->id, undo ? 0 : rungs_invocation_get_now (call), error)
         && say (call, db, key,
                 undo ? _ ("The field “%s” is offered again.")
                      : _ ("The field “%s” is no longer offered; what leads have of it stays."),
                 error);
}

static gboolean
change_kind (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  const char *key = rungs_invocation_get_argument (call, 0);
  const char *currency = rungs_invocation_get_text (call, "currency", NULL);
  g_autoptr (RungsField) field = NULL;
  RungsFieldKind kind;

  if (!rungs_field_kind_from_text (rungs_invocation_get_argument (call, 1), &kind))
    {
      g_set_error (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_ARGUMENT,
                   _ ("a kind is %s"), KINDS_IN_WORDS);
      return FALSE;
    }
  field = rungs_field_load_by_key (db, key, error);
  return field != NULL && rungs_field_change_kind (db, field->id, kind, currency, error)
         && say (call, db, key, _ ("The field “%s” has another kind now."), error);
}

/* Takes `row`; `uses` are those whose rules ask for the field. */
static void
say_deleted (RungsInvocation *call,
             JsonObject      *row,
             const char      *label,
             GPtrArray       *uses)
{
  JsonArray *rules = json_array_new ();
  g_autofree char *text = rungs_rule_uses_to_text (uses);

  for (guint i = 0; i < uses->len; i++)
    json_array_add_string_element (rules, g_ptr_array_index (uses, i));
  json_object_set_array_member (row, "asked_for_by", rules);
  if (uses->len > 0)
    rungs_column_say (call, row, _ ("The field “%s” was deleted. It is still asked for by %s."),
                      label, text);
  else
    rungs_column_say (call, row, _ ("The field “%s” was deleted."), label);
}

static gboolean
delete_field (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  const char *key = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsField) field = rungs_field_load_by_key (db, key, error);
  JsonObject *row = field ? load_row (db, key, error) : NULL;
  g_autoptr (GPtrArray) uses = row ? rungs_rule_uses_of_field (db, field->id, error) : NULL;
  gint64 leads = uses ? json_object_get_int_member (row, "leads") : 0;

  if (leads > 0 && !rungs_invocation_has (call, "with-values"))
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                 ngettext ("%" PRId64 " lead has a value of “%s”: retire the field, or say "
                           "--with-values",
                           "%" PRId64 " leads have a value of “%s”: retire the field, or say "
                           "--with-values",
                           (gulong) leads),
                 leads, field->label);
  else if (uses != NULL && rungs_field_delete (db, field->id, error))
    {
      say_deleted (call, row, field->label, uses);
      return TRUE;
    }
  g_clear_pointer (&row, json_object_unref);
  return FALSE;
}

/* ---- choices */

/* What is done to the choices of a field (element-type RungsFieldChoice) at one of them. */
typedef gboolean (*ChoiceFunc) (RungsInvocation *call,
                                GPtrArray       *choices,
                                guint            at,
                                GError         **error);

/* The choice that the second argument names by key or label. */
static gboolean
find_choice (RungsInvocation   *call,
             const RungsField  *field,
             guint             *at,
             GError           **error)
{
  const char *given = rungs_invocation_get_argument (call, 1);

  for (*at = 0; *at < field->choices->len; (*at)++)
    {
      const RungsFieldChoice *choice = g_ptr_array_index (field->choices, *at);

      if (strcmp (choice->key, given) == 0 || strcmp (choice->label, given) == 0)
        return TRUE;
    }
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
               _ ("The field “%s” has no choice “%s”."), field->label, given);
  return FALSE;
}

static gboolean
change_choice (RungsInvocation  *call,
               RungsDb          *db,
               ChoiceFunc        func,
               GError          **error)
{
  const char *key = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsField) field = rungs_field_load_by_key (db, key, error);
  guint at = 0;

  return field != NULL && find_choice (call, field, &at, error)
         && func (call, field->choices, at, error)
         && rungs_field_choices_store (db, field->id, field->choices, error)
         && say (call, db, key, _ ("The choices of “%s” were changed."), error);
}

static gboolean
set_label (RungsInvocation  *call,
           GPtrArray        *choices,
           guint             at,
           GError          **error)
{
  RungsFieldChoice *choice = g_ptr_array_index (choices, at);

  g_free (choice->label);
  choice->label = g_strdup (rungs_invocation_get_argument (call, 2));
  return TRUE;
}

static gboolean
set_place (RungsInvocation  *call,
           GPtrArray        *choices,
           guint             at,
           GError          **error)
{
  gpointer choice;
  guint place = 0;

  if (!read_place (call, 2, &place, error))
    return FALSE;
  choice = g_ptr_array_steal_index (choices, at);
  g_ptr_array_insert (choices, MIN (place, choices->len), choice);
  return TRUE;
}

static gboolean
set_retired (RungsInvocation  *call,
             GPtrArray        *choices,
             guint             at,
             GError          **error)
{
  RungsFieldChoice *choice = g_ptr_array_index (choices, at);

  choice->retired_at = rungs_invocation_has (call, "undo") ? 0 : rungs_invocation_get_now (call);
  return TRUE;
}

static gboolean
leave_out (RungsInvocation  *call,
           GPtrArray        *choices,
           guint             at,
           GError          **error)
{
  g_ptr_array_remove_index (choices, at);
  return TRUE;
}

static gboolean
add_choice (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  const char *key = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsField) field = rungs_field_load_by_key (db, key, error);

  if (field == NULL)
    return FALSE;
  g_ptr_array_add (field->choices,
                   rungs_field_choice_new (rungs_invocation_get_argument (call, 1)));
  return rungs_field_choices_store (db, field->id, field->choices, error)
         && say (call, db, key, _ ("The choices of “%s” were changed."), error);
}

static gboolean
rename_choice (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  return change_choice (call, db, set_label, error);
}

static gboolean
move_choice (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  return change_choice (call, db, set_place, error);
}

static gboolean
retire_choice (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  return change_choice (call, db, set_retired, error);
}

static gboolean
delete_choice (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  return change_choice (call, db, leave_out, error);
}

static const GOptionEntry ADD_OPTIONS[] = {
  RUNGS_OPTION ("kind", N_ ("KIND"),
                N_ ("text (the default), long, number, money, date, yesno, one, several, phone or "
                    "link")),
  RUNGS_OPTION ("key", N_ ("KEY"), N_ ("How messages and rules name it; else made from the label")),
  RUNGS_OPTION ("currency", N_ ("CODE"), N_ ("Of money; else the currency of the business")),
  RUNGS_OPTION ("choice", N_ ("LABEL"),
                N_ ("What can be chosen, of one and several; more than once")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry KIND_OPTIONS[] = {
  RUNGS_OPTION ("currency", N_ ("CODE"), N_ ("Of money; else the currency of the business")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry RETIRE_OPTIONS[] = {
  RUNGS_FLAG ("undo", N_ ("Offer it again")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry DELETE_OPTIONS[] = {
  RUNGS_FLAG ("with-values", N_ ("Though leads have values of it, which go too")),
  RUNGS_OPTIONS_END,
};

#define KEYS_WITHIN                                                                                \
  "id, key, label, kind, currency, leads, retired_at, choices: [key, label, leads, retired_at]"
#define FIELD_KEYS "{" KEYS_WITHIN "}"

const RungsCommand RUNGS_FIELD_COMMANDS[] = {
  { "field list", "", N_ ("List the fields of your own, with how many leads have a value"),
    RUNGS_COMMAND_READS, list_fields, NULL, NULL,
    "[id, key, label, kind, currency, leads, retired_at]" },
  { "field show", "KEY", N_ ("Show a field of your own, and what can be chosen in it"),
    RUNGS_COMMAND_READS, show_field, NULL, NULL, FIELD_KEYS },
  { "field add", "LABEL", N_ ("Add a field of your own to all leads"), RUNGS_COMMAND_WRITES,
    add_field, ADD_OPTIONS, NULL, FIELD_KEYS },
  { "field rename", "KEY LABEL", N_ ("Give a field another name; its key stays"),
    RUNGS_COMMAND_WRITES, rename_field, NULL, NULL, FIELD_KEYS },
  { "field move", "KEY PLACE", N_ ("Put a field at another place in forms; the first is 1"),
    RUNGS_COMMAND_WRITES, move_field, NULL, NULL, FIELD_KEYS },
  { "field kind", "KEY KIND", N_ ("Let a field hold something else, where every value fits"),
    RUNGS_COMMAND_WRITES, change_kind, KIND_OPTIONS, NULL, FIELD_KEYS },
  { "field retire", "KEY", N_ ("Offer a field no longer; what leads have of it stays"),
    RUNGS_COMMAND_WRITES, retire_field, RETIRE_OPTIONS, NULL, FIELD_KEYS },
  { "field delete", "KEY", N_ ("Delete a field of your own"), RUNGS_COMMAND_WRITES, delete_field,
    DELETE_OPTIONS, NULL, "{" KEYS_WITHIN ", asked_for_by}" },
  { "field add-choice", "KEY LABEL", N_ ("Add something that can be chosen in a field"),
    RUNGS_COMMAND_WRITES, add_choice, NULL, NULL, FIELD_KEYS },
  { "field rename-choice", "KEY CHOICE LABEL", N_ ("Give a choice another name; its key stays"),
    RUNGS_COMMAND_WRITES, rename_choice, NULL, NULL, FIELD_KEYS },
  { "field move-choice", "KEY CHOICE PLACE", N_ ("Put a choice at another place; the first is 1"),
    RUNGS_COMMAND_WRITES, move_choice, NULL, NULL, FIELD_KEYS },
  { "field retire-choice", "KEY CHOICE",
    N_ ("Offer a choice no longer; leads that have it keep it"), RUNGS_COMMAND_WRITES,
    retire_choice, RETIRE_OPTIONS, NULL, FIELD_KEYS },
  { "field delete-choice", "KEY CHOICE", N_ ("Delete a choice that no lead has"),
    RUNGS_COMMAND_WRITES, delete_choice, NULL, NULL, FIELD_KEYS },
  { NULL },
};
