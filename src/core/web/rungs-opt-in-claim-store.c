/* rungs-opt-in-claim-store.c: what submissions of forms say that a lead has.
 *
 * A claim is a tag, or a place in a segment, that a submission gives its lead: because of the form
 * itself, or of an answer. Of the answers of a lead to one question of a form only the latest has
 * claims, in whatever order they come; what an earlier one gave is taken back where nothing else
 * claims it, and forms have given it (`made`): what the lead had of staff stays. */

#include "web/rungs-opt-in-claim-store.h"

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "leads/rungs-tag-store.h"
#include "segments/rungs-segment-member-store.h"

static const char SQL_SUBMISSION[]
    = "INSERT INTO opt_in_submission (delivery, opt_in, version, language, at)"
      " VALUES (:delivery, :form, :version, :language, :at)";

static const char SQL_IS_KNOWN[]
    = "SELECT EXISTS (SELECT 1 FROM web_delivery"
      "                WHERE endpoint IS NULL AND key = :mark AND id <> :delivery)";

static const char SQL_ANSWER[]
    = "INSERT INTO opt_in_answer (delivery, question, value) VALUES (:delivery, :question, :value)";

/* Of two of the same instant the greater text counts, so that it is the same one always. */
static const char SQL_IS_LATER[]
    = "SELECT EXISTS (SELECT 1 FROM opt_in_answer a"
      "                 JOIN opt_in_submission s ON s.delivery = a.delivery"
      "                 JOIN web_delivery d ON d.id = a.delivery"
      "                WHERE d.lead = :lead AND s.opt_in = :form AND a.question = :question"
      "                  AND a.delivery <> :delivery"
      "                  AND (s.at > :at OR (s.at = :at AND a.value > :value)))";

static const char SQL_CLAIM[]
    = "INSERT OR IGNORE INTO opt_in_claim (delivery, question, kind, ref, made)"
      " VALUES (:delivery, :question, :kind, :ref, :made)";

static const char SQL_HAS_TAG[]
    = "SELECT EXISTS (SELECT 1 FROM lead_tag WHERE lead = :lead AND tag = :ref)";

/* What other answers to the question gave. */
static const char SQL_STALE[]
    = "SELECT c.kind, c.ref, max (c.made) FROM opt_in_claim c"
      "  JOIN opt_in_submission s ON s.delivery = c.delivery"
      "  JOIN web_delivery d ON d.id = c.delivery"
      " WHERE d.lead = :lead AND s.opt_in = :form AND c.question = :question"
      "   AND c.delivery <> :delivery"
      " GROUP BY c.kind, c.ref";

static const char SQL_FORGET[]
    = "DELETE FROM opt_in_claim"
      " WHERE question = :question AND delivery <> :delivery"
      "   AND delivery IN (SELECT s.delivery FROM opt_in_submission s"
      "                      JOIN web_delivery d ON d.id = s.delivery"
      "                     WHERE d.lead = :lead AND s.opt_in = :form)";

/* What is still claimed goes on being the forms'. */
static const char SQL_HAND_ON[]
    = "UPDATE opt_in_claim SET made = max (made, :made)"
      " WHERE kind = :kind AND ref = :ref"
      "   AND delivery IN (SELECT id FROM web_delivery WHERE lead = :lead)";

typedef struct
{
  gboolean is_tag;
  gint64 ref;
  gboolean made;
} Stale;

gboolean
rungs_opt_in_note_submission (RungsWebWork             *work,
                              const RungsOptInVersion  *version,
                              const char               *language,
                              gint64                    at,
                              GError                  **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (work->db, SQL_SUBMISSION, error);

  if (add == NULL)
    return FALSE;
  rungs_statement_bind_int64 (add, ":delivery", work->delivery);
  rungs_statement_bind_int64 (add, ":form", version->form);
  rungs_statement_bind_int64 (add, ":version", version->id);
  rungs_statement_bind_text (add, ":language", language);
  rungs_statement_bind_int64 (add, ":at", at);
  return rungs_statement_run (add, error);
}

gboolean
rungs_opt_in_is_known (RungsWebWork  *work,
                       const char    *mark,
                       gboolean      *known,
                       GError       **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (work->db, SQL_IS_KNOWN, error);
  gint64 is = 0;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":mark", mark);
  rungs_statement_bind_int64 (query, ":delivery", work->delivery);
  if (!rungs_statement_get_number (query, 0, &is, error))
    return FALSE;
  *known = is != 0;
  return TRUE;
}

/* ---- giving */

static gboolean
claim (RungsWebWork  *work,
       const char    *question,
       const char    *kind,
       gint64         ref,
       gboolean       made,
       GError       **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (work->db, SQL_CLAIM, error);

  if (add == NULL)
    return FALSE;
  rungs_statement_bind_int64 (add, ":delivery", work->delivery);
  rungs_statement_bind_text (add, ":question", question);
  rungs_statement_bind_text (add, ":kind", kind);
  rungs_statement_bind_int64 (add, ":ref", ref);
  rungs_statement_bind_int64 (add, ":made", made);
  return rungs_statement_run (add, error);
}

static gboolean
give_tag (RungsWebWork  *work,
          const char    *question,
          const char    *name,
          GError       **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (work->db, SQL_HAS_TAG, error);
  gint64 tag = query != NULL ? rungs_tag_ensure (work->db, name, error) : 0;
  gint64 has = 0;

  if (tag == 0)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", work->lead);
  rungs_statement_bind_int64 (query, ":ref", tag);
  return rungs_statement_get_number (query, 0, &has, error)
         && rungs_lead_add_tag (work->db, work->lead, tag, work->now, error)
         && claim (work, question, "tag", tag, has == 0, error);
}

/* Puts the lead into the segment, or takes it out. `count` (out): whether that changed anything. A
 * segment that is gone, or has become live, takes nobody. */
static gboolean
move (RungsWebWork  *work,
      gint64         segment,
      gboolean       in,
      guint         *count,
      GError       **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (RungsSegment) loaded = rungs_segment_load (work->db, segment, &fault);
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) moved = NULL;

  *count = 0;
  if (loaded == NULL && !g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  if (loaded == NULL || loaded->kind != RUNGS_SEGMENT_FIXED)
    return TRUE;
  g_array_append_val (leads, work->lead);
  moved = in ? rungs_segment_add_members (work->db, loaded, leads, work->now, error)
             : rungs_segment_remove_members (work->db, loaded, leads, work->now, error);
  *count = moved != NULL ? moved->len : 0;
  return moved != NULL;
}

gboolean
rungs_opt_in_give (RungsWebWork  *work,
                   const char    *question,
                   GPtrArray     *tags,
                   GArray        *segments,
                   GError       **error)
{
  guint moved;

  for (guint i = 0; i < tags->len; i++)
    if (!give_tag (work, question, tags->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < segments->len; i++)
    {
      gint64 segment = g_array_index (segments, gint64, i);

      if (!move (work, segment, TRUE, &moved, error)
          || !claim (work, question, "segment", segment, moved > 0, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- answers */

static gboolean
note_answer (RungsWebWork  *work,
             const char    *question,
             const char    *value,
             GError       **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (work->db, SQL_ANSWER, error);

  if (add == NULL)
    return FALSE;
  rungs_statement_bind_int64 (add, ":delivery", work->delivery);
  rungs_statement_bind_text (add, ":question", question);
  rungs_statement_bind_text (add, ":value", value);
  return rungs_statement_run (add, error);
}

static gboolean
is_answered_later (RungsWebWork  *work,
                   gint64         form,
                   const char    *question,
                   const char    *value,
                   gint64         at,
                   gboolean      *later,
                   GError       **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (work->db, SQL_IS_LATER, error);
  gint64 is = 0;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", work->lead);
  rungs_statement_bind_int64 (query, ":form", form);
  rungs_statement_bind_text (query, ":question", question);
  rungs_statement_bind_int64 (query, ":delivery", work->delivery);
  rungs_statement_bind_int64 (query, ":at", at);
  rungs_statement_bind_text (query, ":value", value);
  if (!rungs_statement_get_number (query, 0, &is, error))
    return FALSE;
  *later = is != 0;
  return TRUE;
}

static void
bind_question (RungsStatement     *statement,
               const RungsWebWork *work,
               gint64              form,
               const char         *question)
{
  rungs_statement_bind_int64 (statement, ":lead", work->lead);
  rungs_statement_bind_int64 (statement, ":form", form);
  rungs_statement_bind_text (statement, ":question", question);
  rungs_statement_bind_int64 (statement, ":delivery", work->delivery);
}

/* Returns: (transfer full) (element-type Stale). */
static GArray *
list_stale (RungsWebWork  *work,
            gint64         form,
            const char    *question,
            GError       **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (work->db, SQL_STALE, error);
  g_autoptr (GArray) stale = g_array_new (FALSE, FALSE, sizeof (Stale));

  if (query == NULL)
    return NULL;
  bind_question (query, work, form, question);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      Stale one = { .is_tag = g_strcmp0 (rungs_statement_get_text (query, 0), "tag") == 0,
                    .ref = rungs_statement_get_int64 (query, 1),
                    .made = rungs_statement_get_int64 (query, 2) != 0 };

      g_array_append_val (stale, one);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&stale) : NULL;
}

/* Takes it back unless something else claims it. */
static gboolean
take_back (RungsWebWork  *work,
           const Stale   *stale,
           GError       **error)
{
  g_autoptr (RungsStatement) hand_on = rungs_db_prepare (work->db, SQL_HAND_ON, error);
  guint moved;

  if (hand_on == NULL)
    return FALSE;
  rungs_statement_bind_int64 (hand_on, ":made", stale->made);
  rungs_statement_bind_text (hand_on, ":kind", stale->is_tag ? "tag" : "segment");
  rungs_statement_bind_int64 (hand_on, ":ref", stale->ref);
  rungs_statement_bind_int64 (hand_on, ":lead", work->lead);
  if (!rungs_statement_run (hand_on, error))
    return FALSE;
  if (rungs_db_get_changes (work->db) > 0 || !stale->made)
    return TRUE;
  return stale->is_tag
           ? rungs_lead_remove_tag (work->db, work->lead, stale->ref, work->now, error)
           : move (work, stale->ref, FALSE, &moved, error);
}

static gboolean
forget (RungsWebWork  *work,
        gint64         form,
        const char    *question,
        GError       **error)
{
  g_autoptr (RungsStatement) forget = rungs_db_prepare (work->db, SQL_FORGET, error);

  if (forget == NULL)
    return FALSE;
  bind_question (forget, work, form, question);
  return rungs_statement_run (forget, error);
}

gboolean
rungs_opt_in_answer (RungsWebWork  *work,
                     gint64         form,
                     const char    *question,
                     const char    *value,
                     GPtrArray     *tags,
                     GArray        *segments,
                     gint64         at,
                     GError       **error)
{
  g_autoptr (GArray) stale = NULL;
  gboolean later = FALSE;

  if (!note_answer (work, question, value, error)
      || !is_answered_later (work, form, question, value, at, &later, error))
    return FALSE;
  if (later)
    return TRUE;
  stale = list_stale (work, form, question, error);
  if (stale == NULL || !rungs_opt_in_give (work, question, tags, segments, error)
      || !forget (work, form, question, error))
    return FALSE;
  for (guint i = 0; i < stale->len; i++)
    if (!take_back (work, &g_array_index (stale, Stale, i), error))
      return FALSE;
  return TRUE;
}
