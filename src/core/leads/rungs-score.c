/* rungs-score.c: the rules that say what is worth how many points. */

#include "leads/rungs-score.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "leads/rungs-event.h"

/* What a lead does, or is done with it. Left out is what follows from the score itself (segments
 * that it entered) and what is only ours (messages sent). */
static const RungsScoreKind KINDS[] = {
  { RUNGS_EVENT_FORM_SUBMITTED, N_ ("A form"), RUNGS_SCORE_ABOUT_NAME, "Trial*" },
  { RUNGS_EVENT_TOUCH_MADE, N_ ("A touch"), RUNGS_SCORE_ABOUT_NAME, "seo:*" },
  { RUNGS_EVENT_CONSENT_GIVEN, N_ ("A consent"), RUNGS_SCORE_ABOUT_NAME, "marketing/*" },
  { RUNGS_EVENT_CONSENT_WITHDRAWN, N_ ("A withdrawn consent"), RUNGS_SCORE_ABOUT_NAME,
    "marketing/*" },
  { RUNGS_EVENT_MAIL_CLICKED, N_ ("A followed link"), RUNGS_SCORE_ABOUT_ADDRESS, "/prices*" },
  { RUNGS_EVENT_MAIL_REPLIED, N_ ("A reply"), RUNGS_SCORE_ABOUT_NOTHING, "" },
  { RUNGS_EVENT_MAIL_BOUNCED, N_ ("A message that came back"), RUNGS_SCORE_ABOUT_NOTHING, "" },
  { RUNGS_EVENT_MAIL_COMPLAINED, N_ ("A complaint"), RUNGS_SCORE_ABOUT_NOTHING, "" },
  { RUNGS_EVENT_ORDER_PLACED, N_ ("An order"), RUNGS_SCORE_ABOUT_NOTHING, "" },
  { RUNGS_EVENT_ORDER_REFUNDED, N_ ("A refund"), RUNGS_SCORE_ABOUT_NOTHING, "" },
  { RUNGS_EVENT_NOTE_ADDED, N_ ("A note"), RUNGS_SCORE_ABOUT_NOTHING, "" },
  { RUNGS_EVENT_CALL_LOGGED, N_ ("A call"), RUNGS_SCORE_ABOUT_NOTHING, "" },
  { RUNGS_EVENT_MEETING_LOGGED, N_ ("A meeting"), RUNGS_SCORE_ABOUT_NOTHING, "" },
  { RUNGS_EVENT_TASK_DONE, N_ ("A finished task"), RUNGS_SCORE_ABOUT_NAME, "Call*" },
  { RUNGS_EVENT_TAG_ADDED, N_ ("An added tag"), RUNGS_SCORE_ABOUT_NAME, "vip*" },
  { RUNGS_EVENT_TAG_REMOVED, N_ ("A removed tag"), RUNGS_SCORE_ABOUT_NAME, "vip*" },
  { RUNGS_EVENT_SEQUENCE_ENTERED, N_ ("An entered sequence"), RUNGS_SCORE_ABOUT_NAME, "Kit*" },
  { RUNGS_EVENT_SEQUENCE_LEFT, N_ ("An ended sequence"), RUNGS_SCORE_ABOUT_NAME, "bought" },
};

static const RungsScoreRule USUAL[] = {
  { .kind = (char *) RUNGS_EVENT_ORDER_PLACED, .points = 50, .half_life = 180, .day_cap = 100 },
  { .kind = (char *) RUNGS_EVENT_FORM_SUBMITTED, .points = 20, .half_life = 60, .day_cap = 40 },
  { .kind = (char *) RUNGS_EVENT_TOUCH_MADE, .points = 5, .half_life = 30, .day_cap = 10 },
  { .kind = (char *) RUNGS_EVENT_MAIL_CLICKED, .points = 5, .half_life = 30, .day_cap = 15 },
  { .kind = (char *) RUNGS_EVENT_ORDER_REFUNDED, .points = -30, .half_life = 180, .day_cap = 60 },
  { .kind = (char *) RUNGS_EVENT_CONSENT_WITHDRAWN, .points = -20, .half_life = 90, .day_cap = 20 },
};

const RungsScoreKind *
rungs_score_kind_get (guint index)
{
  return index < G_N_ELEMENTS (KINDS) ? &KINDS[index] : NULL;
}

const RungsScoreKind *
rungs_score_kind_find (const char *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_str_equal (KINDS[i].kind, kind))
      return &KINDS[i];
  return NULL;
}

RungsScoreRule *
rungs_score_rule_new (void)
{
  RungsScoreRule *self = g_new0 (RungsScoreRule, 1);

  self->kind = g_strdup ("");
  self->pattern = g_strdup ("");
  return self;
}

RungsScoreRule *
rungs_score_rule_copy (const RungsScoreRule *self)
{
  RungsScoreRule *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (RungsScoreRule, 1);
  *copy = *self;
  copy->kind = g_strdup (self->kind);
  copy->pattern = g_strdup (self->pattern ? self->pattern : "");
  return copy;
}

void
rungs_score_rule_free (RungsScoreRule *self)
{
  g_free (self->kind);
  g_free (self->pattern);
  g_free (self);
}

static gboolean
refuse (const char  *why,
        GError     **error)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

gboolean
rungs_score_rule_check (const RungsScoreRule  *self,
                        GError               **error)
{
  const RungsScoreKind *kind;

  g_return_val_if_fail (self != NULL, FALSE);

  kind = rungs_score_kind_find (self->kind);
  if (kind == NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("nothing called “%s” can be worth points"), self->kind);
      return FALSE;
    }
  if (*self->pattern != '\0' && kind->about == RUNGS_SCORE_ABOUT_NOTHING)
    return refuse (_ ("events of this kind have no name that a pattern could fit"), error);
  if (self->points == 0 || ABS (self->points) > RUNGS_SCORE_MOST_POINTS)
    return refuse (_ ("the points must be a number from -10000 to 10000, and not 0"), error);
  if (self->half_life < 0 || self->half_life > RUNGS_SCORE_MOST_DAYS)
    return refuse (_ ("half of it can be gone after 1 to 3650 days, or never"), error);
  if (self->day_cap < 0 || self->day_cap > RUNGS_SCORE_MOST_CAP)
    return refuse (_ ("the most for a day must be from 1 to 1000000 points, or none"), error);
  return TRUE;
}

char *
rungs_score_rule_describe_subject (const RungsScoreRule *self)
{
  const RungsScoreKind *kind;
  const char *label;

  g_return_val_if_fail (self != NULL, NULL);

  kind = rungs_score_kind_find (self->kind);
  label = kind ? _ (kind->label) : self->kind;
  /* Translators: "A form “Trial*”" */
  return *self->pattern == '\0' ? g_strdup (label)
                                : g_strdup_printf (_ ("%s “%s”"), label, self->pattern);
}

char *
rungs_score_rule_describe (const RungsScoreRule *self)
{
  g_autofree char *subject = rungs_score_rule_describe_subject (self);
  g_autofree char *points = g_strdup_printf ("%" G_GINT64_FORMAT, self->points);
  g_autofree char *days = g_strdup_printf ("%" G_GINT64_FORMAT, self->half_life);
  g_autofree char *cap = g_strdup_printf ("%" G_GINT64_FORMAT, self->day_cap);
  GString *words = g_string_new (subject);

  g_string_append (words, ": ");
  g_string_append_printf (words, ngettext ("%s point", "%s points", (gulong) ABS (self->points)),
                          points);
  if (self->half_life > 0)
    g_string_append_printf (words,
                            ngettext (", half of it after %s day", ", half of it after %s days",
                                      (gulong) self->half_life),
                            days);
  if (self->day_cap > 0)
    g_string_append_printf (words, _ (", at most %s a day"), cap);
  return g_string_free (words, FALSE);
}

GPtrArray *
rungs_score_usual_rules (void)
{
  GPtrArray *rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_score_rule_free);

  for (guint i = 0; i < G_N_ELEMENTS (USUAL); i++)
    g_ptr_array_add (rules, rungs_score_rule_copy (&USUAL[i]));
  return rules;
}
