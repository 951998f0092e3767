/* rungs-product-options.h: what the options of a command say of a product. */

#pragma once

#include "ladder/rungs-product.h"
#include "rungs-invocation.h"

G_BEGIN_DECLS

/* The options that rungs_product_take_options() reads, for a table of options. */
#define RUNGS_PRODUCT_OPTIONS                                                                      \
  RUNGS_OPTION ("name", N_ ("NAME"), N_ ("Name")),                                                 \
      RUNGS_OPTION ("price", N_ ("AMOUNT"), N_ ("Price, such as 49.00EUR")),                       \
      RUNGS_OPTION ("cost", N_ ("AMOUNT"), N_ ("What delivering one costs; none: not known")),     \
      RUNGS_OPTION ("rung", N_ ("N"), N_ ("Height on the ladder, 1 at the foot; 0: beside it")),   \
      RUNGS_OPTION ("refund-days", N_ ("N"), N_ ("Money is given back within so many days")),      \
      RUNGS_OPTION ("period-months", N_ ("N"),                                                     \
                    N_ ("A subscription, paid every N months; 0: none")),                          \
      RUNGS_OPTION ("lapse-days", N_ ("N"),                                                        \
                    N_ ("A subscription that is not paid again lapses so many days later")),       \
      RUNGS_OPTION ("delivery", N_ ("TEXT"), N_ ("How it is delivered, in words")),                \
      RUNGS_OPTION ("deliver", N_ ("KIND"),                                                        \
                    N_ ("After the order: none, link, message, shipping or appointment")),         \
      RUNGS_OPTION ("link", N_ ("URL"), N_ ("Address of the download")),                           \
      RUNGS_OPTION ("message", N_ ("NAME"), N_ ("The message that is sent; none: a plain one")),   \
      RUNGS_OPTION ("by", N_ ("NAME"), N_ ("Who sends the parcel or agrees the day")),             \
      RUNGS_OPTION ("affiliate-rate", N_ ("RATE"),                                                 \
                    N_ ("What an affiliate gets of a sale, such as 12.5%; none: not said"))

/* What the options say of it; what they do not say stays. */
gboolean rungs_product_take_options (RungsInvocation  *call,
                                     RungsDb          *db,
                                     RungsProduct     *product,
                                     GError          **error);

G_END_DECLS
