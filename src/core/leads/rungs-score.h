/* rungs-score.h: the score of a lead: how it is counted, and the rules that say what is worth what.
 *
 * A lead's score is
 *
 *   the points given to it, by hand or by sequences
 *   + the sum, rounded once, over all rules and all business days on which something happened that
 *     the rule is about, of  min (n × points, cap) × 2^(-age / half-life)
 *
 * n is how many such events that day had, the cap that of the rule for one day (of the amount: it
 * holds for points that are taken away too), the age the whole days, in the zone of the business,
 * from that day to today; what lies in the future counts as of today. Without a half-life points
 * stay as they are. Halves are rounded away from zero. Given points are whole and do not age.
 *
 * So a score stands still during a day, and from the events alone it is known on which midnight it
 * changes next. Clicks of machines have a kind of event of their own (mail.scanned), which can be
 * worth nothing. What an import writes down is no event, and is worth nothing. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RUNGS_SCORE_MOST_POINTS 10000
#define RUNGS_SCORE_MOST_CAP 1000000
#define RUNGS_SCORE_MOST_DAYS 3650

/**
 * RungsScoreAbout: what the pattern of a rule is compared with.
 * @RUNGS_SCORE_ABOUT_NOTHING: the kind has no patterns
 * @RUNGS_SCORE_ABOUT_NAME: the name of what the event is about: a form, a tag, a sequence
 * @RUNGS_SCORE_ABOUT_ADDRESS: the address that was followed; a pattern that begins with a slash is
 *   compared with what comes after the host
 */
typedef enum
{
  RUNGS_SCORE_ABOUT_NOTHING,
  RUNGS_SCORE_ABOUT_NAME,
  RUNGS_SCORE_ABOUT_ADDRESS,
} RungsScoreAbout;

/* A kind of event that can be worth points. */
typedef struct
{
  const char *kind;
  const char *label;   /* N_(): "An order" */
  RungsScoreAbout about;
  const char *example; /* of a pattern; "" where it has none */
} RungsScoreKind;

/* NULL after the last. */
const RungsScoreKind *rungs_score_kind_get (guint index);

/* Returns: (nullable): NULL for a kind that can be worth nothing. */
const RungsScoreKind *rungs_score_kind_find (const char *kind);

typedef struct
{
  gint64 id;
  char *kind;       /* (owned) */
  char *pattern;    /* (owned) "": all; * stands for any letters, ? for one; case does not count */
  gint64 points;    /* may be negative; never 0 */
  gint64 half_life; /* days; 0: they stay */
  gint64 day_cap;   /* points; 0: none */
  gint64 created_at;
} RungsScoreRule;

RungsScoreRule *rungs_score_rule_new (void);
RungsScoreRule *rungs_score_rule_copy (const RungsScoreRule *self);
void rungs_score_rule_free (RungsScoreRule *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsScoreRule, rungs_score_rule_free)

/* Errors: INVALID. */
gboolean rungs_score_rule_check (const RungsScoreRule  *self,
                                 GError               **error);

/* What it is about: "An order", "A form “Trial*”". */
char *rungs_score_rule_describe_subject (const RungsScoreRule *self);

/* "An order: 50 points, half of it after 90 days, at most 100 a day". */
char *rungs_score_rule_describe (const RungsScoreRule *self);

/* The rules that many businesses begin with. (element-type RungsScoreRule) */
GPtrArray *rungs_score_usual_rules (void);

G_END_DECLS
