/* rungs-blanks.h: texts, addresses and JSON in which blanks are filled in: "Hello {name}".
 *
 * A blank is a name of small letters, digits and _ between { and }; one that is not known is empty,
 * and braces around anything else stand for themselves. In JSON what comes out empty is left out: a
 * string of blanks alone that are all empty, an object and an array in which nothing is left.
 * Numbers, true, false and strings with words of their own stay. Besides, an object may be
 *
 *   {"$each": "headers", "$as": …}                       an array, … for each item of the list; in
 *                                                        an array its elements stand there
 *                                                        themselves
 *   {"$map": "headers", "$name": "{name}", "$value": …}  an object, a member for each item, and
 *                                                        those of the object "$and"
 *   {"$if": "html", …}                                   left out where the blank is empty
 *
 * and the blanks of an item stand before those around it. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _RungsBlanks RungsBlanks;

RungsBlanks *rungs_blanks_new (void);
void rungs_blanks_free (RungsBlanks *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsBlanks, rungs_blanks_free)

/* `value` may be NULL: the blank is empty. */
void rungs_blanks_set (RungsBlanks *self,
                       const char  *name,
                       const char  *value);

/* Sets a blank for each member of the object that is a text, a number, true or false. */
void rungs_blanks_set_all (RungsBlanks *self,
                           JsonObject  *values);

/* Returns: (transfer none): a new item at the end of a list, whose blanks are to be set. */
RungsBlanks *rungs_blanks_add_item (RungsBlanks *self,
                                    const char  *list);

/* Returns: (transfer none): what stands in a blank; empty where it is not known. */
const char *rungs_blanks_get (const RungsBlanks *self,
                              const char        *name);

char *rungs_blanks_fill_text (const RungsBlanks *self,
                              const char        *text);

/* What is filled in is escaped (RFC 3986), so that it can add no part to the address. */
char *rungs_blanks_fill_address (const RungsBlanks *self,
                                 const char        *address);

/* Returns: (transfer full): an empty object where nothing is left. */
JsonNode *rungs_blanks_fill_json (const RungsBlanks *self,
                                  JsonNode          *node);

G_END_DECLS
