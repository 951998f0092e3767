/* rungs-partner-flag.c: what is out of the ordinary with a partner's orders, and its words. */

#include "partners/rungs-partner-flag.h"

#include <glib/gi18n.h>
#include <math.h>

#include "partners/rungs-odds.h"

/* Chance alone brings about no more than this share of what is flagged … */
#define LEVEL 0.001
/* … and of fewer cases than this nothing is. */
#define FEWEST 10
#define FEWEST_REFUNDS 3
#define FEWEST_SPANS 20
#define FEWEST_OTHER_SPANS 50
#define FEWEST_NEW 5
/* So many orders follow their click within seconds anywhere. */
#define SOON_ANYWHERE 0.05
#define APART 0.3

static const struct
{
  const char *text;
  const char *words;
} KINDS[] = {
  { "self-referral", N_ ("Self-referral") },
  { "household", N_ ("The partner’s household") },
  { "coupon", N_ ("Coupon known to others") },
  { "refunds", N_ ("Many refunds") },
  { "clicks", N_ ("Unusual time from click to order") },
};

static const struct
{
  const char *text;
  const char *words;
} REASONS[] = {
  { "", "" },
  { "lead", N_ ("the buyer is the partner") },
  { "email", N_ ("the partner’s e-mail address") },
  { "phone", N_ ("the partner’s telephone number") },
  { "address", N_ ("the same postal address") },
  { "name", N_ ("the same last name and postcode") },
  { "phone-other-name", N_ ("the partner’s telephone number, another name") },
};

static const char *const VERDICTS[] = { "fine", "not-fine" };

const char *
rungs_partner_flag_kind_to_text (RungsPartnerFlagKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (KINDS), "");

  return KINDS[kind].text;
}

gboolean
rungs_partner_flag_kind_from_text (const char           *text,
                                   RungsPartnerFlagKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_strcmp0 (KINDS[i].text, text) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

const char *
rungs_partner_flag_kind_words (RungsPartnerFlagKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (KINDS), "");

  return _ (KINDS[kind].words);
}

const char *
rungs_partner_flag_reason_to_text (RungsPartnerFlagReason reason)
{
  g_return_val_if_fail (reason < G_N_ELEMENTS (REASONS), "");

  return REASONS[reason].text;
}

const char *
rungs_partner_flag_reason_words (RungsPartnerFlagReason reason)
{
  g_return_val_if_fail (reason < G_N_ELEMENTS (REASONS), "");

  return reason != RUNGS_PARTNER_FLAG_BY_FIGURES ? _ (REASONS[reason].words) : "";
}

const char *
rungs_partner_flag_verdict_to_text (RungsPartnerFlagVerdict verdict)
{
  g_return_val_if_fail (verdict < G_N_ELEMENTS (VERDICTS), "");

  return VERDICTS[verdict];
}

gboolean
rungs_partner_flag_verdict_from_text (const char              *text,
                                      RungsPartnerFlagVerdict *verdict)
{
  for (guint i = 0; i < G_N_ELEMENTS (VERDICTS); i++)
    if (g_strcmp0 (VERDICTS[i], text) == 0)
      {
        *verdict = i;
        return TRUE;
      }
  return FALSE;
}

void
rungs_partner_flag_decision_free (RungsPartnerFlagDecision *self)
{
  g_free (self->note);
  g_free (self);
}

RungsPartnerFlag *
rungs_partner_flag_new (gint64               partner,
                        RungsPartnerFlagKind kind)
{
  RungsPartnerFlag *self = g_new0 (RungsPartnerFlag, 1);

  self->partner = partner;
  self->kind = kind;
  self->cases = g_array_new (FALSE, TRUE, sizeof (RungsPartnerFlagCase));
  return self;
}

void
rungs_partner_flag_free (RungsPartnerFlag *self)
{
  g_array_unref (self->cases);
  g_free (self->sources);
  g_clear_pointer (&self->decision, rungs_partner_flag_decision_free);
  g_free (self);
}

/* ---- since when, and whether somebody is to look */

static const RungsPartnerFlagCase *
case_of (const RungsPartnerFlag *self,
         guint                   i)
{
  return &g_array_index (self->cases, RungsPartnerFlagCase, i);
}

gint64
rungs_partner_flag_since (const RungsPartnerFlag *self)
{
  gint64 since = self->cases->len > 0 ? case_of (self, 0)->at : 0;

  for (guint i = 1; i < self->cases->len; i++)
    since = MIN (since, case_of (self, i)->at);
  return since;
}

gint64
rungs_partner_flag_until (const RungsPartnerFlag *self)
{
  gint64 until = 0;

  for (guint i = 0; i < self->cases->len; i++)
    until = MAX (until, case_of (self, i)->at);
  return until;
}

/* Whether there is a buyer now who was not among them then. */
static gboolean
has_new_buyer (const RungsPartnerFlag *self)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < self->cases->len; i++)
    if (case_of (self, i)->at <= self->decision->until)
      g_hash_table_add (known, (gpointer) &case_of (self, i)->lead);
  for (guint i = 0; i < self->cases->len; i++)
    if (!g_hash_table_contains (known, &case_of (self, i)->lead))
      return TRUE;
  return FALSE;
}

static gboolean
has_many_more (const RungsPartnerFlag *self)
{
  gint64 more = 0;

  for (guint i = 0; i < self->cases->len; i++)
    more += case_of (self, i)->at > self->decision->until;
  return more >= FEWEST_NEW && 2 * more >= self->decision->cases;
}

gboolean
rungs_partner_flag_waits (const RungsPartnerFlag *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->decision == NULL)
    return TRUE;
  return self->kind == RUNGS_PARTNER_FLAG_SELF || self->kind == RUNGS_PARTNER_FLAG_HOUSEHOLD
             ? has_new_buyer (self)
             : has_many_more (self);
}

/* ---- what is out of the ordinary */

gboolean
rungs_partner_flag_is_refunded (gint64  hits,
                                gint64  n,
                                gint64  other_hits,
                                gint64  other_n,
                                double *chance)
{
  *chance = 1;
  if (n < FEWEST || other_n < FEWEST || hits < FEWEST_REFUNDS
      || 2.0 * (double) hits * (double) other_n < 3.0 * (double) other_hits * (double) n)
    return FALSE;
  *chance = rungs_odds_of_more (hits, n, other_hits, other_n);
  return *chance < LEVEL;
}

gboolean
rungs_partner_flag_is_leaked (gint64  hits,
                              gint64  n,
                              double *chance)
{
  *chance = n >= FEWEST ? rungs_odds_of_share (hits, n, 0.5) : 1;
  return *chance < LEVEL;
}

gboolean
rungs_partner_flag_is_soon (gint64  hits,
                            gint64  n,
                            gint64  other_hits,
                            gint64  other_n,
                            double *chance)
{
  *chance = 1;
  if (n < FEWEST)
    return FALSE;
  *chance = rungs_odds_of_share (hits, n, SOON_ANYWHERE);
  if (other_n >= FEWEST)
    *chance = MAX (*chance, rungs_odds_of_more (hits, n, other_hits, other_n));
  return *chance < LEVEL;
}

gboolean
rungs_partner_flag_is_apart (GArray *spans,
                             GArray *other_spans,
                             double *chance)
{
  double distance;

  *chance = 1;
  if (spans->len < FEWEST_SPANS || other_spans->len < FEWEST_OTHER_SPANS)
    return FALSE;
  *chance = rungs_odds_of_distance (spans, other_spans, &distance);
  return *chance < LEVEL && distance >= APART;
}

/* ---- words */

static char *
number_words (gint64 n)
{
  return g_strdup_printf ("%'" G_GINT64_FORMAT, n);
}

/* "7 of 20 (35 %)". */
static char *
share_words (gint64 hits,
             gint64 n)
{
  g_autofree char *part = number_words (hits);
  g_autofree char *whole = number_words (n);

  /* Translators: so many of so many, and what share that is. */
  return g_strdup_printf (_ ("%s of %s (%d %%)"), part, whole,
                          n > 0 ? (int) lround (100.0 * (double) hits / (double) n) : 0);
}

static char *
span_words (gint64 milliseconds)
{
  gint64 seconds = milliseconds / 1000;

  if (seconds < 60)
    return g_strdup_printf (_ ("%d s"), (int) seconds);
  if (seconds < 60 * 60)
    return g_strdup_printf (_ ("%d min"), (int) (seconds / 60));
  if (seconds < 48 * 60 * 60)
    return g_strdup_printf (_ ("%d h"), (int) (seconds / 60 / 60));
  return g_strdup_printf (_ ("%d days"), (int) (seconds / 24 / 60 / 60));
}

/* "once in 5,000 times". */
static void
add_chance (GString *words,
            double   chance)
{
  gint64 times = chance > 1e-6 ? (gint64) (1 / chance) : 1000000;
  g_autofree char *number = number_words (times);

  g_string_append_c (words, ' ');
  g_string_append_printf (words,
                          chance > 1e-6
                              ? _ ("Chance alone brings that about once in %s times.")
                              : _ ("Chance alone brings that about less than once in %s times."),
                          number);
}

static char *
kin_words (const RungsPartnerFlag *self)
{
  gint64 counts[RUNGS_PARTNER_FLAG_N_REASONS] = { 0 };
  g_autofree char *share = share_words (self->cases->len, self->of);
  g_autoptr (GString) reasons = g_string_new (NULL);

  for (guint i = 0; i < self->cases->len; i++)
    counts[case_of (self, i)->why]++;
  for (guint i = RUNGS_PARTNER_FLAG_BY_LEAD; i < RUNGS_PARTNER_FLAG_N_REASONS; i++)
    if (counts[i] > 0)
      {
        g_autofree char *number = number_words (counts[i]);

        g_string_append_printf (reasons, "%s%s (%s)", reasons->len > 0 ? ", " : "",
                                rungs_partner_flag_reason_words (i), number);
      }
  /* Translators: "3 of 41 (7 %)", and by what: "the same postal address (2), …" */
  return self->kind == RUNGS_PARTNER_FLAG_SELF
             ? g_strdup_printf (_ ("Orders of the partner’s own: %s. Found by: %s."), share,
                                reasons->str)
             : g_strdup_printf (_ ("Orders out of the partner’s household: %s. Found by: %s."),
                                share, reasons->str);
}

static char *
coupon_words (const RungsPartnerFlag *self)
{
  g_autofree char *of = number_words (self->of);
  g_autofree char *visited = number_words (self->of - self->unvisited);
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words,
                          _ ("Buyers with a coupon of the partner: %s. With a visit from the "
                             "partner before the order: %s."),
                          of, visited);
  if (self->elsewhere > 0)
    {
      g_autofree char *elsewhere = number_words (self->elsewhere);

      g_string_append_c (words, ' ');
      g_string_append_printf (
          words, _ ("From elsewhere within an hour before the order: %s, from %s."), elsewhere,
          self->sources);
    }
  g_string_append_c (words, ' ');
  g_string_append (words, _ ("Did it get about where everybody finds it?"));
  return g_strdup (words->str);
}

static char *
refund_words (const RungsPartnerFlag *self)
{
  g_autofree char *share = share_words (self->cases->len, self->of);
  g_autofree char *others = share_words (self->others, self->others_of);
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words, _ ("Orders given back: %s; of all other orders %s."), share,
                          others);
  add_chance (words, self->chance);
  return g_strdup (words->str);
}

static char *
click_words (const RungsPartnerFlag *self)
{
  g_autofree char *share = share_words (self->soon, self->of);
  g_autofree char *others = share_words (self->others, self->others_of);
  g_autofree char *half = span_words (self->half);
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words,
                          _ ("Orders within %d seconds of the click: %s; of other partners’ %s."),
                          RUNGS_PARTNER_FLAG_SOON / 1000, share, others);
  g_string_append_c (words, ' ');
  if (self->others_half >= 0)
    {
      g_autofree char *others_half = span_words (self->others_half);

      g_string_append_printf (words, _ ("Half came within %s, of other partners’ within %s."), half,
                              others_half);
    }
  else
    g_string_append_printf (words, _ ("Half came within %s."), half);
  add_chance (words, self->chance);
  return g_strdup (words->str);
}

char *
rungs_partner_flag_dup_words (const RungsPartnerFlag *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (self->kind)
    {
    case RUNGS_PARTNER_FLAG_COUPON:
      return coupon_words (self);
    case RUNGS_PARTNER_FLAG_REFUNDS:
      return refund_words (self);
    case RUNGS_PARTNER_FLAG_CLICKS:
      return click_words (self);
    case RUNGS_PARTNER_FLAG_SELF:
    case RUNGS_PARTNER_FLAG_HOUSEHOLD:
    default:
      return kin_words (self);
    }
}
