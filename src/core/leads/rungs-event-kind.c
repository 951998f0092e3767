/* rungs-event-kind.c: how people read the kinds of events, and which may be forgotten with time. */

#include "leads/rungs-event-kind.h"

#include <glib/gi18n.h>

#include "leads/rungs-event.h"

static const RungsEventKind KINDS[] = {
  { RUNGS_EVENT_NOTE_ADDED, N_ ("Notes"), FALSE },
  { RUNGS_EVENT_CALL_LOGGED, N_ ("Calls"), FALSE },
  { RUNGS_EVENT_MEETING_LOGGED, N_ ("Meetings"), FALSE },
  { RUNGS_EVENT_NOTE_CHANGED, N_ ("Notes, calls and meetings edited"), FALSE },
  { RUNGS_EVENT_NOTE_DELETED, N_ ("Notes, calls and meetings deleted"), FALSE },
  { RUNGS_EVENT_NOTE_RESTORED, N_ ("Notes, calls and meetings put back"), FALSE },
  { RUNGS_EVENT_FORM_SUBMITTED, N_ ("Forms sent in"), FALSE },
  { RUNGS_EVENT_TOUCH_MADE, N_ ("Arrivals from sources"), FALSE },
  { RUNGS_EVENT_MAIL_PLANNED, N_ ("Messages planned"), FALSE },
  { RUNGS_EVENT_MAIL_SENT, N_ ("Messages sent"), FALSE },
  { RUNGS_EVENT_MAIL_CLICKED, N_ ("Clicks in messages"), FALSE },
  { RUNGS_EVENT_MAIL_SCANNED, N_ ("Clicks of machines"), FALSE },
  { RUNGS_EVENT_MAIL_FAILED, N_ ("Messages that failed"), FALSE },
  { RUNGS_EVENT_MAIL_WITHHELD, N_ ("Messages withheld"), FALSE },
  { RUNGS_EVENT_MAIL_DOUBT, N_ ("Messages in doubt"), FALSE },
  { RUNGS_EVENT_MAIL_BOUNCED, N_ ("Messages that came back"), FALSE },
  { RUNGS_EVENT_MAIL_BLOCKED, N_ ("Messages that were turned away"), FALSE },
  { RUNGS_EVENT_MAIL_COMPLAINED, N_ ("Complaints"), TRUE },
  { RUNGS_EVENT_MAIL_REPLIED, N_ ("Replies"), FALSE },
  { RUNGS_EVENT_MAIL_ABSENT, N_ ("Notes of absence"), FALSE },
  { RUNGS_EVENT_SEQUENCE_ENTERED, N_ ("Entering sequences"), FALSE },
  { RUNGS_EVENT_SEQUENCE_LEFT, N_ ("Leaving sequences"), FALSE },
  { RUNGS_EVENT_SEQUENCE_MOVED, N_ ("Moved by edits of sequences"), FALSE },
  { RUNGS_EVENT_SEQUENCE_HELD, N_ ("Sequences that wait for an answer"), FALSE },
  { RUNGS_EVENT_SEQUENCE_RESUMED, N_ ("Sequences that go on after an answer"), FALSE },
  { RUNGS_EVENT_SEQUENCE_PUBLISHED, N_ ("Sequences published"), FALSE },
  { RUNGS_EVENT_SEQUENCE_UNPUBLISHED, N_ ("Publishing taken back"), FALSE },
  { RUNGS_EVENT_SEGMENT_ENTERED, N_ ("Coming into segments"), FALSE },
  { RUNGS_EVENT_SEGMENT_LEFT, N_ ("Going from segments"), FALSE },
  { RUNGS_EVENT_TAG_ADDED, N_ ("Tags given"), FALSE },
  { RUNGS_EVENT_TAG_REMOVED, N_ ("Tags taken away"), FALSE },
  { RUNGS_EVENT_SCORE_CHANGED, N_ ("Changes of the score"), FALSE },
  { RUNGS_EVENT_LEAD_CREATED, N_ ("Leads added"), FALSE },
  { RUNGS_EVENT_LEAD_CHANGED, N_ ("Changes of a lead"), FALSE },
  { RUNGS_EVENT_FIELD_CHANGED, N_ ("Changes of your own fields"), FALSE },
  { RUNGS_EVENT_LEAD_RESTORED, N_ ("Leads put back"), FALSE },
  { RUNGS_EVENT_LEAD_MERGED, N_ ("Merges"), FALSE },
  { RUNGS_EVENT_LEAD_UNMERGED, N_ ("Merges taken back"), FALSE },
  { RUNGS_EVENT_TASK_ASKED, N_ ("Tasks asked for"), FALSE },
  { RUNGS_EVENT_TASK_ADDED, N_ ("Tasks added"), FALSE },
  { RUNGS_EVENT_TASK_DONE, N_ ("Tasks done"), FALSE },
  { RUNGS_EVENT_TASK_REOPENED, N_ ("Tasks opened again"), FALSE },
  { RUNGS_EVENT_COUPON_GIVEN, N_ ("Coupons given"), FALSE },
  { RUNGS_EVENT_COUPON_UNDONE, N_ ("Coupons taken back"), FALSE },
  { RUNGS_EVENT_ORDER_PLACED, N_ ("Orders"), TRUE },
  { RUNGS_EVENT_ORDER_RENEWED, N_ ("Subscriptions renewed"), TRUE },
  { RUNGS_EVENT_SUBSCRIPTION_LAPSED, N_ ("Subscriptions lapsed"), TRUE },
  { RUNGS_EVENT_ORDER_REFUNDED, N_ ("Refunds"), TRUE },
  { RUNGS_EVENT_ORDER_UNREFUNDED, N_ ("Refunds taken back"), TRUE },
  { RUNGS_EVENT_COUPON_REDEEMED, N_ ("Coupons redeemed"), TRUE },
  { RUNGS_EVENT_CONSENT_GIVEN, N_ ("Consents given"), TRUE },
  { RUNGS_EVENT_CONSENT_WITHDRAWN, N_ ("Consents withdrawn"), TRUE },
  { RUNGS_EVENT_CONSENT_ANNULLED, N_ ("Consents annulled"), TRUE },
  { RUNGS_EVENT_CONSENT_PAUSED, N_ ("Pauses asked for"), TRUE },
  { RUNGS_EVENT_LEAD_SUPPRESSED, N_ ("Put on the do-not-send list"), TRUE },
  { RUNGS_EVENT_LEAD_UNSUPPRESSED, N_ ("Taken off the do-not-send list"), TRUE },
  { RUNGS_EVENT_LEAD_ERASED, N_ ("Erasures"), TRUE },
};

gsize
rungs_event_kinds (const RungsEventKind **kinds)
{
  g_return_val_if_fail (kinds != NULL, 0);

  *kinds = KINDS;
  return G_N_ELEMENTS (KINDS);
}

const char *
rungs_event_kind_label (const char *kind)
{
  g_return_val_if_fail (kind != NULL, "");

  for (gsize i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_str_equal (KINDS[i].kind, kind))
      return _ (KINDS[i].label);
  return kind;
}
