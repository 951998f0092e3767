/* rungs-rule-fields.c: what can be asked about the leads of a file. */

#include "rungs-rule-fields.h"

#include <glib/gi18n.h>

#include "leads/rungs-business-store.h"
#include "leads/rungs-field-store.h"
#include "segments/rungs-rule-choice-store.h"

/* More are found by writing what they begin with. */
#define VALUES_READ 1000

struct _RungsRuleFields
{
  GObject parent_instance;

  RungsStore *store;    /* (owned) */
  GPtrArray *picks;     /* (owned) (element-type RungsPick) */
  GHashTable *labels;   /* (owned): name of a field -> how people read it */
  GHashTable *own;      /* (owned): name of an own field -> RungsField */
  GHashTable *values;   /* (owned): "source context" -> (element-type RungsPick) */
  char currency[4];
};

G_DEFINE_FINAL_TYPE (RungsRuleFields, rungs_rule_fields, G_TYPE_OBJECT)

static guint loaded_signal;
static guint failed_signal;

static const char *const HEADINGS[] = {
  [RUNGS_RULE_ABOUT_LEAD] = N_ ("The lead"),
  [RUNGS_RULE_ABOUT_CUSTOM] = N_ ("Own fields"),
  [RUNGS_RULE_ABOUT_SOURCES] = N_ ("Sources and touches"),
  [RUNGS_RULE_ABOUT_OWNERSHIP] = N_ ("Products"),
  [RUNGS_RULE_ABOUT_ORDERS] = N_ ("Orders"),
  [RUNGS_RULE_ABOUT_MESSAGES] = N_ ("Messages"),
  [RUNGS_RULE_ABOUT_SEQUENCES] = N_ ("Sequences"),
  [RUNGS_RULE_ABOUT_CONSENT] = N_ ("Consent"),
  [RUNGS_RULE_ABOUT_EVENTS] = N_ ("Events and tasks"),
  [RUNGS_RULE_ABOUT_SEGMENTS] = N_ ("Segments"),
};

/* ---- the fields */

/* What was read of the file. */
typedef struct
{
  GPtrArray *fields; /* (owned) (element-type RungsField) */
  char currency[4];
} Loaded;

static void
loaded_free (gpointer data)
{
  Loaded *loaded = data;

  g_clear_pointer (&loaded->fields, g_ptr_array_unref);
  g_free (loaded);
}

static gpointer
load (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (GPtrArray) fields = business ? rungs_field_list (db, error) : NULL;
  Loaded *loaded;

  if (fields == NULL)
    return NULL;
  loaded = g_new0 (Loaded, 1);
  loaded->fields = g_steal_pointer (&fields);
  g_strlcpy (loaded->currency, business->currency, sizeof loaded->currency);
  return loaded;
}

static RungsRuleType
type_of_kind (RungsFieldKind kind)
{
  switch (kind)
    {
    case RUNGS_FIELD_NUMBER:
    case RUNGS_FIELD_MONEY:
      return RUNGS_RULE_NUMBER;
    case RUNGS_FIELD_DATE:
      return RUNGS_RULE_DAY;
    case RUNGS_FIELD_YESNO:
      return RUNGS_RULE_YESNO;
    case RUNGS_FIELD_SEVERAL:
      return RUNGS_RULE_SET;
    case RUNGS_FIELD_TEXT:
    case RUNGS_FIELD_LONG:
    case RUNGS_FIELD_ONE:
    case RUNGS_FIELD_PHONE:
    case RUNGS_FIELD_LINK:
    default:
      return RUNGS_RULE_TEXT;
    }
}

/* Returns: (nullable): the own field that a rule names so. */
static const RungsField *
own_field (RungsRuleFields *self,
           const char      *name)
{
  return name != NULL ? g_hash_table_lookup (self->own, name) : NULL;
}

/* Of a list, parts of the label say nothing. */
static gboolean
suits (const RungsField        *own,
       const RungsRuleOperator *operator)
{
  static const char *const OF_CHOICES[]
    = { "is", "is_not", "in", "not_in", "empty", "not_empty", NULL };

  return own == NULL || own->kind != RUNGS_FIELD_ONE
         || g_strv_contains (OF_CHOICES, operator->name);
}

/* Menus begin with a capital, sentences do not. */
static char *
capitalized (const char *label)
{
  gunichar first = g_utf8_get_char (label);
  char capital[6];
  int length = g_unichar_to_utf8 (g_unichar_toupper (first), capital);

  return g_strdup_printf ("%.*s%s", length, capital, g_utf8_next_char (label));
}

static void
add_pick (RungsRuleFields *self,
          const char      *name,
          const char      *label,
          RungsRuleGroup   group)
{
  g_autofree char *shown = capitalized (label);

  g_hash_table_replace (self->labels, g_strdup (name), g_strdup (label));
  g_ptr_array_add (self->picks, rungs_pick_new (name, shown, _ (HEADINGS[group])));
}

static void
add_own_fields (RungsRuleFields *self,
                GPtrArray       *fields)
{
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const RungsField *field = g_ptr_array_index (fields, i);
      g_autofree char *name = g_strconcat ("field:", field->key, NULL);

      if (field->retired_at == 0)
        add_pick (self, name, field->label, RUNGS_RULE_ABOUT_CUSTOM);
      else
        g_hash_table_replace (self->labels, g_strdup (name), g_strdup (field->label));
      g_hash_table_insert (self->own, g_steal_pointer (&name), rungs_field_copy (field));
    }
}

/* The fields of the table stand together by group; the own ones come after those of the lead. */
static void
collect_fields (RungsRuleFields *self,
                GPtrArray       *own)
{
  const RungsRuleField *field;
  gboolean added = FALSE;

  g_clear_pointer (&self->picks, g_ptr_array_unref);
  self->picks = rungs_picks_new ();
  g_hash_table_remove_all (self->labels);
  g_hash_table_remove_all (self->own);
  for (guint i = 0; (field = rungs_field_table_get_field (i)) != NULL; i++)
    {
      if (!added && field->group > RUNGS_RULE_ABOUT_CUSTOM)
        {
          add_own_fields (self, own);
          added = TRUE;
        }
      add_pick (self, field->name, _ (field->label), field->group);
    }
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsRuleFields) self = data;
  g_autoptr (GError) error = NULL;
  Loaded *loaded = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (loaded == NULL)
    {
      g_signal_emit (self, failed_signal, 0, error->message);
      return;
    }
  g_strlcpy (self->currency, loaded->currency, sizeof self->currency);
  collect_fields (self, loaded->fields);
  loaded_free (loaded);
  g_signal_emit (self, loaded_signal, 0);
}

/* ---- values */

/* A question for values. */
typedef struct
{
  RungsRuleFields *fields; /* (owned) */
  char *key;               /* (owned) */
  RungsRuleSource source;
  char *context;           /* (owned) (nullable) */
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_object_unref (ask->fields);
  g_free (ask->key);
  g_free (ask->context);
  g_free (ask);
}

static char *
key_of (RungsRuleSource  source,
        const char      *context)
{
  return g_strdup_printf ("%d %s", (int) source, context ? context : "");
}

static gpointer
load_values (RungsDb       *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Ask *ask = data;

  return rungs_rule_choices (db, ask->source, ask->context, VALUES_READ, error);
}

static void
values_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  Ask *ask = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) choices = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  GPtrArray *picks = rungs_picks_new ();

  for (guint i = 0; choices != NULL && i < choices->len; i++)
    {
      const RungsRuleChoice *choice = g_ptr_array_index (choices, i);
      gboolean own_word = ask->source >= RUNGS_RULE_FROM_SOURCE_KINDS
                          || ask->source == RUNGS_RULE_FROM_EVENT_KINDS;

      g_ptr_array_add (picks, rungs_pick_new (choice->value,
                                              own_word ? _ (choice->label) : choice->label, NULL));
    }
  g_hash_table_replace (ask->fields->values, g_strdup (ask->key), picks);
  if (error != NULL)
    g_signal_emit (ask->fields, failed_signal, 0, error->message);
  if (picks->len > 0)
    g_signal_emit (ask->fields, loaded_signal, 0);
  ask_free (ask);
}

static void
ask_for_values (RungsRuleFields *self,
                RungsRuleSource  source,
                const char      *context)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->fields = g_object_ref (self);
  ask->key = key_of (source, context);
  ask->source = source;
  ask->context = g_strdup (context);
  rungs_store_read_async (self->store, load_values, ask, NULL,
                          (GDestroyNotify) g_ptr_array_unref, NULL, values_loaded_cb, ask);
}

/* What is shown stays until it is read anew. What stands in leads takes a while to be counted, and
 * is not asked for at every change of one. */
static void
ask_again (RungsRuleFields *self)
{
  g_autofree char **keys = (char **) g_hash_table_get_keys_as_array (self->values, NULL);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      RungsRuleSource source = (RungsRuleSource) g_ascii_strtoull (keys[i], NULL, 10);
      const char *context = strchr (keys[i], ' ') + 1;

      if (source != RUNGS_RULE_FROM_LEADS && source != RUNGS_RULE_FROM_CUSTOM
          && source != RUNGS_RULE_FROM_DETAILS)
        ask_for_values (self, source, *context != '\0' ? context : NULL);
    }
}

/* ---- the class */

static void
rungs_rule_fields_finalize (GObject *object)
{
  RungsRuleFields *self = RUNGS_RULE_FIELDS (object);

  g_clear_object (&self->store);
  g_ptr_array_unref (self->picks);
  g_hash_table_unref (self->labels);
  g_hash_table_unref (self->own);
  g_hash_table_unref (self->values);

  G_OBJECT_CLASS (rungs_rule_fields_parent_class)->finalize (object);
}

static void
rungs_rule_fields_class_init (RungsRuleFieldsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_rule_fields_finalize;
  failed_signal = g_signal_new ("failed", RUNGS_TYPE_RULE_FIELDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  loaded_signal = g_signal_new ("loaded", RUNGS_TYPE_RULE_FIELDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
rungs_rule_fields_init (RungsRuleFields *self)
{
  self->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                     (GDestroyNotify) rungs_field_free);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_ptr_array_unref);
  collect_fields (self, NULL);
}

RungsRuleFields *
rungs_rule_fields_new (RungsStore *store)
{
  RungsRuleFields *self = g_object_new (RUNGS_TYPE_RULE_FIELDS, NULL);

  g_return_val_if_fail (RUNGS_IS_STORE (store), self);

  self->store = g_object_ref (store);
  rungs_rule_fields_refresh (self);
  return self;
}

RungsStore *
rungs_rule_fields_get_store (RungsRuleFields *self)
{
  g_return_val_if_fail (RUNGS_IS_RULE_FIELDS (self), NULL);

  return self->store;
}

const char *
rungs_rule_fields_get_currency (RungsRuleFields *self)
{
  g_return_val_if_fail (RUNGS_IS_RULE_FIELDS (self), "");

  return self->currency;
}

void
rungs_rule_fields_refresh (RungsRuleFields *self)
{
  g_return_if_fail (RUNGS_IS_RULE_FIELDS (self));

  ask_again (self);
  rungs_store_read_async (self->store, load, NULL, NULL, loaded_free, NULL, loaded_cb,
                          g_object_ref (self));
}

GPtrArray *
rungs_rule_fields_get_picks (RungsRuleFields *self)
{
  g_return_val_if_fail (RUNGS_IS_RULE_FIELDS (self), NULL);

  return self->picks;
}

const char *
rungs_rule_fields_get_label (RungsRuleFields *self,
                             const char      *name)
{
  const char *label;

  g_return_val_if_fail (RUNGS_IS_RULE_FIELDS (self), name);

  label = g_hash_table_lookup (self->labels, name);
  return label ? label : name;
}

RungsRuleType
rungs_rule_fields_get_kind (RungsRuleFields *self,
                            const char      *name)
{
  const RungsRuleField *field;

  g_return_val_if_fail (RUNGS_IS_RULE_FIELDS (self), RUNGS_RULE_TEXT);

  field = name ? rungs_field_table_find (name) : NULL;
  if (field != NULL && field->type != RUNGS_RULE_CUSTOM)
    return field->type;
  return own_field (self, name) ? type_of_kind (own_field (self, name)->kind) : RUNGS_RULE_TEXT;
}

RungsRuleSource
rungs_rule_fields_get_source (RungsRuleFields *self,
                              const char      *name)
{
  const RungsRuleField *field;
  const RungsField *own;

  g_return_val_if_fail (RUNGS_IS_RULE_FIELDS (self), RUNGS_RULE_FROM_NOWHERE);

  field = name ? rungs_field_table_find (name) : NULL;
  own = own_field (self, name);
  if (own != NULL && rungs_field_kind_has_choices (own->kind))
    return RUNGS_RULE_FROM_CHOICES;
  if (own != NULL && own->kind == RUNGS_FIELD_LONG)
    return RUNGS_RULE_FROM_NOWHERE;
  return field ? field->source : RUNGS_RULE_FROM_NOWHERE;
}

const char *
rungs_rule_fields_get_currency_of (RungsRuleFields *self,
                                   const char      *name)
{
  const RungsRuleField *field;

  g_return_val_if_fail (RUNGS_IS_RULE_FIELDS (self), NULL);

  field = name ? rungs_field_table_find (name) : NULL;
  if (own_field (self, name) != NULL)
    return own_field (self, name)->currency;
  return field != NULL && field->unit == RUNGS_RULE_UNIT_MONEY ? self->currency : NULL;
}

GPtrArray *
rungs_rule_fields_get_operators (RungsRuleFields *self,
                                 const char      *name)
{
  RungsRuleType type = rungs_rule_fields_get_kind (self, name);
  const RungsRuleField *field = name ? rungs_field_table_find (name) : NULL;
  GPtrArray *operators = g_ptr_array_new ();
  const RungsRuleOperator *operator;

  for (guint i = 0; field != NULL && (operator = rungs_field_table_get_operator (i)) != NULL; i++)
    if (operator->type == type && suits (own_field (self, name), operator)
        && (field->type == RUNGS_RULE_CUSTOM || rungs_rule_field_takes (field, operator)))
      g_ptr_array_add (operators, (gpointer) operator);
  return operators;
}

const RungsRuleOperator *
rungs_rule_fields_find_operator (RungsRuleFields *self,
                                 const char      *name,
                                 const char      *op)
{
  g_autoptr (GPtrArray) operators = rungs_rule_fields_get_operators (self, name);

  for (guint i = 0; op != NULL && i < operators->len; i++)
    {
      const RungsRuleOperator *operator = g_ptr_array_index (operators, i);

      if (g_str_equal (operator->name, op))
        return operator;
    }
  return NULL;
}

const RungsRuleOperator *
rungs_rule_fields_get_first_operator (RungsRuleFields *self,
                                      const char      *name)
{
  static const char *const usual[] = { "at_least", "within_days" };
  g_autoptr (GPtrArray) operators = rungs_rule_fields_get_operators (self, name);

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      const RungsRuleOperator *operator = rungs_rule_fields_find_operator (self, name, usual[i]);

      if (operator != NULL)
        return operator;
    }
  return operators->len > 0 ? g_ptr_array_index (operators, 0) : NULL;
}

GPtrArray *
rungs_rule_fields_get_values (RungsRuleFields *self,
                              RungsRuleSource  source,
                              const char      *context)
{
  g_autofree char *key = key_of (source, context);
  GPtrArray *picks;

  g_return_val_if_fail (RUNGS_IS_RULE_FIELDS (self), NULL);

  picks = g_hash_table_lookup (self->values, key);
  if (picks == NULL)
    {
      g_hash_table_insert (self->values, g_strdup (key), rungs_picks_new ());
      ask_for_values (self, source, context);
    }
  return g_hash_table_lookup (self->values, key);
}

const char *
rungs_rule_fields_get_context (RungsRuleSource  source,
                               const char      *field,
                               const char      *sequence)
{
  switch (source)
    {
    case RUNGS_RULE_FROM_LEADS:
      return field;
    case RUNGS_RULE_FROM_CUSTOM:
    case RUNGS_RULE_FROM_CHOICES:
      return field ? strchr (field, ':') + 1 : NULL;
    case RUNGS_RULE_FROM_STEPS:
      return sequence;
    default:
      return NULL;
    }
}
