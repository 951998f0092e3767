/* rungs-partners-follow.c: orders and leads are credited to partners, and the book follows them.
 *
 * An order that an import brings is one too, whenever it was placed; an import that is taken back
 * takes back what its orders and leads earned. Leads are looked at again with whatever may decide
 * what they earn: how they came, where they live, that they confirmed their address, whom they
 * turned out to be. A business without partners has nothing to decide. */

#include "partners/rungs-partners-follow.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-foreign-json.h"
#include "leads/rungs-event-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-lead-award-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-referral-store.h"

typedef struct
{
  gint64 now;
  gboolean has_partners;
  gboolean pays_leads;
} Following;

static gboolean
placed (RungsDb         *db,
        gint64           order,
        const Following *following,
        GError         **error)
{
  gboolean decided;

  return !following->has_partners
         || (rungs_referral_decide (db, order, following->now, &decided, error)
             && (!decided || rungs_commission_settle (db, order, following->now, error)));
}

/* Which order was refunded stands in the detail. */
static gboolean
refunded (RungsDb          *db,
          const RungsEvent *event,
          const Following  *following,
          GError          **error)
{
  g_autoptr (JsonObject) detail
      = rungs_foreign_json_parse (event->detail, strlen (event->detail), NULL);
  gint64 order = detail != NULL ? rungs_foreign_json_get_number (detail, "order", 0) : 0;

  return order == 0 || rungs_commission_settle (db, order, following->now, error);
}

static gboolean
import_undone (RungsDb         *db,
               gint64           run,
               const Following *following,
               GError         **error)
{
  return rungs_commissions_forget_gone (db, following->now, error)
         && rungs_lead_award_forget_import (db, run, following->now, error);
}

static gboolean
event_cb (RungsDb          *db,
          const RungsEvent *event,
          gpointer          data,
          GError          **error)
{
  const Following *following = data;

  if (strcmp (event->kind, RUNGS_EVENT_ORDER_PLACED) == 0)
    return placed (db, event->ref, following, error);
  if (strcmp (event->kind, RUNGS_EVENT_ORDER_REFUNDED) == 0)
    return refunded (db, event, following, error);
  if (strcmp (event->kind, RUNGS_EVENT_ORDER_UNREFUNDED) == 0)
    return rungs_commission_settle (db, event->ref, following->now, error);
  if (strcmp (event->kind, RUNGS_EVENT_IMPORT_UNDONE) == 0)
    return import_undone (db, event->ref, following, error);
  if (!following->pays_leads)
    return TRUE;
  if (strcmp (event->kind, RUNGS_EVENT_IMPORT_DONE) == 0)
    return rungs_lead_award_consider_import (db, event->ref, following->now, error);
  return rungs_lead_award_consider (db, event->lead, following->now, error);
}

gboolean
rungs_partners_follow (RungsDb *db,
                       gint64   now,
                       GError **error)
{
  static const char *const KINDS[]
      = { RUNGS_EVENT_ORDER_PLACED, RUNGS_EVENT_ORDER_REFUNDED, RUNGS_EVENT_ORDER_UNREFUNDED,
          RUNGS_EVENT_IMPORT_UNDONE, RUNGS_EVENT_IMPORT_DONE, RUNGS_EVENT_TOUCH_MADE,
          RUNGS_EVENT_CONSENT_GIVEN, RUNGS_EVENT_LEAD_CHANGED, RUNGS_EVENT_LEAD_MERGED, NULL };
  Following following = { .now = now };

  return rungs_partners_are_there (db, &following.has_partners, error)
         && rungs_lead_awards_are_there (db, &following.pays_leads, error)
         && rungs_event_follow (db, "partners", KINDS, event_cb, &following, error);
}
