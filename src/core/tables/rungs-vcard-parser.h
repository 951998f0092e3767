/* rungs-vcard-parser.h: the properties of address cards (vCard 2.1, 3.0 and 4.0), one by one. */

#pragma once

#include "base/rungs-text-decoder.h"

G_BEGIN_DECLS

/* One property. All of it belongs to the parser and is valid until the next one. */
typedef struct
{
  const char *name;   /* upper case, without its group: "EMAIL" */
  const char *value;  /* as it stands there: still escaped; decoded where it was quoted-printable */
  gboolean is_preferred;
  gboolean is_fax;
  gboolean is_binary; /* a picture or the like: the value is of no use */
  gint64 line;        /* where it begins; the first is 1 */
} RungsVcardProperty;

typedef struct _RungsVcardParser RungsVcardParser;

/* Consumes `decoder`. */
RungsVcardParser *rungs_vcard_parser_new (RungsTextDecoder *decoder);
void rungs_vcard_parser_free (RungsVcardParser *self);

/* The next property; NULL at the end, or with `error` set. Lines that are none are left out, and so
 * are properties of more than a megabyte. */
const RungsVcardProperty *rungs_vcard_parser_next (RungsVcardParser *self,
                                                   GError          **error);

RungsTextDecoder *rungs_vcard_parser_get_decoder (RungsVcardParser *self);

/* Appends the next part of an escaped value, up to `parting` (';' or ','; 0: all of it), and moves
 * `at` behind it; FALSE where there is no more. */
gboolean rungs_vcard_next_part (const char **at,
                                char         parting,
                                GString     *part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsVcardParser, rungs_vcard_parser_free)

G_END_DECLS
