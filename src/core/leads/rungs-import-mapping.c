/* rungs-import-mapping.c: which column of a file goes to which field of a lead. */

#include "leads/rungs-import-mapping.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-import-heading.h"

/* A file can have columns without end. */
#define OWN_FIELDS_MAX 200

struct _RungsImportMapping
{
  GPtrArray *columns; /* (owned) (element-type RungsImportColumn) */
};

static const char *const NAMES[RUNGS_IMPORT_N_TARGETS] = {
  [RUNGS_IMPORT_IGNORE] = "ignore",
  [RUNGS_IMPORT_FIELD] = "field",
  [RUNGS_IMPORT_EMAIL] = "email",
  [RUNGS_IMPORT_FIRST_NAME] = "first_name",
  [RUNGS_IMPORT_LAST_NAME] = "last_name",
  [RUNGS_IMPORT_FULL_NAME] = "full_name",
  [RUNGS_IMPORT_COMPANY] = "company",
  [RUNGS_IMPORT_PHONE] = "phone",
  [RUNGS_IMPORT_STREET] = "street",
  [RUNGS_IMPORT_STREET_2] = "street_2",
  [RUNGS_IMPORT_POSTCODE] = "postcode",
  [RUNGS_IMPORT_CITY] = "city",
  [RUNGS_IMPORT_REGION] = "region",
  [RUNGS_IMPORT_COUNTRY] = "country",
  [RUNGS_IMPORT_LANGUAGE] = "language",
  [RUNGS_IMPORT_ZONE] = "zone",
  [RUNGS_IMPORT_NOTES] = "notes",
  [RUNGS_IMPORT_TAGS] = "tags",
  [RUNGS_IMPORT_CREATED_AT] = "created_at",
  [RUNGS_IMPORT_CONSENT_AT] = "consent_at",
  [RUNGS_IMPORT_STATUS] = "status",
  [RUNGS_IMPORT_UNSUBSCRIBED] = "unsubscribed",
  [RUNGS_IMPORT_BOUNCED] = "bounced",
};

static void
column_free (RungsImportColumn *column)
{
  g_free (column->heading);
  g_free (column->field_key);
  g_free (column);
}

static RungsImportColumn *
column_at (const RungsImportMapping *self,
           guint                     column)
{
  return g_ptr_array_index (self->columns, column);
}

/* Targets that only one column can fill. */
static gboolean
is_single (RungsImportTarget target)
{
  switch (target)
    {
    case RUNGS_IMPORT_IGNORE:
    case RUNGS_IMPORT_FIELD:
    case RUNGS_IMPORT_TAGS:
    case RUNGS_IMPORT_STATUS:
    case RUNGS_IMPORT_UNSUBSCRIBED:
    case RUNGS_IMPORT_BOUNCED:
      return FALSE;
    default:
      return TRUE;
    }
}

/* The key that a column would have as a field of its own; columns of one heading get different
 * ones. `keys` are those given so far. */
static char *
own_key (GHashTable *keys,
         const char *heading,
         guint       column)
{
  g_autofree char *key = rungs_import_heading_dup_key (heading, column);
  g_autofree char *first = g_strdup (key);

  for (guint n = 2; g_hash_table_contains (keys, key); n++)
    {
      g_free (key);
      key = g_strdup_printf ("%s_%u", first, n);
    }
  g_hash_table_add (keys, g_strdup (key));
  return g_steal_pointer (&key);
}

/* A rank by which the best column of a target is found: filled ones first, then the usual heading.
 */
static guint
cost_of (guint        rank,
         const guint *filled,
         guint        column)
{
  return rank + (filled != NULL && filled[column] == 0 ? 1000 : 0);
}

/* What becomes of a column whose target another one fills. When else a lead was created, or agreed,
 * is of no use. */
static void
give_way (RungsImportColumn *column)
{
  gboolean is_date = column->target == RUNGS_IMPORT_CREATED_AT
                     || column->target == RUNGS_IMPORT_CONSENT_AT;

  column->target = is_date ? RUNGS_IMPORT_IGNORE : RUNGS_IMPORT_FIELD;
}

static void
guess_column (RungsImportMapping *self,
              guint               column,
              const guint        *filled,
              int                 best[RUNGS_IMPORT_N_TARGETS],
              guint               costs[RUNGS_IMPORT_N_TARGETS])
{
  RungsImportColumn *c = column_at (self, column);
  g_autofree char *folded = rungs_import_heading_fold (c->heading);
  guint rank;
  guint cost;

  c->target = rungs_import_heading_lookup (folded, &rank);
  if (!is_single (c->target))
    return;
  cost = cost_of (rank, filled, column);
  if (best[c->target] < 0 || cost < costs[c->target])
    {
      if (best[c->target] >= 0)
        give_way (column_at (self, best[c->target]));
      best[c->target] = column;
      costs[c->target] = cost;
    }
  else
    give_way (c);
}

/* In German lists "Name" stands beside "Vorname" and means the last name. */
static void
settle_name (RungsImportMapping *self,
             const int           best[RUNGS_IMPORT_N_TARGETS])
{
  int full = best[RUNGS_IMPORT_FULL_NAME];

  if (full >= 0 && best[RUNGS_IMPORT_FIRST_NAME] >= 0 && best[RUNGS_IMPORT_LAST_NAME] < 0
      && g_ascii_strcasecmp (column_at (self, full)->heading, "name") == 0)
    column_at (self, full)->target = RUNGS_IMPORT_LAST_NAME;
}

static void
ignore_reject_columns (RungsImportMapping *self)
{
  guint n = self->columns->len;

  if (!rungs_import_mapping_has_reject_columns (self))
    return;
  column_at (self, n - 2)->target = RUNGS_IMPORT_IGNORE;
  column_at (self, n - 1)->target = RUNGS_IMPORT_IGNORE;
}

static RungsImportMapping *
mapping_new (void)
{
  RungsImportMapping *self = g_new0 (RungsImportMapping, 1);

  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) column_free);
  return self;
}

static void
limit_own_fields (RungsImportMapping *self)
{
  guint n = 0;

  for (guint i = 0; i < self->columns->len; i++)
    if (column_at (self, i)->target == RUNGS_IMPORT_FIELD && ++n > OWN_FIELDS_MAX)
      column_at (self, i)->target = RUNGS_IMPORT_IGNORE;
}

RungsImportMapping *
rungs_import_mapping_guess (const char *const *headings,
                            guint              n_headings,
                            const guint       *filled)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  RungsImportMapping *self;
  int best[RUNGS_IMPORT_N_TARGETS];
  guint costs[RUNGS_IMPORT_N_TARGETS];

  g_return_val_if_fail (headings != NULL || n_headings == 0, NULL);

  self = mapping_new ();
  memset (best, -1, sizeof best);
  for (guint i = 0; i < n_headings; i++)
    {
      RungsImportColumn *column = g_new0 (RungsImportColumn, 1);

      column->heading = g_strstrip (g_utf8_make_valid (headings[i], -1));
      column->field_key = own_key (keys, column->heading, i);
      g_ptr_array_add (self->columns, column);
      guess_column (self, i, filled, best, costs);
    }
  settle_name (self, best);
  ignore_reject_columns (self);
  limit_own_fields (self);
  return self;
}

RungsImportMapping *
rungs_import_mapping_copy (const RungsImportMapping *self)
{
  RungsImportMapping *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = mapping_new ();
  for (guint i = 0; i < self->columns->len; i++)
    {
      RungsImportColumn *column = g_memdup2 (column_at (self, i), sizeof (RungsImportColumn));

      column->heading = g_strdup (column->heading);
      column->field_key = g_strdup (column->field_key);
      g_ptr_array_add (copy->columns, column);
    }
  return copy;
}

void
rungs_import_mapping_free (RungsImportMapping *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->columns);
  g_free (self);
}

guint
rungs_import_mapping_get_n_columns (const RungsImportMapping *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->columns->len;
}

const RungsImportColumn *
rungs_import_mapping_get_column (const RungsImportMapping *self,
                                 guint                     column)
{
  g_return_val_if_fail (self != NULL && column < self->columns->len, NULL);

  return column_at (self, column);
}

int
rungs_import_mapping_find (const RungsImportMapping *self,
                           RungsImportTarget         target)
{
  g_return_val_if_fail (self != NULL, -1);

  for (guint i = 0; i < self->columns->len; i++)
    if (column_at (self, i)->target == target)
      return i;
  return -1;
}

gboolean
rungs_import_mapping_has_reject_columns (const RungsImportMapping *self)
{
  guint n;

  g_return_val_if_fail (self != NULL, FALSE);

  n = self->columns->len;
  return n >= 3 && g_strcmp0 (column_at (self, n - 2)->heading, "Line") == 0
         && g_strcmp0 (column_at (self, n - 1)->heading, "Reason") == 0;
}

/* A key as a person writes it: what a heading of that name would get; a kind may follow. */
static gboolean
set_field (RungsImportMapping *self,
           guint               column,
           const char         *text)
{
  RungsImportColumn *c = column_at (self, column);
  const char *colon = strrchr (text, ':');
  gboolean has_kind = colon != NULL && rungs_field_kind_from_text (colon + 1, &c->kind);
  g_autofree char *key = has_kind ? g_strndup (text, colon - text) : g_strdup (text);

  c->target = RUNGS_IMPORT_FIELD;
  if (*key != '\0')
    {
      g_free (c->field_key);
      c->field_key = rungs_import_heading_dup_key (key, column);
    }
  return TRUE;
}

gboolean
rungs_import_mapping_set (RungsImportMapping *self,
                          guint               column,
                          const char         *field,
                          GError            **error)
{
  g_return_val_if_fail (self != NULL && column < self->columns->len && field != NULL, FALSE);

  if (g_str_has_prefix (field, "field:"))
    return set_field (self, column, field + strlen ("field:"));

  for (guint i = 0; i < RUNGS_IMPORT_N_TARGETS; i++)
    if (g_ascii_strcasecmp (field, NAMES[i]) == 0)
      {
        int other = is_single (i) ? rungs_import_mapping_find (self, i) : -1;

        if (other >= 0)
          give_way (column_at (self, other));
        column_at (self, column)->target = i;
        return TRUE;
      }

  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("There is no field “%s”; a field of your own is written field:NAME."), field);
  return FALSE;
}

void
rungs_import_mapping_set_kind (RungsImportMapping *self,
                               guint               column,
                               RungsFieldKind      kind)
{
  g_return_if_fail (self != NULL && column < self->columns->len);

  column_at (self, column)->kind = kind;
}

static int
find_heading (const RungsImportMapping *self,
              const char               *heading)
{
  g_autofree char *wanted = rungs_import_heading_fold (heading);

  for (guint i = 0; i < self->columns->len; i++)
    if (g_strcmp0 (column_at (self, i)->heading, heading) == 0)
      return i;
  for (guint i = 0; i < self->columns->len; i++)
    {
      g_autofree char *folded = rungs_import_heading_fold (column_at (self, i)->heading);

      if (*wanted != '\0' && strcmp (folded, wanted) == 0)
        return i;
    }
  return -1;
}

gboolean
rungs_import_mapping_set_by_heading (RungsImportMapping *self,
                                     const char         *assignment,
                                     GError            **error)
{
  const char *equals;
  g_autofree char *heading = NULL;
  int column;

  g_return_val_if_fail (self != NULL && assignment != NULL, FALSE);

  equals = strrchr (assignment, '=');
  if (equals == NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("“%s” is not HEADING=FIELD."),
                   assignment);
      return FALSE;
    }
  heading = g_strstrip (g_strndup (assignment, equals - assignment));
  column = find_heading (self, heading);
  if (column < 0)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("The file has no column “%s”."),
                   heading);
      return FALSE;
    }
  return rungs_import_mapping_set (self, column, equals + 1, error);
}

gboolean
rungs_import_mapping_check (const RungsImportMapping *self,
                            GError                  **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (rungs_import_mapping_find (self, RUNGS_IMPORT_EMAIL) >= 0
      || rungs_import_mapping_find (self, RUNGS_IMPORT_PHONE) >= 0)
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("No column holds the e-mail address, and none the telephone number."));
  return FALSE;
}

const char *
rungs_import_target_get_name (RungsImportTarget target)
{
  g_return_val_if_fail (target < RUNGS_IMPORT_N_TARGETS, NULL);

  return NAMES[target];
}

char *
rungs_import_column_dup_field (const RungsImportColumn *column)
{
  g_return_val_if_fail (column != NULL, NULL);

  if (column->target != RUNGS_IMPORT_FIELD)
    return g_strdup (NAMES[column->target]);
  if (column->kind == RUNGS_FIELD_TEXT)
    return g_strconcat ("field:", column->field_key, NULL);
  return g_strconcat ("field:", column->field_key, ":", rungs_field_kind_to_text (column->kind),
                      NULL);
}

char *
rungs_import_mapping_to_json (const RungsImportMapping *self)
{
  g_autoptr (JsonArray) columns = json_array_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_ARRAY);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const RungsImportColumn *column = column_at (self, i);
      g_autofree char *field = rungs_import_column_dup_field (column);
      JsonArray *pair;

      if (column->target == RUNGS_IMPORT_IGNORE)
        continue;
      pair = json_array_sized_new (2);
      json_array_add_string_element (pair, column->heading);
      json_array_add_string_element (pair, field);
      json_array_add_array_element (columns, pair);
    }
  json_node_set_array (root, columns);
  return json_to_string (root, FALSE);
}
