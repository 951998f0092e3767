/* rungs-coupon-given-store.c: whom a coupon was given to. */

#include "ladder/rungs-coupon-given-store.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "base/rungs-error.h"
#include "base/rungs-json-members.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-coupon-judge-store.h"
#include "ladder/rungs-coupon-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-store.h"

static const char SQL_ADD[]
    = "INSERT INTO coupon_given (lead, coupon, at, how, who, note, created_at)"
      " VALUES (:lead, :coupon, :at, :how, :who, :note, :now)";

#define SELECT                                                                                     \
  "SELECT g.id, g.lead, g.coupon, g.at, g.how, g.who, g.note, g.created_at, c.code, c.discount,"   \
  "       CASE WHEN l.first_name || l.last_name <> ''"                                             \
  "            THEN trim (l.first_name || ' ' || l.last_name)"                                     \
  "            ELSE coalesce (l.email, l.phone) END,"                                              \
  "       (SELECT min (u.at) FROM coupon_redeemed u"                                               \
  "         WHERE u.lead = g.lead AND +u.coupon = g.coupon AND u.at >= g.at)"                      \
  "  FROM coupon_given g CROSS JOIN coupon c ON c.id = g.coupon CROSS JOIN lead l ON l.id = g.lead"

static const char SQL_LOAD[] = SELECT " WHERE g.id = :id";

#define NEWEST " ORDER BY g.at DESC, g.id DESC LIMIT :limit"

static const char SQL_LIST[] = SELECT NEWEST;
static const char SQL_LIST_OF_LEAD[] = SELECT " WHERE g.lead = :lead" NEWEST;
static const char SQL_LIST_OF_COUPON[] = SELECT " WHERE g.coupon = :coupon" NEWEST;
static const char SQL_LIST_OF_BOTH[]
    = SELECT " WHERE g.lead = :lead AND +g.coupon = :coupon" NEWEST;

static const char *const SQL_UNDO[] = {
  "UPDATE lead SET rescore_at = 0"
  " WHERE id = (SELECT g.lead FROM coupon_given g WHERE g.id = :id)"
  "   AND EXISTS (SELECT 1 FROM score_rule WHERE kind = 'coupon.given')",
  "DELETE FROM event"
  " WHERE (lead, at) = (SELECT g.lead, g.at FROM coupon_given g WHERE g.id = :id)"
  "   AND kind = 'coupon.given' AND ref = :id",
  "DELETE FROM coupon_given WHERE id = :id",
};

RungsCouponGiven *
rungs_coupon_given_new (gint64 lead,
                        gint64 coupon,
                        gint64 at)
{
  RungsCouponGiven *self = g_new0 (RungsCouponGiven, 1);

  self->lead = lead;
  self->coupon = coupon;
  self->at = at;
  self->who = g_strdup ("");
  self->note = g_strdup ("");
  return self;
}

void
rungs_coupon_given_free (RungsCouponGiven *self)
{
  if (self == NULL)
    return;
  g_free (self->who);
  g_free (self->note);
  g_free (self->code);
  g_free (self->discount);
  g_free (self->lead_name);
  g_free (self);
}

/* {"code": "SPRING10", "how": "phone", "who": "Ann", "note": "…"} */
static char *
describe (const RungsCoupon      *coupon,
          const RungsCouponGiven *given)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "code", coupon->code);
  rungs_json_add_text (builder, "how", rungs_coupon_how_to_text (given->how));
  rungs_json_add_text (builder, "who", given->who);
  rungs_json_add_text (builder, "note", given->note);
  json_builder_end_object (builder);
  return rungs_json_dup (builder);
}

/* Whether an order of the lead could use it, then or later. */
static gboolean
can_be_used (RungsDb                *db,
             const RungsCouponGiven *given,
             RungsCouponCheck       *check,
             GError                **error)
{
  RungsCouponQuestion question = { .lead = given->lead, .at = given->at };
  g_autofree char *why = NULL;

  if (!rungs_coupon_judge (db, &question, check, error))
    return FALSE;
  if (check->verdict == RUNGS_COUPON_FITS || check->verdict == RUNGS_COUPON_NOT_YET)
    return TRUE;
  why = rungs_coupon_check_dup_why (check);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
insert (RungsDb                *db,
        const RungsCouponGiven *given,
        gint64                  now,
        GError                **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);

  if (add == NULL)
    return FALSE;
  rungs_statement_bind_int64 (add, ":lead", given->lead);
  rungs_statement_bind_int64 (add, ":coupon", given->coupon);
  rungs_statement_bind_int64 (add, ":at", given->at);
  rungs_statement_bind_text (add, ":how", rungs_coupon_how_to_text (given->how));
  rungs_statement_bind_text (add, ":who", given->who);
  rungs_statement_bind_text (add, ":note", given->note);
  rungs_statement_bind_int64 (add, ":now", now);
  return rungs_statement_run (add, error);
}

gint64
rungs_coupon_give (RungsDb                *db,
                   const RungsCouponGiven *given,
                   gint64                  now,
                   GError                **error)
{
  g_autoptr (RungsCouponCheck) check = g_new0 (RungsCouponCheck, 1);
  g_autoptr (RungsLead) lead = NULL;
  g_autofree char *detail = NULL;
  gint64 id;

  g_return_val_if_fail (given != NULL, 0);

  if (given->at > now)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("a coupon cannot have been given in the future"));
      return 0;
    }
  lead = rungs_lead_load (db, given->lead, error);
  check->coupon = lead ? rungs_coupon_load (db, given->coupon, error) : NULL;
  if (check->coupon == NULL || !can_be_used (db, given, check, error)
      || !insert (db, given, now, error))
    return 0;
  id = rungs_db_get_last_id (db);
  detail = describe (check->coupon, given);
  return rungs_event_add (db, given->lead, RUNGS_EVENT_COUPON_GIVEN, given->at, id, detail, error)
                 != 0
             ? id
             : 0;
}

static gpointer
given_from_row (RungsStatement *row)
{
  RungsCouponGiven *given = g_new0 (RungsCouponGiven, 1);

  given->id = rungs_statement_get_int64 (row, 0);
  given->lead = rungs_statement_get_int64 (row, 1);
  given->coupon = rungs_statement_get_int64 (row, 2);
  given->at = rungs_statement_get_int64 (row, 3);
  rungs_coupon_how_from_text (rungs_statement_get_text (row, 4), &given->how);
  given->who = rungs_statement_dup_text (row, 5);
  given->note = rungs_statement_dup_text (row, 6);
  given->created_at = rungs_statement_get_int64 (row, 7);
  given->code = rungs_statement_dup_text (row, 8);
  given->discount = rungs_statement_dup_text (row, 9);
  given->lead_name = rungs_statement_dup_text (row, 10);
  given->used_at = rungs_statement_get_int64 (row, 11);
  return given;
}

RungsCouponGiven *
rungs_coupon_given_load (RungsDb *db,
                         gint64   id,
                         GError **error)
{
  return rungs_record_load (db, SQL_LOAD, id, given_from_row, "given coupon", error);
}

gboolean
rungs_coupon_given_undo (RungsDb *db,
                         gint64   given,
                         gint64   now,
                         GError **error)
{
  g_autoptr (RungsCouponGiven) stored = rungs_coupon_given_load (db, given, error);

  if (stored == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (SQL_UNDO); i++)
    if (!rungs_record_run (db, SQL_UNDO[i], given, error))
      return FALSE;
  return rungs_event_add (db, stored->lead, RUNGS_EVENT_COUPON_UNDONE, now, stored->coupon,
                          stored->code, error)
         != 0;
}

GPtrArray *
rungs_coupon_given_list (RungsDb *db,
                         gint64   lead,
                         gint64   coupon,
                         guint    limit,
                         GError **error)
{
  const char *sql = lead != 0 && coupon != 0 ? SQL_LIST_OF_BOTH
                    : lead != 0              ? SQL_LIST_OF_LEAD
                    : coupon != 0            ? SQL_LIST_OF_COUPON
                                             : SQL_LIST;
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return NULL;
  rungs_statement_offer_int64 (query, ":lead", lead);
  rungs_statement_offer_int64 (query, ":coupon", coupon);
  rungs_statement_bind_int64 (query, ":limit", limit);
  return rungs_record_list (query, given_from_row, (GDestroyNotify) rungs_coupon_given_free,
                            error);
}
