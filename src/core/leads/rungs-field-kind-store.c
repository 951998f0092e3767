/* rungs-field-kind-store.c: a field that is to hold something else than before.
 *
 * Values are read a page at a time, in the order of leads, put in the words of people, and read
 * again as the new kind would read them. A change is the same walk once more, with the result
 * stored. */

#include "leads/rungs-field-kind-store.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-money.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-field-choice-store.h"
#include "leads/rungs-field-store.h"

#define PAGE_ROWS 500

static const char SQL_PAGE[] = "SELECT lead, value FROM lead_value"
                               " WHERE field = :field AND lead > :after"
                               " ORDER BY lead LIMIT :rows";

static const char SQL_SET_KIND[]
    = "UPDATE field SET kind = :kind, currency = :currency WHERE id = :id";

static const char SQL_SET_VALUE[]
    = "UPDATE lead_value SET value = :value WHERE lead = :lead AND field = :field";

static const char SQL_CLEAR_CHOICES[] = "DELETE FROM field_choice WHERE field = :id";

/* A field, as it is and as it is to be. */
typedef struct
{
  RungsDb *db;
  RungsField *from; /* (owned) */
  RungsField *to;   /* (owned) */
} Change;

static void
change_clear (Change *self)
{
  g_clear_pointer (&self->from, rungs_field_free);
  g_clear_pointer (&self->to, rungs_field_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Change, change_clear)

/* What is done with each value. */
typedef gboolean (*ValueFunc) (Change     *self,
                               gint64      lead,
                               const char *value,
                               gpointer    data,
                               GError    **error);

typedef struct
{
  gint64 lead;
  char *value; /* (owned) */
} Held;

static void
held_free (Held *self)
{
  g_free (self->value);
  g_free (self);
}

static gpointer
held_from_row (RungsStatement *row)
{
  Held *held = g_new0 (Held, 1);

  held->lead = rungs_statement_get_int64 (row, 0);
  held->value = rungs_statement_dup_text (row, 1);
  return held;
}

static GPtrArray *
load_page (Change  *self,
           gint64   after,
           GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->db, SQL_PAGE, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":field", self->from->id);
  rungs_statement_bind_int64 (query, ":after", after);
  rungs_statement_bind_int64 (query, ":rows", PAGE_ROWS);
  return rungs_record_list (query, held_from_row, (GDestroyNotify) held_free, error);
}

static gboolean
walk (Change   *self,
      ValueFunc func,
      gpointer  data,
      GError  **error)
{
  gint64 after = G_MININT64;
  guint rows = PAGE_ROWS;

  while (rows == PAGE_ROWS)
    {
      g_autoptr (GPtrArray) page = load_page (self, after, error);

      if (page == NULL)
        return FALSE;
      rows = page->len;
      for (guint i = 0; i < rows; i++)
        {
          const Held *held = g_ptr_array_index (page, i);

          if (!func (self, held->lead, held->value, data, error))
            return FALSE;
          after = held->lead;
        }
    }
  return TRUE;
}

void
rungs_field_fit_clear (RungsFieldFit *self)
{
  g_clear_pointer (&self->example, g_free);
  g_clear_pointer (&self->why, g_free);
}

/* The value in words that the new kind may read: an amount without its currency for what is no
 * money. */
static char *
words_of (Change     *self,
          const char *value)
{
  if (self->from->kind == RUNGS_FIELD_MONEY && self->to->kind == RUNGS_FIELD_NUMBER)
    return rungs_money_format_amount (
        rungs_money (g_ascii_strtoll (value, NULL, 10), self->from->currency));
  return rungs_field_format (self->from, value);
}

/* The value as the new kind has it; NULL where it does not fit. */
static char *
convert (Change     *self,
         const char *value,
         GError    **error)
{
  g_autofree char *words = words_of (self, value);

  if (self->to->kind == RUNGS_FIELD_TEXT && strchr (words, '\n') != NULL)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("it has several lines"));
      return NULL;
    }
  return rungs_field_read (self->to, words, error);
}

static gboolean
check_value (Change     *self,
             gint64      lead,
             const char *value,
             gpointer    data,
             GError    **error)
{
  RungsFieldFit *fit = data;
  g_autoptr (GError) misfit = NULL;
  g_autofree char *converted = convert (self, value, &misfit);

  fit->values++;
  if (converted != NULL)
    return TRUE;
  if (fit->misfits++ == 0)
    {
      fit->example = words_of (self, value);
      fit->why = g_strdup (misfit->message);
    }
  return TRUE;
}

static gboolean
store_value (Change     *self,
             gint64      lead,
             const char *value,
             gpointer    data,
             GError    **error)
{
  g_autofree char *converted = convert (self, value, error);
  g_autoptr (RungsStatement) store
      = converted != NULL ? rungs_db_prepare (self->db, SQL_SET_VALUE, error) : NULL;

  if (store == NULL)
    return FALSE;
  rungs_statement_bind_text (store, ":value", converted);
  rungs_statement_bind_int64 (store, ":lead", lead);
  rungs_statement_bind_int64 (store, ":field", self->from->id);
  return rungs_statement_run (store, error);
}

/* Makes a choice of a text, unless there is one; a text that none can be called by is left to be
 * told as a misfit. */
static void
offer (Change     *self,
       GHashTable *seen,
       const char *text)
{
  if (*text != '\0' && strpbrk (text, ";\n") == NULL
      && g_hash_table_add (seen, g_utf8_casefold (text, -1)))
    {
      RungsFieldChoice *choice = rungs_field_choice_new (text);

      choice->key = g_strdup_printf ("new_%u", self->to->choices->len);
      g_ptr_array_add (self->to->choices, choice);
    }
}

static gboolean
offer_value (Change     *self,
             gint64      lead,
             const char *value,
             gpointer    data,
             GError    **error)
{
  g_autofree char *words = words_of (self, value);
  const char *marks = self->to->kind == RUNGS_FIELD_ONE    ? ""
                      : strpbrk (words, ";\n") != NULL ? ";\n"
                                                         : ",";
  g_auto (GStrv) parts = g_strsplit_set (words, marks, -1);

  for (guint i = 0; parts[i] != NULL; i++)
    offer (self, data, g_strstrip (parts[i]));
  if (self->to->choices->len <= RUNGS_FIELD_MAX_CHOICES)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("leads have more than %d different values: too many to choose from"),
               RUNGS_FIELD_MAX_CHOICES);
  return FALSE;
}

/* What a field that had no choices gets: one for each text that a lead has. */
static gboolean
make_choices (Change  *self,
              GError **error)
{
  g_autoptr (GHashTable) seen = NULL;

  if (!rungs_field_kind_has_choices (self->to->kind)
      || rungs_field_kind_has_choices (self->from->kind))
    return TRUE;
  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return walk (self, offer_value, seen, error);
}

static gboolean
plan (Change        *self,
      RungsDb       *db,
      gint64         field,
      RungsFieldKind kind,
      const char    *currency,
      GError       **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);

  self->db = db;
  self->from = business != NULL ? rungs_field_load (db, field, error) : NULL;
  if (self->from == NULL)
    return FALSE;
  self->to = rungs_field_copy (self->from);
  self->to->kind = kind;
  g_free (self->to->currency);
  self->to->currency
      = kind == RUNGS_FIELD_MONEY ? g_strdup (currency ? currency : business->currency) : NULL;
  return make_choices (self, error);
}

gboolean
rungs_field_check_kind (RungsDb       *db,
                        gint64         field,
                        RungsFieldKind kind,
                        const char    *currency,
                        RungsFieldFit *fit,
                        GError       **error)
{
  g_auto (Change) self = { 0 };

  g_return_val_if_fail (fit != NULL, FALSE);

  *fit = (RungsFieldFit) { 0 };
  return plan (&self, db, field, kind, currency, error) && walk (&self, check_value, fit, error);
}

/* The kind first: choices are stored only with a field that can have them. They get their keys
 * then, by which the values are stored. */
static gboolean
change_field (Change  *self,
              GError **error)
{
  g_autoptr (RungsStatement) set = rungs_db_prepare (self->db, SQL_SET_KIND, error);
  gboolean had_choices = rungs_field_kind_has_choices (self->from->kind);
  gboolean has_choices = rungs_field_kind_has_choices (self->to->kind);

  if (set == NULL)
    return FALSE;
  rungs_statement_bind_text (set, ":kind", rungs_field_kind_to_text (self->to->kind));
  rungs_statement_bind_text (set, ":currency", self->to->currency);
  if (!rungs_record_change (self->db, set, self->from->id, "field", error))
    return FALSE;
  if (had_choices && !has_choices
      && !rungs_record_run (self->db, SQL_CLEAR_CHOICES, self->from->id, error))
    return FALSE;
  if (!had_choices && has_choices)
    {
      for (guint i = 0; i < self->to->choices->len; i++)
        g_clear_pointer (
            &((RungsFieldChoice *) g_ptr_array_index (self->to->choices, i))->key, g_free);
      return rungs_field_choices_store (self->db, self->from->id, self->to->choices, error);
    }
  return TRUE;
}

static gboolean
refuse_misfits (const RungsFieldFit *fit,
                GError             **error)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
               g_dngettext (NULL, "%" PRId64 " value would not fit, “%s”: %s",
                            "%" PRId64 " values would not fit, such as “%s”: %s", fit->misfits),
               fit->misfits, fit->example, fit->why);
  return FALSE;
}

gboolean
rungs_field_change_kind (RungsDb       *db,
                         gint64         field,
                         RungsFieldKind kind,
                         const char    *currency,
                         GError       **error)
{
  g_auto (Change) self = { 0 };
  g_auto (RungsFieldFit) fit = { 0 };

  if (!plan (&self, db, field, kind, currency, error)
      || !walk (&self, check_value, &fit, error))
    return FALSE;
  if (fit.misfits > 0)
    return refuse_misfits (&fit, error);
  return change_field (&self, error) && walk (&self, store_value, NULL, error);
}
