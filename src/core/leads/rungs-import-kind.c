/* rungs-import-kind.c: what a new field holds that an import makes.
 *
 * The kinds are tried from the narrowest on. Some values mean less than they seem to: "0" and "1"
 * are numbers and answers, and are taken for answers where there is nothing else; numbers that
 * begin with a zero are codes; digits alone are no telephone number; and words are choices only
 * where few of them come again and again. */

#include "leads/rungs-import-kind.h"

#include <string.h>

#include "leads/rungs-field-choice-store.h"

/* So many values are enough to say that they come again, and so many different ones are few. */
#define CHOICE_VALUES 8
#define CHOICES_FEW 12
#define CHOICE_REPEATS 3

/* Longer texts are read, not glanced at. */
#define LONG_LETTERS 120
#define CHOICE_LETTERS 40

typedef gboolean (*FitsFunc) (const char *text,
                              const char *currency);

static gboolean
is_of_kind (RungsFieldKind kind,
            const char    *text)
{
  g_autofree char *value = rungs_field_normalize (kind, text, NULL);

  return value != NULL;
}

static gboolean
is_digit_answer (const char *text)
{
  return g_str_equal (text, "0") || g_str_equal (text, "1");
}

static gboolean
fits_yesno (const char *text,
            const char *currency)
{
  return is_of_kind (RUNGS_FIELD_YESNO, text);
}

/* "007" and "01067" are no numbers. */
static gboolean
fits_number (const char *text,
             const char *currency)
{
  return is_of_kind (RUNGS_FIELD_NUMBER, text)
         && !(text[0] == '0' && g_ascii_isdigit (text[1]));
}

static gboolean
fits_date (const char *text,
           const char *currency)
{
  return is_of_kind (RUNGS_FIELD_DATE, text);
}

static gboolean
fits_link (const char *text,
           const char *currency)
{
  return (g_str_has_prefix (text, "http://") || g_str_has_prefix (text, "https://")
          || g_str_has_prefix (text, "www."))
         && is_of_kind (RUNGS_FIELD_LINK, text);
}

/* Only where the country is said. */
static gboolean
fits_phone (const char *text,
            const char *currency)
{
  g_autoptr (RungsField) field = NULL;
  g_autofree char *value = NULL;

  if (*text != '+' && !g_str_has_prefix (text, "00"))
    return FALSE;
  field = rungs_import_kind_draft ("phone", "", RUNGS_FIELD_PHONE, NULL, NULL);
  value = rungs_field_read (field, text, NULL);
  return value != NULL;
}

/* Only where the currency is said, and it is the business's. */
static gboolean
fits_money (const char *text,
            const char *currency)
{
  g_autoptr (RungsField) field = NULL;
  g_autofree char *value = NULL;

  if (strpbrk (text, "0123456789") == NULL || is_of_kind (RUNGS_FIELD_NUMBER, text))
    return FALSE;
  field = rungs_import_kind_draft ("money", "", RUNGS_FIELD_MONEY, currency, NULL);
  value = rungs_field_read (field, text, NULL);
  return value != NULL;
}

static gboolean
all_fit (const char *const *values,
         guint              n,
         const char        *currency,
         FitsFunc           fits)
{
  for (guint i = 0; i < n; i++)
    if (!fits (values[i], currency))
      return FALSE;
  return TRUE;
}

static gboolean
is_long (const char *const *values,
         guint              n)
{
  for (guint i = 0; i < n; i++)
    if (strchr (values[i], '\n') != NULL || g_utf8_strlen (values[i], -1) > LONG_LETTERS)
      return TRUE;
  return FALSE;
}

/* Whether the parts of the values, parted by semicolons where there are any, are few and come
 * again. */
static gboolean
are_choices (const char *const *values,
             guint              n)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint parts = 0;

  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) words = g_strsplit (values[i], ";", -1);

      for (guint j = 0; words[j] != NULL; j++, parts++)
        {
          if (g_utf8_strlen (words[j], -1) > CHOICE_LETTERS || strchr (words[j], ',') != NULL)
            return FALSE;
          g_hash_table_add (seen, g_utf8_casefold (g_strstrip (words[j]), -1));
        }
    }
  return n >= CHOICE_VALUES && g_hash_table_size (seen) > 1
         && g_hash_table_size (seen) <= CHOICES_FEW
         && parts >= CHOICE_REPEATS * g_hash_table_size (seen);
}

static gboolean
has_several (const char *const *values,
             guint              n)
{
  for (guint i = 0; i < n; i++)
    if (strchr (values[i], ';') != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
are_digit_answers (const char *const *values,
                   guint              n)
{
  for (guint i = 0; i < n; i++)
    if (!is_digit_answer (values[i]))
      return FALSE;
  return TRUE;
}

static RungsFieldKind
guess (const char *const *values,
       guint              n,
       const char        *currency)
{
  static const struct
  {
    RungsFieldKind kind;
    FitsFunc fits;
  } NARROW[] = {
    { RUNGS_FIELD_NUMBER, fits_number }, { RUNGS_FIELD_YESNO, fits_yesno },
    { RUNGS_FIELD_DATE, fits_date },     { RUNGS_FIELD_LINK, fits_link },
    { RUNGS_FIELD_PHONE, fits_phone },   { RUNGS_FIELD_MONEY, fits_money },
  };

  if (n == 0)
    return RUNGS_FIELD_TEXT;
  if (are_digit_answers (values, n))
    return n >= CHOICE_VALUES ? RUNGS_FIELD_YESNO : RUNGS_FIELD_NUMBER;
  for (guint i = 0; i < G_N_ELEMENTS (NARROW); i++)
    if (all_fit (values, n, currency, NARROW[i].fits))
      return NARROW[i].kind;
  if (is_long (values, n))
    return RUNGS_FIELD_LONG;
  if (are_choices (values, n))
    return has_several (values, n) ? RUNGS_FIELD_SEVERAL : RUNGS_FIELD_ONE;
  return RUNGS_FIELD_TEXT;
}

RungsFieldKind
rungs_import_kind_guess (const char *const *values,
                         guint              n,
                         const char        *currency)
{
  g_autoptr (GPtrArray) filled = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (values != NULL || n == 0, RUNGS_FIELD_TEXT);
  g_return_val_if_fail (currency != NULL, RUNGS_FIELD_TEXT);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *tidy = g_strstrip (g_strdup (values[i]));

      if (*tidy != '\0')
        g_ptr_array_add (filled, g_steal_pointer (&tidy));
    }
  return guess ((const char *const *) filled->pdata, filled->len, currency);
}

void
rungs_import_kind_guess_all (RungsImportMapping *mapping,
                             const GPtrArray    *rows,
                             const char         *currency)
{
  g_autofree const char **values = NULL;

  g_return_if_fail (mapping != NULL && rows != NULL);

  values = g_new0 (const char *, rows->len + 1);
  for (guint i = 0; i < rungs_import_mapping_get_n_columns (mapping); i++)
    {
      for (guint j = 0; j < rows->len; j++)
        values[j] = ((RungsImportPreviewRow *) g_ptr_array_index (rows, j))->fields[i];
      rungs_import_mapping_set_kind (mapping, i,
                                     rungs_import_kind_guess (values, rows->len, currency));
    }
}

RungsField *
rungs_import_kind_draft (const char         *key,
                         const char         *label,
                         RungsFieldKind      kind,
                         const char         *currency,
                         const RungsCountry *country)
{
  RungsField *self = g_new0 (RungsField, 1);

  g_return_val_if_fail (key != NULL && label != NULL, NULL);

  self->key = g_strdup (key);
  self->label = g_strdup (*label != '\0' ? label : key);
  self->kind = kind;
  self->currency = kind == RUNGS_FIELD_MONEY ? g_strdup (currency) : NULL;
  self->country = country;
  self->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_field_choice_free);
  return self;
}

static gboolean
has_label (const RungsField *draft,
           const char       *label)
{
  g_autofree char *folded = g_utf8_casefold (label, -1);

  for (guint i = 0; i < draft->choices->len; i++)
    {
      g_autofree char *other = g_utf8_casefold (
          ((RungsFieldChoice *) g_ptr_array_index (draft->choices, i))->label, -1);

      if (g_str_equal (folded, other))
        return TRUE;
    }
  return FALSE;
}

static void
add_choice (RungsField *draft,
            const char *label)
{
  RungsFieldChoice *choice = rungs_field_choice_new (label);
  g_autofree char *first = rungs_field_key_from_label (label);

  choice->key = g_strdup (first);
  for (guint n = 2; rungs_field_find_choice (draft, choice->key) != NULL; n++)
    {
      g_free (choice->key);
      choice->key = g_strdup_printf ("%s_%u", first, n);
    }
  g_ptr_array_add (draft->choices, choice);
}

gboolean
rungs_import_kind_learn (RungsField *draft,
                         const char *text)
{
  g_auto (GStrv) labels = NULL;

  g_return_val_if_fail (draft != NULL && text != NULL, FALSE);

  if (!rungs_field_kind_has_choices (draft->kind))
    return TRUE;
  labels = g_strsplit_set (text, draft->kind == RUNGS_FIELD_SEVERAL ? ";,\r\n" : "", -1);
  for (guint i = 0; labels[i] != NULL; i++)
    {
      const char *label = g_strstrip (g_strdelimit (labels[i], ";\r\n", ' '));

      if (*label == '\0' || has_label (draft, label))
        continue;
      if (draft->choices->len >= RUNGS_FIELD_MAX_CHOICES)
        return FALSE;
      add_choice (draft, label);
    }
  return TRUE;
}

/* (nullable): the field of that key. */
static const RungsField *
find_field (const GPtrArray *fields,
            const char      *key)
{
  for (guint i = 0; i < fields->len; i++)
    if (g_str_equal (((RungsField *) g_ptr_array_index (fields, i))->key, key))
      return g_ptr_array_index (fields, i);
  return NULL;
}

/* (nullable): why the field cannot hold the text. */
static char *
dup_problem (const RungsField *field,
             const char       *text)
{
  g_autofree char *tidy = g_strstrip (g_strdup (text));
  g_autofree char *value = NULL;
  g_autoptr (GError) error = NULL;

  if (*tidy == '\0')
    return NULL;
  value = rungs_field_read (field, tidy, &error);
  return value == NULL ? g_strdup_printf ("%s: %s", field->label, error->message) : NULL;
}

static void
check_column (GPtrArray  *rows,
              guint       column,
              const RungsField *field)
{
  for (guint i = 0; i < rows->len; i++)
    {
      RungsImportPreviewRow *row = g_ptr_array_index (rows, i);

      if (row->problem == NULL)
        row->problem = dup_problem (field, row->fields[column]);
    }
}

void
rungs_import_kind_check (const RungsImportMapping *mapping,
                         GPtrArray                *rows,
                         const GPtrArray          *fields,
                         const char               *currency,
                         const RungsCountry       *country)
{
  g_return_if_fail (mapping != NULL && rows != NULL && fields != NULL);

  for (guint i = 0; i < rungs_import_mapping_get_n_columns (mapping); i++)
    {
      const RungsImportColumn *column = rungs_import_mapping_get_column (mapping, i);
      const RungsField *field = column->target == RUNGS_IMPORT_FIELD
                                    ? find_field (fields, column->field_key)
                                    : NULL;
      g_autoptr (RungsField) draft = NULL;

      if (column->target != RUNGS_IMPORT_FIELD
          || (field == NULL && rungs_field_kind_has_choices (column->kind)))
        continue;
      if (field == NULL)
        field = draft = rungs_import_kind_draft (column->field_key, column->heading, column->kind,
                                                 currency, country);
      check_column (rows, i, field);
    }
}
