/* rungs-coupon-words.c: coupons in the user's words. */

#include "rungs-coupon-words.h"

#include <glib/gi18n.h>

#include "base/rungs-time.h"
#include "import/rungs-import-words.h"
#include "segments/rungs-rule-choice-store.h"
#include "widgets/rungs-display.h"

const char *
rungs_coupon_how_words (RungsCouponHow how)
{
  return _ (rungs_rule_word_get_label (RUNGS_RULE_FROM_HOWS, rungs_coupon_how_to_text (how)));
}

char *
rungs_coupon_source_words (gint64          source,
                           RungsSourceKind kind,
                           const char     *name,
                           RungsPath       path)
{
  if (source == 0)
    return g_strdup ("");
  return g_strdup_printf (
      "%s (%s) · %s", name, rungs_source_kind_words (kind),
      _ (rungs_rule_word_get_label (RUNGS_RULE_FROM_PATHS, rungs_path_to_text (path))));
}

/* A day of the file as people read it. */
static char *
dup_day (const char *day)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 at;

  return rungs_time_parse (day, zone, &at, NULL) ? rungs_display_day (at) : g_strdup (day);
}

char *
rungs_coupon_days_words (const RungsCoupon *coupon)
{
  g_autofree char *from = dup_day (coupon->valid_from);
  g_autofree char *until = dup_day (coupon->valid_until);

  if (*coupon->valid_from != '\0' && *coupon->valid_until != '\0')
    return g_strdup_printf (_ ("%s to %s"), from, until);
  if (*coupon->valid_from != '\0')
    return g_strdup_printf (_ ("from %s on"), from);
  return *coupon->valid_until != '\0' ? g_strdup_printf (_ ("until %s"), until) : g_strdup ("");
}

static void
add (GString    *words,
     const char *part)
{
  if (*part != '\0')
    g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", part);
}

char *
rungs_coupon_meaning_words (const RungsCoupon *coupon)
{
  g_autofree char *source = rungs_coupon_source_words (coupon->source, coupon->source_kind,
                                                       coupon->source_name, coupon->path);
  g_autofree char *days = rungs_coupon_days_words (coupon);
  GString *words = g_string_new (NULL);

  add (words, coupon->discount);
  add (words, source);
  add (words, coupon->product_name);
  add (words, days);
  if (words->len == 0)
    add (words, *coupon->name != '\0' ? coupon->name : coupon->code);
  return g_string_free (words, FALSE);
}

const char *
rungs_coupon_state_words (RungsCouponVerdict verdict)
{
  switch (verdict)
    {
    case RUNGS_COUPON_RETIRED:
      return _ ("Given up");
    case RUNGS_COUPON_NOT_YET:
      return _ ("Not yet valid");
    case RUNGS_COUPON_OVER:
      return _ ("Over");
    case RUNGS_COUPON_USED_UP:
      return _ ("Used up");
    case RUNGS_COUPON_FITS:
    case RUNGS_COUPON_UNKNOWN:
    case RUNGS_COUPON_OTHER_PRODUCT:
    case RUNGS_COUPON_USED_BY_LEAD:
    default:
      return _ ("Good");
    }
}

const char *
rungs_coupon_against_words (RungsCouponVerdict against)
{
  switch (against)
    {
    case RUNGS_COUPON_RETIRED:
      return _ ("it was given up");
    case RUNGS_COUPON_NOT_YET:
      return _ ("it was not valid yet");
    case RUNGS_COUPON_OVER:
      return _ ("it was over");
    case RUNGS_COUPON_OTHER_PRODUCT:
      return _ ("it is for another product");
    case RUNGS_COUPON_USED_UP:
      return _ ("it was used up");
    case RUNGS_COUPON_USED_BY_LEAD:
      return _ ("the lead had used it");
    case RUNGS_COUPON_FITS:
    case RUNGS_COUPON_UNKNOWN:
    default:
      return NULL;
    }
}
