/* rungs-provider.h: other people's services, as data. Read this first in wire/.
 *
 * A provider is a file, KEY.json, of data/providers or of the user's own folder, and never a branch
 * in the code: whoever knows the words of the file can add one.
 *
 *   {
 *     "key": "postmark",                       the file's name; a-z, 0-9 and -
 *     "name": "Postmark",                      what it calls itself
 *     "home": "https://postmarkapp.com/",      where one gets an account
 *     "sources": ["https://…"],                where what stands here is from
 *     "send": {…},                             how it is given mail to send:
 *                                                mail/rungs-http-request.h
 *     "mail_events": {…},                      how it is asked for bounces, complaints …:
 *                                                mail/rungs-event-pull.h
 *     "receive": {…},                          how what it sends to us is verified and read
 *     "pull": {…},                             how it is asked for what it would send:
 *                                                web/rungs-web-pull.h
 *     "oauth": {…}                             how one signs in to it through the browser:
 *                                                mail/rungs-oauth-provider.h
 *   }
 *
 * "key", "name" and "home" must be there, and at least one of the sections. A text that users read
 * may be an object of languages, {"en": "Server token", "de": "Server-Token"}. */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define RUNGS_PROVIDER_SEND "send"
#define RUNGS_PROVIDER_MAIL_EVENTS "mail_events"
#define RUNGS_PROVIDER_RECEIVE "receive"
#define RUNGS_PROVIDER_PULL "pull"
#define RUNGS_PROVIDER_OAUTH "oauth"

/* What a file says; never changes, so that any thread may read it: read only, for neither
 * json_object_ref() nor json_node_copy() counts references atomically. */
typedef struct _RungsProvider RungsProvider;

RungsProvider *rungs_provider_ref (RungsProvider *self);
void rungs_provider_unref (RungsProvider *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsProvider, rungs_provider_unref)

/* `bytes` are those of the file KEY.json. Errors: INVALID, and the message says what is wrong in
 * the file; what stands in the sections is checked by whom they are for. */
RungsProvider *rungs_provider_new (const char  *key,
                                   GBytes      *bytes,
                                   GError     **error);

const char *rungs_provider_get_key (const RungsProvider *self);
const char *rungs_provider_get_name (const RungsProvider *self);
const char *rungs_provider_get_home (const RungsProvider *self);

/* Returns: (transfer none) (nullable): NULL where it has no such section. */
JsonObject *rungs_provider_get_section (const RungsProvider *self,
                                        const char          *section);

/* Returns: (transfer none) (nullable): a text of the file in the first of the languages ("de_DE",
 * "de", …) that it has, else in English; NULL where there is none. */
const char *rungs_provider_get_words (JsonObject        *object,
                                      const char        *member,
                                      const char *const *languages);

/* Returns: (transfer full): where a user puts providers, and files that count instead of those
 * that come with Rungs. */
char *rungs_provider_get_own_folder (void);

/* The user's own, else the one that comes with Rungs. Errors: NOT_FOUND, INVALID as above, and
 * those of reading a file. */
RungsProvider *rungs_provider_load (const char  *key,
                                    GError     **error);

/* All that have that section (nullable: all there are). `faults` (out) (optional): (element-type
 * utf8): what is wrong with those of the user's own that cannot be used, one text a file.
 * Returns: (transfer full) (element-type RungsProvider): by name. */
GPtrArray *rungs_provider_list (const char  *section,
                                GPtrArray  **faults);

G_END_DECLS
