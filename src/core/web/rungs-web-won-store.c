/* rungs-web-won-store.c: disputes that were won.
 *
 * A dispute took money back: that is a refund of the order (rungs-web-order-store.c), by the
 * dispute's number. Won, the refund is undone, and all that follows from it comes back by itself,
 * commissions too. Messages come in any order, more than once, and several say the same (“closed”,
 * “funds reinstated”): so what was won is written down (web_won), by the dispute's number where the
 * seller tells it. Where a seller only says of which order it was, it is the last dispute of that
 * order until then; where none is there, one from before that is yet to come. */

#include "web/rungs-web-won-store.h"

#include "db/rungs-statement.h"
#include "ladder/rungs-order-store.h"
#include "web/rungs-web-order-store.h"

static const char SQL_FIND[] = "SELECT id FROM refund WHERE external = :external AND run IS NULL";

static const char SQL_FIND_LAST[]
    = "SELECT id FROM refund"
      " WHERE sales_order = :order AND at <= :at AND run IS NULL"
      "   AND substr (external, 1, length (:external)) = :external"
      " ORDER BY at DESC, id DESC LIMIT 1";

static const char SQL_NAME[]
    = "SELECT substr (external, length (:seller) + 2) FROM refund WHERE id = :refund";

static const char SQL_IS_WON[]
    = "SELECT EXISTS (SELECT 1 FROM web_won"
      "                WHERE seller = :seller AND reference = :reference AND at >= :at)";

static const char SQL_NOTE[]
    = "INSERT INTO web_won (seller, reference, at) VALUES (:seller, :reference, :at)"
      " ON CONFLICT (seller, reference) DO UPDATE SET at = max (at, excluded.at)";

static const char SQL_FORGET[]
    = "DELETE FROM web_won WHERE seller = :seller AND reference = :reference";

/* What the statements are about. */
typedef struct
{
  const char *reference; /* (nullable) */
  const char *external;  /* (nullable) */
  gint64 order;
  gint64 refund;
  gint64 at;
} Wish;

static RungsStatement *
prepare (RungsWebWork  *work,
         const char    *sql,
         const Wish    *wish,
         GError       **error)
{
  RungsStatement *statement = rungs_db_prepare (work->db, sql, error);

  if (statement == NULL)
    return NULL;
  rungs_statement_offer_text (statement, ":seller", work->seller);
  rungs_statement_offer_text (statement, ":reference", wish->reference);
  rungs_statement_offer_text (statement, ":external", wish->external);
  rungs_statement_offer_int64 (statement, ":order", wish->order);
  rungs_statement_offer_int64 (statement, ":refund", wish->refund);
  rungs_statement_offer_int64 (statement, ":at", wish->at);
  return statement;
}

static gboolean
run (RungsWebWork  *work,
     const char    *sql,
     const Wish    *wish,
     GError       **error)
{
  g_autoptr (RungsStatement) statement = prepare (work, sql, wish, error);

  return statement != NULL && rungs_statement_run (statement, error);
}

/* 0 where there is none. */
static gboolean
ask (RungsWebWork  *work,
     const char    *sql,
     const Wish    *wish,
     gint64        *number,
     GError       **error)
{
  g_autoptr (RungsStatement) query = prepare (work, sql, wish, error);

  *number = 0;
  return query != NULL && rungs_statement_get_number (query, 0, number, error);
}

static gboolean
is_won (RungsWebWork  *work,
        const char    *kind,
        const char    *number,
        gint64         at,
        gboolean      *won,
        GError       **error)
{
  g_autofree char *reference = g_strconcat (kind, number, NULL);
  Wish wish = { .reference = reference, .at = at };
  gint64 is = 0;

  if (!ask (work, SQL_IS_WON, &wish, &is, error))
    return FALSE;
  *won = is != 0;
  return TRUE;
}

static gboolean
note (RungsWebWork  *work,
      const char    *kind,
      const char    *number,
      gint64         at,
      GError       **error)
{
  g_autofree char *reference = g_strconcat (kind, number, NULL);
  Wish wish = { .reference = reference, .at = at };

  return run (work, SQL_NOTE, &wish, error);
}

static gboolean
undo (RungsWebWork  *work,
      gint64         refund,
      GError       **error)
{
  return refund == 0 || rungs_refund_undo (work->db, refund, work->now, error);
}

/* ---- won */

static gboolean
win_dispute (RungsWebWork        *work,
             const RungsWebDeed  *deed,
             GError             **error)
{
  g_autofree char *external = g_strdup_printf ("%s:dispute/%s", work->seller, deed->number);
  Wish wish = { .external = external };
  gint64 refund, order;

  return ask (work, SQL_FIND, &wish, &refund, error)
         && rungs_web_order_find (work, deed->refs, &order, error)
         && undo (work, refund, error) && note (work, "dispute/", deed->number, deed->at, error);
}

/* That the dispute of a refund, "dispute/N", was won, whenever it is told again. */
static gboolean
note_dispute (RungsWebWork  *work,
              gint64         refund,
              gint64         at,
              GError       **error)
{
  Wish wish = { .refund = refund };
  g_autoptr (RungsStatement) query = prepare (work, SQL_NAME, &wish, error);
  g_autofree char *reference = NULL;

  if (query == NULL || rungs_statement_step (query, error) != RUNGS_ROW)
    return FALSE;
  reference = rungs_statement_dup_text (query, 0);
  rungs_statement_reset (query);
  return note (work, reference, "", at, error);
}

static gboolean
win_of_order (RungsWebWork        *work,
              const RungsWebDeed  *deed,
              GError             **error)
{
  g_autofree char *external = g_strdup_printf ("%s:dispute/", work->seller);
  Wish wish = { .external = external, .at = deed->at };
  gint64 refund = 0;

  if (!rungs_web_order_find (work, deed->refs, &wish.order, error)
      || (wish.order != 0 && !ask (work, SQL_FIND_LAST, &wish, &refund, error)))
    return FALSE;
  if (refund == 0)
    return note (work, "order/", deed->refs->pdata[0], deed->at, error);
  return note_dispute (work, refund, deed->at, error) && undo (work, refund, error);
}

gboolean
rungs_web_won_apply (RungsWebWork        *work,
                     const RungsWebDeed  *deed,
                     GError             **error)
{
  gboolean heeded = FALSE;

  if (deed->number != NULL)
    return win_dispute (work, deed, error);
  if (deed->reversal != NULL && !is_won (work, "reversal/", deed->reversal, 0, &heeded, error))
    return FALSE;
  return heeded
         || (win_of_order (work, deed, error)
             && (deed->reversal == NULL
                 || note (work, "reversal/", deed->reversal, deed->at, error)));
}

/* ---- a dispute comes */

/* One that was won of an order, and not met yet, is this one. */
static gboolean
take_of_order (RungsWebWork        *work,
               const RungsWebDeed  *dispute,
               const char          *number,
               gboolean            *won,
               GError             **error)
{
  g_autofree char *reference = g_strconcat ("order/", number, NULL);
  Wish wish = { .reference = reference };

  if (!is_won (work, "order/", number, dispute->at, won, error))
    return FALSE;
  return !*won
         || (run (work, SQL_FORGET, &wish, error)
             && (dispute->number == NULL
                 || note (work, "dispute/", dispute->number, dispute->at, error)));
}

gboolean
rungs_web_won_take (RungsWebWork        *work,
                    const RungsWebDeed  *dispute,
                    gboolean            *won,
                    GError             **error)
{
  *won = FALSE;
  if (dispute->number != NULL
      && !is_won (work, "dispute/", dispute->number, 0, won, error))
    return FALSE;
  for (guint i = 0; !*won && i < dispute->refs->len; i++)
    if (!take_of_order (work, dispute, dispute->refs->pdata[i], won, error))
      return FALSE;
  return TRUE;
}
