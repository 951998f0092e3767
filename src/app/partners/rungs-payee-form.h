/* rungs-payee-form.h: asks how a partner is paid, or from which account the business pays. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Reads what is stored, for which the keyring may ask, then opens over `parent`. `name`: of the
 * partner. Where the details cannot be read any more it offers to forget them. */
void rungs_payee_form_open (RungsPage  *page,
                            GtkWindow  *parent,
                            gint64      partner,
                            const char *name);

/* The same of the business: the account that partners are paid from. */
void rungs_payee_form_open_own (RungsPage *page,
                                GtkWindow *parent);

G_END_DECLS
