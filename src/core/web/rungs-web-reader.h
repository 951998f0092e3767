/* rungs-web-reader.h: what stands in a delivery, by the words of a provider's section "receive".
 *
 * A value is said by one of these, or by an array of them, of which the first that is there counts:
 *
 *   "data.object.id"                a path into the body (rungs_wire_json_find()); of an element of
 *                                   a list, into that; "^data.id": from there into the whole
 *   "header:X-Event", "query:page"  what stands in the request
 *   "fetched:field_data"            in what was asked for besides: web/rungs-web-before.h
 *   "=text"                         that text
 *   {"join": […], "with": "|"}      several, those that are there
 *   {"path": …, "as": "last"}       what stands behind the last "/" of it; "abs": without its minus
 *   {"if": {…}, …}                  the same, where that holds: rungs_web_reader_holds()
 *
 * The body is JSON, or a form, whose fields are members of one object. "inside": "NAME" says that a
 * member holds the JSON that is meant; what is not found there is looked for around it. */

#pragma once

#include <json-glib/json-glib.h>

#include "wire/rungs-raw-delivery.h"

G_BEGIN_DECLS

/* The header in which that is kept with the delivery, so that it goes with it. Nobody else's gets
 * here: a relay takes none that begins so. */
#define RUNGS_WEB_FETCHED "Rungs-Fetched"

typedef struct _RungsWebReader RungsWebReader;

/* `receive` and `delivery` are lent. Errors: INVALID, the body cannot be read. */
RungsWebReader *rungs_web_reader_new (JsonObject              *receive,
                                      const RungsRawDelivery  *delivery,
                                      GError                 **error);
void rungs_web_reader_free (RungsWebReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWebReader, rungs_web_reader_free)

/* Where paths begin: an element of a list. NULL: the whole again. Returns: (transfer none)
 * (nullable): where they began. */
JsonNode *rungs_web_reader_enter (RungsWebReader *self,
                                  JsonNode       *element);

/* The node at a path. Returns: (transfer none) (nullable). */
JsonNode *rungs_web_reader_find (RungsWebReader *self,
                                 const char     *path);

/* What `value` (nullable) says. Returns: (transfer full) (nullable): never empty. */
char *rungs_web_reader_read (RungsWebReader *self,
                             JsonNode       *value);

/* The member of an object that says a value. */
char *rungs_web_reader_read_member (RungsWebReader *self,
                                    JsonObject     *object,
                                    const char     *member);

/* Returns: (transfer full) (element-type utf8): all that the values of an array say. */
GPtrArray *rungs_web_reader_read_all (RungsWebReader *self,
                                      JsonObject     *object,
                                      const char     *member);

/* Returns: (transfer full): what tells the delivery from others of its endpoint: the provider's
 * number, "id" of `receive`, else the hash of its body. */
char *rungs_web_reader_dup_key (RungsWebReader *self,
                                JsonObject     *receive);

/* Whether all that "if" says holds: {VALUE: ["one", "other"]}; "*": anything, "+": a number above
 * 0, null: nothing. */
gboolean rungs_web_reader_holds (RungsWebReader *self,
                                 JsonObject     *condition);

/* An instant in milliseconds; 0: none. */
gint64 rungs_web_reader_read_time (RungsWebReader *self,
                                   JsonObject     *object,
                                   const char     *member);

G_END_DECLS
