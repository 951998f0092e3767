/* rungs-partner-many-store.c: changes many partners at once, and undoes it exactly. */

#include "partners/rungs-partner-many-store.h"

#include <string.h>

#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-programme-store.h"

static const char SQL_NOW_IN[]
    = "SELECT coalesce ((SELECT m.programme FROM programme_partner m"
      "                   WHERE m.partner = :id AND m.from_at <= :now"
      "                   ORDER BY m.from_at DESC LIMIT 1), 0)";

/* What came after it stays. */
static const char SQL_MOVE_BACK[]
    = "DELETE FROM programme_partner WHERE partner = :partner AND from_at = :from"
      " AND programme IS nullif (:programme, 0)";

/* ---- programmes */

static gboolean
find_programme (RungsDb *db,
                gint64   partner,
                gint64   now,
                gint64  *programme,
                GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_NOW_IN, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", partner);
  rungs_statement_bind_int64 (query, ":now", now);
  if (rungs_statement_step (query, error) != RUNGS_ROW)
    return FALSE;
  *programme = rungs_statement_get_int64 (query, 0);
  return TRUE;
}

gboolean
rungs_partners_move (RungsDb *db,
                     GArray  *partners,
                     gint64   programme,
                     gint64   now,
                     GArray  *moved,
                     GError **error)
{
  g_return_val_if_fail (db != NULL && partners != NULL && moved != NULL, FALSE);

  for (guint i = 0; i < partners->len; i++)
    {
      RungsPartnerMove move = { g_array_index (partners, gint64, i), now, programme };
      gint64 is_in;

      if (!find_programme (db, move.partner, now, &is_in, error))
        return FALSE;
      if (is_in == programme)
        continue;
      if (!rungs_programme_join (db, programme, move.partner, now, error))
        return FALSE;
      g_array_append_val (moved, move);
    }
  return TRUE;
}

gboolean
rungs_partners_move_back (RungsDb *db,
                          GArray  *moved,
                          guint    first,
                          guint    n,
                          GError **error)
{
  g_return_val_if_fail (db != NULL && moved != NULL && first + n <= moved->len, FALSE);

  for (guint i = first; i < first + n; i++)
    {
      const RungsPartnerMove *move = &g_array_index (moved, RungsPartnerMove, i);
      g_autoptr (RungsStatement) back = rungs_db_prepare (db, SQL_MOVE_BACK, error);

      if (back == NULL)
        return FALSE;
      rungs_statement_bind_int64 (back, ":partner", move->partner);
      rungs_statement_bind_int64 (back, ":from", move->from);
      rungs_statement_bind_int64 (back, ":programme", move->programme);
      if (!rungs_statement_run (back, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- who looks after them */

void
rungs_partner_manager_free (RungsPartnerManager *self)
{
  g_free (self->manager);
  g_free (self);
}

/* `was` (out) (transfer full) (nullable) (optional): who looked after it before; NULL: the same. */
static gboolean
set_manager (RungsDb     *db,
             gint64       id,
             const char  *manager,
             gint64       now,
             char       **was,
             GError     **error)
{
  g_autoptr (RungsPartner) partner = rungs_partner_load (db, id, error);
  g_autofree char *before = partner != NULL ? g_strdup (partner->manager) : NULL;

  if (partner == NULL)
    return FALSE;
  rungs_partner_set (&partner->manager, manager);
  if (strcmp (partner->manager, before) == 0)
    return TRUE;
  if (was != NULL)
    *was = g_steal_pointer (&before);
  return rungs_partner_save (db, partner, now, error);
}

gboolean
rungs_partners_set_manager (RungsDb    *db,
                            GArray     *partners,
                            const char *manager,
                            gint64      now,
                            GPtrArray  *changed,
                            GError    **error)
{
  g_return_val_if_fail (db != NULL && partners != NULL, FALSE);
  g_return_val_if_fail (manager != NULL && changed != NULL, FALSE);

  for (guint i = 0; i < partners->len; i++)
    {
      gint64 id = g_array_index (partners, gint64, i);
      g_autofree char *was = NULL;
      RungsPartnerManager *before;

      if (!set_manager (db, id, manager, now, &was, error))
        return FALSE;
      if (was == NULL)
        continue;
      before = g_new0 (RungsPartnerManager, 1);
      before->partner = id;
      before->manager = g_steal_pointer (&was);
      g_ptr_array_add (changed, before);
    }
  return TRUE;
}

gboolean
rungs_partners_restore_manager (RungsDb   *db,
                                GPtrArray *changed,
                                guint      first,
                                guint      n,
                                gint64     now,
                                GError   **error)
{
  g_return_val_if_fail (db != NULL && changed != NULL && first + n <= changed->len, FALSE);

  for (guint i = first; i < first + n; i++)
    {
      const RungsPartnerManager *before = changed->pdata[i];

      if (!set_manager (db, before->partner, before->manager, now, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- the leads that they are */

GArray *
rungs_partners_list_leads (RungsDb *db,
                           GArray  *partners,
                           GError **error)
{
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (db != NULL && partners != NULL, NULL);

  for (guint i = 0; i < partners->len; i++)
    {
      g_autoptr (RungsPartner) partner
          = rungs_partner_load (db, g_array_index (partners, gint64, i), error);

      if (partner == NULL)
        return NULL;
      if (partner->lead != 0)
        g_array_append_val (leads, partner->lead);
    }
  return g_steal_pointer (&leads);
}
