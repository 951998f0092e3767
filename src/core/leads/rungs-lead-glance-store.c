/* rungs-lead-glance-store.c: the first leads that have a word which many leads have.
 *
 * The index answers seldom words at once; for a word that most leads have it needs up to 0.15 s at
 * a million of them, for it must put all of them together before it tells the first. But those are
 * the words of which the first leads in the order of the list are full: so these are read and
 * looked at one after the other. How many have the word is guessed from those looked at so far:
 * going on takes the longer the fewer they are, the index takes the longer the more there are, and
 * where it would be the quicker the looking ends. */

#include "leads/rungs-lead-glance-store.h"

#include "db/rungs-search-words.h"
#include "db/rungs-statement.h"
#include "leads/rungs-lead-match-store.h"
#include "leads/rungs-lead-search-store.h"

/* After so many leads it is known whether going on is worth it. */
#define TRIAL 64

/* To look at one lead takes as long as the index takes for so many that have the word. */
#define AS_MANY 32.0

static const char SQL_TEXTS[]
    = "SELECT " RUNGS_LEAD_SEARCH_TEXTS " FROM lead_text WHERE id = :id";

typedef struct
{
  RungsStatement *texts;
  RungsSearchWords *words;
  const RungsLeadQuery *query;
  const RungsLeadSet *set; /* (nullable) of those that are looked at at all */
  RungsLeadList *all;
  GArray *ids;
  guint blank;
  guint looked_at;
} Glance;

static gboolean
has_words (Glance   *self,
           gint64    lead,
           gboolean *has,
           GError  **error)
{
  const char *texts[RUNGS_LEAD_SEARCH_N_TEXTS] = { NULL };
  RungsStep step;

  rungs_statement_bind_int64 (self->texts, ":id", lead);
  step = rungs_statement_step (self->texts, error);
  for (guint i = 0; step == RUNGS_ROW && i < RUNGS_LEAD_SEARCH_N_TEXTS; i++)
    texts[i] = rungs_statement_get_text (self->texts, i);
  *has = step == RUNGS_ROW && rungs_search_words_match (self->words, texts,
                                                          RUNGS_LEAD_SEARCH_N_TEXTS);
  return step != RUNGS_FAILED;
}

/* Whether looking on is quicker than the index, if the others have the word as often as those that
 * were looked at so far. */
static gboolean
is_worth_it (const Glance *self)
{
  double share = (double) self->ids->len / self->looked_at;
  double wanted = self->query->limit - self->ids->len;
  double having = share * rungs_lead_list_get_count (self->all);

  return self->looked_at < TRIAL || wanted <= share * having / AS_MANY;
}

/* Looks at the leads until there are enough of them, or it turns out that they are seldom. */
static gboolean
look (Glance  *self,
      GError **error)
{
  guint count = rungs_lead_list_get_count (self->all);

  for (guint i = 0; i < count && self->ids->len < self->query->limit && is_worth_it (self); i++)
    {
      gboolean blank = FALSE;
      gboolean has = FALSE;
      gint64 lead
          = rungs_lead_list_get_id_towards (self->all, self->query->descending, i, &blank);

      if (self->set != NULL && !rungs_lead_set_has (self->set, lead))
        continue;
      if (!has_words (self, lead, &has, error))
        return FALSE;
      self->looked_at++;
      if (!has)
        continue;
      g_array_append_val (self->ids, lead);
      self->blank += blank;
    }
  return TRUE;
}

/* Which leads the query finds but for its words. */
static gboolean
find_others (RungsDb              *db,
             const RungsLeadQuery *query,
             RungsLeadSet        **set,
             GError              **error)
{
  RungsLeadQuery others = *query;

  others.words = NULL;
  return rungs_lead_match_find (db, &others, set, error);
}

gboolean
rungs_lead_glance (RungsDb              *db,
                   const RungsLeadQuery *query,
                   RungsLeadList        *all,
                   RungsLeadList       **list,
                   GError              **error)
{
  g_auto (GStrv) typed = NULL;
  g_autoptr (RungsLeadSet) set = NULL;
  g_autoptr (RungsStatement) texts = NULL;
  g_autoptr (RungsSearchWords) words = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  Glance glance = { .query = query, .all = all, .ids = ids };

  g_return_val_if_fail (query != NULL && query->limit > 0, FALSE);
  g_return_val_if_fail (all != NULL && rungs_lead_list_is_by (all, query), FALSE);
  g_return_val_if_fail (list != NULL, FALSE);

  *list = NULL;
  typed = rungs_lead_search_words (query->words);
  if (*typed == NULL)
    return TRUE;
  if (!find_others (db, query, &set, error)
      || !(texts = rungs_db_prepare (db, SQL_TEXTS, error))
      || !(words = rungs_search_words_new (db, (const char *const *) typed, error)))
    return FALSE;

  glance.texts = texts;
  glance.words = words;
  glance.set = set;
  if (!look (&glance, error))
    return FALSE;
  if (ids->len == query->limit)
    *list = rungs_lead_list_new (g_steal_pointer (&ids), glance.blank, query);
  return TRUE;
}
