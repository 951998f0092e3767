/* rungs-payee.c: how somebody is paid, and who that is for the tax office. */

#include "partners/rungs-payee.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-email-address.h"
#include "base/rungs-error.h"
#include "mail/rungs-secret.h"
#include "partners/rungs-bank-number.h"

#define SHORT 140
#define LONG 1000

static const char *const WAYS[] = { "", "bank", "paypal", "wise", "other" };

static const char *const FIELDS[RUNGS_PAYEE_N_FIELDS]
    = { "holder", "iban", "bic", "paypal", "wise", "other", "address", "tax_number", "vat_id" };

const char *
rungs_pay_way_to_text (RungsPayWay way)
{
  g_return_val_if_fail ((guint) way < G_N_ELEMENTS (WAYS), NULL);

  return WAYS[way];
}

gboolean
rungs_pay_way_from_text (const char  *text,
                         RungsPayWay *way)
{
  for (guint i = 0; i < G_N_ELEMENTS (WAYS); i++)
    if (g_strcmp0 (WAYS[i], text) == 0)
      {
        *way = i;
        return TRUE;
      }
  return FALSE;
}

const char *
rungs_payee_field_to_text (RungsPayeeField field)
{
  g_return_val_if_fail ((guint) field < RUNGS_PAYEE_N_FIELDS, NULL);

  return FIELDS[field];
}

RungsPayee *
rungs_payee_new (void)
{
  RungsPayee *self = g_new0 (RungsPayee, 1);

  for (guint i = 0; i < RUNGS_PAYEE_N_FIELDS; i++)
    self->texts[i] = g_strdup ("");
  return self;
}

void
rungs_payee_free (RungsPayee *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < RUNGS_PAYEE_N_FIELDS; i++)
    rungs_secret_free (self->texts[i]);
  g_free (self);
}

const char *
rungs_payee_get (const RungsPayee *self,
                 RungsPayeeField   field)
{
  g_return_val_if_fail (self != NULL && (guint) field < RUNGS_PAYEE_N_FIELDS, NULL);

  return self->texts[field];
}

void
rungs_payee_set (RungsPayee      *self,
                 RungsPayeeField  field,
                 const char      *text)
{
  char *tidy;

  g_return_if_fail (self != NULL && (guint) field < RUNGS_PAYEE_N_FIELDS);

  tidy = g_strstrip (g_strdup (text != NULL ? text : ""));
  rungs_secret_free (self->texts[field]);
  self->texts[field] = tidy;
}

gboolean
rungs_payee_is_empty (const RungsPayee *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  for (guint i = 0; i < RUNGS_PAYEE_N_FIELDS; i++)
    if (*self->texts[i] != '\0')
      return FALSE;
  return TRUE;
}

/* ---- whether it can be so */

static gboolean
has (const RungsPayee *self,
     RungsPayeeField   field)
{
  return *self->texts[field] != '\0';
}

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

/* Takes `read`. */
static gboolean
take (RungsPayee      *self,
      RungsPayeeField  field,
      char            *read)
{
  if (read != NULL)
    rungs_payee_set (self, field, read);
  rungs_secret_free (read);
  return read != NULL;
}

static gboolean
is_address (const RungsPayee  *self,
            RungsPayeeField    field,
            GError           **error)
{
  g_autofree char *key = rungs_email_key (self->texts[field], error);

  return key != NULL;
}

/* Two letters of a country, then 2 to 13 letters and digits (Directive 2006/112/EC, article 215,
 * and those of Switzerland and Norway, which are as long). */
static char *
read_vat_id (const char  *text,
             GError     **error)
{
  g_autofree char *id = g_ascii_strup (text, -1);
  gsize n = 0;

  for (const char *p = id; *p != '\0'; p++)
    if (strchr (" .-", *p) == NULL)
      id[n++] = *p;
  id[n] = '\0';
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isupper (id[i]) && (i < 2 || !g_ascii_isdigit (id[i])))
      n = 0;
  if (n >= 4 && n <= 15)
    return g_steal_pointer (&id);
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("“%s” is no VAT id: it begins with the two letters of its country"), text);
  return NULL;
}

static gboolean
length_fits (const RungsPayee  *self,
             RungsPayeeField    field,
             GError           **error)
{
  gboolean is_long = field == RUNGS_PAYEE_OTHER || field == RUNGS_PAYEE_ADDRESS;
  const char *text = self->texts[field];

  if (g_utf8_strlen (text, -1) > (is_long ? LONG : SHORT))
    return refuse (error, _ ("that is too long for payment details"));
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) && !(*p == '\n' && is_long))
      return refuse (error, _ ("payment details have no control characters in them"));
  return TRUE;
}

static void
choose_way (RungsPayee *self)
{
  if (self->way != RUNGS_PAY_UNSAID)
    return;
  if (has (self, RUNGS_PAYEE_IBAN))
    self->way = RUNGS_PAY_BANK;
  else if (has (self, RUNGS_PAYEE_PAYPAL))
    self->way = RUNGS_PAY_PAYPAL;
  else if (has (self, RUNGS_PAYEE_WISE))
    self->way = RUNGS_PAY_WISE;
  else if (has (self, RUNGS_PAYEE_OTHER))
    self->way = RUNGS_PAY_OTHER;
}

static gboolean
way_can_be_gone (const RungsPayee  *self,
                 GError           **error)
{
  if (self->way == RUNGS_PAY_BANK && !has (self, RUNGS_PAYEE_IBAN))
    return refuse (error, _ ("who is paid by bank transfer needs an IBAN"));
  if (self->way == RUNGS_PAY_PAYPAL && !has (self, RUNGS_PAYEE_PAYPAL))
    return refuse (error, _ ("who is paid by PayPal needs the address of the account there"));
  if (self->way == RUNGS_PAY_WISE && !has (self, RUNGS_PAYEE_WISE) && !has (self, RUNGS_PAYEE_IBAN))
    return refuse (error, _ ("who is paid by Wise needs an e-mail address or an IBAN"));
  if (self->way == RUNGS_PAY_OTHER && !has (self, RUNGS_PAYEE_OTHER))
    return refuse (error, _ ("say in words how else the partner is paid"));
  return TRUE;
}

gboolean
rungs_payee_check_field (RungsPayee       *self,
                         RungsPayeeField   field,
                         GError          **error)
{
  g_return_val_if_fail (self != NULL && (guint) field < RUNGS_PAYEE_N_FIELDS, FALSE);

  if (!has (self, field))
    return TRUE;
  switch (field)
    {
    case RUNGS_PAYEE_IBAN:
      return take (self, field, rungs_iban_read (self->texts[field], error));
    case RUNGS_PAYEE_BIC:
      return take (self, field, rungs_bic_read (self->texts[field], error));
    case RUNGS_PAYEE_VAT_ID:
      return take (self, field, read_vat_id (self->texts[field], error));
    case RUNGS_PAYEE_PAYPAL:
    case RUNGS_PAYEE_WISE:
      return is_address (self, field, error) && length_fits (self, field, error);
    case RUNGS_PAYEE_HOLDER:
    case RUNGS_PAYEE_OTHER:
    case RUNGS_PAYEE_ADDRESS:
    case RUNGS_PAYEE_TAX_NUMBER:
    default:
      return length_fits (self, field, error);
    }
}

gboolean
rungs_payee_check (RungsPayee  *self,
                   GError     **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < RUNGS_PAYEE_N_FIELDS; i++)
    if (!rungs_payee_check_field (self, i, error))
      return FALSE;
  choose_way (self);
  return way_can_be_gone (self, error);
}

/* ---- for listings */

/* The first `n` letters, and the last two. */
static char *
mask (const char *text,
      glong       n)
{
  g_autofree char *head = NULL;
  glong length = g_utf8_strlen (text, -1);

  if (length < n + 5)
    return g_strdup ("…");
  head = g_utf8_substring (text, 0, n);
  return g_strdup_printf ("%s … %s", head, g_utf8_offset_to_pointer (text, length - 2));
}

static char *
mask_address (const char *text)
{
  const char *at = strrchr (text, '@');

  if (at == NULL)
    return g_strdup ("…");
  return g_strdup_printf ("%.*s…%s", (int) (g_utf8_next_char (text) - text), text, at);
}

char *
rungs_payee_dup_masked (const RungsPayee *self,
                        RungsPayeeField   field)
{
  const char *text = rungs_payee_get (self, field);

  if (text == NULL || *text == '\0')
    return g_strdup ("");
  switch (field)
    {
    case RUNGS_PAYEE_HOLDER:
    case RUNGS_PAYEE_BIC:
      return g_strdup (text);
    case RUNGS_PAYEE_IBAN:
      return rungs_iban_dup_masked (text);
    case RUNGS_PAYEE_PAYPAL:
    case RUNGS_PAYEE_WISE:
      return mask_address (text);
    case RUNGS_PAYEE_TAX_NUMBER:
    case RUNGS_PAYEE_VAT_ID:
      return mask (text, 2);
    case RUNGS_PAYEE_OTHER:
    case RUNGS_PAYEE_ADDRESS:
    default:
      return g_strdup ("…");
    }
}
