/* rungs-payee.h: how somebody is paid, and who that is for the tax office.
 *
 * A partner, or the business itself, which pays. None of it ever stands in the file as it is: see
 * rungs-seal.h. Only the way of paying does, so that it is known who has none. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUNGS_PAY_UNSAID,
  RUNGS_PAY_BANK,
  RUNGS_PAY_PAYPAL,
  RUNGS_PAY_WISE,
  RUNGS_PAY_OTHER,
} RungsPayWay;

/* "", "bank", "paypal", "wise", "other". */
const char *rungs_pay_way_to_text (RungsPayWay way);
gboolean rungs_pay_way_from_text (const char  *text,
                                  RungsPayWay *way);

/**
 * RungsPayeeField:
 * @RUNGS_PAYEE_HOLDER: in whose name the account is; empty: the partner's
 * @RUNGS_PAYEE_IBAN: without spaces
 * @RUNGS_PAYEE_BIC: may be empty: SEPA needs none
 * @RUNGS_PAYEE_PAYPAL: the address of the account
 * @RUNGS_PAYEE_WISE: the address to which Wise writes; empty where the IBAN is paid
 * @RUNGS_PAYEE_OTHER: how else, in words
 * @RUNGS_PAYEE_ADDRESS: postal, in lines
 * @RUNGS_PAYEE_TAX_NUMBER: of the country's tax office, as it is written there
 * @RUNGS_PAYEE_VAT_ID: "DE123456789"
 */
typedef enum
{
  RUNGS_PAYEE_HOLDER,
  RUNGS_PAYEE_IBAN,
  RUNGS_PAYEE_BIC,
  RUNGS_PAYEE_PAYPAL,
  RUNGS_PAYEE_WISE,
  RUNGS_PAYEE_OTHER,
  RUNGS_PAYEE_ADDRESS,
  RUNGS_PAYEE_TAX_NUMBER,
  RUNGS_PAYEE_VAT_ID,
} RungsPayeeField;

#define RUNGS_PAYEE_N_FIELDS (RUNGS_PAYEE_VAT_ID + 1)

/* "holder", "iban", "bic", "paypal", "wise", "other", "address", "tax_number", "vat_id". */
const char *rungs_payee_field_to_text (RungsPayeeField field);

typedef struct
{
  RungsPayWay way;
  char *texts[RUNGS_PAYEE_N_FIELDS]; /* (owned) by RungsPayeeField; never NULL */
} RungsPayee;

RungsPayee *rungs_payee_new (void);

/* Overwrites them. */
void rungs_payee_free (RungsPayee *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPayee, rungs_payee_free)

const char *rungs_payee_get (const RungsPayee *self,
                             RungsPayeeField   field);
void rungs_payee_set (RungsPayee      *self,
                      RungsPayeeField  field,
                      const char      *text);

/* Whether nothing at all is known. */
gboolean rungs_payee_is_empty (const RungsPayee *self);

/* Brings one text into the way in which it is written; that there is none is right. Errors:
 * INVALID. */
gboolean rungs_payee_check_field (RungsPayee       *self,
                                  RungsPayeeField   field,
                                  GError          **error);

/* Brings the texts into the one way they are written in, and chooses the way of paying by what is
 * there, where none was. Errors: INVALID: an IBAN, BIC, e-mail address or VAT id that is none, or
 * what the way of paying needs is missing. */
gboolean rungs_payee_check (RungsPayee  *self,
                            GError     **error);

/* For listings: "DE89 … 00", "a…@example.com", "12 … 89"; "" where there is nothing. */
char *rungs_payee_dup_masked (const RungsPayee *self,
                              RungsPayeeField   field);

G_END_DECLS
