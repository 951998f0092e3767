/* rungs-mailing.h: a business with leads who all agreed, and a broadcast to them; through the
 * practice account, with a pretended clock. */

#pragma once

#include "engine/rungs-engine.h"
#include "mail/rungs-broadcast-store.h"

G_BEGIN_DECLS

#define RUNGS_MAILING_LEADS 60

typedef struct
{
  char *folder;
  char *path;
  RungsClock *clock;
  RungsDb *db;
  gint64 message;
  gint64 book; /* a product */
  gint64 leads[RUNGS_MAILING_LEADS];
  RungsBroadcast *broadcast; /* (nullable) */
} RungsMailing;

/* For g_test_add(). */
void rungs_mailing_set_up (RungsMailing *fixture,
                           gconstpointer data);
void rungs_mailing_tear_down (RungsMailing *fixture,
                              gconstpointer data);

typedef gboolean (*RungsMailingDeed) (RungsDb      *db,
                                      RungsMailing *fixture,
                                      GError      **error);

/* Does it in a write. */
void rungs_mailing_write (RungsMailing    *fixture,
                          RungsMailingDeed deed);

/* Deeds: saves the broadcast and sends it off; lets it go on. */
gboolean rungs_mailing_send (RungsDb      *db,
                             RungsMailing *fixture,
                             GError      **error);
gboolean rungs_mailing_resume (RungsDb      *db,
                               RungsMailing *fixture,
                               GError      **error);

/* Lets the engine run, and time pass. */
void rungs_mailing_run_until (RungsMailing *fixture,
                              gint64        until);
void rungs_mailing_run (RungsMailing *fixture,
                        int           hours);

/* The number that the query gives. */
gint64 rungs_mailing_ask (RungsMailing *fixture,
                          const char   *sql);

RungsBroadcastState rungs_mailing_get_state (RungsMailing *fixture);

/* Nobody got a broadcast twice. */
void rungs_mailing_assert_once (RungsMailing *fixture);

G_END_DECLS
