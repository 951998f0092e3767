/* rungs-web-click-store.c: the table of links that were followed. */

#include "web/rungs-web-click-store.h"

#include "db/rungs-record.h"
#include "leads/rungs-event-store.h"

static const char SQL_ADD[]
    = "INSERT INTO web_click (delivery, mail, target, at) VALUES (:delivery, :mail, :target, :at)";

#define SELECT                                                                                     \
  "SELECT c.delivery, d.lead, c.mail, c.target, c.at"                                              \
  "  FROM web_click c JOIN web_delivery d ON d.id = c.delivery"

static const char SQL_LIST_OPEN[]
    = SELECT " WHERE c.machine IS NULL AND c.at <= :until ORDER BY c.at, c.delivery";

static const char SQL_FIRST_OPEN[] = "SELECT min (at) FROM web_click WHERE machine IS NULL";

static const char SQL_COUNT_AROUND[]
    = "SELECT count (DISTINCT c.target) FROM web_click c JOIN web_delivery d ON d.id = c.delivery"
      " WHERE c.mail = :mail AND c.at BETWEEN :at - :span AND :at + :span AND d.lead = :lead";

/* The address and the header User-Agent are in the raw delivery; where that is gone, nothing is
 * known of it. */
#define AGENT(of)                                                                                  \
  "substr (" of ".headers, instr (lower (" of ".headers), 'user-agent:'),"                         \
  "        instr (substr (" of ".headers || char (10), instr (lower (" of ".headers),"             \
  "                       'user-agent:')), char (10)))"

static const char SQL_IS_OF_MACHINE[]
    = "SELECT EXISTS (SELECT 1 FROM web_click c JOIN web_delivery d ON d.id = c.delivery"
      "   JOIN web_raw r ON r.delivery = c.delivery JOIN web_raw s ON s.delivery = :delivery"
      "  WHERE c.mail = :mail AND d.lead = :lead AND c.machine = 1 AND c.delivery <> :delivery"
      "    AND c.at BETWEEN :at - :span AND :at + :span"
      "    AND r.address = s.address AND " AGENT ("r") " = " AGENT ("s") ")";

static const char SQL_SETTLE[]
    = "UPDATE web_click SET machine = :machine, why = :why WHERE delivery = :delivery";

static const char SQL_KNOWN[]
    = "SELECT EXISTS (SELECT 1 FROM web_click c JOIN web_delivery d ON d.id = c.delivery"
      "  WHERE c.mail = :mail AND d.lead = :lead AND c.target = :target AND c.machine = :machine"
      "    AND c.delivery <> :delivery)";

static const char SQL_OUTBOX[] = "SELECT id FROM outbox WHERE id = :mail AND lead = :lead";

void
rungs_web_click_free (RungsWebClick *self)
{
  if (self == NULL)
    return;
  g_free (self->target);
  g_free (self);
}

gboolean
rungs_web_click_add (RungsDb              *db,
                     const RungsWebClick  *click,
                     const char           *why,
                     GError              **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);

  g_return_val_if_fail (click != NULL, FALSE);

  if (add == NULL)
    return FALSE;
  rungs_statement_bind_int64 (add, ":delivery", click->delivery);
  rungs_statement_bind_int64 (add, ":mail", click->mail);
  rungs_statement_bind_text (add, ":target", click->target);
  rungs_statement_bind_int64 (add, ":at", click->at);
  return rungs_statement_run (add, error)
         && (why == NULL || rungs_web_click_settle (db, click, why, error));
}

/* ---- those of which it is not known */

static gpointer
read_click (RungsStatement *row)
{
  RungsWebClick *self = g_new0 (RungsWebClick, 1);

  self->delivery = rungs_statement_get_int64 (row, 0);
  self->lead = rungs_statement_get_int64 (row, 1);
  self->mail = rungs_statement_get_int64 (row, 2);
  self->target = rungs_statement_dup_text (row, 3);
  self->at = rungs_statement_get_int64 (row, 4);
  return self;
}

GPtrArray *
rungs_web_click_list_open (RungsDb  *db,
                           gint64    until,
                           GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST_OPEN, error);

  if (query != NULL)
    rungs_statement_bind_int64 (query, ":until", until);
  return rungs_record_list (query, read_click, (GDestroyNotify) rungs_web_click_free, error);
}

gboolean
rungs_web_click_first_open (RungsDb  *db,
                            gint64   *at,
                            GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIRST_OPEN, error);
  RungsStep step;

  g_return_val_if_fail (at != NULL, FALSE);

  *at = G_MAXINT64;
  if (query == NULL)
    return FALSE;
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW && !rungs_statement_is_null (query, 0))
    *at = rungs_statement_get_int64 (query, 0);
  return step != RUNGS_FAILED;
}

/* ---- what came with it */

static void
bind_around (RungsStatement      *query,
             const RungsWebClick *click,
             gint64               span)
{
  rungs_statement_bind_int64 (query, ":mail", click->mail);
  rungs_statement_bind_int64 (query, ":lead", click->lead);
  rungs_statement_bind_int64 (query, ":at", click->at);
  rungs_statement_bind_int64 (query, ":span", span);
}

gboolean
rungs_web_click_count_around (RungsDb              *db,
                              const RungsWebClick  *click,
                              gint64                span,
                              gint64               *links,
                              GError              **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COUNT_AROUND, error);

  g_return_val_if_fail (click != NULL && links != NULL, FALSE);

  if (query == NULL)
    return FALSE;
  bind_around (query, click, span);
  return rungs_statement_get_number (query, 0, links, error);
}

gboolean
rungs_web_click_is_of_machine (RungsDb              *db,
                               const RungsWebClick  *click,
                               gint64                span,
                               gboolean             *is,
                               GError              **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_IS_OF_MACHINE, error);
  gint64 found = 0;

  g_return_val_if_fail (click != NULL && is != NULL, FALSE);

  if (query == NULL)
    return FALSE;
  bind_around (query, click, span);
  rungs_statement_bind_int64 (query, ":delivery", click->delivery);
  if (!rungs_statement_get_number (query, 0, &found, error))
    return FALSE;
  *is = found != 0;
  return TRUE;
}

/* ---- what it is */

static gboolean
is_known (RungsDb              *db,
          const RungsWebClick  *click,
          gboolean              machine,
          gboolean             *known,
          GError              **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_KNOWN, error);
  gint64 is = 0;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":mail", click->mail);
  rungs_statement_bind_int64 (query, ":lead", click->lead);
  rungs_statement_bind_text (query, ":target", click->target);
  rungs_statement_bind_int64 (query, ":machine", machine ? 1 : 0);
  rungs_statement_bind_int64 (query, ":delivery", click->delivery);
  if (!rungs_statement_get_number (query, 0, &is, error))
    return FALSE;
  *known = is != 0;
  return TRUE;
}

static gboolean
add_event (RungsDb              *db,
           const RungsWebClick  *click,
           gboolean              machine,
           GError              **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_OUTBOX, error);
  gint64 outbox = 0;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":mail", click->mail);
  rungs_statement_bind_int64 (query, ":lead", click->lead);
  return rungs_statement_get_number (query, 0, &outbox, error)
         && rungs_event_add (db, click->lead,
                             machine ? RUNGS_EVENT_MAIL_SCANNED : RUNGS_EVENT_MAIL_CLICKED,
                             click->at, outbox, click->target, error)
                != 0;
}

gboolean
rungs_web_click_settle (RungsDb              *db,
                        const RungsWebClick  *click,
                        const char           *why,
                        GError              **error)
{
  g_autoptr (RungsStatement) settle = rungs_db_prepare (db, SQL_SETTLE, error);
  gboolean machine = why != NULL;
  gboolean known = FALSE;

  g_return_val_if_fail (click != NULL, FALSE);

  if (settle == NULL || !is_known (db, click, machine, &known, error))
    return FALSE;
  rungs_statement_bind_int64 (settle, ":machine", machine ? 1 : 0);
  rungs_statement_bind_text (settle, ":why", machine ? why : "");
  rungs_statement_bind_int64 (settle, ":delivery", click->delivery);
  return rungs_statement_run (settle, error)
         && (known || click->lead == 0 || add_event (db, click, machine, error));
}
