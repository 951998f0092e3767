/* rungs-fake-jmap.h: the JMAP server that does wrong what a test tells it to (fake-jmap.py). */

#pragma once

#include <json-glib/json-glib.h>

#include "mail/rungs-jmap-settings.h"

G_BEGIN_DECLS

typedef struct _RungsFakeJmap RungsFakeJmap;

RungsFakeJmap *rungs_fake_jmap_start (void);
void rungs_fake_jmap_stop (RungsFakeJmap *self);

/* "http://127.0.0.1:PORT" */
const char *rungs_fake_jmap_get_url (RungsFakeJmap *self);

/* Returns: (transfer full): its user with the right password, and little patience. */
RungsJmapSettings *rungs_fake_jmap_new_settings (RungsFakeJmap *self);

/* Faults and options, as JSON with ' for ". */
void rungs_fake_jmap_control (RungsFakeJmap *self,
                              const char    *control);

/* Puts a mail into the inbox. */
void rungs_fake_jmap_deliver (RungsFakeJmap *self,
                              const char    *mail);

/* Returns: (transfer full): what the server tells of itself. */
JsonObject *rungs_fake_jmap_tell (RungsFakeJmap *self);

/* How many messages were sent, and how many mails lie in that mailbox. */
guint rungs_fake_jmap_count_sent (RungsFakeJmap *self);
guint rungs_fake_jmap_count_in (RungsFakeJmap *self,
                                const char    *mailbox);

G_END_DECLS
