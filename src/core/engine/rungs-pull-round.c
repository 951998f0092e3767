/* rungs-pull-round.c: asks providers for what they would push.
 *
 * Each endpoint has a pause, by its provider's file or longer, and up to a tenth more, which
 * differs from endpoint to endpoint and from look to look, so that not all are asked at once. After
 * a failure the pause doubles, up to six hours, unless the provider says how long it wants to be
 * left alone. A walk that is not at its end goes on at the next look, which is due at once. */

#include "engine/rungs-pull-round.h"

#include "base/rungs-error.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-secret.h"
#include "web/rungs-web-keys.h"
#include "web/rungs-web-pull.h"
#include "web/rungs-web-reader.h"

#define PAGES_AT_ONCE 100
#define LONGEST_PAUSE (6 * RUNGS_HOUR)
#define MOST_DOUBLINGS 10

/* One look at one endpoint. */
typedef struct
{
  RungsDb *db;
  RungsClock *clock;
  const RungsWebPullPlan *plan;
  RungsWebEndpoint *endpoint; /* (owned) */
  RungsProvider *provider;    /* (owned) */
  JsonObject *options;        /* (owned) */
  const char *key;
  RungsHttpLine *line; /* (owned) */
  GCancellable *cancellable;
  RungsPullReport *report;
} Look;

static void
look_clear (Look *self)
{
  g_clear_pointer (&self->endpoint, rungs_web_endpoint_free);
  g_clear_pointer (&self->provider, rungs_provider_unref);
  g_clear_pointer (&self->options, json_object_unref);
  g_clear_pointer (&self->line, rungs_http_line_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

static gboolean
look_open (Look    *self,
           GError **error)
{
  self->endpoint = rungs_web_endpoint_load (self->db, self->plan->endpoint, error);
  if (self->endpoint != NULL)
    self->provider = rungs_web_pull_plan_load_provider (self->plan, self->endpoint,
                                                        &self->options, error);
  return self->provider != NULL;
}

/* ---- when */

static gint64
get_pause (const Look                 *self,
           const RungsWebPullQuestion *question)
{
  gint64 pause = MAX (rungs_web_pull_get_pause (self->provider, question->name),
                      self->plan->minutes * RUNGS_MINUTE);
  g_autofree char *seed = g_strdup_printf ("%s %s %" G_GINT64_FORMAT, self->endpoint->uuid,
                                           question->name, question->looked_at);

  if (question->tries > 0)
    pause = MIN (pause << MIN (question->tries, MOST_DOUBLINGS), MAX (pause, LONGEST_PAUSE));
  return pause + pause / 10 * (g_str_hash (seed) % 100) / 100;
}

/* One that is behind another is asked only while it has something to walk over. */
static gboolean
is_asked (const Look                 *self,
          const RungsWebPullQuestion *question)
{
  return *question->walk != '\0'
         || rungs_web_pull_get_behind (self->provider, question->name) == NULL;
}

static gint64
get_due (const Look                 *self,
         const RungsWebPullQuestion *question)
{
  gint64 due = 0;

  if (!is_asked (self, question))
    return G_MAXINT64;
  if (question->looked_at != 0 && (*question->walk == '\0' || question->tries > 0))
    due = question->looked_at + get_pause (self, question);
  return MAX (due, question->wait_until);
}

/* A clock that was set back does not keep it from being asked. */
static gboolean
is_due (const Look                 *self,
        const RungsWebPullQuestion *question,
        gboolean                    only_due,
        gint64                      now)
{
  if (!is_asked (self, question))
    return FALSE;
  if (!only_due || question->looked_at > now)
    return question->wait_until <= now || question->wait_until > now + RUNGS_DAY;
  return get_due (self, question) <= now;
}

/* ---- what is written */

typedef struct
{
  const Look *look;
  const RungsWebPullQuestion *question;
  GPtrArray *deliveries; /* (nullable) */
  gint64 taken;
  gboolean is_over; /* and is not asked again by itself */
} Step;

static gboolean
take_one (RungsDb                 *db,
          Step                    *step,
          const RungsRawDelivery  *raw,
          GError                 **error)
{
  const Look *look = step->look;
  JsonObject *receive = rungs_provider_get_section (look->provider, RUNGS_PROVIDER_RECEIVE);
  g_autoptr (RungsWebReader) reader = rungs_web_reader_new (receive, raw, error);
  g_autofree char *key = reader ? rungs_web_reader_dup_key (reader, receive) : NULL;

  return key != NULL
         && rungs_web_pull_take (db, look->endpoint, raw, key, rungs_clock_now (look->clock),
                                 &step->taken, error);
}

static gboolean
write_step (RungsDb  *db,
            gpointer  data,
            GError  **error)
{
  Step *step = data;
  gint64 endpoint = step->look->endpoint->id;

  step->taken = 0;
  for (guint i = 0; step->deliveries != NULL && i < step->deliveries->len; i++)
    if (!take_one (db, step, step->deliveries->pdata[i], error))
      return FALSE;
  return step->is_over
           ? rungs_web_pull_question_drop (db, endpoint, step->question->name, error)
           : rungs_web_pull_question_save (db, endpoint, step->question, error);
}

static gboolean
save (const Look                  *self,
      const RungsWebPullQuestion  *question,
      GPtrArray                   *deliveries,
      GError                     **error)
{
  Step step = { .look = self, .question = question, .deliveries = deliveries };

  step.is_over = !is_asked (self, question) && *question->trouble == '\0';
  if (!rungs_db_write (self->db, write_step, &step, error))
    return FALSE;
  self->report->taken += step.taken;
  return TRUE;
}

static void
replace (char       **place,
         const char  *text)
{
  char *before = *place;

  *place = g_strdup (text);
  g_free (before);
}

/* ---- beginning */

typedef struct
{
  const Look *look;
  RungsWebPullQuestion *question;
  gint64 from;
  gint64 until;
  gboolean waits; /* (out): what is behind it is asked first */
} Behind;

static gboolean
begin_one (RungsDb     *db,
           Behind      *behind,
           const char  *name,
           GError     **error)
{
  const Look *look = behind->look;
  g_autoptr (RungsWebPullQuestion) question
    = rungs_web_pull_question_load (db, look->plan, name, error);

  if (question == NULL)
    return FALSE;
  behind->waits |= *question->walk != '\0';
  if (behind->waits)
    return TRUE;
  g_free (question->walk);
  question->walk
    = rungs_web_pull_walk_begin (look->provider, name, behind->from, behind->until);
  return rungs_web_pull_question_save (db, look->endpoint->id, question, error);
}

/* What the provider has forgotten is asked for in another way; both are written at once. */
static gboolean
write_behind (RungsDb  *db,
              gpointer  data,
              GError  **error)
{
  Behind *behind = data;
  const Look *look = behind->look;
  g_auto (GStrv) names = rungs_web_pull_list (look->provider);

  behind->waits = FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (rungs_web_pull_get_behind (look->provider, names[i]), behind->question->name)
          == 0
        && !begin_one (db, behind, names[i], error))
      return FALSE;
  return behind->waits
         || rungs_web_pull_question_save (db, look->endpoint->id, behind->question, error);
}

/* FALSE without an error: it is not its turn yet. */
static gboolean
begin (const Look            *self,
       RungsWebPullQuestion  *question,
       gint64                 now,
       GError               **error)
{
  gint64 history = rungs_web_pull_get_history (self->provider, question->name);
  gint64 since = MIN (question->since, now);
  Behind behind = { .look = self, .question = question, .from = since };

  if (*question->walk != '\0')
    return TRUE;
  if (history == 0 || since >= now - history)
    {
      g_free (question->walk);
      question->walk
        = rungs_web_pull_walk_begin (self->provider, question->name, since, now);
      return save (self, question, NULL, error);
    }
  behind.until = now - history + RUNGS_DAY;
  g_free (question->walk);
  question->walk
    = rungs_web_pull_walk_begin (self->provider, question->name, now - history, now);
  if (!rungs_db_write (self->db, write_behind, &behind, error))
    return FALSE;
  if (behind.waits)
    replace (&question->walk, "");
  return !behind.waits;
}

/* ---- walking */

/* Between two pages. */
static void
pause_between (const Look *self)
{
  GPollFD stop = { .events = G_IO_IN };
  gint64 gap = rungs_web_pull_get_gap (self->provider);

  if (g_cancellable_make_pollfd (self->cancellable, &stop))
    {
      g_poll (&stop, 1, (int) gap);
      g_cancellable_release_fd (self->cancellable);
    }
  else
    g_usleep ((gulong) gap * 1000);
}

/* A page and where the next one is, in one transaction. */
static gboolean
take_page (const Look            *self,
           RungsWebPullQuestion  *question,
           RungsWebPullWalk      *walk,
           GPtrArray             *deliveries,
           GError               **error)
{
  g_free (question->walk);
  question->walk = rungs_web_pull_walk_dup_text (walk);
  if (*question->walk == '\0')
    question->since = MAX (question->since, rungs_web_pull_walk_get_until (walk));
  question->looked_at = rungs_clock_now (self->clock);
  question->wait_until = 0;
  question->tries = 0;
  question->refused = FALSE;
  replace (&question->trouble, "");
  return save (self, question, deliveries, error);
}

static gboolean
note_trouble (const Look            *self,
              RungsWebPullQuestion  *question,
              RungsWebPullWalk      *walk,
              const GError          *trouble,
              GError               **error)
{
  gint64 now = rungs_clock_now (self->clock);
  gint64 wait = walk != NULL ? rungs_web_pull_walk_get_wait (walk) : 0;

  if (walk != NULL)
    {
      rungs_web_pull_walk_turn_back (walk);
      g_free (question->walk);
      question->walk = rungs_web_pull_walk_dup_text (walk);
    }
  question->looked_at = now;
  question->wait_until = wait > 0 ? now + wait : 0;
  question->tries++;
  question->refused = g_error_matches (trouble, RUNGS_ERROR, RUNGS_ERROR_AUTH);
  replace (&question->trouble, trouble->message);
  return save (self, question, NULL, error);
}

static gboolean
walk_on (const Look            *self,
         RungsWebPullQuestion  *question,
         RungsWebPullWalk      *walk,
         GError               **error)
{
  for (guint page = 0; page < PAGES_AT_ONCE && *question->walk != '\0'; page++)
    {
      g_autoptr (GError) trouble = NULL;
      g_autoptr (GPtrArray) deliveries = NULL;

      if (page > 0)
        pause_between (self);
      deliveries = rungs_web_pull_walk_ask (walk, self->line, self->cancellable, &trouble);
      if (rungs_error_is_cancelled (trouble))
        {
          g_propagate_error (error, g_steal_pointer (&trouble));
          return FALSE;
        }
      if (deliveries == NULL)
        return note_trouble (self, question, walk, trouble, error);
      if (!take_page (self, question, walk, deliveries, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
look_at (const Look            *self,
         RungsWebPullQuestion  *question,
         GError               **error)
{
  gint64 now = rungs_clock_now (self->clock);
  const RungsWebPull pull = { .endpoint = self->endpoint,
                              .provider = self->provider,
                              .options = self->options,
                              .key = self->key,
                              .now = now };
  g_autoptr (RungsWebPullWalk) walk = NULL;
  g_autoptr (GError) trouble = NULL;

  if (!begin (self, question, now, &trouble))
    {
      if (trouble != NULL)
        g_propagate_error (error, g_steal_pointer (&trouble));
      return trouble == NULL && (error == NULL || *error == NULL);
    }
  walk = rungs_web_pull_walk_new (&pull, question->name, question->walk, &trouble);
  return walk != NULL ? walk_on (self, question, walk, error)
                      : note_trouble (self, question, NULL, trouble, error);
}

static gboolean
look_at_all (Look      *self,
             gboolean   only_due,
             gint64    *next_at,
             GError   **error)
{
  g_auto (GStrv) names = rungs_web_pull_list (self->provider);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (RungsWebPullQuestion) question
        = rungs_web_pull_question_load (self->db, self->plan, names[i], error);

      if (question == NULL)
        return FALSE;
      if (is_due (self, question, only_due, rungs_clock_now (self->clock))
          && !look_at (self, question, error))
        return FALSE;
      *next_at = MIN (*next_at, get_due (self, question));
    }
  return TRUE;
}

gboolean
rungs_pull_round (RungsDb                 *db,
                  RungsClock              *clock,
                  const RungsWebPullPlan  *plan,
                  const char              *key,
                  gboolean                 only_due,
                  GCancellable            *cancellable,
                  RungsPullReport         *report,
                  gint64                  *next_at,
                  GError                 **error)
{
  g_auto (Look) look = { .db = db,
                         .clock = clock,
                         .plan = plan,
                         .key = key,
                         .cancellable = cancellable,
                         .report = report };

  g_return_val_if_fail (plan != NULL && key != NULL, FALSE);
  g_return_val_if_fail (report != NULL && next_at != NULL, FALSE);

  *next_at = G_MAXINT64;
  if (!look_open (&look, error))
    return FALSE;
  look.line = rungs_http_line_new (NULL);
  return look_at_all (&look, only_due, next_at, error);
}

gboolean
rungs_pull_next_at (RungsDb                 *db,
                    const RungsWebPullPlan  *plan,
                    gint64                   now,
                    gint64                  *next_at,
                    GError                 **error)
{
  g_auto (Look) look = { .db = db, .plan = plan };
  g_auto (GStrv) names = NULL;

  g_return_val_if_fail (plan != NULL && next_at != NULL, FALSE);

  *next_at = G_MAXINT64;
  names = look_open (&look, NULL) ? rungs_web_pull_list (look.provider) : NULL;
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autoptr (RungsWebPullQuestion) question
        = rungs_web_pull_question_load (db, plan, names[i], error);

      if (question == NULL)
        return FALSE;
      *next_at = MIN (*next_at,
                      is_due (&look, question, TRUE, now) ? now : get_due (&look, question));
    }
  return TRUE;
}

/* ---- with the key from the keyring */

static char *
look_up_key (const RungsBusiness     *business,
             RungsDb                 *db,
             const RungsWebPullPlan  *plan,
             GCancellable            *cancellable,
             GError                 **error)
{
  g_autoptr (RungsWebEndpoint) endpoint = rungs_web_endpoint_load (db, plan->endpoint, error);
  g_autofree char *owner = endpoint ? rungs_web_pull_dup_owner (endpoint) : NULL;

  return owner != NULL ? rungs_secret_lookup (business->uuid, owner, RUNGS_SECRET_TIMEOUT,
                                              cancellable, error)
                       : NULL;
}

gboolean
rungs_pull_now (RungsDb          *db,
                RungsClock       *clock,
                gint64            endpoint,
                const char       *key,
                GCancellable     *cancellable,
                RungsPullReport  *report,
                GError          **error)
{
  g_autoptr (RungsWebPullPlan) plan = rungs_web_pull_plan_load (db, endpoint, error);
  g_autoptr (RungsBusiness) business = plan ? rungs_business_load (db, error) : NULL;
  g_autoptr (RungsWebKeyring) keyring = NULL;
  RungsWebKeys keys;
  gint64 next_at;
  char *found;
  gboolean done;

  g_return_val_if_fail (report != NULL, FALSE);

  if (business == NULL)
    return FALSE;
  found = key != NULL ? g_strdup (key) : look_up_key (business, db, plan, cancellable, error);
  if (found == NULL)
    return FALSE;
  done = rungs_pull_round (db, clock, plan, found, FALSE, cancellable, report, &next_at, error);
  rungs_secret_free (found);
  keyring = rungs_web_keyring_new (business->uuid, NULL);
  keys = rungs_web_keyring_get_keys (keyring);
  return done
         && rungs_web_apply_all (db, &keys, rungs_clock_now (clock), &report->result, error);
}

/* Without the key nothing is asked; the first question says why. */
static gboolean
note_no_key (RungsDb                 *db,
             const RungsWebPullPlan  *plan,
             gint64                   now,
             const GError            *failure,
             RungsPullReport         *report,
             GError                 **error)
{
  g_auto (Look) look = { .db = db, .plan = plan, .report = report };
  g_auto (GStrv) names = look_open (&look, NULL) ? rungs_web_pull_list (look.provider) : NULL;
  g_autoptr (RungsWebPullQuestion) question
    = names != NULL && names[0] != NULL ? rungs_web_pull_question_load (db, plan, names[0], error)
                                        : NULL;

  if (question == NULL)
    return names == NULL || names[0] == NULL;
  if (g_str_equal (question->trouble, failure->message) && question->looked_at + RUNGS_HOUR > now)
    return TRUE;
  question->looked_at = now;
  question->tries = 1;
  question->refused = TRUE;
  replace (&question->trouble, failure->message);
  return save (&look, question, NULL, error);
}

static gboolean
work_off_one (RungsDb                 *db,
              RungsClock              *clock,
              const RungsBusiness     *business,
              const RungsWebPullPlan  *plan,
              GCancellable            *cancellable,
              RungsPullReport         *report,
              gint64                  *next_at,
              GError                 **error)
{
  gint64 now = rungs_clock_now (clock);
  g_autoptr (GError) failure = NULL;
  char *key;
  gboolean done;

  if (!rungs_pull_next_at (db, plan, now, next_at, error))
    return FALSE;
  if (*next_at > now)
    return TRUE;
  key = look_up_key (business, db, plan, cancellable, &failure);
  *next_at = now + 5 * RUNGS_MINUTE;
  if (key == NULL)
    return rungs_error_is_cancelled (failure)
           || note_no_key (db, plan, now, failure, report, error);
  done = rungs_pull_round (db, clock, plan, key, TRUE, cancellable, report, next_at, error);
  rungs_secret_free (key);
  return done;
}

static gboolean
work_off (RungsDb          *db,
          RungsClock       *clock,
          GCancellable     *cancellable,
          RungsPullReport  *report,
          gint64           *next_at,
          GError          **error)
{
  g_autoptr (GPtrArray) plans = rungs_web_pull_plan_list (db, error);
  g_autoptr (RungsBusiness) business = plans ? rungs_business_load (db, error) : NULL;

  if (business == NULL)
    return FALSE;
  for (guint i = 0; i < plans->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      gint64 next = G_MAXINT64;

      if (!work_off_one (db, clock, business, plans->pdata[i], cancellable, report, &next, error))
        return FALSE;
      *next_at = MIN (*next_at, next);
    }
  return TRUE;
}

gboolean
rungs_pull_watch (RungsWatch  *watch,
                  RungsDb     *db,
                  gint64      *next_at,
                  GError     **error)
{
  RungsClock *clock = rungs_watch_get_clock (watch);
  RungsPullReport report = { 0 };
  gint64 count = 0;
  g_autoptr (GError) failure = NULL;

  *next_at = G_MAXINT64;
  if (!work_off (db, clock, rungs_watch_get_cancellable (watch), &report, next_at, &failure)
      && !rungs_error_is_cancelled (failure))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (report.taken == 0)
    return TRUE;
  rungs_watch_tell (watch);
  return rungs_web_apply (db, rungs_clock_now (clock), 0, &count, error);
}
