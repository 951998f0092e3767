/* rungs-step-words.c: the steps of a sequence in the user's words. */

#include "rungs-step-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "leads/rungs-event.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-pick-button.h"

static const char *const KINDS[] = {
  [RUNGS_GRAPH_MESSAGE] = N_ ("Message"), [RUNGS_GRAPH_WAIT] = N_ ("Wait"),
  [RUNGS_GRAPH_WAIT_UNTIL] = N_ ("Wait until"), [RUNGS_GRAPH_CONDITION] = N_ ("Condition"),
  [RUNGS_GRAPH_SPLIT] = N_ ("Split"), [RUNGS_GRAPH_ACTION] = N_ ("Action"),
  [RUNGS_GRAPH_GOAL] = N_ ("Goal"), [RUNGS_GRAPH_EXIT] = N_ ("Exit"),
};

static const char *const ICONS[] = {
  [RUNGS_GRAPH_MESSAGE] = "mail-unread-symbolic",
  [RUNGS_GRAPH_WAIT] = "preferences-system-time-symbolic",
  [RUNGS_GRAPH_WAIT_UNTIL] = "alarm-symbolic",
  [RUNGS_GRAPH_CONDITION] = "dialog-question-symbolic",
  [RUNGS_GRAPH_SPLIT] = "media-playlist-shuffle-symbolic",
  [RUNGS_GRAPH_ACTION] = "system-run-symbolic",
  [RUNGS_GRAPH_GOAL] = "starred-symbolic",
  [RUNGS_GRAPH_EXIT] = "media-playback-stop-symbolic",
};

const char *
rungs_step_kind_words (const RungsGraphStep *step)
{
  return _ (KINDS[step->kind]);
}

const char *
rungs_step_icon (RungsGraphKind kind)
{
  return ICONS[kind];
}

const char *
rungs_sequence_state_words (int state)
{
  switch ((RungsSequenceState) state)
    {
    case RUNGS_SEQUENCE_LIVE:
      return _ ("Live");
    case RUNGS_SEQUENCE_PAUSED:
      return _ ("Paused");
    case RUNGS_SEQUENCE_DRAFT:
    default:
      return _ ("Draft");
    }
}

/* What a lead does, or what happens to it, by the kind of its event. */
static const struct
{
  const char *kind;
  const char *words;
} EVENTS[] = {
  { RUNGS_EVENT_LEAD_CREATED, N_ ("becomes known") },
  { RUNGS_EVENT_LEAD_CHANGED, N_ ("is edited") },
  { RUNGS_EVENT_FIELD_CHANGED, N_ ("has a field changed") },
  { RUNGS_EVENT_SCORE_CHANGED, N_ ("gets another score") },
  { RUNGS_EVENT_NOTE_ADDED, N_ ("gets a note") },
  { RUNGS_EVENT_CALL_LOGGED, N_ ("has a call") },
  { RUNGS_EVENT_MEETING_LOGGED, N_ ("has a meeting") },
  { RUNGS_EVENT_TAG_ADDED, N_ ("gets a tag") },
  { RUNGS_EVENT_TAG_REMOVED, N_ ("loses a tag") },
  { RUNGS_EVENT_TOUCH_MADE, N_ ("comes from a source") },
  { RUNGS_EVENT_CONSENT_GIVEN, N_ ("agrees to be written to") },
  { RUNGS_EVENT_CONSENT_WITHDRAWN, N_ ("takes the consent back") },
  { RUNGS_EVENT_CONSENT_ANNULLED, N_ ("has a consent annulled") },
  { RUNGS_EVENT_FORM_SUBMITTED, N_ ("sends a form") },
  { RUNGS_EVENT_ORDER_PLACED, N_ ("orders") },
  { RUNGS_EVENT_ORDER_RENEWED, N_ ("renews a subscription") },
  { RUNGS_EVENT_SUBSCRIPTION_LAPSED, N_ ("lets a subscription lapse") },
  { RUNGS_EVENT_ORDER_REFUNDED, N_ ("gets money back") },
  { RUNGS_EVENT_MAIL_SENT, N_ ("is sent a message") },
  { RUNGS_EVENT_MAIL_CLICKED, N_ ("clicks in a message") },
  { RUNGS_EVENT_MAIL_WITHHELD, N_ ("has a message withheld") },
  { RUNGS_EVENT_MAIL_FAILED, N_ ("cannot be reached by a message") },
  { RUNGS_EVENT_MAIL_BOUNCED, N_ ("has an address that does not work") },
  { RUNGS_EVENT_MAIL_BLOCKED, N_ ("has a message turned away") },
  { RUNGS_EVENT_MAIL_COMPLAINED, N_ ("calls a message spam") },
  { RUNGS_EVENT_MAIL_REPLIED, N_ ("replies") },
  { RUNGS_EVENT_MAIL_ABSENT, N_ ("has a machine reply") },
  { RUNGS_EVENT_SEQUENCE_ENTERED, N_ ("enters a sequence") },
  { RUNGS_EVENT_SEQUENCE_LEFT, N_ ("leaves a sequence") },
  { RUNGS_EVENT_TASK_ADDED, N_ ("gets a task") },
  { RUNGS_EVENT_TASK_DONE, N_ ("has a task done") },
  { RUNGS_EVENT_LEAD_SUPPRESSED, N_ ("is put on the do-not-send list") },
  { RUNGS_EVENT_LEAD_UNSUPPRESSED, N_ ("is taken off the do-not-send list") },
};

static char *
kind_of_event_words (const RungsGraphEvent *event)
{
  const char *words = event->name;

  if (words == NULL)
    return g_strdup ("…");
  for (size_t i = 0; i < G_N_ELEMENTS (EVENTS); i++)
    if (strcmp (event->name, EVENTS[i].kind) == 0)
      words = _ (EVENTS[i].words);
  return event->detail ? g_strdup_printf ("%s (%s)", words, event->detail) : g_strdup (words);
}

GPtrArray *
rungs_event_kind_picks (void)
{
  GPtrArray *picks = rungs_picks_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (EVENTS); i++)
    g_ptr_array_add (picks, rungs_pick_new (EVENTS[i].kind, _ (EVENTS[i].words), NULL));
  return picks;
}

/* What is named; of a draft, which may not name it yet, dots. */
static const char *
or_dots (const char *name)
{
  return name != NULL && *name != '\0' ? name : "…";
}

char *
rungs_graph_event_words (const RungsGraphEvent *event,
                         RungsStepNames        *names)
{
  switch (event->on)
    {
    case RUNGS_GRAPH_ON_TAG:
      return g_strdup_printf (_ ("gets the tag “%s”"), or_dots (event->name));
    case RUNGS_GRAPH_ON_FORM:
      return g_strdup_printf (_ ("sends the form “%s”"), or_dots (event->name));
    case RUNGS_GRAPH_ON_IMPORT:
      return event->name ? g_strdup_printf (_ ("is imported from “%s”"), event->name)
                         : g_strdup (_ ("is imported"));
    case RUNGS_GRAPH_ON_ORDER:
      return event->name ? g_strdup_printf (_ ("orders “%s”"),
                                            rungs_step_names_product (names, event->name))
                         : g_strdup (_ ("orders"));
    case RUNGS_GRAPH_ON_SEGMENT:
      return g_strdup_printf (_ ("comes into the segment “%s”"),
                              event->name ? rungs_step_names_segment (names, event->name) : "…");
    case RUNGS_GRAPH_ON_EVENT:
      return kind_of_event_words (event);
    case RUNGS_GRAPH_ON_MANUAL:
    default:
      return g_strdup (_ ("is entered by hand"));
    }
}

/* "2 days 3 hours", from parts that are not zero. */
static char *
span_words (gint64 days,
            gint64 minutes)
{
  g_autoptr (GString) words = g_string_new (NULL);
  gint64 hours = minutes / 60;

  minutes %= 60;
  if (days > 0)
    g_string_append_printf (words, ngettext ("%d day", "%d days", days), (int) days);
  if (hours > 0)
    {
      g_string_append (words, words->len ? " " : "");
      g_string_append_printf (words, ngettext ("%d hour", "%d hours", hours), (int) hours);
    }
  if (minutes > 0)
    {
      g_string_append (words, words->len ? " " : "");
      g_string_append_printf (words, ngettext ("%d minute", "%d minutes", minutes), (int) minutes);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
weekday_words (guint weekdays)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (int day = 0; day < 7; day++)
    if (weekdays & (1u << day))
      {
        /* 5 January 2026 was a Monday */
        g_autoptr (GDateTime) date = g_date_time_new_utc (2026, 1, 5 + day, 0, 0, 0);
        g_autofree char *name = g_date_time_format (date, "%a");

        g_strv_builder_add (names, name);
      }
  list = g_strv_builder_end (names);
  return g_strjoinv (", ", list);
}

static const char *
lead_date_words (const RungsGraphStep *step,
                 RungsStepNames       *names)
{
  static const struct
  {
    const char *name;
    const char *words;
  } DATES[] = {
    { "created", N_ ("the day on which it became known") },
    { "first_order", N_ ("its first order") },
    { "last_order", N_ ("its last order") },
    { "paid_until", N_ ("the end of what is paid") },
  };

  if (step->lead_date == NULL)
    return "";
  for (size_t i = 0; i < G_N_ELEMENTS (DATES); i++)
    if (strcmp (DATES[i].name, step->lead_date) == 0)
      return _ (DATES[i].words);
  return rungs_step_names_field (names, step->lead_date);
}

/* "3 days before Birthday, 09:00, each year" */
static char *
until_lead_date_words (const RungsGraphStep *step,
                       RungsStepNames       *names)
{
  const char *what = lead_date_words (step, names);
  int days = (int) ABS (step->days);
  g_autoptr (GString) words = g_string_new (NULL);

  if (step->days < 0)
    /* Translators: %d days before a date of the lead (%s) */
    g_string_append_printf (words, ngettext ("%d day before: %s", "%d days before: %s", days), days,
                            what);
  else if (step->days > 0)
    /* Translators: %d days after a date of the lead (%s) */
    g_string_append_printf (words, ngettext ("%d day after: %s", "%d days after: %s", days), days,
                            what);
  else
    g_string_append (words, what);
  if (step->sku != NULL)
    g_string_append_printf (words, " (%s)", rungs_step_names_product (names, step->sku));
  g_string_append_printf (words, ", %02d:%02d", step->minute / 60, step->minute % 60);
  if (step->yearly)
    g_string_append_printf (words, ", %s", _ ("each year"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
until_words (const RungsGraphStep *step,
             RungsStepNames       *names)
{
  g_autofree char *what = NULL;

  switch (step->until)
    {
    case RUNGS_GRAPH_UNTIL_TIME:
      if (step->weekdays == 0)
        return g_strdup_printf (_ ("it is %02d:%02d"), step->minute / 60, step->minute % 60);
      what = weekday_words (step->weekdays);
      return g_strdup_printf ("%s, %02d:%02d", what, step->minute / 60, step->minute % 60);
    case RUNGS_GRAPH_UNTIL_DATE:
      return g_strdup (or_dots (step->date));
    case RUNGS_GRAPH_UNTIL_LEAD_DATE:
      return until_lead_date_words (step, names);
    case RUNGS_GRAPH_UNTIL_EVENT:
    default:
      {
        g_autofree char *span = span_words (step->days, step->minutes);

        what = step->event ? rungs_graph_event_words (step->event, names) : g_strdup ("…");
        return *span ? g_strdup_printf (_ ("the lead %s, for %s at most"), what, span)
                     : g_strdup_printf (_ ("the lead %s"), what);
      }
    }
}

static char *
act_words (const RungsGraphStep *step,
           RungsStepNames       *names)
{
  switch (step->act)
    {
    case RUNGS_GRAPH_ADD_TAG:
      return g_strdup_printf (_ ("Add the tag “%s”"), or_dots (step->name));
    case RUNGS_GRAPH_REMOVE_TAG:
      return g_strdup_printf (_ ("Remove the tag “%s”"), or_dots (step->name));
    case RUNGS_GRAPH_SET_FIELD:
      return g_strdup_printf (_ ("Set %s to “%s”"),
                              step->name ? rungs_step_names_field (names, step->name) : "…",
                              step->value ? step->value : "");
    case RUNGS_GRAPH_ADD_SCORE:
      return g_strdup_printf (_ ("Score %+d"), (int) step->number);
    case RUNGS_GRAPH_TASK:
      return g_strdup_printf (_ ("Task “%s”"), or_dots (step->name));
    case RUNGS_GRAPH_START:
      return g_strdup_printf (_ ("Start “%s”"), or_dots (step->name));
    case RUNGS_GRAPH_STOP:
    default:
      return g_strdup_printf (_ ("Stop “%s”"), or_dots (step->name));
    }
}

char *
rungs_step_words (const RungsGraphStep *step,
                  RungsStepNames       *names)
{
  switch (step->kind)
    {
    case RUNGS_GRAPH_MESSAGE:
      return g_strdup (or_dots (step->message));
    case RUNGS_GRAPH_WAIT:
      return step->days > 0 || step->minutes > 0 ? span_words (step->days, step->minutes)
                                                 : g_strdup ("…");
    case RUNGS_GRAPH_WAIT_UNTIL:
      return until_words (step, names);
    case RUNGS_GRAPH_CONDITION:
      return step->rule ? rungs_rule_describe_named (step->rule, rungs_step_names_name, names)
                        : g_strdup ("…");
    case RUNGS_GRAPH_SPLIT:
      return g_strdup (_ ("by chance"));
    case RUNGS_GRAPH_ACTION:
      return act_words (step, names);
    case RUNGS_GRAPH_GOAL:
      if (step->event != NULL)
        return rungs_graph_event_words (step->event, names);
      return step->rule ? rungs_rule_describe_named (step->rule, rungs_step_names_name, names)
                        : g_strdup (_ ("reached"));
    case RUNGS_GRAPH_EXIT:
    default:
      return g_strdup (_ ("leaves the sequence"));
    }
}

char *
rungs_step_late_words (const RungsGraphStep *step)
{
  int hours = (int) step->late_hours;
  int days = (int) step->late_days;
  g_autofree char *soon = NULL;
  g_autofree char *end = NULL;

  if (step->kind != RUNGS_GRAPH_MESSAGE || (hours == 0 && days < 0))
    return NULL;
  if (hours > 0)
    soon = g_strdup_printf (ngettext ("at once up to %d hour", "at once up to %d hours", hours),
                            hours);
  if (days >= 0)
    end = g_strdup_printf (ngettext ("not at all after %d day", "not at all after %d days", days),
                           days);
  /* Translators: what becomes of a message that was slept through: "at once up to 12 hours" */
  if (soon == NULL || end == NULL)
    return g_strdup_printf (_ ("Late: %s"), soon != NULL ? soon : end);
  return g_strdup_printf (_ ("Late: %s, %s"), soon, end);
}

char *
rungs_sending_hours_words (const RungsSendingHours *hours)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (hours->weekdays != 0)
    {
      g_autofree char *days = weekday_words (hours->weekdays);

      g_string_append_printf (words, "%s · ", days);
    }
  if (hours->from >= 0)
    g_string_append_printf (words, "%02d:%02d–%02d:%02d · ", hours->from / 60, hours->from % 60,
                            hours->to / 60, hours->to % 60);
  g_string_append (words, hours->lead_zone ? _ ("the lead's time") : _ ("the business's time"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static gint64
sum_of_weights (const RungsGraphStep *step)
{
  gint64 sum = 0;

  for (guint i = 0; i < step->branches->len; i++)
    sum += ((RungsGraphBranch *) g_ptr_array_index (step->branches, i))->weight;
  return sum;
}

char *
rungs_branch_words (const RungsGraphStep   *step,
                    const RungsGraphBranch *branch)
{
  if (step->kind == RUNGS_GRAPH_SPLIT)
    return g_strdup_printf (_ ("%d %%"),
                            (int) (100 * branch->weight / MAX (1, sum_of_weights (step))));
  if (strcmp (branch->label, "yes") == 0)
    return g_strdup (_ ("yes"));
  if (strcmp (branch->label, "no") == 0)
    return g_strdup (_ ("no"));
  if (strcmp (branch->label, "timeout") == 0)
    return g_strdup (_ ("too late"));
  if (strcmp (branch->label, "missing") == 0)
    return g_strdup (_ ("no such date"));
  if (step->kind == RUNGS_GRAPH_WAIT_UNTIL && step->until == RUNGS_GRAPH_UNTIL_EVENT)
    return g_strdup (_ ("in time"));
  return NULL;
}

char *
rungs_step_count_words (const RungsSequenceStepCounts *counts)
{
  g_autofree char *waiting = rungs_display_number (counts->waiting);
  g_autofree char *walked = rungs_display_number (counts->walked);
  g_autofree char *sent = rungs_display_number (counts->sent);

  if (counts->sent > 0)
    /* Translators: how many messages of the step were sent */
    return g_strdup_printf (_ ("%s sent"), sent);
  if (counts->waiting > 0)
    return g_strdup_printf (_ ("%s here now · %s walked"), waiting, walked);
  return g_strdup_printf (_ ("%s walked"), walked);
}

/* Of fewer messages than these a share says nothing. */
#define ENOUGH_FOR_SHARES 30

/* "12 %", "< 1 %"; of few "3 of 7" */
static char *
share_words (gint64 part,
             gint64 whole)
{
  gint64 percent = whole > 0 ? (100 * part + whole / 2) / whole : 0;

  if (whole < ENOUGH_FOR_SHARES)
    return g_strdup_printf (_ ("%d of %d"), (int) part, (int) whole);
  return percent == 0 && part > 0 ? g_strdup (_ ("< 1 %"))
                                  : g_strdup_printf (_ ("%d %%"), (int) percent);
}

char *
rungs_step_result_words (const RungsStepResult *result)
{
  g_autofree char *clicked = share_words (result->clicked, result->sent);
  g_autofree char *ordered = share_words (result->ordered, result->sent);

  if (result->clicked > 0 && result->ordered > 0)
    /* Translators: which shares of those who got a message followed a link in it, and ordered */
    return g_strdup_printf (_ ("%s clicked · %s ordered"), clicked, ordered);
  if (result->clicked > 0)
    return g_strdup_printf (_ ("%s clicked"), clicked);
  return result->ordered > 0 ? g_strdup_printf (_ ("%s ordered"), ordered) : NULL;
}
