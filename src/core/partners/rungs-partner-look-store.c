/* rungs-partner-look-store.c: what a person said of flags, and which of them wait, as it was when
 * partners were last looked at. */

#include "partners/rungs-partner-look-store.h"

#include "base/rungs-clock.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"

static const char SQL_DECIDE[]
    = "INSERT INTO partner_flag_decision"
      " (partner, kind, verdict, note, cases, until_at, evidence, decided_at)"
      " VALUES (:partner, :kind, :verdict, :note, :cases, :until, :evidence, :now)";

static const char SQL_WAITS_NO_MORE[]
    = "DELETE FROM partner_flag WHERE partner = :partner AND kind = :kind";

static const char SQL_LOOK_NOW[]
    = "UPDATE partner_look SET due_at = 0"
      " WHERE partner = (SELECT partner FROM partner_flag_decision WHERE id = :id)";

static const char SQL_UNDECIDE[] = "DELETE FROM partner_flag_decision WHERE id = :id";

static const char SQL_NEXT_DUE[]
    = "SELECT CASE WHEN EXISTS (SELECT 1 FROM partner p"
      "                          WHERE NOT EXISTS (SELECT 1 FROM partner_look l"
      "                                             WHERE l.partner = p.id))"
      "            THEN 0 ELSE (SELECT min (due_at) FROM partner_look) END"
      " WHERE EXISTS (SELECT 1 FROM partner) AND :id = 0";

static const char SQL_DUE[]
    = "SELECT p.id FROM partner p LEFT JOIN partner_look l ON l.partner = p.id"
      " WHERE coalesce (l.due_at, 0) <= :now ORDER BY coalesce (l.due_at, 0), p.id LIMIT :most";

static const char SQL_CLEAR[] = "DELETE FROM partner_flag WHERE partner = :id";

/* Unless somebody has decided meanwhile. */
static const char SQL_KEEP[]
    = "INSERT INTO partner_flag (partner, kind, cases, found_at)"
      " SELECT :partner, :kind, :cases, :now"
      "  WHERE NOT EXISTS (SELECT 1 FROM partner_flag_decision d"
      "                     WHERE d.partner = :partner AND d.kind = :kind"
      "                       AND d.decided_at > :now)";

static const char SQL_LOOKED[]
    = "INSERT INTO partner_look (partner, due_at) VALUES (:partner, :due)"
      " ON CONFLICT (partner) DO UPDATE SET due_at = :due";

static const char SQL_COUNT[]
    = "SELECT count (DISTINCT partner), coalesce (min (partner), 0) FROM partner_flag";

/* ---- what a person says */

RungsPartnerFlagSeen *
rungs_partner_flag_seen_new (const RungsPartnerFlag *flag)
{
  RungsPartnerFlagSeen *self = g_new0 (RungsPartnerFlagSeen, 1);

  self->partner = flag->partner;
  self->kind = flag->kind;
  self->cases = flag->cases->len;
  self->until = rungs_partner_flag_until (flag);
  self->words = rungs_partner_flag_dup_words (flag);
  return self;
}

void
rungs_partner_flag_seen_free (RungsPartnerFlagSeen *self)
{
  g_free (self->words);
  g_free (self);
}

static void
bind_kind (RungsStatement             *statement,
           const RungsPartnerFlagSeen *seen)
{
  rungs_statement_bind_int64 (statement, ":partner", seen->partner);
  rungs_statement_bind_text (statement, ":kind", rungs_partner_flag_kind_to_text (seen->kind));
}

gint64
rungs_partner_flag_decide (RungsDb                    *db,
                           const RungsPartnerFlagSeen *seen,
                           RungsPartnerFlagVerdict     verdict,
                           const char                 *note,
                           gint64                      now,
                           GError                    **error)
{
  g_autoptr (RungsStatement) add = NULL;
  g_autoptr (RungsStatement) clear = NULL;
  gint64 id;

  g_return_val_if_fail (db != NULL && seen != NULL && note != NULL, 0);

  add = rungs_db_prepare (db, SQL_DECIDE, error);
  clear = add != NULL ? rungs_db_prepare (db, SQL_WAITS_NO_MORE, error) : NULL;
  if (clear == NULL)
    return 0;
  bind_kind (add, seen);
  rungs_statement_bind_text (add, ":verdict", rungs_partner_flag_verdict_to_text (verdict));
  rungs_statement_bind_text (add, ":note", note);
  rungs_statement_bind_int64 (add, ":cases", seen->cases);
  rungs_statement_bind_int64 (add, ":until", seen->until);
  rungs_statement_bind_text (add, ":evidence", seen->words);
  rungs_statement_bind_int64 (add, ":now", now);
  bind_kind (clear, seen);
  if (!rungs_statement_run (add, error))
    return 0;
  id = rungs_db_get_last_id (db);
  return rungs_statement_run (clear, error) ? id : 0;
}

gboolean
rungs_partner_flag_undecide (RungsDb *db,
                             gint64   id,
                             GError **error)
{
  g_return_val_if_fail (db != NULL, FALSE);

  return rungs_record_run (db, SQL_LOOK_NOW, id, error)
         && rungs_record_run (db, SQL_UNDECIDE, id, error);
}

/* ---- looking at partners by and by */

struct _RungsPartnerLook
{
  GArray *partners; /* (owned) (element-type gint64) */
  GPtrArray *flags; /* (owned) (element-type RungsPartnerFlag) of all of them, those that wait */
};

void
rungs_partner_look_free (RungsPartnerLook *self)
{
  g_clear_pointer (&self->partners, g_array_unref);
  g_clear_pointer (&self->flags, g_ptr_array_unref);
  g_free (self);
}

gboolean
rungs_partner_looks_next_due (RungsDb *db,
                              gint64  *due,
                              GError **error)
{
  g_return_val_if_fail (db != NULL && due != NULL, FALSE);

  return rungs_record_ask (db, SQL_NEXT_DUE, 0, G_MAXINT64, due, error);
}

static GArray *
list_due (RungsDb *db,
          guint    most,
          gint64   now,
          GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_DUE, error);

  if (query != NULL)
    {
      rungs_statement_bind_int64 (query, ":now", now);
      rungs_statement_bind_int64 (query, ":most", most);
    }
  return rungs_record_ids (query, error);
}

RungsPartnerLook *
rungs_partner_look (RungsDb *db,
                    guint    most,
                    gint64   now,
                    GError **error)
{
  g_autoptr (RungsPartnerLook) self = g_new0 (RungsPartnerLook, 1);
  g_autoptr (RungsPartnerBaseline) baseline = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  self->flags = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_partner_flag_free);
  self->partners = list_due (db, most, now, error);
  baseline = self->partners != NULL ? rungs_partner_baseline_load (db, now, error) : NULL;
  for (guint i = 0; baseline != NULL && i < self->partners->len; i++)
    {
      g_autoptr (GPtrArray) flags = rungs_partner_flags_find (
          db, g_array_index (self->partners, gint64, i), baseline, now, error);

      if (flags == NULL)
        return NULL;
      for (guint k = flags->len; k > 0; k--)
        if (rungs_partner_flag_waits (flags->pdata[k - 1]))
          g_ptr_array_add (self->flags, g_ptr_array_steal_index (flags, k - 1));
    }
  return baseline != NULL ? g_steal_pointer (&self) : NULL;
}

static gboolean
keep_looked (RungsDb          *db,
             RungsPartnerLook *look,
             gint64            now,
             GError          **error)
{
  g_autoptr (RungsStatement) looked = rungs_db_prepare (db, SQL_LOOKED, error);

  for (guint i = 0; looked != NULL && i < look->partners->len; i++)
    {
      gint64 partner = g_array_index (look->partners, gint64, i);

      rungs_statement_bind_int64 (looked, ":partner", partner);
      rungs_statement_bind_int64 (looked, ":due", now + RUNGS_DAY);
      if (!rungs_statement_run (looked, error)
          || !rungs_record_run (db, SQL_CLEAR, partner, error))
        return FALSE;
    }
  return looked != NULL;
}

gboolean
rungs_partner_look_keep (RungsDb          *db,
                         RungsPartnerLook *look,
                         gint64            now,
                         GError          **error)
{
  g_autoptr (RungsStatement) keep = NULL;

  g_return_val_if_fail (db != NULL && look != NULL, FALSE);

  if (!keep_looked (db, look, now, error))
    return FALSE;
  keep = rungs_db_prepare (db, SQL_KEEP, error);
  for (guint i = 0; keep != NULL && i < look->flags->len; i++)
    {
      const RungsPartnerFlag *flag = look->flags->pdata[i];

      rungs_statement_bind_int64 (keep, ":partner", flag->partner);
      rungs_statement_bind_text (keep, ":kind", rungs_partner_flag_kind_to_text (flag->kind));
      rungs_statement_bind_int64 (keep, ":cases", flag->cases->len);
      rungs_statement_bind_int64 (keep, ":now", now);
      if (!rungs_statement_run (keep, error))
        return FALSE;
    }
  return keep != NULL;
}

gboolean
rungs_partner_flags_count (RungsDb *db,
                           gint64  *partners,
                           gint64  *first,
                           GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL && partners != NULL && first != NULL, FALSE);

  query = rungs_db_prepare (db, SQL_COUNT, error);
  if (query == NULL || rungs_statement_step (query, error) != RUNGS_ROW)
    return FALSE;
  *partners = rungs_statement_get_int64 (query, 0);
  *first = rungs_statement_get_int64 (query, 1);
  return TRUE;
}
