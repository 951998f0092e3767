/* rungs-notice-mail-store.h: mail that tells staff of new leads.
 *
 * It is mail to the business itself: it is about leads and goes to none, so it has nothing to do
 * with the outbox, its checks and its counts. Each address is told of its notices in their order;
 * those that are there when a mail leaves leave in it together, and the next mail to that address
 * leaves RUNGS_NOTICE_MAIL_EVERY later at the soonest.
 *
 * As in the outbox a mail is claimed, handed over, and settled. One that was claimed when the
 * program ended may have arrived: it is not sent again. */

#pragma once

#include "base/rungs-clock.h"
#include "db/rungs-db.h"

G_BEGIN_DECLS

#define RUNGS_NOTICE_MAIL_EVERY (10 * RUNGS_MINUTE)

/* One mail. */
typedef struct
{
  char *address; /* (owned) */
  gint64 until;  /* the last notice that it tells of */
  guint leads;   /* how many it tells of */
  char *subject; /* (owned) */
  char *text;    /* (owned) */
} RungsNoticeMail;

void rungs_notice_mail_free (RungsNoticeMail *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsNoticeMail, rungs_notice_mail_free)

typedef enum
{
  RUNGS_NOTICE_MAIL_SENT,
  RUNGS_NOTICE_MAIL_AGAIN,   /* not taken for now */
  RUNGS_NOTICE_MAIL_REFUSED, /* for good */
  RUNGS_NOTICE_MAIL_DOUBT,   /* it may have arrived */
} RungsNoticeMailResult;

/* What was claimed by a program that has ended is settled as in doubt. In a write transaction, by
 * the holder of the lease. */
gboolean rungs_notice_mail_recover (RungsDb  *db,
                                    GError  **error);

/* When the next mail is due: G_MAXINT64: none is. */
gboolean rungs_notice_mail_next_due (RungsDb  *db,
                                     gint64   *next_at,
                                     GError  **error);

/* Claims one that is due at `now`. In a write transaction. `mail` (out) (nullable): NULL: none is.
 * */
gboolean rungs_notice_mail_claim (RungsDb          *db,
                                  gint64            now,
                                  RungsNoticeMail **mail,
                                  GError          **error);

/* Writes down what became of it; `words` (nullable): why it was not taken. In a write
 * transaction. */
gboolean rungs_notice_mail_settle (RungsDb                *db,
                                   const RungsNoticeMail  *mail,
                                   RungsNoticeMailResult   result,
                                   const char             *words,
                                   gint64                  now,
                                   GError                **error);

/* How it goes with an address. */
typedef struct
{
  char *address; /* (owned) */
  gint64 waiting; /* notices that it is to be told of */
  gint64 sent_at; /* 0: never */
  char *trouble;  /* (owned) why the last mail did not leave; "" */
} RungsNoticeAddress;

void rungs_notice_address_free (RungsNoticeAddress *self);

/* Returns: (transfer full) (element-type RungsNoticeAddress): by address. */
GPtrArray *rungs_notice_address_list (RungsDb  *db,
                                      GError  **error);

G_END_DECLS
