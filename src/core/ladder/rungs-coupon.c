/* rungs-coupon.c: a code that ties online to offline. */

#include "ladder/rungs-coupon.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-names.h"

static const char *const HOWS[RUNGS_COUPON_HOWS]
    = { "phone", "in person", "email", "sms", "post" };

static const char *const VERDICTS[] = {
  "", "unknown", "retired", "not-yet", "over", "other-product", "used-up", "used-by-lead",
};

RungsCoupon *
rungs_coupon_new (void)
{
  RungsCoupon *self = g_new0 (RungsCoupon, 1);

  self->path = RUNGS_PATH_PHONE;
  self->code = g_strdup ("");
  self->name = g_strdup ("");
  self->discount = g_strdup ("");
  self->valid_from = g_strdup ("");
  self->valid_until = g_strdup ("");
  self->source_name = g_strdup ("");
  self->product_name = g_strdup ("");
  return self;
}

RungsCoupon *
rungs_coupon_copy (const RungsCoupon *self)
{
  RungsCoupon *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->code = g_strdup (self->code);
  copy->name = g_strdup (self->name);
  copy->discount = g_strdup (self->discount);
  copy->valid_from = g_strdup (self->valid_from);
  copy->valid_until = g_strdup (self->valid_until);
  copy->source_name = g_strdup (self->source_name);
  copy->product_name = g_strdup (self->product_name);
  return copy;
}

void
rungs_coupon_free (RungsCoupon *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->name);
  g_free (self->discount);
  g_free (self->valid_from);
  g_free (self->valid_until);
  g_free (self->source_name);
  g_free (self->product_name);
  g_free (self);
}

void
rungs_coupon_set (char      **text,
                  const char *value)
{
  g_autofree char *tidy = g_utf8_make_valid (value ? value : "", -1);

  g_return_if_fail (text != NULL);

  g_free (*text);
  *text = g_strdup (g_strstrip (tidy));
}

const char *
rungs_coupon_get_partner (const RungsCoupon *self)
{
  gboolean partner;

  g_return_val_if_fail (self != NULL, NULL);

  partner = self->source_kind == RUNGS_SOURCE_JV || self->source_kind == RUNGS_SOURCE_AFFILIATE;
  return self->source != 0 && partner ? self->source_name : NULL;
}

char *
rungs_coupon_key (const char *code)
{
  g_autofree char *valid = g_utf8_make_valid (code ? code : "", -1);
  g_autofree char *whole = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKC);
  g_autofree char *folded = g_utf8_casefold (whole, -1);
  GString *key = g_string_new (NULL);

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      g_string_append_unichar (key, g_utf8_get_char (at));
  return g_string_free (key, FALSE);
}

GStrv
rungs_coupon_split (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text ? text : "", ",", -1);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *key = rungs_coupon_key (parts[i]);
      gboolean named = *key != '\0';

      if (g_hash_table_add (keys, key) && named)
        g_strv_builder_add (codes, g_strstrip (parts[i]));
    }
  return g_strv_builder_end (codes);
}

const char *
rungs_coupon_how_to_text (RungsCouponHow how)
{
  g_return_val_if_fail (how < RUNGS_COUPON_HOWS, HOWS[0]);

  return HOWS[how];
}

gboolean
rungs_coupon_how_from_text (const char     *text,
                            RungsCouponHow *how)
{
  return rungs_names_find (HOWS, RUNGS_COUPON_HOWS, text, how);
}

const char *
rungs_coupon_verdict_to_text (RungsCouponVerdict verdict)
{
  g_return_val_if_fail (verdict < G_N_ELEMENTS (VERDICTS), VERDICTS[0]);

  return VERDICTS[verdict];
}

RungsCouponVerdict
rungs_coupon_verdict_from_text (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (VERDICTS); i++)
    if (g_strcmp0 (text, VERDICTS[i]) == 0)
      return i;
  return RUNGS_COUPON_FITS;
}

void
rungs_coupon_check_free (RungsCouponCheck *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  rungs_coupon_free (self->coupon);
  g_free (self);
}

/* How often it has been used, which is as often as it may be. */
static char *
dup_used (const char *code,
          gint64      most,
          gboolean    by_lead)
{
  if (by_lead)
    return g_strdup_printf (
        ngettext ("This lead has used %s already, and may once.",
                  "This lead has used %s as often as a lead may: %d times.", most),
        code, (int) MIN (most, G_MAXINT));
  return g_strdup_printf (ngettext ("%s has been used; it is good for one order.",
                                    "%s has been used as often as it may be: %d times.", most),
                          code, (int) MIN (most, G_MAXINT));
}

char *
rungs_coupon_check_dup_why (const RungsCouponCheck *self)
{
  const RungsCoupon *coupon;

  g_return_val_if_fail (self != NULL, NULL);

  coupon = self->coupon;
  switch (self->verdict)
    {
    case RUNGS_COUPON_UNKNOWN:
      return g_strdup_printf (_ ("There is no coupon “%s”."), self->code);
    case RUNGS_COUPON_RETIRED:
      return g_strdup_printf (_ ("%s is not accepted any more."), coupon->code);
    case RUNGS_COUPON_NOT_YET:
      return g_strdup_printf (_ ("%s is valid from %s on."), coupon->code, coupon->valid_from);
    case RUNGS_COUPON_OVER:
      return g_strdup_printf (_ ("%s was valid until %s."), coupon->code, coupon->valid_until);
    case RUNGS_COUPON_OTHER_PRODUCT:
      return g_strdup_printf (_ ("%s is for %s only."), coupon->code, coupon->product_name);
    case RUNGS_COUPON_USED_UP:
      return dup_used (coupon->code, coupon->most_uses, FALSE);
    case RUNGS_COUPON_USED_BY_LEAD:
      return dup_used (coupon->code, coupon->most_per_lead, TRUE);
    case RUNGS_COUPON_FITS:
    default:
      return NULL;
    }
}
