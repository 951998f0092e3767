/* rungs-vcard-reader.h: address cards as a table: a row of headings, then one a card. */

#pragma once

#include "tables/rungs-table-reader.h"

G_BEGIN_DECLS

/* Whether a file that begins so holds address cards. */
gboolean rungs_vcard_is_begun (const guint8 *bytes,
                               gsize         size);

/* The file is read twice: first to find out which columns it has. `encoding` (nullable): found out.
 * Errors: those of rungs_text_decoder_open(). */
RungsTableReader *rungs_vcard_reader_open (const char *path,
                                           const char *encoding,
                                           GError    **error);

G_END_DECLS
