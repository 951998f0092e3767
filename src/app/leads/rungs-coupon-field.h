/* rungs-coupon-field.h: the coupon of an order that is entered, and what is to be said of it. */

#pragma once

#include "db/rungs-store.h"
#include "widgets/rungs-form.h"

G_BEGIN_DECLS

/* Rows of a form: the codes, what they mean or why they do not fit, and, where they do not,
 * whether they are taken all the same. */
typedef struct _RungsCouponField RungsCouponField;

/* Adds the rows to the form, which owns it. */
RungsCouponField *rungs_coupon_field_new (RungsForm  *form,
                                          RungsStore *store,
                                          gint64      lead);

/* What is ordered, and when; `products` (element-type gint64) is taken. */
void rungs_coupon_field_set_order (RungsCouponField *self,
                                   GArray           *products,
                                   gint64            at);

char *rungs_coupon_field_dup_codes (RungsCouponField *self);

/* Whether the codes are to be taken even where they do not fit. */
gboolean rungs_coupon_field_get_anyway (RungsCouponField *self);

/* Beside it is said what is wrong with the codes; NULL where there are none. */
AdwEntryRow *rungs_coupon_field_get_row (RungsCouponField *self);

G_END_DECLS
