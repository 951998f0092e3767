/* rungs-smtp-exchange.c: follows what is said between us and a mail server,
 * and judges how it ended.
 *
 * The rule that everything rests on: until the final dot may have gone out, the server cannot have
 * accepted the message, and it may be tried again. From then on only its reply tells; without one,
 * the message is in doubt. A reply decides by its first digit (RFC 5321, 4.2.1) and by what it
 * answers:
 *
 *   before MAIL, and to MAIL    about the server or the account: 5xx stops the account, since every
 *                               message would be refused alike (but too large a message is its own
 *                               fault)
 *   to RCPT                     about the recipient, unless its enhanced code (RFC 3463) or its
 *                               words say that it is about us; only where an address surely does
 *                               not exist is it called bad, since a bad address is never written
 *                               to again
 *   to DATA and to the dot      about the message
 *
 * 421 closes the connection wherever it comes. 530, 534, 535 and 538 ask for a (better) sign-in. */

#include "smtp/rungs-smtp-exchange.h"

#include <string.h>

#include "smtp/rungs-mail-status.h"

#define REPLY_LIMIT 2048
#define WORDS_LIMIT 500

/* Words in a refusal of a recipient that show that it is not the address that is wrong. */
static const char *const ABOUT_US[] = { "auth", "black",  "block", "den",   "dkim",   "dmarc",
                                        "full", "limit",  "polic", "quota", "relay",  "spam",
                                        "spf",  "sender", "too ",  "trust", "reputa", "verif" };

RungsSmtpExchange *
rungs_smtp_exchange_new (void)
{
  RungsSmtpExchange *self = g_new0 (RungsSmtpExchange, 1);

  self->reply = g_string_new (NULL);
  return self;
}

void
rungs_smtp_exchange_free (RungsSmtpExchange *self)
{
  if (self == NULL)
    return;

  g_string_free (self->reply, TRUE);
  g_free (self);
}

void
rungs_smtp_exchange_enter (RungsSmtpExchange *self,
                           RungsSmtpPhase     phase)
{
  self->phase = phase;
  self->code = 0;
  self->reply_is_whole = FALSE;
  g_string_truncate (self->reply, 0);
}

void
rungs_smtp_exchange_begin (RungsSmtpExchange *self)
{
  g_return_if_fail (self != NULL);

  self->quitting = FALSE;
  rungs_smtp_exchange_enter (self, RUNGS_SMTP_PHASE_CONNECT);
}

static gboolean
begins (const char *line,
        gsize       length,
        const char *word)
{
  gsize n = strlen (word);

  return length >= n && g_ascii_strncasecmp (line, word, n) == 0;
}

void
rungs_smtp_exchange_sent (RungsSmtpExchange *self,
                          const char        *line,
                          gsize              length)
{
  static const struct
  {
    const char *word;
    RungsSmtpPhase phase;
  } COMMANDS[] = {
    { "EHLO ", RUNGS_SMTP_PHASE_HELLO },
    { "HELO ", RUNGS_SMTP_PHASE_HELLO },
    { "STARTTLS\r\n", RUNGS_SMTP_PHASE_STARTTLS },
    { "AUTH ", RUNGS_SMTP_PHASE_AUTH },
    { "RSET\r\n", RUNGS_SMTP_PHASE_RESET },
    { "MAIL FROM:", RUNGS_SMTP_PHASE_MAIL },
    { "RCPT TO:", RUNGS_SMTP_PHASE_RCPT },
    { "DATA\r\n", RUNGS_SMTP_PHASE_DATA },
    { "BDAT ", RUNGS_SMTP_PHASE_END },
    { ".\r\n", RUNGS_SMTP_PHASE_END },
  };

  g_return_if_fail (self != NULL);

  self->quitting = begins (line, length, "QUIT\r\n");
  for (gsize i = 0; i < G_N_ELEMENTS (COMMANDS); i++)
    if (begins (line, length, COMMANDS[i].word))
      rungs_smtp_exchange_enter (self, COMMANDS[i].phase);
}

/* The number that a reply line begins with; 0 where it is not a reply line. */
static int
parse_code (const char *line,
            gsize       length)
{
  if (length < 3 || line[0] < '2' || line[0] > '5' || !g_ascii_isdigit (line[1])
      || !g_ascii_isdigit (line[2]))
    return 0;
  return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

void
rungs_smtp_exchange_received (RungsSmtpExchange *self,
                              const char        *line,
                              gsize              length)
{
  int code;

  g_return_if_fail (self != NULL);

  code = parse_code (line, length);
  if (self->quitting && code == 221)
    {
      self->quitting = FALSE;
      return;
    }
  if (self->reply_is_whole)
    rungs_smtp_exchange_enter (self, self->phase);
  if (self->reply->len < REPLY_LIMIT)
    g_string_append_len (self->reply, line, (gssize) MIN (length, REPLY_LIMIT - self->reply->len));
  if (code != 0 && (length == 3 || line[3] != '-'))
    {
      self->code = code;
      self->reply_is_whole = TRUE;
    }
}

/* The enhanced status code that follows the code of the reply, where it is of the same class. */
static RungsMailStatus
parse_enhanced (const char *reply)
{
  RungsMailStatus status = { 0 };

  if (strlen (reply) >= 9 && reply[4] == reply[0])
    rungs_mail_status_parse (reply + 4, &status);
  return status;
}

static gboolean
is_about_us (const char *reply)
{
  g_autofree char *lower = g_ascii_strdown (reply, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (ABOUT_US); i++)
    if (strstr (lower, ABOUT_US[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Whether a 5xx reply says that the recipient's address does not exist. */
static gboolean
says_address_is_bad (const RungsSmtpExchange *self)
{
  RungsMailStatus status = parse_enhanced (self->reply->str);

  if (status.class != 0)
    return rungs_mail_status_is_bad_address (&status);
  return self->phase == RUNGS_SMTP_PHASE_RCPT
         && (self->code == 550 || self->code == 551 || self->code == 553)
         && !is_about_us (self->reply->str);
}

static gboolean
asks_for_sign_in (int code)
{
  return code == 530 || code == 534 || code == 535 || code == 538;
}

static gboolean
says_too_large (const RungsSmtpExchange *self)
{
  RungsMailStatus status = parse_enhanced (self->reply->str);

  return self->code == 552 || (status.subject == 2 && status.detail == 3)
         || (status.subject == 3 && status.detail == 4);
}

static void
judge_refusal (const RungsSmtpExchange *self,
               RungsDelivery           *delivery)
{
  if (asks_for_sign_in (self->code)
      || (self->phase <= RUNGS_SMTP_PHASE_MAIL && !says_too_large (self)))
    {
      delivery->outcome = RUNGS_DELIVERY_ACCOUNT_TROUBLE;
      return;
    }
  delivery->outcome = RUNGS_DELIVERY_PERMANENT;
  delivery->address_is_bad = self->phase >= RUNGS_SMTP_PHASE_RCPT && says_address_is_bad (self);
}

static void
judge_reply (const RungsSmtpExchange *self,
             RungsDelivery           *delivery)
{
  delivery->code = self->code;
  if (self->code >= 500)
    judge_refusal (self, delivery);
  else if (self->code >= 400)
    {
      delivery->outcome = RUNGS_DELIVERY_TEMPORARY;
      delivery->server_is_away = self->phase <= RUNGS_SMTP_PHASE_MAIL || self->code == 421;
    }
  else
    delivery->outcome = self->code < 300 ? RUNGS_DELIVERY_ACCEPTED : RUNGS_DELIVERY_IN_DOUBT;
}

static void
judge_break (const RungsSmtpExchange *self,
             RungsSmtpBreak           broke,
             RungsDelivery           *delivery)
{
  if (self->phase == RUNGS_SMTP_PHASE_END)
    delivery->outcome = RUNGS_DELIVERY_IN_DOUBT;
  else if (broke == RUNGS_SMTP_BREAK_CANCELLED)
    delivery->outcome = RUNGS_DELIVERY_CANCELLED;
  else if (broke == RUNGS_SMTP_BREAK_SETUP)
    delivery->outcome = RUNGS_DELIVERY_ACCOUNT_TROUBLE;
  else
    {
      delivery->outcome = RUNGS_DELIVERY_TEMPORARY;
      delivery->server_is_away = TRUE;
    }
}

void
rungs_smtp_exchange_judge (const RungsSmtpExchange *self,
                           RungsSmtpBreak           broke,
                           const char              *trouble,
                           RungsDelivery           *delivery)
{
  g_autofree char *words = NULL;
  gboolean decides;

  g_return_if_fail (self != NULL);
  g_return_if_fail (delivery != NULL);

  /* Of the replies before the final dot only refusals end an exchange. */
  decides = self->code >= 400 || (self->code != 0 && self->phase == RUNGS_SMTP_PHASE_END);
  if (decides)
    judge_reply (self, delivery);
  else
    judge_break (self, broke, delivery);

  words = rungs_transport_clean_line (self->reply->str, (gssize) self->reply->len, WORDS_LIMIT);
  if ((decides && *words != '\0') || trouble == NULL)
    delivery->reply = g_steal_pointer (&words);
  else
    delivery->reply = rungs_transport_clean_line (trouble, -1, WORDS_LIMIT);
}
