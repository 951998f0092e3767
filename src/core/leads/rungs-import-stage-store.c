/* rungs-import-stage-store.c: the rows of an import in temporary tables, before they are leads. */

#include "leads/rungs-import-stage-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-field-choice-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-import-kind.h"
#include "leads/rungs-import-script.h"
#include "leads/rungs-suppressed-set-store.h"

struct _RungsImportStage
{
  RungsDb *db;
  RungsStatement *add_row;   /* (owned) */
  RungsStatement *add_value; /* (owned) */
  RungsStatement *add_tag;   /* (owned) */
  gint64 rows;
  GHashTable *fields;        /* (owned) (element-type utf8 RungsField): those of the file, by key */
  guint n_columns;
  char **keys;               /* (owned) of each column that goes to a field; NULL elsewhere */
  RungsField **kinds;        /* (owned) of each column: its field, if it is no text */
  GPtrArray *drafts;         /* (owned) (element-type RungsField): those of them that are made */
  char *currency;            /* (owned): of the business */
  const RungsCountry *country; /* (nullable): of the business */
  guint *numbers;            /* (owned) of each column: the first one with the same key */
  gboolean *used;            /* (owned) of each column: its field is in import_stage_field */
  GPtrArray *labels;         /* (owned) (element-type utf8): the headings */
  GHashTable *tag_numbers;   /* (owned) folded name -> number */
  GPtrArray *tags;           /* (owned) (element-type utf8): names by number */
  GString *tag;              /* (owned) */
  RungsSuppressedSet *suppressed; /* (owned) */
  char *problem;             /* (owned) (nullable) */
};

static const char *const SQL_CREATE[] = {
  "PRAGMA temp.cache_size = -65536",
  "CREATE TEMP TABLE import_stage ("
  "  row INTEGER PRIMARY KEY, key TEXT NOT NULL, email TEXT,"
  "  first_name TEXT NOT NULL, last_name TEXT NOT NULL, company TEXT NOT NULL,"
  "  phone TEXT NOT NULL, street TEXT NOT NULL,"
  "  postcode TEXT NOT NULL, city TEXT NOT NULL, region TEXT NOT NULL, country TEXT NOT NULL,"
  "  language TEXT NOT NULL, zone TEXT NOT NULL, notes TEXT NOT NULL,"
  "  created_at INTEGER, consent_at INTEGER, status INTEGER NOT NULL, hash TEXT,"
  "  suppressed INTEGER NOT NULL, lead INTEGER)",
  "CREATE TEMP TABLE import_stage_field ("
  "  n INTEGER PRIMARY KEY, key TEXT NOT NULL, label TEXT NOT NULL, kind TEXT NOT NULL,"
  "  currency TEXT)",
  "CREATE TEMP TABLE import_stage_choice ("
  "  field TEXT NOT NULL, key TEXT NOT NULL, label TEXT NOT NULL, position INTEGER NOT NULL)",
  "CREATE TEMP TABLE import_stage_value ("
  "  row INTEGER NOT NULL, field INTEGER NOT NULL, value TEXT NOT NULL,"
  "  PRIMARY KEY (row, field)) WITHOUT ROWID",
  "CREATE TEMP TABLE import_stage_tag ("
  "  row INTEGER NOT NULL, tag INTEGER NOT NULL, PRIMARY KEY (row, tag)) WITHOUT ROWID",
  "CREATE TEMP TABLE import_stage_repeat (row INTEGER PRIMARY KEY, first INTEGER NOT NULL)",
  "CREATE TEMP TABLE import_stage_phone ("
  "  key TEXT PRIMARY KEY, lead INTEGER NOT NULL) WITHOUT ROWID",
  "CREATE TEMP TABLE import_stage_dirty (row INTEGER PRIMARY KEY)",
  "CREATE TEMP TABLE import_stage_change ("
  "  lead INTEGER NOT NULL, field TEXT NOT NULL, before TEXT, after TEXT NOT NULL,"
  "  PRIMARY KEY (lead, field)) WITHOUT ROWID",
};

static const char *const SQL_DROP[] = {
  "DROP TABLE IF EXISTS temp.import_stage",        "DROP TABLE IF EXISTS temp.import_stage_field",
  "DROP TABLE IF EXISTS temp.import_stage_choice",
  "DROP TABLE IF EXISTS temp.import_stage_value",  "DROP TABLE IF EXISTS temp.import_stage_tag",
  "DROP TABLE IF EXISTS temp.import_stage_repeat", "DROP TABLE IF EXISTS temp.import_stage_phone",
  "DROP TABLE IF EXISTS temp.import_stage_dirty",  "DROP TABLE IF EXISTS temp.import_stage_change",
};

static const char SQL_ADD_ROW[]
    = "INSERT INTO import_stage (row, key, email, first_name, last_name, company, phone, street,"
      " postcode, city, region, country, language, zone, notes, created_at, consent_at, status,"
      " hash, suppressed)"
      " VALUES (:row, :key, :email, :first_name, :last_name, :company, :phone, :street, :postcode,"
      " :city, :region, :country, :language, :zone, :notes, :created_at, :consent_at, :status,"
      " :hash, :suppressed)";

static const char SQL_ADD_FIELD[]
    = "INSERT INTO import_stage_field (n, key, label, kind, currency)"
      " VALUES (:n, :key, :label, :kind, :currency)";

static const char SQL_ADD_CHOICE[]
    = "INSERT INTO import_stage_choice (field, key, label, position)"
      " VALUES (:field, :key, :label, :position)";

static const char SQL_ADD_VALUE[]
    = "INSERT OR IGNORE INTO import_stage_value (row, field, value) VALUES (:row, :field, :value)";

static const char SQL_ADD_TAG[] =
    "INSERT OR IGNORE INTO import_stage_tag (row, tag) VALUES (:row, :tag)";

/* The targets that are columns of lead, in the names of their parameters. */
static const struct
{
  const char *parameter;
  RungsImportTarget target;
} TEXTS[] = {
  { ":first_name", RUNGS_IMPORT_FIRST_NAME }, { ":last_name", RUNGS_IMPORT_LAST_NAME },
  { ":company", RUNGS_IMPORT_COMPANY },       { ":phone", RUNGS_IMPORT_PHONE },
  { ":street", RUNGS_IMPORT_STREET },         { ":postcode", RUNGS_IMPORT_POSTCODE },
  { ":city", RUNGS_IMPORT_CITY },             { ":region", RUNGS_IMPORT_REGION },
  { ":country", RUNGS_IMPORT_COUNTRY },       { ":language", RUNGS_IMPORT_LANGUAGE },
  { ":zone", RUNGS_IMPORT_ZONE },             { ":notes", RUNGS_IMPORT_NOTES },
};

static gboolean
run_all (RungsDb           *db,
         const char *const *statements,
         gsize              n_statements,
         GError           **error)
{
  RungsImportScript script = { .db = db };

  return rungs_import_script_run_all (&script, statements, n_statements, error);
}

/* The fields that the file has, by key. */
static gboolean
load_fields (RungsImportStage *self,
             GError          **error)
{
  g_autoptr (GPtrArray) fields = rungs_field_list (self->db, error);

  if (fields == NULL)
    return FALSE;
  g_ptr_array_set_free_func (fields, NULL);
  for (guint i = 0; i < fields->len; i++)
    {
      RungsField *field = g_ptr_array_index (fields, i);

      g_hash_table_insert (self->fields, field->key, field);
    }
  return TRUE;
}

/* The field of a column, where its values must be read as something; one that is not there yet is
 * made by the import. */
static RungsField *
find_kind (RungsImportStage        *self,
           const RungsImportColumn *column)
{
  RungsField *field = g_hash_table_lookup (self->fields, column->field_key);

  if (field == NULL && column->kind != RUNGS_FIELD_TEXT)
    {
      field = rungs_import_kind_draft (column->field_key, column->heading, column->kind,
                                       self->currency, self->country);
      g_hash_table_insert (self->fields, field->key, field);
      g_ptr_array_add (self->drafts, field);
    }
  return field != NULL && field->kind != RUNGS_FIELD_TEXT ? field : NULL;
}

static gboolean
load_business (RungsImportStage *self,
               GError          **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (self->db, error);

  if (business == NULL)
    return FALSE;
  self->currency = g_strdup (business->currency);
  self->country = rungs_country_of_zone (business->zone);
  return TRUE;
}

/* Columns that go to one field share the number of the first of them. */
static void
plan_columns (RungsImportStage         *self,
              const RungsImportMapping *mapping)
{
  guint n = rungs_import_mapping_get_n_columns (mapping);
  g_autoptr (GHashTable) first = g_hash_table_new (g_str_hash, g_str_equal);

  self->n_columns = n;
  self->keys = g_new0 (char *, n + 1);
  self->kinds = g_new0 (RungsField *, n);
  self->numbers = g_new0 (guint, n);
  self->used = g_new0 (gboolean, n);
  for (guint i = 0; i < n; i++)
    {
      const RungsImportColumn *column = rungs_import_mapping_get_column (mapping, i);

      g_ptr_array_add (self->labels, g_strdup (column->heading));
      self->keys[i] = g_strdup (column->field_key);
      if (column->target != RUNGS_IMPORT_FIELD)
        continue;
      self->kinds[i] = find_kind (self, column);
      if (!g_hash_table_contains (first, column->field_key))
        g_hash_table_insert (first, self->keys[i], GUINT_TO_POINTER (i));
      self->numbers[i] = GPOINTER_TO_UINT (g_hash_table_lookup (first, column->field_key));
    }
}

RungsImportStage *
rungs_import_stage_new (RungsDb                  *db,
                        const RungsImportMapping *mapping,
                        GError                  **error)
{
  g_autoptr (RungsImportStage) self = g_new0 (RungsImportStage, 1);

  g_return_val_if_fail (db != NULL && mapping != NULL, NULL);

  self->db = db;
  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                        (GDestroyNotify) rungs_field_free);
  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->drafts = g_ptr_array_new ();
  self->tag_numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->tags = g_ptr_array_new_with_free_func (g_free);
  self->tag = g_string_new (NULL);
  if (!run_all (db, SQL_DROP, G_N_ELEMENTS (SQL_DROP), error)
      || !run_all (db, SQL_CREATE, G_N_ELEMENTS (SQL_CREATE), error) || !load_fields (self, error)
      || !load_business (self, error)
      || (self->suppressed = rungs_suppressed_set_load (db, error)) == NULL)
    return NULL;

  plan_columns (self, mapping);
  self->add_row = rungs_db_prepare (db, SQL_ADD_ROW, error);
  if (self->add_row == NULL)
    return NULL;
  self->add_value = rungs_db_prepare (db, SQL_ADD_VALUE, error);
  self->add_tag = self->add_value != NULL ? rungs_db_prepare (db, SQL_ADD_TAG, error) : NULL;
  return self->add_tag != NULL ? g_steal_pointer (&self) : NULL;
}

void
rungs_import_stage_free (RungsImportStage *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->add_row, rungs_statement_free);
  g_clear_pointer (&self->add_value, rungs_statement_free);
  g_clear_pointer (&self->add_tag, rungs_statement_free);
  run_all (self->db, SQL_DROP, G_N_ELEMENTS (SQL_DROP), NULL);
  g_hash_table_unref (self->fields);
  g_hash_table_unref (self->tag_numbers);
  rungs_suppressed_set_free (self->suppressed);
  g_ptr_array_unref (self->labels);
  g_ptr_array_unref (self->drafts);
  g_free (self->currency);
  g_ptr_array_unref (self->tags);
  g_string_free (self->tag, TRUE);
  g_strfreev (self->keys);
  g_free (self->kinds);
  g_free (self->numbers);
  g_free (self->used);
  g_free (self->problem);
  g_free (self);
}

/* Of a field that is made, what its rows name is what can be chosen. */
static gboolean
learn (RungsImportStage *self,
       RungsField       *field,
       const char       *text,
       GError          **error)
{
  if (!g_ptr_array_find (self->drafts, field, NULL) || rungs_import_kind_learn (field, text))
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("there are more than %d different values: that is no list to choose from"),
               RUNGS_FIELD_MAX_CHOICES);
  return FALSE;
}

/* What a value becomes in a field of that kind; NULL where it cannot. */
static char *
normalize (RungsImportStage       *self,
           const RungsImportValue *value)
{
  RungsField *field = self->kinds[value->column];
  g_autoptr (GError) error = NULL;
  char *normal = learn (self, field, value->value, &error)
                     ? rungs_field_read (field, value->value, &error)
                     : NULL;

  if (normal == NULL)
    {
      g_free (self->problem);
      self->problem = g_strdup_printf ("%s: %s", field->label, error->message);
    }
  return normal;
}

/* Whether all values can be stored. */
static gboolean
check_values (RungsImportStage     *self,
              const RungsImportRow *row)
{
  for (guint i = 0; i < row->n_values; i++)
    if (self->kinds[row->values[i].column] != NULL)
      {
        g_autofree char *normal = normalize (self, &row->values[i]);

        if (normal == NULL)
          return FALSE;
      }
  return TRUE;
}

static gboolean
use_field (RungsImportStage *self,
           guint             number,
           GError          **error)
{
  const RungsField *kind = self->kinds[number];
  g_autoptr (RungsStatement) insert = NULL;

  if (self->used[number])
    return TRUE;
  insert = rungs_db_prepare (self->db, SQL_ADD_FIELD, error);
  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":n", number);
  rungs_statement_bind_text (insert, ":key", self->keys[number]);
  rungs_statement_bind_text (insert, ":kind",
                             rungs_field_kind_to_text (kind != NULL ? kind->kind
                                                                    : RUNGS_FIELD_TEXT));
  rungs_statement_bind_text (insert, ":currency", kind != NULL ? kind->currency : NULL);
  rungs_statement_bind_text (insert, ":label",
                             *(char *) g_ptr_array_index (self->labels, number) != '\0'
                               ? g_ptr_array_index (self->labels, number)
                               : self->keys[number]);
  self->used[number] = TRUE;
  return rungs_statement_run (insert, error);
}

static gboolean
add_values (RungsImportStage     *self,
            const RungsImportRow *row,
            GError              **error)
{
  for (guint i = 0; i < row->n_values; i++)
    {
      const RungsImportValue *value = &row->values[i];
      guint number = self->numbers[value->column];
      g_autofree char *normal = self->kinds[value->column] != NULL ? normalize (self, value) : NULL;

      if (!use_field (self, number, error))
        return FALSE;
      rungs_statement_bind_int64 (self->add_value, ":row", self->rows);
      rungs_statement_bind_int64 (self->add_value, ":field", number);
      rungs_statement_bind_text (self->add_value, ":value", normal != NULL ? normal : value->value);
      if (!rungs_statement_run (self->add_value, error))
        return FALSE;
    }
  return TRUE;
}

/* Tags are the same in any case of their ASCII letters, as the table has it. */
static guint
number_of_tag (RungsImportStage *self)
{
  g_autofree char *folded = g_ascii_strdown (self->tag->str, -1);
  gpointer number;

  if (g_hash_table_lookup_extended (self->tag_numbers, folded, NULL, &number))
    return GPOINTER_TO_UINT (number);
  g_hash_table_insert (self->tag_numbers, g_steal_pointer (&folded),
                       GUINT_TO_POINTER (self->tags->len));
  g_ptr_array_add (self->tags, g_strdup (self->tag->str));
  return self->tags->len - 1;
}

static gboolean
add_tags (RungsImportStage     *self,
          const RungsImportRow *row,
          GError              **error)
{
  for (guint i = 0; i < row->n_tags; i++)
    {
      const char *at = row->tags[i];

      while (rungs_import_next_tag (&at, self->tag))
        {
          rungs_statement_bind_int64 (self->add_tag, ":row", self->rows);
          rungs_statement_bind_int64 (self->add_tag, ":tag", number_of_tag (self));
          if (!rungs_statement_run (self->add_tag, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
add_row (RungsImportStage     *self,
         const RungsImportRow *row,
         const char           *hash,
         RungsSuppressed       suppressed,
         GError              **error)
{
  RungsStatement *insert = self->add_row;
  const char *email = row->texts[RUNGS_IMPORT_EMAIL];

  rungs_statement_bind_int64 (insert, ":row", self->rows);
  rungs_statement_bind_text (insert, ":key", row->key);
  rungs_statement_bind_text (insert, ":email", *email != '\0' ? email : NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    rungs_statement_bind_text (insert, TEXTS[i].parameter, row->texts[TEXTS[i].target]);
  rungs_statement_bind_id (insert, ":created_at", row->created_at);
  rungs_statement_bind_id (insert, ":consent_at", row->consent_at);
  rungs_statement_bind_int64 (insert, ":status", row->status);
  rungs_statement_bind_text (insert, ":hash", hash);
  rungs_statement_bind_int64 (insert, ":suppressed", suppressed != RUNGS_SUPPRESSED_NOT);
  return rungs_statement_run (insert, error);
}

gboolean
rungs_import_stage_add (RungsImportStage     *self,
                        const RungsImportRow *row,
                        const char          **problem,
                        GError              **error)
{
  gboolean says_no = row->status >= RUNGS_STATUS_UNSUBSCRIBED;
  gboolean has_email = *row->texts[RUNGS_IMPORT_EMAIL] != '\0';
  g_autofree char *hash = NULL;
  RungsSuppressed suppressed = RUNGS_SUPPRESSED_NOT;

  g_return_val_if_fail (self != NULL && row != NULL && problem != NULL, FALSE);

  *problem = NULL;
  if (has_email && (says_no || !rungs_suppressed_set_is_empty (self->suppressed)))
    suppressed = rungs_suppressed_set_find (self->suppressed, row->key, &hash);
  if (suppressed == RUNGS_SUPPRESSED_ERASED)
    *problem = _ ("this person asked to be forgotten");
  else if (!check_values (self, row))
    *problem = self->problem;
  if (*problem != NULL)
    return TRUE;

  self->rows++;
  return add_row (self, row, says_no ? hash : NULL, suppressed, error)
         && add_values (self, row, error) && add_tags (self, row, error);
}

gboolean
rungs_import_stage_check_erased (RungsImportStage *self,
                                 GError          **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return rungs_suppressed_set_check (self->suppressed, self->db, error);
}

GPtrArray *
rungs_import_stage_get_tags (RungsImportStage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->tags;
}

static gboolean
add_choice (RungsStatement         *insert,
            const RungsField       *field,
            guint                   position,
            GError                **error)
{
  const RungsFieldChoice *choice = g_ptr_array_index (field->choices, position);

  rungs_statement_bind_text (insert, ":field", field->key);
  rungs_statement_bind_text (insert, ":key", choice->key);
  rungs_statement_bind_text (insert, ":label", choice->label);
  rungs_statement_bind_int64 (insert, ":position", position + 1);
  return rungs_statement_run (insert, error);
}

gboolean
rungs_import_stage_finish (RungsImportStage *self,
                           GError          **error)
{
  g_autoptr (RungsStatement) insert = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  insert = rungs_db_prepare (self->db, SQL_ADD_CHOICE, error);
  if (insert == NULL)
    return FALSE;
  for (guint i = 0; i < self->drafts->len; i++)
    {
      const RungsField *field = g_ptr_array_index (self->drafts, i);

      for (guint j = 0; j < field->choices->len; j++)
        if (!add_choice (insert, field, j, error))
          return FALSE;
    }
  return TRUE;
}
