/* rungs-lead-rows.c: the leads as rows of a browser.
 *
 * The list of all leads in the order of the column is kept in a roll; a search over it only keeps
 * what it finds (leads/rungs-lead-list.h). So is the set of the leads for whom the rule holds that
 * was asked last, for some time: what rules say changes with time too. The roll counts how often it
 * was told to forget, so that what was being read meanwhile is not kept. */

#include "rungs-lead-rows.h"

#include <glib/gi18n.h>

#include "leads/rungs-lead-found-store.h"
#include "leads/rungs-lead-glance-store.h"
#include "leads/rungs-lead-search-store.h"
#include "segments/rungs-rule-leads-store.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-field-words.h"

/* So long a rule is not asked again. */
#define RULE_KEPT_MS 30000

struct _RungsLeadRoll
{
  gatomicrefcount ref_count;
  GMutex lock;
  guint age;
  RungsLeadList *all; /* (owned) (nullable) */
  char *rule;         /* (owned) (nullable) */
  RungsLeadSet *held; /* (owned) (nullable): for whom it holds */
  gint64 asked_at;
};

struct _RungsLeadRowsQuery
{
  RungsLeadQuery *query; /* (owned) */
  char *rule;            /* (owned) (nullable) */
  RungsLeadRoll *roll;   /* (owned) */
};

/* ---- the roll */

RungsLeadRoll *
rungs_lead_roll_new (void)
{
  RungsLeadRoll *self = g_new0 (RungsLeadRoll, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  return self;
}

RungsLeadRoll *
rungs_lead_roll_ref (RungsLeadRoll *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
forget (RungsLeadRoll *self)
{
  g_clear_pointer (&self->all, rungs_lead_list_unref);
  g_clear_pointer (&self->rule, g_free);
  g_clear_pointer (&self->held, rungs_lead_set_unref);
}

void
rungs_lead_roll_unref (RungsLeadRoll *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  forget (self);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
rungs_lead_roll_forget (RungsLeadRoll *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  self->age++;
  forget (self);
  g_mutex_unlock (&self->lock);
}

/* Returns: (transfer full) (nullable): the list by that column. */
static RungsLeadList *
look_up (RungsLeadRoll        *self,
         const RungsLeadQuery *query,
         guint                *age)
{
  RungsLeadList *all = NULL;

  g_mutex_lock (&self->lock);
  *age = self->age;
  if (self->all != NULL && rungs_lead_list_is_by (self->all, query))
    all = rungs_lead_list_ref (self->all);
  g_mutex_unlock (&self->lock);
  return all;
}

static void
remember (RungsLeadRoll *self,
          RungsLeadList *all,
          guint          age)
{
  g_mutex_lock (&self->lock);
  if (self->age == age)
    {
      g_clear_pointer (&self->all, rungs_lead_list_unref);
      self->all = rungs_lead_list_ref (all);
    }
  g_mutex_unlock (&self->lock);
}

/* Returns: (transfer full) (nullable): for whom that rule holds. */
static RungsLeadSet *
look_up_rule (RungsLeadRoll *self,
              const char    *rule,
              gint64         now,
              guint         *age)
{
  RungsLeadSet *held = NULL;

  g_mutex_lock (&self->lock);
  *age = self->age;
  if (self->held != NULL && g_strcmp0 (self->rule, rule) == 0
      && ABS (now - self->asked_at) < RULE_KEPT_MS)
    held = rungs_lead_set_ref (self->held);
  g_mutex_unlock (&self->lock);
  return held;
}

static void
remember_rule (RungsLeadRoll *self,
               const char    *rule,
               gint64         now,
               RungsLeadSet  *held,
               guint          age)
{
  g_mutex_lock (&self->lock);
  if (self->age == age)
    {
      g_clear_pointer (&self->held, rungs_lead_set_unref);
      self->held = rungs_lead_set_ref (held);
      g_free (self->rule);
      self->rule = g_strdup (rule);
      self->asked_at = now;
    }
  g_mutex_unlock (&self->lock);
}

/* ---- the query, on threads of the store */

void
rungs_lead_rows_query_free (RungsLeadRowsQuery *self)
{
  if (self == NULL)
    return;
  rungs_lead_query_free (self->query);
  rungs_lead_roll_unref (self->roll);
  g_free (self->rule);
  g_free (self);
}

RungsLeadRowsQuery *
rungs_lead_rows_query_new (RungsLeadQuery *query,
                           const char     *rule,
                           RungsLeadRoll  *roll)
{
  RungsLeadRowsQuery *self;

  g_return_val_if_fail (query != NULL && query->within == NULL, NULL);

  self = g_new0 (RungsLeadRowsQuery, 1);
  self->query = query;
  self->rule = g_strdup (rule);
  self->roll = roll ? rungs_lead_roll_ref (roll) : rungs_lead_roll_new ();
  return self;
}

/* Narrows `query` to the leads for whom the rule holds. */
static gboolean
ask_rule (RungsDb                  *db,
          const RungsLeadRowsQuery *self,
          RungsLeadQuery           *query,
          GError                  **error)
{
  gint64 now = rungs_display_now ();
  guint age = 0;

  if (self->rule == NULL)
    return TRUE;
  query->within = look_up_rule (self->roll, self->rule, now, &age);
  if (query->within != NULL)
    return TRUE;
  query->within = rungs_rule_find_leads_of_json (db, self->rule, now, error);
  if (query->within == NULL)
    return FALSE;
  remember_rule (self->roll, self->rule, now, query->within, age);
  return TRUE;
}

/* All leads, by the column of `query`. */
static RungsLeadList *
load_all (RungsDb              *db,
          const RungsLeadQuery *query,
          GError              **error)
{
  const RungsLeadQuery everything
      = { .sort = query->sort, .field = query->field, .descending = query->descending };

  return rungs_lead_list_load (db, &everything, NULL, error);
}

/* Of a search over the roll: the first leads where many are found, all where they are few. */
static RungsLeadList *
search_roll (RungsDb              *db,
             const RungsLeadQuery *query,
             RungsLeadList        *all,
             GError              **error)
{
  g_autoptr (RungsLeadQuery) whole = rungs_lead_query_copy (query);
  RungsLeadList *first = NULL;

  if (query->limit > 0 && (!rungs_lead_glance (db, query, all, &first, error) || first != NULL))
    return first;
  whole->limit = 0;
  return rungs_lead_list_load (db, whole, all, error);
}

static RungsLeadList *
find (RungsDb                  *db,
      const RungsLeadRowsQuery *self,
      guint                     limit,
      GError                  **error)
{
  g_autoptr (RungsLeadQuery) query = rungs_lead_query_copy (self->query);
  g_autoptr (RungsLeadList) all = NULL;
  guint age = 0;

  if (!ask_rule (db, self, query, error))
    return NULL;
  all = look_up (self->roll, query, &age);
  query->limit = limit;
  if (all == NULL && limit > 0)
    return rungs_lead_list_load (db, query, NULL, error);
  if (all == NULL)
    {
      all = load_all (db, query, error);
      if (all == NULL)
        return NULL;
      remember (self->roll, all, age);
    }
  return search_roll (db, query, all, error);
}

RungsLeadList *
rungs_lead_rows_find (RungsDb                  *db,
                      const RungsLeadRowsQuery *query,
                      GError                  **error)
{
  g_return_val_if_fail (query != NULL, NULL);

  return find (db, query, 0, error);
}

/* ---- the source, on threads of the store */

/* What was found, and by which words. */
typedef struct
{
  RungsLeadList *leads; /* (owned) */
  char *words;          /* (owned) (nullable) */
} FoundList;

/* A row of it. */
typedef struct
{
  RungsLeadRow *row; /* (owned) */
  GPtrArray *found;  /* (owned) (nullable) (element-type RungsLeadFound) */
} FoundRow;

static gpointer
list_leads (RungsDb   *db,
            gpointer   query,
            guint      limit,
            GError   **error)
{
  RungsLeadList *leads = find (db, query, limit, error);
  FoundList *self;

  if (leads == NULL)
    return NULL;
  self = g_new0 (FoundList, 1);
  self->leads = leads;
  self->words = g_strdup (((RungsLeadRowsQuery *) query)->query->words);
  return self;
}

static void
list_free (gpointer list)
{
  FoundList *self = list;

  rungs_lead_list_unref (self->leads);
  g_free (self->words);
  g_free (self);
}

static guint
get_count (gpointer list)
{
  return rungs_lead_list_get_count (((FoundList *) list)->leads);
}

static gint64
get_id (gpointer list,
        guint    position)
{
  return rungs_lead_list_get_id (((FoundList *) list)->leads, position);
}

static void
row_free (gpointer row)
{
  FoundRow *self = row;

  if (self == NULL)
    return;
  rungs_lead_row_free (self->row);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_free (self);
}

/* Returns: (transfer full): the same rows, which `rows` no longer owns. */
static GPtrArray *
take_rows (GPtrArray *rows)
{
  GPtrArray *taken = g_ptr_array_new_with_free_func (row_free);

  for (guint i = 0; i < rows->len; i++)
    {
      FoundRow *row = rows->pdata[i] != NULL ? g_new0 (FoundRow, 1) : NULL;

      if (row != NULL)
        row->row = g_steal_pointer (&rows->pdata[i]);
      g_ptr_array_add (taken, row);
    }
  return taken;
}

/* Tells of each row where the words stand. */
static gboolean
find_words (RungsDb    *db,
            GPtrArray  *rows,
            const char *typed,
            GError    **error)
{
  g_auto (GStrv) parts = rungs_lead_search_words (typed);
  g_autoptr (RungsSearchWords) words = NULL;

  if (*parts == NULL)
    return TRUE;
  words = rungs_search_words_new (db, (const char *const *) parts, error);
  for (guint i = 0; words != NULL && i < rows->len; i++)
    {
      FoundRow *row = g_ptr_array_index (rows, i);

      if (row == NULL)
        continue;
      row->found
          = rungs_lead_found (db, row->row->lead->id, words, g_strv_length (parts), error);
      if (row->found == NULL)
        return FALSE;
    }
  return words != NULL;
}

static GPtrArray *
read_rows (RungsDb   *db,
           gpointer   list,
           guint      first,
           guint      n,
           GError   **error)
{
  FoundList *self = list;
  g_autoptr (GPtrArray) rows = rungs_lead_list_rows (db, self->leads, first, n, error);
  g_autoptr (GPtrArray) taken = NULL;

  if (rows == NULL || !rungs_lead_list_add_values (db, rows, error))
    return NULL;
  taken = take_rows (rows);
  return find_words (db, taken, self->words, error) ? g_steal_pointer (&taken) : NULL;
}

const RungsBrowserSource *
rungs_lead_rows_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_leads,
    .list_free = list_free,
    .get_count = get_count,
    .get_id = get_id,
    .rows = read_rows,
    .query_free = (GDestroyNotify) rungs_lead_rows_query_free,
  };

  return &source;
}

/* ---- the columns */

static const RungsLead *
lead_of (gpointer row)
{
  return ((FoundRow *) row)->row->lead;
}

static char *
name_text (gpointer row)
{
  return rungs_lead_dup_name (lead_of (row));
}

static const char *
name_style (gpointer row)
{
  const RungsLead *lead = lead_of (row);

  return *lead->first_name == '\0' && *lead->last_name == '\0' ? "dim-label" : NULL;
}

static char *
email_text (gpointer row)
{
  return g_strdup (lead_of (row)->email);
}

static const char *
email_style (gpointer row)
{
  return lead_of (row)->bounced_at != 0 ? "error" : NULL;
}

static char *
company_text (gpointer row)
{
  return g_strdup (lead_of (row)->company);
}

static char *
phone_text (gpointer row)
{
  return g_strdup (lead_of (row)->phone);
}

static char *
city_text (gpointer row)
{
  return g_strdup (lead_of (row)->city);
}

static char *
country_text (gpointer row)
{
  return g_strdup (lead_of (row)->country);
}

static char *
tags_text (gpointer row)
{
  return g_strdup (((FoundRow *) row)->row->tags);
}

static char *
source_text (gpointer row)
{
  return g_strdup (((FoundRow *) row)->row->source);
}

static char *
score_text (gpointer row)
{
  return rungs_display_number (lead_of (row)->score);
}

static char *
created_text (gpointer row)
{
  return rungs_display_moment (lead_of (row)->created_at, rungs_display_now ());
}

/* Names and addresses are seen to be found: there nothing needs to be said. */
static const char *
place_words (RungsLeadFoundPlace place)
{
  switch (place)
    {
    case RUNGS_LEAD_FOUND_COMPANY:
      return _ ("Company");
    case RUNGS_LEAD_FOUND_CITY:
      return _ ("City");
    case RUNGS_LEAD_FOUND_PHONE:
      return _ ("Telephone");
    case RUNGS_LEAD_FOUND_NOTES:
      return _ ("Notes");
    case RUNGS_LEAD_FOUND_LOGGED:
      return _ ("Timeline");
    case RUNGS_LEAD_FOUND_EMAIL:
    case RUNGS_LEAD_FOUND_FIRST_NAME:
    case RUNGS_LEAD_FOUND_LAST_NAME:
    default:
      return NULL;
    }
}

/* "<i>Notes:</i> …met at the <b>fair</b> in Ulm": the beginning is what is least often cut off. */
static char *
found_text (gpointer row)
{
  const GPtrArray *found = ((FoundRow *) row)->found;
  GString *text = g_string_new (NULL);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const RungsLeadFound *one = g_ptr_array_index (found, i);
      const char *place = place_words (one->place);
      g_autofree char *words
          = place != NULL ? g_markup_printf_escaped ("<i>%s:</i> %s<b>%s</b>%s", place, one->before,
                                                     one->word, one->after)
                          : NULL;

      if (words != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", words);
    }
  return g_string_free (text, FALSE);
}

static const char *
found_style (gpointer row)
{
  return "dim-label";
}

char *
rungs_lead_rows_dup_value (gpointer row,
                           gint64   field)
{
  const GPtrArray *values = ((FoundRow *) row)->row->values;

  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      const RungsFieldValue *value = g_ptr_array_index (values, i);

      if (value->field == field)
        return rungs_field_value_words (value);
    }
  return NULL;
}

#define SORTABLE RUNGS_BROWSER_COLUMN_SORTABLE
#define HIDDEN RUNGS_BROWSER_COLUMN_HIDDEN
#define EXPAND RUNGS_BROWSER_COLUMN_EXPAND
#define NUMERIC RUNGS_BROWSER_COLUMN_NUMERIC

static const RungsBrowserColumn COLUMNS[] = {
  { "name", N_ ("Name"), SORTABLE | RUNGS_BROWSER_COLUMN_FIXED, 150, name_text, name_style },
  { "found", N_ ("Found in"), RUNGS_BROWSER_COLUMN_SEARCHED | RUNGS_BROWSER_COLUMN_MARKUP, 220,
    found_text, found_style },
  { "email", N_ ("E-mail"), SORTABLE | EXPAND, 185, email_text, email_style },
  { "tags", N_ ("Tags"), EXPAND, 105, tags_text, NULL },
  { "source", N_ ("Source"), EXPAND, 120, source_text, NULL },
  { "created", N_ ("Known since"), SORTABLE, 125, created_text, NULL },
  { "score", N_ ("Score"), SORTABLE | NUMERIC | HIDDEN, 70, score_text, NULL },
  { "company", N_ ("Company"), SORTABLE | HIDDEN, 140, company_text, NULL },
  { "phone", N_ ("Telephone"), HIDDEN, 130, phone_text, NULL },
  { "city", N_ ("City"), SORTABLE | HIDDEN, 120, city_text, NULL },
  { "country", N_ ("Country"), HIDDEN, 90, country_text, NULL },
};

const RungsBrowserColumn *
rungs_lead_rows_get_columns (guint *n)
{
  *n = G_N_ELEMENTS (COLUMNS);
  return COLUMNS;
}

RungsLeadSort
rungs_lead_rows_get_sort (const char *column)
{
  static const struct
  {
    const char *column;
    RungsLeadSort sort;
  } sorts[] = {
    { "name", RUNGS_LEAD_SORT_NAME },   { "email", RUNGS_LEAD_SORT_EMAIL },
    { "score", RUNGS_LEAD_SORT_SCORE }, { "company", RUNGS_LEAD_SORT_COMPANY },
    { "city", RUNGS_LEAD_SORT_CITY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (g_strcmp0 (column, sorts[i].column) == 0)
      return sorts[i].sort;
  return RUNGS_LEAD_SORT_CREATED;
}
