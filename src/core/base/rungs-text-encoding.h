/* rungs-text-encoding.h: which encoding a file of text is in, and which files are no text. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a look at the first bytes of a file told. */
typedef struct
{
  const char *name; /* as iconv knows it; NULL: only ASCII so far, which any of them could be */
  gsize mark_size;  /* bytes of the byte order mark that come before the text */
} RungsTextEncoding;

/* Guesses the encoding of a file from its first `size` bytes: a byte order mark; then valid UTF-8,
 * UTF-16 by where its zero bytes stand, what uchardet says where it can be believed, Windows-1252.
 * `at_end`: the bytes are the whole file. Errors: INVALID, for files that are something else than
 * text; the message says what they are and what to do. */
gboolean rungs_text_encoding_guess (const guint8       *bytes,
                                    gsize               size,
                                    gboolean            at_end,
                                    RungsTextEncoding  *encoding,
                                    GError            **error);

/* The same for the middle of a text that was ASCII until `bytes`, which begin with the first byte
 * that is not: an 8-bit encoding or UTF-8. Never NULL. */
const char *rungs_text_encoding_guess_8bit (const guint8 *bytes,
                                            gsize         size,
                                            gboolean      at_end);

/* How many of the bytes are ASCII, or whole characters of UTF-8, from the first on. Zero bytes
 * count. */
gsize rungs_text_ascii_prefix (const guint8 *bytes,
                               gsize         size);
gsize rungs_text_utf8_prefix (const guint8 *bytes,
                              gsize         size);

/* Whether the bytes are the beginning of a character of UTF-8 whose rest is not there yet. */
gboolean rungs_text_is_utf8_begun (const guint8 *bytes,
                                   gsize         size);

G_END_DECLS
