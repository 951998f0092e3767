/* rungs-erasure-mention-store.c: where a person is named in what is known about others.
 *
 * Every column that people write into, or that holds what they wrote, is read through once, and
 * each text held against one expression: a few seconds for ten million events, and nothing is
 * overlooked because an index did not see it. */

#include "leads/rungs-erasure-mention-store.h"

#include "db/rungs-statement.h"
#include "leads/rungs-lead-search-store.h"
#include "leads/rungs-score-store.h"

/* What is read: the key of a row (0 where it is found again by its text) and its text; and how the
 * text is changed. */
typedef struct
{
  const char *table;
  const char *read;
  const char *write;
} Place;

static const Place PLACES[] = {
  { "event", "SELECT id, detail FROM event WHERE detail <> '' AND lead IS NOT :lead",
    "UPDATE event SET detail = :text WHERE id = :row" },
  { "note", "SELECT event, who FROM note WHERE who <> ''",
    "UPDATE note SET who = :text WHERE event = :row" },
  { "note", "SELECT event, place FROM note WHERE place <> ''",
    "UPDATE note SET place = :text WHERE event = :row" },
  { "note", "SELECT event, outcome FROM note WHERE outcome <> ''",
    "UPDATE note SET outcome = :text WHERE event = :row" },
  { "task", "SELECT id, title FROM task WHERE lead IS NOT :lead",
    "UPDATE task SET title = :text WHERE id = :row" },
  { "lead", "SELECT id, notes FROM lead WHERE notes <> '' AND id <> :lead",
    "UPDATE lead SET notes = :text WHERE id = :row" },
  { "lead_value", "SELECT 0, value FROM lead_value WHERE lead <> :lead",
    "UPDATE lead_value SET value = :text WHERE value = :was" },
  { "touch", "SELECT id, detail FROM touch WHERE detail <> '' AND lead <> :lead",
    "UPDATE touch SET detail = :text WHERE id = :row" },
  { "coupon_given", "SELECT id, who FROM coupon_given WHERE who <> ''",
    "UPDATE coupon_given SET who = :text WHERE id = :row" },
  { "coupon_given", "SELECT id, note FROM coupon_given WHERE note <> '' AND lead <> :lead",
    "UPDATE coupon_given SET note = :text WHERE id = :row" },
  { "refund",
    "SELECT r.id, r.reason FROM refund r JOIN sales_order o ON o.id = r.sales_order"
    " WHERE r.reason <> '' AND o.lead <> :lead",
    "UPDATE refund SET reason = :text WHERE id = :row" },
  { "outbox", "SELECT id, reply FROM outbox WHERE reply <> '' AND lead <> :lead",
    "UPDATE outbox SET reply = :text WHERE id = :row" },
  { "enrolment", "SELECT id, why FROM enrolment WHERE why <> '' AND lead <> :lead",
    "UPDATE enrolment SET why = :text WHERE id = :row" },
  { "suppression", "SELECT id, note FROM suppression WHERE note <> ''",
    "UPDATE suppression SET note = :text WHERE id = :row" },
  { "source_spend", "SELECT id, note FROM source_spend WHERE note <> ''",
    "UPDATE source_spend SET note = :text WHERE id = :row" },
  { "segment", "SELECT id, description FROM segment WHERE description <> ''",
    "UPDATE segment SET description = :text WHERE id = :row" },
  { "segment", "SELECT id, rule FROM segment WHERE rule IS NOT NULL",
    "UPDATE segment SET rule = :text WHERE id = :row" },
  { "broadcast", "SELECT id, rule FROM broadcast",
    "UPDATE broadcast SET rule = :text WHERE id = :row" },
  { "offer", "SELECT id, condition FROM offer WHERE condition IS NOT NULL",
    "UPDATE offer SET condition = :text WHERE id = :row" },
  { "import_run", "SELECT id, file_name FROM import_run",
    "UPDATE import_run SET file_name = :text WHERE id = :row" },
  { "import_run", "SELECT id, mapping FROM import_run",
    "UPDATE import_run SET mapping = :text WHERE id = :row" },
  { "import_shape", "SELECT 0, file_name FROM import_shape",
    "UPDATE import_shape SET file_name = :text WHERE file_name = :was" },
  { "import_shape", "SELECT 0, mapping FROM import_shape",
    "UPDATE import_shape SET mapping = :text WHERE mapping = :was" },
  { "import_change",
    "SELECT DISTINCT 0, before FROM import_change WHERE before IS NOT NULL AND lead <> :lead",
    "UPDATE import_change SET before = :text WHERE before = :was" },
  { "import_change", "SELECT DISTINCT 0, after FROM import_change WHERE lead <> :lead",
    "UPDATE import_change SET after = :text WHERE after = :was" },
  { "lead_merge_row", "SELECT 0, before FROM lead_merge_row WHERE before IS NOT NULL",
    "UPDATE lead_merge_row SET before = :text WHERE before = :was" },
  { "lead_merge_row", "SELECT 0, after FROM lead_merge_row WHERE after IS NOT NULL",
    "UPDATE lead_merge_row SET after = :text WHERE after = :was" },
};

/* What is read, and not changed: what it is called, and its text. */
static const Place KEPT[] = {
  { "message", "SELECT m.name, m.name || ' ' || m.purpose || ' ' || m.value FROM message m", NULL },
  { "message",
    "SELECT m.name, v.subject || ' ' || v.preview || ' ' || v.blocks"
    "  FROM message_version v JOIN message m ON m.id = v.message",
    NULL },
  { "sales_letter", "SELECT name, name || ' ' || text FROM sales_letter", NULL },
  { "coupon", "SELECT code, code || ' ' || name || ' ' || discount FROM coupon", NULL },
  { "sequence",
    "SELECT s.name, v.graph FROM sequence_version v JOIN sequence s ON s.id = v.sequence", NULL },
  { "sequence_draft",
    "SELECT s.name, d.graph FROM sequence_draft d JOIN sequence s ON s.id = d.sequence", NULL },
  { "consent",
    "SELECT coalesce (min (l.email), ''), c.wording || ' ' || c.origin"
    "  FROM consent c JOIN lead l ON l.id = c.lead"
    " WHERE c.lead <> :lead GROUP BY c.wording, c.origin",
    NULL },
};

/* A text that was found, and where it is to be changed. */
typedef struct
{
  RungsErasureMention mention;
  const Place *found_in;
  gint64 row;
} Hit;

void
rungs_erasure_mention_free (RungsErasureMention *self)
{
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

static gboolean
find_in (RungsDb          *db,
         const Place      *place,
         gint64            lead,
         RungsPersonWords *words,
         GPtrArray        *hits,
         GError          **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, place->read, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_offer_int64 (query, ":lead", lead);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      const char *text = rungs_statement_get_text (query, 1);
      char *blanked = rungs_person_words_blank (words, text);
      Hit *hit;

      if (blanked == NULL)
        continue;
      hit = g_new0 (Hit, 1);
      hit->mention.place = place->table;
      hit->mention.before = g_strdup (text);
      hit->mention.after = blanked;
      hit->found_in = place;
      hit->row = rungs_statement_get_int64 (query, 0);
      g_ptr_array_add (hits, hit);
    }
  return rungs_statement_done (query, error);
}

GPtrArray *
rungs_erasure_find_mentions (RungsDb          *db,
                             gint64            lead,
                             RungsPersonWords *words,
                             GError          **error)
{
  g_autoptr (GPtrArray) hits
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_erasure_mention_free);

  g_return_val_if_fail (db != NULL && words != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (PLACES); i++)
    if (!find_in (db, &PLACES[i], lead, words, hits, error))
      return NULL;
  return g_steal_pointer (&hits);
}

static gboolean
find_kept_in (RungsDb          *db,
              const Place      *place,
              gint64            lead,
              RungsPersonWords *words,
              GPtrArray        *kept,
              GError          **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, place->read, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_offer_int64 (query, ":lead", lead);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsErasureMention *mention;

      if (!rungs_person_words_are_in (words, rungs_statement_get_text (query, 1)))
        continue;
      mention = g_new0 (RungsErasureMention, 1);
      mention->place = place->table;
      mention->before = rungs_statement_dup_text (query, 0);
      mention->after = rungs_statement_dup_text (query, 1);
      g_ptr_array_add (kept, mention);
    }
  return rungs_statement_done (query, error);
}

GPtrArray *
rungs_erasure_find_kept (RungsDb          *db,
                         gint64            lead,
                         RungsPersonWords *words,
                         GError          **error)
{
  g_autoptr (GPtrArray) kept
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_erasure_mention_free);

  g_return_val_if_fail (db != NULL && words != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (KEPT); i++)
    if (!find_kept_in (db, &KEPT[i], lead, words, kept, error))
      return NULL;
  return g_steal_pointer (&kept);
}

static gboolean
change (RungsDb   *db,
        const Hit *hit,
        GError   **error)
{
  g_autoptr (RungsStatement) write = rungs_db_prepare (db, hit->found_in->write, error);

  if (write == NULL)
    return FALSE;
  rungs_statement_bind_text (write, ":text", hit->mention.after);
  if (rungs_statement_has (write, ":row"))
    rungs_statement_bind_int64 (write, ":row", hit->row);
  else
    rungs_statement_bind_text (write, ":was", hit->mention.before);
  return rungs_statement_run (write, error);
}

/* The search index may hold what changes. */
static gboolean
change_found (RungsDb   *db,
              const Hit *hit,
              GError   **error)
{
  if (g_str_equal (hit->mention.place, "event") || g_str_equal (hit->mention.place, "note"))
    return rungs_lead_search_forget_of_event (db, hit->row, error) && change (db, hit, error)
           && rungs_lead_search_add_of_event (db, hit->row, error)
           && rungs_score_mark_event (db, hit->row, error);
  if (!g_str_equal (hit->mention.place, "lead"))
    return change (db, hit, error);
  return rungs_lead_search_forget (db, hit->row, error) && change (db, hit, error)
         && rungs_lead_search_add (db, hit->row, error);
}

gboolean
rungs_erasure_blank_mentions (RungsDb          *db,
                              gint64            lead,
                              RungsPersonWords *words,
                              gint64           *count,
                              GError          **error)
{
  g_autoptr (GPtrArray) hits = rungs_erasure_find_mentions (db, lead, words, error);

  g_return_val_if_fail (count != NULL, FALSE);

  if (hits == NULL)
    return FALSE;
  for (guint i = 0; i < hits->len; i++)
    if (!change_found (db, g_ptr_array_index (hits, i), error))
      return FALSE;
  *count = hits->len;
  return TRUE;
}
