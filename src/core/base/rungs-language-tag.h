/* rungs-language-tag.h: whether a text is written as the tag of a language is. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether `tag` is one of BCP 47 (RFC 5646, 2.1) by its form: "de", "pt-BR", "zh-Hant-TW". Whether
 * there is such a language is not asked. Left out are tags that are for private use from the first
 * sign on ("x-shop"), the irregular ones of old ("i-klingon"), and names of five letters and more,
 * of which the register has none ("german"). */
gboolean rungs_language_tag_is_valid (const char *tag);

G_END_DECLS
