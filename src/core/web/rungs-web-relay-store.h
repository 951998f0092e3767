/* rungs-web-relay-store.h: the relay that takes deliveries while this machine sleeps, and how far
 * we have taken what it holds. Its key is in the keyring, under the relay's uuid. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Where it runs: on a server, or on this computer, which starts it itself: reached by programs of
 * this computer only, or from all of its network. */
typedef enum
{
  RUNGS_RELAY_ELSEWHERE,
  RUNGS_RELAY_HERE,
  RUNGS_RELAY_OFFICE,
} RungsRelayPlace;

/* "elsewhere", "here", "office". */
const char *rungs_relay_place_to_text (RungsRelayPlace place);

/* The row of the table `web_relay`. */
typedef struct
{
  char *uuid;       /* (owned): what the relay calls itself */
  char *address;    /* (owned): "https://relay.example", without "/" at its end */
  char *ca_file;    /* (owned): "" where the system's certificates count */
  gint64 cursor;    /* the last delivery that we have */
  gint64 looked_at; /* 0: never */
  char *trouble;    /* (owned): why that failed; "" where it did not */
  gint64 paired_at;
  RungsRelayPlace place;
  gint64 mail_account;    /* by which it asks people to confirm their address; 0: it does not */
  gboolean mail_is_there; /* it had an account, and its password, when it was last asked */
  char *mail_trouble;     /* (owned): why it could not send; "" where it could */
} RungsWebRelay;

void rungs_web_relay_free (RungsWebRelay *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWebRelay, rungs_web_relay_free)

/* Errors: NOT_FOUND where we have none. */
RungsWebRelay *rungs_web_relay_load (RungsDb  *db,
                                     GError  **error);

/* The one that we have from now on. Where it is the one that we had, its cursor stays.
 * What the links of messages are signed with is made where there is nothing yet. */
gboolean rungs_web_relay_save (RungsDb          *db,
                               const char       *uuid,
                               const char       *address,
                               const char       *ca_file,
                               RungsRelayPlace   place,
                               gint64            now,
                               GError          **error);

/* It is reached at another address. */
gboolean rungs_web_relay_move (RungsDb     *db,
                               const char  *uuid,
                               const char  *address,
                               GError     **error);

/* Returns: (transfer full): where we ask it: one of this computer is asked within it, wherever
 * others reach it. */
char *rungs_web_relay_dup_asked (const RungsWebRelay *self);

/* We have none any more. What it was to send, and has not told of, is in doubt. Errors:
 * NOT_FOUND. */
gboolean rungs_web_relay_remove (RungsDb  *db,
                                 gint64    now,
                                 GError  **error);

/* How far we have taken what the relay of that uuid holds. */
gboolean rungs_web_relay_note_cursor (RungsDb     *db,
                                      const char  *uuid,
                                      gint64       cursor,
                                      GError     **error);

/* By which account it asks people to confirm their address; 0: not any more. It is told when it is
 * next asked. Errors: NOT_FOUND. */
gboolean rungs_web_relay_set_mail (RungsDb  *db,
                                   gint64    account,
                                   GError  **error);

/* Whether the relay of that uuid has an account. */
gboolean rungs_web_relay_note_mail (RungsDb     *db,
                                    const char  *uuid,
                                    gboolean     is_there,
                                    GError     **error);

/* How its last message went: "" where well. */
gboolean rungs_web_relay_note_mail_trouble (RungsDb     *db,
                                            const char  *trouble,
                                            GError     **error);

/* How a look ended. `trouble`: "" where it was well. */
gboolean rungs_web_relay_note_look (RungsDb     *db,
                                    const char  *uuid,
                                    gint64       now,
                                    const char  *trouble,
                                    GError     **error);

G_END_DECLS
