/* rungs-smtp-exchange.h: follows what is said between us and a mail server,
 * and judges how it ended. */

#pragma once

#include "smtp/rungs-transport.h"

G_BEGIN_DECLS

/**
 * RungsSmtpPhase:
 * @RUNGS_SMTP_PHASE_CONNECT: up to the server's greeting
 * @RUNGS_SMTP_PHASE_HELLO: EHLO was said
 * @RUNGS_SMTP_PHASE_STARTTLS: STARTTLS was said
 * @RUNGS_SMTP_PHASE_AUTH: signing in
 * @RUNGS_SMTP_PHASE_RESET: RSET was said: the server is to forget what it refused
 * @RUNGS_SMTP_PHASE_MAIL: MAIL FROM was said
 * @RUNGS_SMTP_PHASE_RCPT: RCPT TO was said
 * @RUNGS_SMTP_PHASE_DATA: DATA was said
 * @RUNGS_SMTP_PHASE_BODY: the message is going out; without its final dot a server must forget it
 * @RUNGS_SMTP_PHASE_END: the final dot, or all that BDAT announced, may have gone out
 */
typedef enum
{
  RUNGS_SMTP_PHASE_CONNECT,
  RUNGS_SMTP_PHASE_HELLO,
  RUNGS_SMTP_PHASE_STARTTLS,
  RUNGS_SMTP_PHASE_AUTH,
  RUNGS_SMTP_PHASE_RESET,
  RUNGS_SMTP_PHASE_MAIL,
  RUNGS_SMTP_PHASE_RCPT,
  RUNGS_SMTP_PHASE_DATA,
  RUNGS_SMTP_PHASE_BODY,
  RUNGS_SMTP_PHASE_END,
} RungsSmtpPhase;

/**
 * RungsSmtpBreak:
 * @RUNGS_SMTP_BREAK_NONE: the exchange went to its end, or a reply ended it
 * @RUNGS_SMTP_BREAK_LINE: the connection could not be made, or broke
 * @RUNGS_SMTP_BREAK_TIME: the server was silent for too long
 * @RUNGS_SMTP_BREAK_SETUP: what a person must mend: a bad certificate, no TLS, no way to sign in
 * @RUNGS_SMTP_BREAK_CANCELLED: we stopped it
 */
typedef enum
{
  RUNGS_SMTP_BREAK_NONE,
  RUNGS_SMTP_BREAK_LINE,
  RUNGS_SMTP_BREAK_TIME,
  RUNGS_SMTP_BREAK_SETUP,
  RUNGS_SMTP_BREAK_CANCELLED,
} RungsSmtpBreak;

typedef struct
{
  RungsSmtpPhase phase;
  gboolean quitting; /* we said QUIT: its reply decides nothing */
  int code;          /* of the last whole reply in this phase; 0: none yet */
  GString *reply;    /* (owned): its lines so far, as they came */
  gboolean reply_is_whole;
} RungsSmtpExchange;

RungsSmtpExchange *rungs_smtp_exchange_new (void);
void rungs_smtp_exchange_free (RungsSmtpExchange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSmtpExchange, rungs_smtp_exchange_free)

/* Forgets everything, for the next message. */
void rungs_smtp_exchange_begin (RungsSmtpExchange *self);

/* Notes the line that was sent and that what comes now answers; of lines with a password only the
 * first word is looked at. */
void rungs_smtp_exchange_sent (RungsSmtpExchange *self,
                               const char        *line,
                               gsize              length);

/* Notes a line that was received. */
void rungs_smtp_exchange_received (RungsSmtpExchange *self,
                                   const char        *line,
                                   gsize              length);

/* Notes that the exchange is now in `phase`; the replies so far belonged to the one before. */
void rungs_smtp_exchange_enter (RungsSmtpExchange *self,
                                RungsSmtpPhase     phase);

/* What became of the message, given how the exchange ended. `trouble` (nullable) says in words what
 * broke; the server's own words go before it. */
void rungs_smtp_exchange_judge (const RungsSmtpExchange *self,
                                RungsSmtpBreak           broke,
                                const char              *trouble,
                                RungsDelivery           *delivery);

G_END_DECLS
