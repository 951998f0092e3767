/* rungs-opt-in-page.h: an opt-in form as HTML: a page of its own, a snippet for another site that
 * looks as it should, or bare markup to paste, which looks as the site around it does.
 *
 * All three work without script. Every field has a label; choices stand in a fieldset with a
 * legend; what is required is said in words; a hint is tied to its field; fields that a browser
 * knows have their autocomplete token. A trap for robots is hidden from eyes, screen readers, the
 * tab key and autofill. The version that was shown is sent along, so that it is known which words
 * somebody agreed to. */

#pragma once

#include <json-glib/json-glib.h>

#include "db/rungs-db.h"
#include "web/rungs-opt-in.h"

G_BEGIN_DECLS

/* The name of the trap. */
#define RUNGS_OPT_IN_TRAP "subject_line"

/* The names of what is sent besides the answers. */
#define RUNGS_OPT_IN_VERSION_NAME "form_version"
#define RUNGS_OPT_IN_CONSENT_NAME "consent"
#define RUNGS_OPT_IN_LANGUAGE_NAME "rungs-language"

/* What is drawn. All is lent. */
typedef struct
{
  const RungsOptIn *definition;
  const char *slug;
  gint64 version;       /* id; 0: it is looked at and not sent */
  const char *language; /* (nullable): NULL: its own */
  const char *business; /* (nullable): stands under the page */
  const char *relay;    /* (nullable): "https://relay.example"; NULL: it posts to "/f/…" */
} RungsOptInFace;

/**
 * RungsOptInShape:
 * @RUNGS_OPT_IN_SHAPE_PAGE: as the relay shows it, with all fields
 * @RUNGS_OPT_IN_SHAPE_SNIPPET: with styles and the relay's script, which posts in place
 * @RUNGS_OPT_IN_SHAPE_PASTE: neither
 */
typedef enum
{
  RUNGS_OPT_IN_SHAPE_PAGE,
  RUNGS_OPT_IN_SHAPE_SNIPPET,
  RUNGS_OPT_IN_SHAPE_PASTE,
} RungsOptInShape;

/* Returns: (transfer full). */
char *rungs_opt_in_dup_html (const RungsOptInFace *face,
                             RungsOptInShape       shape);

/* Returns: (transfer full): the page that thanks. */
char *rungs_opt_in_dup_thanks (const RungsOptInFace *face);

/* Adds what the relay is told (wire/rungs-relay-protocol.h): "forms": those that were published and
 * are in use. */
gboolean rungs_web_forms_publish (RungsDb      *db,
                                  JsonBuilder  *builder,
                                  GError      **error);

G_END_DECLS
