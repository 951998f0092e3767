/* rungs-ladder-keep-store.c: keeps what leads did on the ladder.
 *
 * A block is written from the tables, and thrown away by the triggers of the tables whenever a row
 * of one of its leads comes, changes or goes (data/schema). So what is kept is never out of date,
 * and what is not kept is read from the tables: whoever counts gets the same from a file of which
 * all is kept as from one of which nothing is. Nor does a block outlive anything of an erased
 * person.
 *
 * Blocks are written when the program has nothing better to do, and only once there are many that
 * lack: a few are read from the tables in no time. A small business keeps none at all. */

#include "insights/rungs-ladder-keep-store.h"

#include <string.h>

#include "db/rungs-statement.h"
#include "insights/rungs-ladder-rows-store.h"

/* So many blocks may lack, and so many are written at a time. */
#define MAY_LACK 128
#define SLICE 256

static const char SQL_BLOCKS[] = "SELECT max (id) / 32 + 1 FROM lead";
static const char SQL_KEPT[] = "SELECT count (*) FROM lead_deeds";
static const char SQL_NUMBERS[]
  = "SELECT block FROM lead_deeds WHERE block >= :from ORDER BY block";
static const char SQL_KEEP[] = "INSERT INTO lead_deeds (block, deeds) VALUES (:block, :deeds)";
static const char SQL_READ[] = "SELECT deeds FROM lead_deeds WHERE block = :block";
static const char SQL_ALL_BLOCKS[]
  = "SELECT max (n) FROM (SELECT max (id) / 32 + 1 AS n FROM lead"
    "                      UNION ALL SELECT max (block) + 1 FROM lead_deeds)";
static const char SQL_FORGET[] = "DELETE FROM lead_deeds";

G_STATIC_ASSERT (RUNGS_LADDER_BLOCK == 32); /* as the schema has it */

static gboolean
ask (RungsDb     *db,
     const char  *sql,
     gint64      *number,
     GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  return query != NULL && rungs_statement_get_number (query, 0, number, error);
}

gboolean
rungs_ladder_keep_count (RungsDb  *db,
                         gint64   *blocks,
                         gint64   *kept,
                         GError  **error)
{
  g_return_val_if_fail (blocks != NULL && kept != NULL, FALSE);

  return ask (db, SQL_BLOCKS, blocks, error) && ask (db, SQL_KEPT, kept, error);
}

gboolean
rungs_ladder_keep_next_due (RungsDb  *db,
                            gint64   *due,
                            GError  **error)
{
  gint64 blocks, kept;

  g_return_val_if_fail (due != NULL, FALSE);

  if (!rungs_ladder_keep_count (db, &blocks, &kept, error))
    return FALSE;
  *due = blocks - kept > MAY_LACK ? 0 : G_MAXINT64;
  return TRUE;
}

/* ---- writing */

/* Blocks that follow each other and lack. */
typedef struct
{
  gint64 first;
  gint64 n;
} Gap;

/* The first ones from `from` on, of `blocks` in all. */
static gboolean
find_gap (RungsDb  *db,
          gint64    from,
          gint64    blocks,
          Gap      *gap,
          GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_NUMBERS, error);

  if (query == NULL)
    return FALSE;
  *gap = (Gap) { .first = from };
  rungs_statement_bind_int64 (query, ":from", from);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 block = rungs_statement_get_int64 (query, 0);

      if (block > gap->first)
        {
          gap->n = block - gap->first;
          rungs_statement_reset (query);
          return TRUE;
        }
      gap->first = block + 1;
    }
  gap->n = blocks - gap->first;
  return rungs_statement_done (query, error);
}

/* Writes a block after the other: those of which no lead did anything too. */
typedef struct
{
  RungsLadderRows *rows;   /* (owned) */
  RungsLadderDeeds *deeds; /* (owned): of the next lead */
  GByteArray *bytes;       /* (owned): of the block */
  gboolean more;           /* whether there is a next lead */
} Writer;

static gboolean
writer_begin (Writer  *self,
              RungsDb *db,
              Gap      gap,
              GError **error)
{
  self->rows = rungs_ladder_rows_load (db, gap.first * RUNGS_LADDER_BLOCK,
                                       (gap.first + gap.n) * RUNGS_LADDER_BLOCK - 1, error);
  if (self->rows == NULL)
    return FALSE;
  self->deeds = rungs_ladder_deeds_new ();
  self->bytes = g_byte_array_new ();
  self->more = rungs_ladder_rows_next (self->rows, self->deeds);
  return TRUE;
}

static void
writer_write (Writer *self,
              gint64  block)
{
  g_byte_array_set_size (self->bytes, 0);
  for (; self->more && self->deeds->lead / RUNGS_LADDER_BLOCK == block;
       self->more = rungs_ladder_rows_next (self->rows, self->deeds))
    rungs_ladder_deeds_write (self->deeds, block * RUNGS_LADDER_BLOCK, self->bytes);
}

static void
writer_clear (Writer *self)
{
  g_clear_pointer (&self->rows, rungs_ladder_rows_free);
  g_clear_pointer (&self->deeds, rungs_ladder_deeds_free);
  g_clear_pointer (&self->bytes, g_byte_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

static gboolean
keep_gap (RungsDb  *db,
          Gap       gap,
          GError  **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_KEEP, error);
  g_auto (Writer) writer = { 0 };

  if (insert == NULL || !writer_begin (&writer, db, gap, error))
    return FALSE;
  for (gint64 block = gap.first; block < gap.first + gap.n; block++)
    {
      writer_write (&writer, block);
      rungs_statement_bind_int64 (insert, ":block", block);
      rungs_statement_bind_blob (insert, ":deeds", writer.bytes->data, writer.bytes->len);
      if (!rungs_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rungs_ladder_keep_more (RungsDb  *db,
                        guint    *n,
                        GError  **error)
{
  Gap gap = { 0 };
  gint64 blocks;

  g_return_val_if_fail (n != NULL, FALSE);

  if (!ask (db, SQL_BLOCKS, &blocks, error))
    return FALSE;
  for (*n = 0; *n < SLICE; *n += (guint) gap.n)
    {
      if (!find_gap (db, gap.first + gap.n, blocks, &gap, error))
        return FALSE;
      gap.n = MIN (gap.n, (gint64) (SLICE - *n));
      if (gap.n <= 0)
        break;
      if (!keep_gap (db, gap, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- checking */

/* Whether the block is kept, and otherwise than the tables have it. */
static gboolean
differs (RungsDb           *db,
         const GByteArray  *bytes,
         gint64             block,
         gboolean          *wrong,
         GError           **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_READ, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":block", block);
  step = rungs_statement_step (query, error);
  *wrong = FALSE;
  if (step == RUNGS_ROW)
    {
      gsize size;
      const guint8 *kept = rungs_statement_get_blob (query, 0, &size);

      *wrong = size != bytes->len || (size > 0 && memcmp (kept, bytes->data, size) != 0);
    }
  return step != RUNGS_FAILED;
}

/* Adds the number of blocks of the gap that are wrong. */
static gboolean
check_gap (RungsDb  *db,
           Gap       gap,
           gint64   *n_wrong,
           GError  **error)
{
  g_auto (Writer) writer = { 0 };

  if (!writer_begin (&writer, db, gap, error))
    return FALSE;
  for (gint64 block = gap.first; block < gap.first + gap.n; block++)
    {
      gboolean wrong;

      writer_write (&writer, block);
      if (!differs (db, writer.bytes, block, &wrong, error))
        return FALSE;
      *n_wrong += wrong;
    }
  return TRUE;
}

gboolean
rungs_ladder_keep_check (RungsDb    *db,
                         GPtrArray  *faults,
                         GError    **error)
{
  gint64 blocks, kept, wrong = 0;

  g_return_val_if_fail (faults != NULL, FALSE);

  if (!ask (db, SQL_ALL_BLOCKS, &blocks, error) || !ask (db, SQL_KEPT, &kept, error))
    return FALSE;
  for (Gap gap = { .n = SLICE }; kept > 0 && gap.first < blocks; gap.first += gap.n)
    {
      gap.n = MIN (SLICE, blocks - gap.first);
      if (!check_gap (db, gap, &wrong, error))
        return FALSE;
    }
  if (wrong > 0)
    g_ptr_array_add (faults, g_strdup_printf ("what is kept of touches and orders: it is not what"
                                              " the tables have (%" G_GINT64_FORMAT " blocks)",
                                              wrong));
  return TRUE;
}

gboolean
rungs_ladder_keep_forget (RungsDb  *db,
                          GError  **error)
{
  g_autoptr (RungsStatement) delete = rungs_db_prepare (db, SQL_FORGET, error);

  return delete != NULL && rungs_statement_run (delete, error);
}
