/* rungs-sequences-follow.c: what sequences do when something happens.
 *
 * The events after the cursor are taken together, a stretch at a time, so that an import of a
 * million leads is a few statements and not a million calls; what following adds (entered, left) is
 * the next stretch, until there is none. That comes to an end, because in one transaction a lead
 * enters each sequence by itself at most once. In a stretch, in this order:
 *
 *   1. Triggers let leads enter, who may as things stand now, at the end of the transaction.
 *   2. Who ordered, and owns what a sequence sells that they walk, leaves it, "bought".
 *   3. Goals whose event came after the lead entered, or whose rule came true, end walks, "goal".
 *   4. Who replied leaves, "stopped", or stands still, as the sequence says; who stands still, and
 *      whose reply was answered, goes on.
 *   5. Who waits for an event that came goes on now; who waits for a date of theirs that may have
 *      changed walks now, to look at it again.
 *   6. Who said "no more" leaves all that sends marketing, who is suppressed all that sends
 *      messages.
 *
 * Each of 2, 3, 4 and 6 withholds what is planned and not claimed. Most transactions concern no
 * sequence: which graphs speak of the events there are is asked by a search for a word in their
 * text, and only those are read. */

#include "sequences/rungs-sequences-follow.h"

#include "leads/rungs-consent-store.h"
#include "leads/rungs-event-store.h"
#include "mail/rungs-outbox.h"
#include "sequences/rungs-entrance.h"
#include "sequences/rungs-hit-store.h"
#include "sequences/rungs-reply-store.h"

typedef struct
{
  RungsDb *db;
  gint64 now;
  RungsStretch stretch;
  GHashTable *kinds;       /* of the events in the stretch */
  GPtrArray *listeners;    /* RungsListener */
  gint64 newest_enrolment; /* before the triggers of this stretch */
} Following;

static gboolean
came (Following  *following,
      const char *kind)
{
  return g_hash_table_contains (following->kinds, kind);
}

/* Whether something in the stretch can be this event. */
static gboolean
may_have_come (Following       *following,
               RungsGraphEvent *event)
{
  switch (event->on)
    {
    case RUNGS_GRAPH_ON_TAG:
      return came (following, RUNGS_EVENT_TAG_ADDED) || came (following, RUNGS_EVENT_IMPORT_DONE);
    case RUNGS_GRAPH_ON_FORM:
      return came (following, RUNGS_EVENT_FORM_SUBMITTED);
    case RUNGS_GRAPH_ON_IMPORT:
      return came (following, RUNGS_EVENT_IMPORT_DONE);
    case RUNGS_GRAPH_ON_ORDER:
      return came (following, RUNGS_EVENT_ORDER_PLACED);
    case RUNGS_GRAPH_ON_SEGMENT:
      return came (following, RUNGS_EVENT_SEGMENT_ENTERED);
    case RUNGS_GRAPH_ON_EVENT:
      return came (following, event->name);
    case RUNGS_GRAPH_ON_MANUAL:
    default:
      return FALSE;
    }
}

/* A fact that a rule can ask about. */
static gboolean
is_fact (const char *kind)
{
  return !g_str_has_prefix (kind, "mail.") && !g_str_has_prefix (kind, "sequence.");
}

/* Adds those who listen to that kind of event. The words are as the graphs are stored: without
 * space. */
static gboolean
collect_for_kind (Following   *following,
                  const char  *kind,
                  GError     **error)
{
  static const struct
  {
    const char *kind;
    const char *word;
  } WORDS[] = {
    { RUNGS_EVENT_TAG_ADDED, "\"on\":\"tag\"" },
    { RUNGS_EVENT_IMPORT_DONE, "\"on\":\"tag\"" },
    { RUNGS_EVENT_IMPORT_DONE, "\"on\":\"import\"" },
    { RUNGS_EVENT_FORM_SUBMITTED, "\"on\":\"form\"" },
    { RUNGS_EVENT_ORDER_PLACED, "\"on\":\"order\"" },
    { RUNGS_EVENT_SEGMENT_ENTERED, "\"on\":\"segment\"" },
    { RUNGS_EVENT_MAIL_REPLIED, "\"reply\":" },
  };
  static const char *const MOVE_DATES[] = {
    RUNGS_EVENT_FIELD_CHANGED, RUNGS_EVENT_LEAD_CHANGED,   RUNGS_EVENT_IMPORT_DONE,
    RUNGS_EVENT_ORDER_PLACED,  RUNGS_EVENT_ORDER_REFUNDED, RUNGS_EVENT_ORDER_RENEWED,
    NULL,
  };
  g_autofree char *itself = g_strdup_printf ("\"kind\":\"%s\"", kind);

  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (g_str_equal (WORDS[i].kind, kind)
        && !rungs_listeners_collect (following->db, WORDS[i].word, following->listeners, error))
      return FALSE;
  if (g_strv_contains (MOVE_DATES, kind)
      && !rungs_listeners_collect (following->db, "\"lead_date\":", following->listeners, error))
    return FALSE;
  if (is_fact (kind)
      && !rungs_listeners_collect (following->db, "\"kind\":\"goal\"", following->listeners, error))
    return FALSE;
  return rungs_listeners_collect (following->db, itself, following->listeners, error);
}

static gboolean
collect_listeners (Following  *following,
                   GError    **error)
{
  GHashTableIter iter;
  gpointer kind;

  g_hash_table_iter_init (&iter, following->kinds);
  while (g_hash_table_iter_next (&iter, &kind, NULL))
    if (!collect_for_kind (following, kind, error))
      return FALSE;
  return TRUE;
}

/* Ends what is concerned. */
static gboolean
end_all (Following   *following,
         GArray      *concerned,
         const char  *outcome,
         const char  *withhold,
         GError     **error)
{
  if (concerned == NULL)
    return FALSE;
  for (guint i = 0; i < concerned->len; i++)
    {
      RungsConcerned *one = &g_array_index (concerned, RungsConcerned, i);
      g_autofree char *why = g_strdup_printf ("event:%" G_GINT64_FORMAT, one->event);

      if (!rungs_enrolment_end (following->db, one->enrolment, one->lead, outcome, why,
                                one->suppressed ? RUNGS_OUTBOX_SUPPRESSED : withhold,
                                following->now, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- the six */

static gboolean
follow_triggers (Following      *following,
                 RungsListener  *listener,
                 GError        **error)
{
  g_autoptr (RungsEntrance) entrance = NULL;

  for (guint i = 0; listener->current && i < listener->graph->triggers->len; i++)
    {
      RungsGraphEvent *event = g_ptr_array_index (listener->graph->triggers, i);
      gint64 hits = 0;

      if (!may_have_come (following, event))
        continue;
      if (!rungs_hits_find (following->db, &following->stretch, event, &hits, error))
        return FALSE;
      if (hits == 0)
        continue;
      if (entrance == NULL)
        entrance = rungs_entrance_load (following->db, listener->sequence, error);
      if (entrance == NULL
          || !rungs_entrance_enter_hits (entrance, following->db, following->now, &hits, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
follow_orders (Following  *following,
               GError    **error)
{
  g_autoptr (GArray) concerned = NULL;

  if (!came (following, RUNGS_EVENT_ORDER_PLACED))
    return TRUE;
  concerned = rungs_concerned_by_orders (following->db, &following->stretch, following->now, error);
  return end_all (following, concerned, "bought", RUNGS_OUTBOX_OWNED, error);
}

static gboolean
follow_goal_event (Following       *following,
                   RungsListener   *listener,
                   RungsGraphStep  *step,
                   GError         **error)
{
  g_autoptr (GArray) concerned = NULL;
  gint64 hits = 0;

  if (!may_have_come (following, step->event))
    return TRUE;
  if (!rungs_hits_find (following->db, &following->stretch, step->event, &hits, error))
    return FALSE;
  if (hits == 0)
    return TRUE;
  concerned = rungs_concerned_by_hits (following->db, listener, following->newest_enrolment, error);
  return end_all (following, concerned, "goal", RUNGS_OUTBOX_LEFT, error);
}

static gboolean
follow_goal_rule (Following       *following,
                  RungsListener   *listener,
                  RungsGraphStep  *step,
                  GError         **error)
{
  g_autoptr (GArray) concerned =
      rungs_concerned_by_facts (following->db, &following->stretch, listener, error);
  guint kept = 0;

  if (concerned == NULL)
    return FALSE;
  for (guint i = 0; i < concerned->len; i++)
    {
      RungsConcerned *one = &g_array_index (concerned, RungsConcerned, i);
      gboolean matches = FALSE;

      if (!rungs_rule_matches (following->db, step->rule, one->lead, following->now, &matches,
                               error))
        return FALSE;
      if (matches)
        g_array_index (concerned, RungsConcerned, kept++) = *one;
    }
  g_array_set_size (concerned, kept);
  return end_all (following, concerned, "goal", RUNGS_OUTBOX_LEFT, error);
}

static gboolean
follow_goals (Following      *following,
              RungsListener  *listener,
              GError        **error)
{
  for (guint i = 0; i < listener->graph->steps->len; i++)
    {
      RungsGraphStep *step = g_ptr_array_index (listener->graph->steps, i);

      if (step->kind != RUNGS_GRAPH_GOAL)
        continue;
      if (step->event != NULL && !follow_goal_event (following, listener, step, error))
        return FALSE;
      if (step->rule != NULL && !follow_goal_rule (following, listener, step, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
follow_replies (Following      *following,
                RungsListener  *listener,
                GError        **error)
{
  g_autoptr (GArray) concerned = NULL;

  if (listener->graph->reply == RUNGS_GRAPH_REPLY_GO_ON
      || !came (following, RUNGS_EVENT_MAIL_REPLIED))
    return TRUE;
  concerned = rungs_concerned_by_replies (following->db, &following->stretch, listener,
                                          following->newest_enrolment, error);
  if (concerned == NULL || listener->graph->reply == RUNGS_GRAPH_REPLY_END)
    return end_all (following, concerned, "stopped", RUNGS_OUTBOX_LEFT, error);
  for (guint i = 0; i < concerned->len; i++)
    if (!rungs_walk_hold (following->db, &g_array_index (concerned, RungsConcerned, i),
                          following->now, error))
      return FALSE;
  return TRUE;
}

static gboolean
follow_answers (Following  *following,
                GError    **error)
{
  return !came (following, RUNGS_EVENT_TASK_DONE)
         || rungs_walks_release (following->db, &following->stretch, following->now, error);
}

static gboolean
follow_waits (Following      *following,
              RungsListener  *listener,
              GError        **error)
{
  for (guint i = 0; i < listener->graph->steps->len; i++)
    {
      RungsGraphStep *step = g_ptr_array_index (listener->graph->steps, i);
      gint64 hits = 0;

      if (step->lead_date != NULL
          && !rungs_dates_look_again (following->db, &following->stretch, listener, step->id,
                                      following->now, error))
        return FALSE;
      if (step->kind != RUNGS_GRAPH_WAIT_UNTIL || step->event == NULL
          || !may_have_come (following, step->event))
        continue;
      if (!rungs_hits_find (following->db, &following->stretch, step->event, &hits, error)
          || (hits > 0
              && !rungs_hits_wake (following->db, listener, step->id, following->now, error)))
        return FALSE;
    }
  return TRUE;
}

/* Whether the walk of somebody who said no sends what they said no to. */
static gboolean
is_refused (Following       *following,
            RungsConcerned  *one,
            gboolean        *refused,
            GError         **error)
{
  g_autoptr (RungsGraph) graph = rungs_sequence_load_graph (following->db, one->version, error);
  RungsConsentState state = RUNGS_CONSENT_NONE;
  gboolean mails = FALSE;
  gboolean marketing = FALSE;

  if (graph == NULL
      || !rungs_graph_look_at_messages (graph, following->db, &mails, &marketing, error)
      || !rungs_consent_state (following->db, one->lead, RUNGS_PURPOSE_MARKETING,
                               RUNGS_CHANNEL_EMAIL, &state, error))
    return FALSE;
  *refused = (mails && one->suppressed) || (marketing && state != RUNGS_CONSENT_GIVEN);
  return TRUE;
}

static gboolean
follow_refusals (Following  *following,
                 GError    **error)
{
  g_autoptr (GArray) concerned = NULL;
  guint kept = 0;

  if (!came (following, RUNGS_EVENT_CONSENT_WITHDRAWN)
      && !came (following, RUNGS_EVENT_CONSENT_ANNULLED)
      && !came (following, RUNGS_EVENT_LEAD_SUPPRESSED))
    return TRUE;
  concerned = rungs_concerned_by_refusals (following->db, &following->stretch, error);
  if (concerned == NULL)
    return FALSE;
  for (guint i = 0; i < concerned->len; i++)
    {
      RungsConcerned *one = &g_array_index (concerned, RungsConcerned, i);
      gboolean refused = FALSE;

      if (!is_refused (following, one, &refused, error))
        return FALSE;
      if (refused)
        g_array_index (concerned, RungsConcerned, kept++) = *one;
    }
  g_array_set_size (concerned, kept);
  return end_all (following, concerned, "stopped", RUNGS_OUTBOX_NO_CONSENT, error);
}

typedef gboolean (*FollowListener) (Following *following, RungsListener *listener, GError **error);

static gboolean
for_each_listener (Following       *following,
                   FollowListener   follow,
                   GError         **error)
{
  for (guint i = 0; i < following->listeners->len; i++)
    if (!follow (following, g_ptr_array_index (following->listeners, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
follow_stretch (Following  *following,
                GError    **error)
{
  g_autoptr (GPtrArray) listeners =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_listener_free);
  g_autoptr (GHashTable) kinds = rungs_stretch_kinds (following->db, &following->stretch, error);

  if (kinds == NULL)
    return FALSE;
  following->kinds = kinds;
  following->listeners = listeners;
  return collect_listeners (following, error)
         && rungs_enrolment_newest (following->db, &following->newest_enrolment, error)
         && for_each_listener (following, follow_triggers, error)
         && follow_orders (following, error) && for_each_listener (following, follow_goals, error)
         && for_each_listener (following, follow_replies, error)
         && follow_answers (following, error) && for_each_listener (following, follow_waits, error)
         && follow_refusals (following, error);
}

gboolean
rungs_sequences_follow (RungsDb  *db,
                        gint64    now,
                        GError  **error)
{
  Following following = { .db = db, .now = now };

  if (!rungs_stretch_load (db, &following.stretch, error))
    return FALSE;
  if (following.stretch.newest <= following.stretch.after)
    return TRUE;
  while (following.stretch.newest > following.stretch.after)
    if (!follow_stretch (&following, error) || !rungs_stretch_go_on (db, &following.stretch, error))
      return FALSE;
  return rungs_event_skip (db, "sequences", error);
}
