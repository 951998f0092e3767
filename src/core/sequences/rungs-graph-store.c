/* rungs-graph-store.c: whether the file holds what a graph speaks of. */

#include "sequences/rungs-graph-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"
#include "sequences/rungs-entrance.h"

static const char SQL_PRODUCT[] = "SELECT 1 FROM product p WHERE p.sku = :name";

static const char SQL_MESSAGE[] = "SELECT m.kind = 'marketing' FROM message m WHERE m.name = :name";

/* What a template left to be written is marked with ✎. */
static const char SQL_UNWRITTEN[] =
    "SELECT instr (v.subject || v.preview || v.blocks, char (9998)) > 0"
    "  FROM message m JOIN message_version v ON v.id = m.version WHERE m.name = :name";

static const char SQL_TAG[] = "SELECT 1 FROM tag t WHERE t.name = :name";

static const char SQL_SEGMENT[] = "SELECT 1 FROM segment s WHERE s.key = :name";

static const char SQL_FIELD[] = "SELECT 1 FROM field f WHERE f.key = :name";

static const char SQL_DATE_FIELD[] =
    "SELECT 1 FROM field f WHERE f.key = :name AND f.kind = 'date'";

static const char SQL_SEQUENCE[] = "SELECT 1 FROM sequence s WHERE s.name = :name";

static const char SQL_SOURCE[] =
    "SELECT 1 FROM source s WHERE s.kind || ':' || s.name = :name LIMIT 1";

/* What one check looks at. */
typedef struct
{
  RungsDb *db;
  RungsGraph *graph;
  GPtrArray *problems;
} Check;

/* The number that the question answers; -1 where there is no such name. */
static gboolean
ask (Check       *check,
     const char  *sql,
     const char  *name,
     gint64      *answer,
     GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (check->db, sql, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":name", name);
  return rungs_statement_get_number (query, -1, answer, error);
}

/* `missing` is the sentence, with the name's place in it. */
static gboolean
need (Check       *check,
      const char  *step,
      const char  *missing,
      const char  *sql,
      const char  *name,
      GError     **error)
{
  gint64 answer;

  if (name == NULL) /* of a draft */
    return TRUE;
  if (!ask (check, sql, name, &answer, error))
    return FALSE;
  if (answer < 0)
    {
      rungs_graph_refuse (check->problems, step, missing, name);
      rungs_graph_blame (check->problems, RUNGS_GRAPH_FAULT_NAME, NULL);
    }
  return TRUE;
}

static gboolean
expect (Check       *check,
        const char  *step,
        const char  *missing,
        const char  *sql,
        const char  *name,
        GError     **error)
{
  gint64 answer;

  if (name == NULL)
    return TRUE;
  if (!ask (check, sql, name, &answer, error))
    return FALSE;
  if (answer < 0)
    rungs_graph_note (check->problems, step, missing, name);
  return TRUE;
}

/* Clicks come by our own relay, where they are counted, or of a mail service that counts its own:
 * nothing is wrong, but it may be waited for in vain. */
static gboolean
expect_clicks (Check       *check,
               const char  *step,
               GError     **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (check->db, error);

  if (business == NULL)
    return FALSE;
  if (!business->count_clicks)
    rungs_graph_note (check->problems, step,
                      _ ("Clicks are not counted (Settings → Business): only those come that a "
                      "mail service counts itself."));
  return TRUE;
}

static gboolean
check_event (Check            *check,
             const char       *step,
             RungsGraphEvent  *event,
             GError          **error)
{
  if (event->name == NULL)
    return TRUE;
  if (event->on == RUNGS_GRAPH_ON_TAG)
    return expect (check, step, _ ("There is no tag “%s” yet."), SQL_TAG, event->name, error);
  if (event->on == RUNGS_GRAPH_ON_IMPORT)
    return expect (check, step, _ ("There is no source “%s” yet."), SQL_SOURCE, event->name,
                   error);
  if (event->on == RUNGS_GRAPH_ON_ORDER)
    return need (check, step, _ ("There is no product “%s”."), SQL_PRODUCT, event->name, error);
  if (event->on == RUNGS_GRAPH_ON_SEGMENT)
    return need (check, step, _ ("There is no segment “%s”."), SQL_SEGMENT, event->name, error);
  if (event->on == RUNGS_GRAPH_ON_EVENT && g_str_equal (event->name, "mail.clicked"))
    return expect_clicks (check, step, error);
  return TRUE;
}

static gboolean
check_rule (Check           *check,
            RungsGraphStep  *step,
            GError         **error)
{
  g_autoptr (GPtrArray) wrong = rungs_rule_check (check->db, step->rule, FALSE, error);
  g_autoptr (GPtrArray) missing =
      wrong ? rungs_rule_check (check->db, step->rule, TRUE, error) : NULL;

  if (missing == NULL)
    return FALSE;
  for (guint i = 0; i < wrong->len; i++)
    rungs_graph_refuse (check->problems, step->id, "%s", (char *) g_ptr_array_index (wrong, i));
  for (guint i = 0; i < missing->len; i++)
    rungs_graph_note (check->problems, step->id, "%s", (char *) g_ptr_array_index (missing, i));
  return TRUE;
}

/* What is not marketing carries no way to unsubscribe, so it cannot be what sells. */
static gboolean
check_message (Check           *check,
               RungsGraphStep  *step,
               GError         **error)
{
  gint64 marketing, unwritten;

  if (step->message == NULL)
    return TRUE;
  if (!ask (check, SQL_MESSAGE, step->message, &marketing, error)
      || !ask (check, SQL_UNWRITTEN, step->message, &unwritten, error))
    return FALSE;
  if (unwritten > 0)
    {
      rungs_graph_refuse (check->problems, step->id,
                          _ ("The message “%s” is still to be written: what is missing in it is "
                          "marked with ✎."),
                          step->message);
      rungs_graph_blame (check->problems, RUNGS_GRAPH_FAULT_UNWRITTEN, "message");
    }
  if (marketing < 0)
    {
      rungs_graph_refuse (check->problems, step->id, _ ("There is no message “%s”."),
                          step->message);
      rungs_graph_blame (check->problems, RUNGS_GRAPH_FAULT_NAME, "message");
    }
  else if (marketing == 0 && check->graph->sells != NULL)
    rungs_graph_refuse (
        check->problems, step->id,
        _ ("The message “%s” is not marketing and so carries no link to unsubscribe, but "
        "this sequence sells “%s”."),
        step->message, check->graph->sells);
  return TRUE;
}

static gboolean
check_action (Check           *check,
              RungsGraphStep  *step,
              GError         **error)
{
  if (step->name == NULL)
    return TRUE;
  switch (step->act)
    {
    case RUNGS_GRAPH_REMOVE_TAG:
      return expect (check, step->id, _ ("There is no tag “%s” yet."), SQL_TAG, step->name, error);
    case RUNGS_GRAPH_SET_FIELD:
      return !g_str_has_prefix (step->name, "field:")
             || need (check, step->id, _ ("There is no custom field “%s”."), SQL_FIELD,
                      step->name + strlen ("field:"), error);
    case RUNGS_GRAPH_START:
    case RUNGS_GRAPH_STOP:
      return g_str_equal (step->name, check->graph->name)
             || expect (check, step->id, _ ("There is no sequence “%s” yet."), SQL_SEQUENCE,
                        step->name, error);
    case RUNGS_GRAPH_ADD_TAG:
    case RUNGS_GRAPH_ADD_SCORE:
    case RUNGS_GRAPH_TASK:
    default:
      return TRUE;
    }
}

static gboolean
check_lead_date (Check           *check,
                 RungsGraphStep  *step,
                 GError         **error)
{
  if (g_str_has_prefix (step->lead_date, "field:")
      && !need (check, step->id, _ ("There is no custom field “%s” that is a date."),
                SQL_DATE_FIELD, step->lead_date + strlen ("field:"), error))
    return FALSE;
  return step->sku == NULL
         || need (check, step->id, _ ("There is no product “%s”."), SQL_PRODUCT, step->sku, error);
}

static gboolean
check_step (Check           *check,
            RungsGraphStep  *step,
            GError         **error)
{
  if (step->event != NULL && !check_event (check, step->id, step->event, error))
    return FALSE;
  if (step->rule != NULL && !check_rule (check, step, error))
    return FALSE;
  if (step->lead_date != NULL && !check_lead_date (check, step, error))
    return FALSE;
  if (step->kind == RUNGS_GRAPH_MESSAGE)
    return check_message (check, step, error);
  if (step->kind == RUNGS_GRAPH_ACTION)
    return check_action (check, step, error);
  return TRUE;
}

/* Of the clocks of two places on Earth the one is at most so far ahead of the other. */
#define MOST_AHEAD (26 * 60)

/* Whether the hours of the sequence and those of the business have a moment in common, where the
 * lead's clock is the business's; `elsewhere`: where it is some other one. */
static void
compare_hours (const RungsSendingHours *own,
               const RungsSendingHours *business,
               gboolean                *here,
               gboolean                *elsewhere)
{
  *here = rungs_sending_hours_meet (own, business, 0);
  *elsewhere = *here;
  for (int ahead = -MOST_AHEAD; own->lead_zone != business->lead_zone && ahead <= MOST_AHEAD
                                && !*elsewhere;
       ahead += 15)
    *elsewhere = rungs_sending_hours_meet (own, business, ahead);
}

/* Marketing leaves when both the hours of the sequence and those of the business allow it. */
static gboolean
check_sending (Check    *check,
               GError  **error)
{
  g_autoptr (RungsBusiness) business = NULL;
  RungsSendingHours hours;
  gboolean mails = FALSE;
  gboolean marketing = FALSE;
  gboolean here = TRUE;
  gboolean elsewhere = TRUE;

  if (check->graph->sending == NULL)
    return TRUE;
  business = rungs_business_load (check->db, error);
  if (business == NULL
      || !rungs_graph_look_at_messages (check->graph, check->db, &mails, &marketing, error))
    return FALSE;
  hours = (RungsSendingHours) { .weekdays = business->window_days,
                                .from = business->window_from,
                                .to = business->window_to,
                                .lead_zone = business->window_of_lead };
  if (marketing)
    compare_hours (check->graph->sending, &hours, &here, &elsewhere);
  if (!elsewhere)
    rungs_graph_refuse (check->problems, NULL,
                        _ ("Its sending hours and those of the business never meet: none of its "
                        "messages could leave."));
  else if (!here)
    rungs_graph_note (check->problems, NULL,
                      _ ("Its sending hours and those of the business never meet where the lead’s "
                      "clock is the business’s: those leads would get none of its messages."));
  return TRUE;
}

gboolean
rungs_graph_check (RungsGraph  *graph,
                   RungsDb     *db,
                   GPtrArray   *problems,
                   GError     **error)
{
  Check check = { .db = db, .graph = graph, .problems = problems };

  g_return_val_if_fail (graph != NULL, FALSE);
  g_return_val_if_fail (problems != NULL, FALSE);

  if (graph->sells != NULL
      && !need (&check, NULL, _ ("There is no product “%s”."), SQL_PRODUCT, graph->sells, error))
    return FALSE;
  for (guint i = 0; i < graph->triggers->len; i++)
    if (!check_event (&check, NULL, g_ptr_array_index (graph->triggers, i), error))
      return FALSE;
  for (guint i = 0; i < graph->steps->len; i++)
    if (!check_step (&check, g_ptr_array_index (graph->steps, i), error))
      return FALSE;
  return check_sending (&check, error);
}
