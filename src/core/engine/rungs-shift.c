/* rungs-shift.c: the engine's work on the file while it has the lease.
 *
 * First what is left of erased persons is removed, and what is older than it is to be kept. A
 * round counts a batch of the scores that are due, tells of subscriptions that lapsed, lets
 * commissions be paid whose refund window is over, lets segments see what time has brought about
 * (once an hour), walks the due enrolments in batches until none is left, plans what is due of
 * broadcasts, chooses accounts for what is due, then lets the accounts send it, on threads of
 * their own; what the sent messages bring about may be due at once, so rounds follow each other
 * until one finds nothing to do. At the end of a round some partners are looked at, and some of
 * what the figures of the ladder are read from is kept. Then it is known when something will be
 * due. */

#include "engine/rungs-shift.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-backup.h"
#include "engine/rungs-broadcast-round.h"
#include "engine/rungs-business.h"
#include "engine/rungs-rehearsal-send.h"
#include "engine/rungs-retention-store.h"
#include "engine/rungs-score-round.h"
#include "engine/rungs-senders.h"
#include "engine/rungs-wipe.h"
#include "insights/rungs-ladder-keep-store.h"
#include "ladder/rungs-subscription-store.h"
#include "ladder/rungs-offer-figure-store.h"
#include "leads/rungs-score-store.h"
#include "mail/rungs-broadcast-plan-store.h"
#include "mail/rungs-outbox-route-store.h"
#include "mail/rungs-outbox-store.h"
#include "mail/rungs-practice-transport.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-partner-look-store.h"
#include "segments/rungs-segments-follow.h"
#include "sequences/rungs-sequences-advance.h"

#define BATCH 500
#define REHEARSED_BATCH 5000 /* nobody else waits for the copy */
#define ROUTE_BATCH 2000
#define LAPSES 20000
#define RELEASES 2000
#define LOOKS 20 /* at partners */
#define KEPT_ACCOUNTS "accounts that are rehearsed"
#define SENDERS_LOOK_MS 1000
#define WIPE_AGAIN_MS 10000

static gboolean
recover (RungsDb *db,
         gpointer data,
         GError **error)
{
  RungsShift *self = data;
  g_autofree char *folder = rungs_practice_get_folder (self->path);
  gint64 doubtful = 0;

  if (!rungs_outbox_recover (db, folder, rungs_clock_now (self->clock), &doubtful, error))
    return FALSE;
  self->report->doubtful += doubtful;
  return TRUE;
}

gboolean
rungs_shift_begin (RungsShift *self,
                   const char *program,
                   gboolean    agreed,
                   GError    **error)
{
  gint64 now = rungs_clock_now (self->clock);

  self->db = rungs_business_open_at (self->path, RUNGS_DB_WRITE, self->clock, error);
  if (self->db == NULL)
    return FALSE;
  self->lease = rungs_lease_take (self->db, program, now, agreed, error);
  self->beat_at = now;
  self->senders = rungs_senders_new (self->path, self->clock, self->ended, self->worked_data);
  return self->lease != NULL && rungs_db_write (self->db, recover, self, error);
}

void
rungs_shift_end (RungsShift *self)
{
  g_autoptr (GError) failure = NULL;

  if (self->senders != NULL && !rungs_senders_finish (self->senders, self->report, &failure))
    g_debug ("a mail account ended badly: %s", failure->message);
  g_clear_pointer (&self->senders, rungs_senders_free);
  g_clear_pointer (&self->wipe_trouble, g_free);
  g_clear_pointer (&self->lease, rungs_lease_free);
  g_clear_pointer (&self->db, rungs_db_close);
}

static gboolean
turn (RungsDb *db,
      gpointer data,
      GError **error)
{
  return rungs_segments_turn (db, *(gint64 *) data, error);
}

/* Lets segments see that time has passed, where it is due. */
static gboolean
turn_segments (RungsShift *self,
               GError    **error)
{
  gint64 now = rungs_clock_now (self->clock);
  gint64 due = G_MAXINT64;

  return rungs_segments_next_turn (self->db, &due, error)
         && (due > now || rungs_db_write (self->db, turn, &now, error));
}

typedef struct
{
  gint64 now;
  guint looked;
} Lapsing;

static gboolean
lapse (RungsDb *db,
       gpointer data,
       GError **error)
{
  Lapsing *lapsing = data;

  return rungs_subscriptions_turn (db, lapsing->now, LAPSES, &lapsing->looked, error);
}

/* Tells of subscriptions that have lapsed, where one may have. */
static gboolean
lapse_subscriptions (RungsShift *self,
                     gboolean   *worked,
                     GError    **error)
{
  Lapsing lapsing = { .now = rungs_clock_now (self->clock) };
  gint64 due = G_MAXINT64;

  if (!rungs_subscriptions_next_turn (self->db, &due, error))
    return FALSE;
  if (due > lapsing.now)
    return TRUE;
  if (!rungs_db_write (self->db, lapse, &lapsing, error))
    return FALSE;
  *worked |= lapsing.looked > 0;
  return TRUE;
}

typedef struct
{
  gint64 now;
  gint64 released;
} Releasing;

static gboolean
release (RungsDb *db,
         gpointer data,
         GError **error)
{
  Releasing *releasing = data;

  return rungs_commissions_release (db, releasing->now, RELEASES, &releasing->released, error);
}

/* Lets commissions be paid whose refund window is over. */
static gboolean
release_commissions (RungsShift *self,
                     gboolean   *worked,
                     GError    **error)
{
  Releasing releasing = { .now = rungs_clock_now (self->clock) };
  gint64 due = G_MAXINT64;

  if (!rungs_commissions_next_due (self->db, &due, error))
    return FALSE;
  if (due > releasing.now)
    return TRUE;
  if (!rungs_db_write (self->db, release, &releasing, error))
    return FALSE;
  *worked |= releasing.released > 0;
  return TRUE;
}

typedef struct
{
  gint64 now;
  RungsPartnerLook *look;
} Looking;

static gboolean
keep_look (RungsDb *db,
           gpointer data,
           GError **error)
{
  Looking *looking = data;

  return rungs_partner_look_keep (db, looking->look, looking->now, error);
}

/* Looks at some partners whose turn it is. Nobody who writes waits for the looking. */
static gboolean
look_at_partners (RungsShift *self,
                  gboolean   *worked,
                  GError    **error)
{
  Looking looking = { .now = rungs_clock_now (self->clock) };
  g_autoptr (RungsPartnerLook) look = NULL;
  gint64 due = G_MAXINT64;

  if (self->rehearses != NULL)
    return TRUE;
  if (!rungs_partner_looks_next_due (self->db, &due, error))
    return FALSE;
  if (due > looking.now)
    return TRUE;
  look = rungs_partner_look (self->db, LOOKS, looking.now, error);
  looking.look = look;
  if (look == NULL || !rungs_db_write (self->db, keep_look, &looking, error))
    return FALSE;
  *worked = TRUE;
  return TRUE;
}

typedef struct
{
  gint64 now;
  guint counted;
} Counting;

static gboolean
count_scores (RungsDb *db,
              gpointer data,
              GError **error)
{
  Counting *counting = data;

  return rungs_score_round (db, counting->now, RUNGS_SCORE_BATCH, &counting->counted, error);
}

/* One batch, so that messages do not wait until a million leads are counted. */
static gboolean
count_some_scores (RungsShift *self,
                   gboolean   *worked,
                   GError    **error)
{
  Counting counting = { .now = rungs_clock_now (self->clock) };
  gint64 due = G_MAXINT64;

  if (!rungs_scores_next_due (self->db, &due, error))
    return FALSE;
  if (due > counting.now)
    return TRUE;
  if (!rungs_db_write (self->db, count_scores, &counting, error))
    return FALSE;
  *worked |= counting.counted > 0;
  return TRUE;
}

static gboolean
keep_figures (RungsDb *db,
              gpointer figures,
              GError **error)
{
  return rungs_offer_figures_keep (db, figures, error);
}

/* Counts how often each offer led on, where it is due. Nobody who writes waits for the counting. */
static gboolean
count_offers (RungsShift *self,
              GError    **error)
{
  gint64 now = rungs_clock_now (self->clock);
  gint64 due = G_MAXINT64;
  g_autoptr (RungsOfferFigures) figures = NULL;

  if (!rungs_offer_figures_next_due (self->db, &self->looked, &due, error))
    return FALSE;
  if (due > now)
    return TRUE;
  figures = rungs_offer_figures_read (self->db, now, error);
  return figures != NULL && rungs_db_write (self->db, keep_figures, figures, error);
}

static gboolean
keep_more (RungsDb   *db,
           gpointer   n,
           GError   **error)
{
  return rungs_ladder_keep_more (db, n, error);
}

/* Keeps some of what leads did on the ladder, where much is not kept. */
static gboolean
keep_deeds (RungsShift *self,
            gboolean   *worked,
            GError    **error)
{
  gint64 due = G_MAXINT64;
  guint n = 0;

  if (self->rehearses != NULL)
    return TRUE;
  if (!rungs_ladder_keep_next_due (self->db, &due, error))
    return FALSE;
  if (due > rungs_clock_now (self->clock))
    return TRUE;
  if (!rungs_db_write (self->db, keep_more, &n, error))
    return FALSE;
  *worked |= n > 0;
  return TRUE;
}

typedef struct
{
  gint64 now;
  guint batch;
  guint advanced;
} Advancing;

static gboolean
advance (RungsDb *db,
         gpointer data,
         GError **error)
{
  Advancing *advancing = data;

  return rungs_sequences_advance (db, advancing->now, advancing->batch, &advancing->advanced,
                                  error);
}

static gboolean
walk_all (RungsShift   *self,
          GCancellable *cancellable,
          gboolean     *worked,
          GError      **error)
{
  Advancing advancing = { .now = rungs_clock_now (self->clock),
                          .batch = self->rehearses != NULL ? REHEARSED_BATCH : BATCH };
  gint64 due = G_MAXINT64;

  do
    {
      if (!rungs_sequences_next_due (self->db, &due, error))
        return FALSE;
      if (due > advancing.now)
        return TRUE;
      if (!rungs_db_write (self->db, advance, &advancing, error))
        return FALSE;
      self->report->steps += advancing.advanced;
      *worked |= advancing.advanced > 0;
    }
  while (advancing.advanced > 0 && !g_cancellable_is_cancelled (cancellable));
  return TRUE;
}

typedef struct
{
  gint64 now;
  guint routed;
} Routing;

static gboolean
route (RungsDb *db,
       gpointer data,
       GError **error)
{
  Routing *routing = data;

  return rungs_outbox_route (db, ROUTE_BATCH, routing->now, &routing->routed, error);
}

/* Chooses accounts for some of what is due, where there are rules. `next_at`: when there is
 * more. */
static gboolean
route_some (RungsShift *self,
            gboolean   *worked,
            gint64     *next_at,
            GError    **error)
{
  Routing routing = { .now = rungs_clock_now (self->clock) };

  if (!rungs_outbox_next_route (self->db, next_at, error))
    return FALSE;
  if (*next_at > routing.now)
    return TRUE;
  if (!rungs_db_write (self->db, route, &routing, error))
    return FALSE;
  *worked |= routing.routed > 0;
  return rungs_outbox_next_route (self->db, next_at, error);
}

/* In a copy the accounts follow each other. */
static GPtrArray *
ref_accounts (RungsShift *self,
              GError    **error)
{
  static const char *const TABLES[] = { "account", NULL };
  GPtrArray *accounts = rungs_db_get_kept (self->db, KEPT_ACCOUNTS);

  if (accounts != NULL)
    return g_ptr_array_ref (accounts);
  accounts = rungs_account_list (self->db, error);
  if (accounts != NULL)
    rungs_db_keep (self->db, KEPT_ACCOUNTS, TABLES, g_ptr_array_ref (accounts),
                   (GDestroyNotify) g_ptr_array_unref);
  return accounts;
}

static gboolean
rehearse_all (RungsShift   *self,
              GCancellable *cancellable,
              gboolean     *worked,
              gint64       *next_at,
              GError      **error)
{
  g_autoptr (GPtrArray) accounts = ref_accounts (self, error);
  gint64 now = rungs_clock_now (self->clock);

  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    {
      g_auto (RungsSenderReport) sent = { 0 };

      if (!rungs_rehearsal_send (self->db, self->rehearses, now, accounts->pdata[i], cancellable,
                                 &sent, error))
        return FALSE;
      self->report->sent += sent.sent;
      self->report->withheld += sent.withheld;
      *worked |= sent.sent + sent.withheld > 0;
      *next_at = MIN (*next_at, sent.next_at);
    }
  return accounts != NULL;
}

/* Lets the accounts send what may leave now. */
static gboolean
send_all (RungsShift   *self,
          GCancellable *cancellable,
          gboolean     *worked,
          gint64       *next_at,
          GError      **error)
{
  gint64 next_route = G_MAXINT64;

  *next_at = G_MAXINT64;
  if (!route_some (self, worked, &next_route, error))
    return FALSE;
  if (self->rehearses != NULL
        ? !rehearse_all (self, cancellable, worked, next_at, error)
        : !rungs_senders_look (self->senders, self->db, self->report, worked, next_at, error))
    return FALSE;
  *next_at = MIN (*next_at, next_route);
  return TRUE;
}

static gboolean
is_sending (RungsShift *self)
{
  return self->senders != NULL && rungs_senders_are_at_work (self->senders);
}

/* Says that we live, and makes the copy of the day, about once a minute. */
static gboolean
keep_house (RungsShift *self,
            GError    **error)
{
  gint64 now = rungs_clock_now (self->clock);

  if (rungs_clock_is_pretended (self->clock) || ABS (now - self->beat_at) < RUNGS_MINUTE)
    return TRUE;
  self->beat_at = now;
  return rungs_lease_beat (self->lease, self->db, now, error)
         && rungs_backup_keep_daily (self->db, now, NULL, error);
}

/* Removes what is left of those who were erased. Where that fails it is said, and tried again; all
 * else goes on. */
static void
wipe (RungsShift *self)
{
  gint64 monotonic = g_get_monotonic_time () / 1000;
  g_autoptr (GError) failure = NULL;

  if (self->rehearses != NULL || monotonic < self->wipe_from)
    return;
  g_clear_pointer (&self->wipe_trouble, g_free);
  if (rungs_wipe (self->db, rungs_clock_now (self->clock), NULL, &failure))
    return;
  self->wipe_from = monotonic + WIPE_AGAIN_MS;
  if (!g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_BUSY))
    /* Translators: %s is what is wrong, such as a full disk. */
    self->wipe_trouble
        = g_strdup_printf (_ ("What is left of persons who were erased could not be removed: %s"),
                           failure->message);
}

/* One round. */
static gboolean
work_round (RungsShift   *self,
            GCancellable *cancellable,
            gboolean     *worked,
            gint64       *next_at,
            GError      **error)
{
  if (!keep_house (self, error) || !count_some_scores (self, worked, error)
      || !count_offers (self, error) || !lapse_subscriptions (self, worked, error)
      || !release_commissions (self, worked, error)
      || !turn_segments (self, error) || !walk_all (self, cancellable, worked, error)
      || !rungs_broadcasts_work_off (self->db, self->clock, cancellable, worked, error)
      || !send_all (self, cancellable, worked, next_at, error)
      || !look_at_partners (self, worked, error) || !keep_deeds (self, worked, error))
    return FALSE;
  if (*worked || is_sending (self))
    self->worked (self->worked_data);
  if (!*worked && self->waits && is_sending (self))
    {
      rungs_senders_wait (self->senders, SENDERS_LOOK_MS);
      *worked = TRUE;
    }
  return TRUE;
}

/* When the next thing is due, of which what is to be sent is told already. */
static gboolean
find_next (RungsShift *self,
           gint64     *next_at,
           GError    **error)
{
  gint64 walk = G_MAXINT64;
  gint64 turn = G_MAXINT64;
  gint64 score = G_MAXINT64;
  gint64 lapse = G_MAXINT64;
  gint64 retention = G_MAXINT64;
  gint64 figures = G_MAXINT64;
  gint64 broadcast = G_MAXINT64;
  gint64 commission = G_MAXINT64;
  gint64 look = G_MAXINT64;

  if (!rungs_sequences_next_due (self->db, &walk, error)
      || !rungs_segments_next_turn (self->db, &turn, error)
      || !rungs_subscriptions_next_turn (self->db, &lapse, error)
      || !rungs_commissions_next_due (self->db, &commission, error)
      || (self->rehearses == NULL && !rungs_partner_looks_next_due (self->db, &look, error))
      || !rungs_scores_next_due (self->db, &score, error)
      || !rungs_retention_next_due (self->db, &retention, error)
      || !rungs_broadcasts_next_due (self->db, rungs_clock_now (self->clock), &broadcast, error)
      || !rungs_offer_figures_next_due (self->db, &self->looked, &figures, error))
    return FALSE;
  *next_at = MIN (MIN (*next_at, score), MIN (walk, turn));
  *next_at = MIN (*next_at, MIN (lapse, MIN (retention, figures)));
  *next_at = MIN (*next_at, MIN (broadcast, MIN (commission, look)));
  return TRUE;
}

/* Whether the round that did something has left more for another one. In a rehearsal, where a round
 * is often one message, that is asked, not tried. */
static gboolean
is_more_due (RungsShift *self,
             gint64      next_at,
             gboolean   *more,
             GError    **error)
{
  gint64 mail = G_MAXINT64;

  *more = TRUE;
  if (self->rehearses == NULL)
    return TRUE;
  if (!rungs_outbox_next_due (self->db, &mail, error))
    return FALSE;
  *more = MIN (mail, next_at) <= rungs_clock_now (self->clock);
  return TRUE;
}

static gboolean
work_rounds (RungsShift   *self,
             GCancellable *cancellable,
             gint64       *next_at,
             GError      **error)
{
  gboolean worked = TRUE;

  while (worked && !g_cancellable_is_cancelled (cancellable))
    {
      worked = FALSE;
      if (!work_round (self, cancellable, &worked, next_at, error)
          || !find_next (self, next_at, error)
          || (worked && !is_more_due (self, *next_at, &worked, error)))
        return FALSE;
    }
  return TRUE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      data)
{
  rungs_senders_stop (data);
}

/* All rounds, during which cancelling also stops the senders. */
static gboolean
work_until_done (RungsShift   *self,
                 GCancellable *cancellable,
                 gint64       *next_at,
                 GError      **error)
{
  gulong id = 0;
  gboolean done;

  if (cancellable != NULL && self->senders != NULL)
    id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self->senders, NULL);
  done = work_rounds (self, cancellable, next_at, error);
  if (id != 0)
    g_cancellable_disconnect (cancellable, id);
  if (done && self->senders != NULL && g_cancellable_is_cancelled (cancellable))
    done = rungs_senders_finish (self->senders, self->report, error);
  return done;
}

gboolean
rungs_shift_work_off (RungsShift   *self,
                      GCancellable *cancellable,
                      gint64       *next_at,
                      GError      **error)
{
  wipe (self);
  if (!rungs_retention_run (self->db, rungs_clock_now (self->clock), cancellable, NULL, error)
      || !work_until_done (self, cancellable, next_at, error))
    return FALSE;
  if (self->report->trouble == NULL)
    self->report->trouble = g_strdup (self->wipe_trouble);
  return TRUE;
}
