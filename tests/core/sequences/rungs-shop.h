/* rungs-shop.h: a shop with messages, leads and sequences, for the tests of sequences. All of it
 * inside a write transaction of the fixture. */

#pragma once

#include "rungs-fixture.h"

G_BEGIN_DECLS

void rungs_shop_add_message (RungsFixture *fixture,
                             const char   *name,
                             gboolean      marketing);

/* A lead who has agreed to marketing. Its address is NAME@example.com. */
gint64 rungs_shop_add_lead (RungsFixture *fixture,
                            const char   *name);

/* Adds a sequence, written with ' for ", and starts it. */
gint64 rungs_shop_add_sequence (RungsFixture *fixture,
                                const char   *json);

/* The same of these steps, that begin with "a". */
gint64 rungs_shop_add_steps (RungsFixture *fixture,
                             const char   *steps);

void rungs_shop_tag (RungsFixture *fixture,
                     gint64        lead,
                     const char   *tag);

/* Enters the lead by hand; "ok", or why not. */
const char *rungs_shop_enrol (RungsFixture *fixture,
                              gint64        lead,
                              gint64        sequence);

void rungs_shop_follow (RungsFixture *fixture);

/* Follows, and lets the clock go from one due time to the next until `days` are over. */
void rungs_shop_run (RungsFixture *fixture,
                     int           days);

/* What is or was in the outbox for the lead: "Hello 03-02 10:00, Bye 03-04 10:00 withheld:owned",
 * times of planning as the business's clock shows them. */
char *rungs_shop_mails (RungsFixture *fixture,
                        gint64        lead);

/* How the walks of the lead stand, the oldest first: "pause", "bought (event:7)". */
char *rungs_shop_walks (RungsFixture *fixture,
                        gint64        lead);

#define rungs_shop_assert_mails(fixture, lead, text) \
  G_STMT_START \
  { \
    g_autofree char *mails_ = rungs_shop_mails (fixture, lead); \
    g_assert_cmpstr (mails_, ==, text); \
  } \
  G_STMT_END

#define rungs_shop_assert_walks(fixture, lead, text) \
  G_STMT_START \
  { \
    g_autofree char *walks_ = rungs_shop_walks (fixture, lead); \
    g_assert_cmpstr (walks_, ==, text); \
  } \
  G_STMT_END

G_END_DECLS
