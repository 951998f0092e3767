/* rungs-link.h: signed links to the relay: clicks, unsubscribing, confirming, what is known.
 *
 * A token is base64url (wire/rungs-base64url.h) of
 *
 *   kind      a byte: 'l', 'u', 'c' or 'k'
 *   mail      varint: outbox id; of 'c' the id of the opt-in; 0: none
 *   lead      varint; 0: none
 *   minute    varint: when it was made, minutes since 1970
 *   rest      UTF-8 without control characters: of 'l' the address it leads to, else as needed
 *   seal      16 bytes: HMAC-SHA256 by the link key over all before, cut off
 *
 * A varint is LEB128 of at most 63 bits in as few bytes as can be. There is one way to write a
 * token, so that a token can stand for what it says. A link key is 32 random bytes of the business
 * file, which both desktop and relay know; each checks for itself. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RUNGS_LINK_KEY_BYTES 32
#define RUNGS_LINK_REST_MOST 4096

/* No token is longer. */
#define RUNGS_LINK_TEXT_MOST 5600

/**
 * RungsLinkKind:
 * @RUNGS_LINK_CLICK: /l/TOKEN leads to where `rest` says
 * @RUNGS_LINK_UNSUBSCRIBE: /u/TOKEN
 * @RUNGS_LINK_CONFIRM: /c/TOKEN: what `mail` says was asked for is confirmed
 * @RUNGS_LINK_KNOWN: /f/SLUG?k=TOKEN: the fields of a form whose keys are in `rest`, parted by
 *   commas, are known and need not be asked
 */
typedef enum
{
  RUNGS_LINK_CLICK = 'l',
  RUNGS_LINK_UNSUBSCRIBE = 'u',
  RUNGS_LINK_CONFIRM = 'c',
  RUNGS_LINK_KNOWN = 'k',
} RungsLinkKind;

typedef struct
{
  RungsLinkKind kind;
  gint64 mail;
  gint64 lead;
  gint64 minute;
  char *rest; /* (owned): "" where there is none */
} RungsLink;

void rungs_link_clear (RungsLink *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsLink, rungs_link_clear)

/* Whether a link may lead there: http or https, a host, nothing that a header could not hold, and
 * at most RUNGS_LINK_REST_MOST bytes. */
gboolean rungs_link_is_target (const char *address);

/* `key`: RUNGS_LINK_KEY_BYTES. `link->rest` may be NULL. Returns: (transfer full) (nullable): the
 * token; NULL where there can be none: a number below 0, a target that is none, a rest that is too
 * long or no text. */
char *rungs_link_make (GBytes          *key,
                       const RungsLink *link);

/* Reads a token. `keys` (element-type GBytes): any of them may have made it; all are tried, however
 * it turns out. `link` (out). Errors: INVALID, it is none of ours. */
gboolean rungs_link_parse (GPtrArray   *keys,
                           const char  *text,
                           RungsLink   *link,
                           GError     **error);

/* The first 16 bytes of HMAC-SHA256. */
#define RUNGS_LINK_SEAL_BYTES 16
void rungs_link_seal (GBytes       *key,
                      const guint8 *bytes,
                      gsize         length,
                      guint8        seal[RUNGS_LINK_SEAL_BYTES]);

/* Whether one of the keys has made the seal; takes as long where none has. */
gboolean rungs_link_is_sealed (GPtrArray    *keys,
                               const guint8 *bytes,
                               gsize         length,
                               const guint8  seal[RUNGS_LINK_SEAL_BYTES]);

/* A key as it is published: base64url. Returns: (transfer full) (nullable): NULL where it is
 * none. */
GBytes *rungs_link_key_from_text (const char *text);

/* Returns: (transfer full). */
char *rungs_link_key_to_text (GBytes *key);

/* Returns: (transfer full) (nullable): a new one. Errors: FAILED, the system has no random
 * numbers. */
GBytes *rungs_link_key_new (GError **error);

G_END_DECLS
