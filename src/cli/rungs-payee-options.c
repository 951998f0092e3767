/* rungs-payee-options.c: payment details as they are typed and shown. */

#include "rungs-payee-options.h"

#include <string.h>

#include "mail/rungs-secret.h"

/* "tax-number" for "tax_number". */
static char *
dup_option (RungsPayeeField field)
{
  return g_strdelimit (g_strdup (rungs_payee_field_to_text (field)), "_", '-');
}

gboolean
rungs_payee_take_options (RungsInvocation *call,
                          RungsPayee      *payee)
{
  gboolean any = FALSE;

  for (guint i = 0; i < RUNGS_PAYEE_N_FIELDS; i++)
    {
      g_autofree char *option = dup_option (i);

      if (!rungs_invocation_has (call, option))
        continue;
      rungs_payee_set (payee, i, rungs_invocation_get_text (call, option, ""));
      any = TRUE;
    }
  return any;
}

void
rungs_payee_to_row (const RungsPayee *payee,
                    RungsPayeeField   last,
                    gboolean          whole,
                    JsonObject       *row)
{
  for (guint i = 0; i <= last; i++)
    {
      g_autofree char *text = whole ? g_strdup (rungs_payee_get (payee, i))
                                    : rungs_payee_dup_masked (payee, i);

      rungs_row_set_text (row, rungs_payee_field_to_text (i), *text != '\0' ? text : NULL);
    }
}

RungsPayee *
rungs_payee_open (RungsDb  *db,
                  gint64    partner,
                  GError  **error)
{
  g_autoptr (RungsSealKey) key = NULL;
  gboolean there;

  if (!rungs_payee_is_there (db, partner, &there, error))
    return NULL;
  if (there)
    {
      key = rungs_payee_key (db, FALSE, RUNGS_SECRET_PATIENT_TIMEOUT, NULL, error);
      if (key == NULL)
        return NULL;
    }
  return rungs_payee_load (db, partner, key, error);
}

typedef struct
{
  RungsInvocation *call;
  gint64 partner;
  RungsSealKey *key; /* (owned) (nullable): forget */
} Change;

static gboolean
is_given (RungsInvocation *call,
          const char      *option)
{
  return *rungs_invocation_get_text (call, option, "") != '\0';
}

/* What was given now is how the partner is paid, unless that was said, too. */
static gboolean
take_way (RungsInvocation  *call,
          RungsPayee       *payee,
          GError          **error)
{
  static const char *const WAYS[] = { "bank", "paypal", "wise", "other", NULL };
  guint way = 0;

  if (rungs_invocation_has (call, "way"))
    {
      if (!rungs_invocation_get_choice (call, "way", WAYS, &way, error))
        return FALSE;
      payee->way = RUNGS_PAY_BANK + way;
    }
  else if (is_given (call, "paypal"))
    payee->way = RUNGS_PAY_PAYPAL;
  else if (is_given (call, "wise"))
    payee->way = RUNGS_PAY_WISE;
  else if (is_given (call, "other"))
    payee->way = RUNGS_PAY_OTHER;
  else if (is_given (call, "iban") && payee->way != RUNGS_PAY_WISE)
    payee->way = RUNGS_PAY_BANK;
  return TRUE;
}

static gboolean
change_cb (RungsDb   *db,
           gpointer   data,
           GError   **error)
{
  const Change *change = data;
  g_autoptr (RungsPayee) payee = NULL;

  if (change->key == NULL)
    return rungs_payee_forget (db, change->partner, error);
  payee = rungs_payee_load (db, change->partner, change->key, error);
  if (payee == NULL || !take_way (change->call, payee, error))
    return FALSE;
  rungs_payee_take_options (change->call, payee);
  return rungs_payee_save (db, change->partner, payee, change->key, error);
}

gboolean
rungs_payee_change (RungsInvocation  *call,
                    RungsDb          *db,
                    gint64            partner,
                    GError          **error)
{
  g_autoptr (RungsPayee) typed = rungs_payee_new ();
  Change change = { call, partner, NULL };
  gboolean done;

  if (rungs_invocation_has (call, "forget"))
    return rungs_db_write (db, change_cb, &change, error);
  if (!rungs_payee_take_options (call, typed) && !rungs_invocation_has (call, "way"))
    return TRUE;
  change.key = rungs_payee_key (db, TRUE, RUNGS_SECRET_PATIENT_TIMEOUT, NULL, error);
  if (change.key == NULL)
    return FALSE;
  done = rungs_db_write (db, change_cb, &change, error);
  rungs_seal_key_free (change.key);
  return done;
}
