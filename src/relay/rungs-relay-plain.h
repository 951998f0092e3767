/* rungs-relay-plain.h: plain pages in English, for where the desktop has put up none. */

#pragma once

#include "rungs-relay-published.h"

G_BEGIN_DECLS

/* The one style of these pages, as rungs_relay_page_answer_html() wants it. */
#define RUNGS_RELAY_PLAIN_STYLES "'sha256-ZTg2dF7HkWPNVwD95sjHtkj2jtl4+baiHwGwPZCAcC0='"

/* For a page without a form. */
#define RUNGS_RELAY_PLAIN_POLICY                                                                   \
  "default-src 'none'; style-src " RUNGS_RELAY_PLAIN_STYLES "; base-uri 'none';"                   \
  " form-action 'none'; frame-ancestors 'none'"

/* `form` (nullable): html that follows the text. */
char *rungs_relay_plain_page (const char *title,
                              const char *text,
                              const char *form);

/* Of any kind but RUNGS_RELAY_PAGE_LANDING, with blanks as the desktop's have them. */
char *rungs_relay_plain_page_of (RungsRelayPageKind kind);

/* What is said after a form that has no page of its own. */
char *rungs_relay_plain_thanks (void);

G_END_DECLS
