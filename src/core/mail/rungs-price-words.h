/* rungs-price-words.h: a price as its reader writes it. */

#pragma once

#include "base/rungs-money.h"

G_BEGIN_DECLS

/* "49,00 €" in German, "€49.00" in English, "€ 49,00" in Dutch: as Unicode's CLDR has it, with the
 * signs of euro, dollar, pound and yen, and other currencies by their code. `language` is BCP 47
 * ("de", "pt-BR"); where it is NULL or not known: "49.00 EUR". */
char *rungs_price_words (RungsMoney  price,
                         const char *language);

G_END_DECLS
