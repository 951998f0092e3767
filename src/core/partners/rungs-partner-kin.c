/* rungs-partner-kin.c: whether a buyer is the partner itself, or of its household.
 *
 * A partner has few buyers who share anything with it. So what is cheap is compared first: only
 * where numbers end alike, or postcodes are the same, is the rest of them brought into the form in
 * which it can be compared. */

#include "partners/rungs-partner-kin.h"

#include <string.h>

#include "base/rungs-email-address.h"
#include "leads/rungs-name-fold.h"

/* So many last digits tell numbers apart that are surely others. */
#define LAST_DIGITS 4

/* One of the leads that the partner is, or (lead 0) what is known of the partner itself. */
typedef struct
{
  gint64 lead;
  char *name;      /* (owned) folded, its words sorted */
  char *last_name; /* (owned) folded */
  char *phone;     /* (owned) (nullable) as it is compared */
  char *street;    /* (owned) folded */
  char *postcode;  /* (owned) folded */
  char *city;      /* (owned) folded */
} Own;

struct _RungsPartnerKin
{
  gint64 lead;
  char *email; /* (owned) (nullable) as it is compared */
  const RungsCountry *home;
  GPtrArray *own; /* (owned) (element-type Own) */
};

static void
own_free (gpointer data)
{
  Own *own = data;

  g_free (own->name);
  g_free (own->last_name);
  g_free (own->phone);
  g_free (own->street);
  g_free (own->postcode);
  g_free (own->city);
  g_free (own);
}

static const RungsCountry *
country_of (const RungsPartnerKin *self,
            const char            *text)
{
  const RungsCountry *country = *text != '\0' ? rungs_country_find (text) : NULL;

  return country != NULL ? country : self->home;
}

RungsPartnerKin *
rungs_partner_kin_new (gint64              lead,
                       const char         *name,
                       const char         *email,
                       const char         *phone,
                       const char         *country,
                       const RungsCountry *home)
{
  RungsPartnerKin *self = g_new0 (RungsPartnerKin, 1);
  g_autofree char *key = rungs_email_key (email, NULL);
  Own *own = g_new0 (Own, 1);

  self->lead = lead;
  self->home = home;
  self->email = key != NULL ? rungs_email_variant_key (key) : NULL;
  self->own = g_ptr_array_new_with_free_func (own_free);
  own->name = rungs_name_fold_sorted (name);
  own->phone = rungs_phone_key (phone, country_of (self, country));
  own->last_name = g_strdup ("");
  own->street = g_strdup ("");
  own->postcode = g_strdup ("");
  own->city = g_strdup ("");
  g_ptr_array_add (self->own, own);
  return self;
}

void
rungs_partner_kin_free (RungsPartnerKin *self)
{
  g_free (self->email);
  g_ptr_array_unref (self->own);
  g_free (self);
}

/* "Hauptstr. 5" and "Hauptstraße 5" are one. */
static char *
fold_street (const char *text)
{
  g_autofree char *folded = rungs_name_fold (text);
  g_autoptr (GString) street = g_string_new (folded);

  g_string_replace (street, "strasse", "str", 0);
  g_string_replace (street, "street", "st", 0);
  g_string_replace (street, " ", "", 0);
  return g_strdup (street->str);
}

static char *
fold_name (const RungsPartnerBuyer *buyer)
{
  g_autofree char *name = g_strconcat (buyer->first_name, " ", buyer->last_name, NULL);

  return rungs_name_fold_sorted (name);
}

void
rungs_partner_kin_add (RungsPartnerKin         *self,
                       const RungsPartnerBuyer *buyer)
{
  Own *own = g_new0 (Own, 1);

  g_return_if_fail (self != NULL && buyer != NULL);

  own->lead = buyer->lead;
  own->name = fold_name (buyer);
  own->last_name = rungs_name_fold (buyer->last_name);
  own->phone = rungs_phone_key (buyer->phone, country_of (self, buyer->country));
  own->street = fold_street (buyer->street);
  own->postcode = rungs_name_fold (buyer->postcode);
  own->city = rungs_name_fold (buyer->city);
  g_ptr_array_add (self->own, own);
}

/* ---- one by one */

/* The last digits of a number, the last one first; those that are missing are 0. */
static void
find_last_digits (const char *phone,
                  char        digits[LAST_DIGITS])
{
  guint n = 0;

  memset (digits, 0, LAST_DIGITS);
  for (gsize i = strlen (phone); i > 0 && n < LAST_DIGITS; i--)
    if (g_ascii_isdigit (phone[i - 1]))
      digits[n++] = phone[i - 1];
}

static gboolean
has_phone (const RungsPartnerKin   *self,
           const Own               *own,
           const RungsPartnerBuyer *buyer)
{
  char ours[LAST_DIGITS], theirs[LAST_DIGITS];
  g_autofree char *key = NULL;

  if (own->phone == NULL || *buyer->phone == '\0')
    return FALSE;
  find_last_digits (own->phone, ours);
  find_last_digits (buyer->phone, theirs);
  if (memcmp (ours, theirs, sizeof ours) != 0)
    return FALSE;
  key = rungs_phone_key (buyer->phone, country_of (self, buyer->country));
  return g_strcmp0 (own->phone, key) == 0;
}

static gboolean
is_named (const Own               *own,
          const RungsPartnerBuyer *buyer)
{
  g_autofree char *name = fold_name (buyer);

  return *name == '\0' || *own->name == '\0' || g_str_equal (own->name, name);
}

static gboolean
is_same (const char *own,
         const char *text)
{
  g_autofree char *folded = NULL;

  if (*own == '\0' || *text == '\0')
    return FALSE;
  folded = rungs_name_fold (text);
  return g_str_equal (own, folded);
}

static gboolean
lives_with (const Own               *own,
            const RungsPartnerBuyer *buyer)
{
  g_autofree char *street = NULL;

  if (*own->street == '\0' || *buyer->street == '\0'
      || (!is_same (own->postcode, buyer->postcode) && !is_same (own->city, buyer->city)))
    return FALSE;
  street = fold_street (buyer->street);
  return g_str_equal (own->street, street);
}

static gboolean
has_email (const RungsPartnerKin   *self,
           const RungsPartnerBuyer *buyer)
{
  g_autofree char *key = NULL;

  if (self->email == NULL || buyer->email_key == NULL)
    return FALSE;
  key = rungs_email_variant_key (buyer->email_key);
  return g_str_equal (self->email, key);
}

static RungsPartnerFlagReason
find_by_own (const RungsPartnerKin   *self,
             const Own               *own,
             const RungsPartnerBuyer *buyer)
{
  if (own->lead != 0 && own->lead == buyer->lead)
    return RUNGS_PARTNER_FLAG_BY_EMAIL;
  if (has_phone (self, own, buyer))
    return is_named (own, buyer) ? RUNGS_PARTNER_FLAG_BY_PHONE : RUNGS_PARTNER_FLAG_BY_OTHER;
  if (lives_with (own, buyer))
    return RUNGS_PARTNER_FLAG_BY_ADDRESS;
  return is_same (own->postcode, buyer->postcode) && is_same (own->last_name, buyer->last_name)
             ? RUNGS_PARTNER_FLAG_BY_NAME
             : RUNGS_PARTNER_FLAG_BY_FIGURES;
}

RungsPartnerFlagReason
rungs_partner_kin_find (RungsPartnerKin         *self,
                        const RungsPartnerBuyer *buyer)
{
  RungsPartnerFlagReason best = RUNGS_PARTNER_FLAG_BY_FIGURES;

  g_return_val_if_fail (self != NULL && buyer != NULL, best);

  if (self->lead != 0 && self->lead == buyer->lead)
    return RUNGS_PARTNER_FLAG_BY_LEAD;
  if (has_email (self, buyer))
    return RUNGS_PARTNER_FLAG_BY_EMAIL;
  for (guint i = 0; i < self->own->len; i++)
    {
      RungsPartnerFlagReason found = find_by_own (self, self->own->pdata[i], buyer);

      if (found != RUNGS_PARTNER_FLAG_BY_FIGURES
          && (best == RUNGS_PARTNER_FLAG_BY_FIGURES || found < best))
        best = found;
    }
  return best;
}

RungsPartnerFlagKind
rungs_partner_kin_kind (RungsPartnerFlagReason reason)
{
  return reason <= RUNGS_PARTNER_FLAG_BY_PHONE ? RUNGS_PARTNER_FLAG_SELF
                                               : RUNGS_PARTNER_FLAG_HOUSEHOLD;
}
