/* rungs-next-offer-store.c: what is known about the arrows that a lead may follow. */

#include "ladder/rungs-next-offer-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"

static const char SQL_ARROWS[]
    = "SELECT o.id, o.from_product, o.to_product, p.name, o.kind, o.after_days, o.condition,"
      "       p.retired_at IS NOT NULL"
      "  FROM offer o JOIN product p ON p.id = o.to_product"
      " WHERE o.retired_at IS NULL"
      "   AND (o.from_product IN (SELECT value FROM json_each (:owned))"
      "        OR (o.from_product IS NULL AND :owned = '[]'))"
      " ORDER BY o.priority, CASE o.kind WHEN 'next' THEN 0 WHEN 'upsell' THEN 1"
      "                                  WHEN 'cross' THEN 2 ELSE 3 END,"
      "          p.rung DESC, p.price DESC, o.id";

/* A walk that was stopped by hand, or broke, says nothing about what the lead wanted. */
static const char SQL_PITCHES[]
    = "SELECT s.sells, s.id, s.name, e.outcome IS NULL,"
      "       CASE WHEN e.outcome IN ('finished', 'exit', 'goal') THEN e.ended_at END"
      "  FROM enrolment e JOIN sequence s ON s.id = e.sequence"
      " WHERE e.lead = :lead AND s.sells IS NOT NULL"
      " ORDER BY s.sells, e.outcome IS NULL, e.id";

static const char SQL_HELD[]
    = "SELECT part FROM product_holds WHERE whole = :product AND part <> :product ORDER BY part";

void
rungs_arrow_free (RungsArrow *self)
{
  g_free (self->to_name);
  g_free (self->condition);
  g_free (self);
}

void
rungs_pitch_free (RungsPitch *self)
{
  g_free (self->name);
  g_free (self);
}

static char *
ids_as_json (const gint64 *ids,
             guint         n)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", ids[i]);
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

static gpointer
arrow_from_row (RungsStatement *row)
{
  RungsArrow *arrow = g_new0 (RungsArrow, 1);

  arrow->offer = rungs_statement_get_int64 (row, 0);
  arrow->from_product = rungs_statement_get_int64 (row, 1);
  arrow->to_product = rungs_statement_get_int64 (row, 2);
  arrow->to_name = rungs_statement_dup_text (row, 3);
  rungs_offer_kind_from_text (rungs_statement_get_text (row, 4), &arrow->kind);
  arrow->after_days = rungs_statement_get_int64 (row, 5);
  arrow->condition = rungs_statement_dup_text (row, 6);
  arrow->retired = rungs_statement_get_int64 (row, 7) != 0;
  return arrow;
}

GPtrArray *
rungs_arrows_from (RungsDb      *db,
                   const gint64 *owned,
                   guint         n,
                   GError      **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ARROWS, error);
  g_autofree char *json = ids_as_json (owned, n);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":owned", json);
  return rungs_record_list (query, arrow_from_row, (GDestroyNotify) rungs_arrow_free, error);
}

/* Takes in a later walk: the rows come by product, and a walk under way last. */
static void
update_pitch (RungsPitch     *pitch,
              RungsStatement *row)
{
  gboolean walking = rungs_statement_get_int64 (row, 3) != 0;

  pitch->declined_at = rungs_statement_get_int64 (row, 4);
  pitch->sequence = walking ? rungs_statement_get_int64 (row, 1) : 0;
  g_free (pitch->name);
  pitch->name = g_strdup (walking ? rungs_statement_get_text (row, 2) : "");
}

GPtrArray *
rungs_pitches_to (RungsDb *db,
                  gint64   lead,
                  GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PITCHES, error);
  g_autoptr (GPtrArray) pitches
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_pitch_free);
  RungsPitch *pitch = NULL;

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 product = rungs_statement_get_int64 (query, 0);

      if (pitch == NULL || pitch->product != product)
        {
          pitch = g_new0 (RungsPitch, 1);
          pitch->product = product;
          g_ptr_array_add (pitches, pitch);
        }
      update_pitch (pitch, query);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&pitches) : NULL;
}

GArray *
rungs_product_held (RungsDb *db,
                    gint64   product,
                    GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_HELD, error);
  g_autoptr (GArray) held = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":product", product);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 part = rungs_statement_get_int64 (query, 0);

      g_array_append_val (held, part);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&held) : NULL;
}
