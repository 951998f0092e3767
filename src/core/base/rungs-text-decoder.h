/* rungs-text-decoder.h: a file of text in whatever encoding, as a stream of UTF-8. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RungsTextDecoder RungsTextDecoder;

/* Opens a file. `encoding` is a name that iconv knows, or NULL to find it out (see rungs-text-
 * encoding.h); a byte order mark goes before both. Errors: NOT_FOUND; INVALID for what is no text
 * file (folders, pipes, workbooks, pictures …), with words that tell its owner what to do. */
RungsTextDecoder *rungs_text_decoder_open (const char *path,
                                           const char *encoding,
                                           GError    **error);

/* The same for bytes in memory. */
RungsTextDecoder *rungs_text_decoder_new_for_bytes (GBytes     *bytes,
                                                    const char *encoding,
                                                    GError    **error);

void rungs_text_decoder_free (RungsTextDecoder *self);

/* Writes the next at most `size` bytes (at least 16) of UTF-8 to `buffer`, only whole characters; a
 * byte order mark is left out. A byte that cannot be decoded becomes U+FFFD and is counted. Returns
 * how many bytes, 0 at the end, -1 with `error` set. */
gssize rungs_text_decoder_read (RungsTextDecoder *self,
                                char             *buffer,
                                gsize             size,
                                GError          **error);

/* The encoding that is read; it can still turn from "ASCII" into another when the first byte that
 * is not ASCII comes. */
const char *rungs_text_decoder_get_encoding (RungsTextDecoder *self);

/* How much of the file has been read, and its size when it was opened, in bytes. */
gint64 rungs_text_decoder_get_position (RungsTextDecoder *self);
gint64 rungs_text_decoder_get_size (RungsTextDecoder *self);

/* How many bytes could not be decoded so far. */
gint64 rungs_text_decoder_get_replaced (RungsTextDecoder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsTextDecoder, rungs_text_decoder_free)

G_END_DECLS
