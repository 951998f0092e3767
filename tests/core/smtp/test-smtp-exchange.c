/* test-smtp-exchange.c: how an exchange with a mail server ended is judged right. */

#include <string.h>

#include "smtp/rungs-smtp-exchange.h"

static const struct
{
  RungsSmtpPhase phase;
  const char *reply; /* NULL: none came */
  RungsSmtpBreak broke;
  RungsDeliveryOutcome outcome;
  gboolean address_is_bad;
  gboolean server_is_away;
} CASES[] = {
  /* After the final dot only a reply tells. */
  { RUNGS_SMTP_PHASE_END, "250 2.0.0 taken\r\n", RUNGS_SMTP_BREAK_NONE, RUNGS_DELIVERY_ACCEPTED },
  { RUNGS_SMTP_PHASE_END, "250 taken\r\n", RUNGS_SMTP_BREAK_LINE, RUNGS_DELIVERY_ACCEPTED },
  { RUNGS_SMTP_PHASE_END, NULL, RUNGS_SMTP_BREAK_LINE, RUNGS_DELIVERY_IN_DOUBT },
  { RUNGS_SMTP_PHASE_END, NULL, RUNGS_SMTP_BREAK_TIME, RUNGS_DELIVERY_IN_DOUBT },
  { RUNGS_SMTP_PHASE_END, NULL, RUNGS_SMTP_BREAK_CANCELLED, RUNGS_DELIVERY_IN_DOUBT },
  { RUNGS_SMTP_PHASE_END, "250-tak", RUNGS_SMTP_BREAK_LINE, RUNGS_DELIVERY_IN_DOUBT },
  { RUNGS_SMTP_PHASE_END, "354 what\r\n", RUNGS_SMTP_BREAK_NONE, RUNGS_DELIVERY_IN_DOUBT },
  { RUNGS_SMTP_PHASE_END, "451 4.7.1 later\r\n", RUNGS_SMTP_BREAK_NONE, RUNGS_DELIVERY_TEMPORARY },
  { RUNGS_SMTP_PHASE_END, "421 closing\r\n", RUNGS_SMTP_BREAK_LINE, RUNGS_DELIVERY_TEMPORARY, FALSE,
    TRUE },
  { RUNGS_SMTP_PHASE_END, "554 5.7.1 spam\r\n", RUNGS_SMTP_BREAK_NONE, RUNGS_DELIVERY_PERMANENT },
  { RUNGS_SMTP_PHASE_END, "550 5.1.1 unknown\r\n", RUNGS_SMTP_BREAK_NONE, RUNGS_DELIVERY_PERMANENT,
    TRUE },
  { RUNGS_SMTP_PHASE_END, "550 unknown\r\n", RUNGS_SMTP_BREAK_NONE, RUNGS_DELIVERY_PERMANENT },

  /* Before it nothing can have been accepted. */
  { RUNGS_SMTP_PHASE_BODY, NULL, RUNGS_SMTP_BREAK_LINE, RUNGS_DELIVERY_TEMPORARY, FALSE, TRUE },
  { RUNGS_SMTP_PHASE_BODY, NULL, RUNGS_SMTP_BREAK_CANCELLED, RUNGS_DELIVERY_CANCELLED },
  { RUNGS_SMTP_PHASE_DATA, "554 no\r\n", RUNGS_SMTP_BREAK_LINE, RUNGS_DELIVERY_PERMANENT },

  /* About the recipient, or about us. */
  { RUNGS_SMTP_PHASE_RCPT, "550 5.1.1 no\r\n", RUNGS_SMTP_BREAK_LINE, RUNGS_DELIVERY_PERMANENT,
    TRUE },
  { RUNGS_SMTP_PHASE_RCPT, "550-5.1.10 no\r\n550 5.1.10 mx\r\n", RUNGS_SMTP_BREAK_LINE,
    RUNGS_DELIVERY_PERMANENT, TRUE },
  { RUNGS_SMTP_PHASE_RCPT, "550 Unrouteable address\r\n", RUNGS_SMTP_BREAK_LINE,
    RUNGS_DELIVERY_PERMANENT, TRUE },
  { RUNGS_SMTP_PHASE_RCPT, "553 no such user here\r\n", RUNGS_SMTP_BREAK_LINE,
    RUNGS_DELIVERY_PERMANENT, TRUE },
  { RUNGS_SMTP_PHASE_RCPT, "550 relay not permitted\r\n", RUNGS_SMTP_BREAK_LINE,
    RUNGS_DELIVERY_PERMANENT },
  { RUNGS_SMTP_PHASE_RCPT, "550 Sender verify failed\r\n", RUNGS_SMTP_BREAK_LINE,
    RUNGS_DELIVERY_PERMANENT },
  { RUNGS_SMTP_PHASE_RCPT, "550 5.7.1 we do not like you\r\n", RUNGS_SMTP_BREAK_LINE,
    RUNGS_DELIVERY_PERMANENT },
  { RUNGS_SMTP_PHASE_RCPT, "553 5.1.8 bad sender\r\n", RUNGS_SMTP_BREAK_LINE,
    RUNGS_DELIVERY_PERMANENT },
  { RUNGS_SMTP_PHASE_RCPT, "552 5.2.2 mailbox full\r\n", RUNGS_SMTP_BREAK_LINE,
    RUNGS_DELIVERY_PERMANENT },
  { RUNGS_SMTP_PHASE_RCPT, "451 4.7.1 greylisted\r\n", RUNGS_SMTP_BREAK_LINE,
    RUNGS_DELIVERY_TEMPORARY },
  { RUNGS_SMTP_PHASE_RCPT, "421 closing\r\n", RUNGS_SMTP_BREAK_LINE, RUNGS_DELIVERY_TEMPORARY,
    FALSE, TRUE },
  { RUNGS_SMTP_PHASE_RCPT, "530 5.7.0 sign in first\r\n", RUNGS_SMTP_BREAK_LINE,
    RUNGS_DELIVERY_ACCOUNT_TROUBLE },

  /* About the account or the server. */
  { RUNGS_SMTP_PHASE_MAIL, "553 5.7.1 not your address\r\n", RUNGS_SMTP_BREAK_LINE,
    RUNGS_DELIVERY_ACCOUNT_TROUBLE },
  { RUNGS_SMTP_PHASE_MAIL, "552 5.3.4 too large\r\n", RUNGS_SMTP_BREAK_LINE,
    RUNGS_DELIVERY_PERMANENT },
  { RUNGS_SMTP_PHASE_MAIL, "452 too many\r\n", RUNGS_SMTP_BREAK_LINE, RUNGS_DELIVERY_TEMPORARY,
    FALSE, TRUE },
  { RUNGS_SMTP_PHASE_AUTH, "535 5.7.8 wrong\r\n", RUNGS_SMTP_BREAK_SETUP,
    RUNGS_DELIVERY_ACCOUNT_TROUBLE },
  { RUNGS_SMTP_PHASE_AUTH, "454 4.7.0 later\r\n", RUNGS_SMTP_BREAK_SETUP, RUNGS_DELIVERY_TEMPORARY,
    FALSE, TRUE },
  { RUNGS_SMTP_PHASE_AUTH, "334 VXNl\r\n", RUNGS_SMTP_BREAK_LINE, RUNGS_DELIVERY_TEMPORARY, FALSE,
    TRUE },
  { RUNGS_SMTP_PHASE_STARTTLS, "454 4.3.0 no TLS today\r\n", RUNGS_SMTP_BREAK_SETUP,
    RUNGS_DELIVERY_TEMPORARY, FALSE, TRUE },
  { RUNGS_SMTP_PHASE_HELLO, "250 hello\r\n", RUNGS_SMTP_BREAK_SETUP,
    RUNGS_DELIVERY_ACCOUNT_TROUBLE },
  { RUNGS_SMTP_PHASE_CONNECT, "554 go away\r\n", RUNGS_SMTP_BREAK_LINE,
    RUNGS_DELIVERY_ACCOUNT_TROUBLE },
  { RUNGS_SMTP_PHASE_CONNECT, NULL, RUNGS_SMTP_BREAK_LINE, RUNGS_DELIVERY_TEMPORARY, FALSE, TRUE },
  { RUNGS_SMTP_PHASE_CONNECT, NULL, RUNGS_SMTP_BREAK_TIME, RUNGS_DELIVERY_TEMPORARY, FALSE, TRUE },
};

static void
receive (RungsSmtpExchange *exchange,
         const char        *reply)
{
  g_auto (GStrv) lines = g_strsplit (reply, "\r\n", -1);

  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0')
      {
        g_autofree char *whole = g_strconcat (*line, "\r\n", NULL);

        rungs_smtp_exchange_received (exchange, whole, strlen (whole));
      }
}

static void
test_judge (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (RungsSmtpExchange) exchange = rungs_smtp_exchange_new ();
      g_auto (RungsDelivery) delivery = { 0 };

      rungs_smtp_exchange_begin (exchange);
      rungs_smtp_exchange_enter (exchange, CASES[i].phase);
      if (CASES[i].reply != NULL)
        receive (exchange, CASES[i].reply);
      rungs_smtp_exchange_judge (exchange, CASES[i].broke, "it broke", &delivery);
      g_test_message ("case %" G_GSIZE_FORMAT ": %s", i, delivery.reply);
      g_assert_cmpint (delivery.outcome, ==, CASES[i].outcome);
      g_assert_cmpint (delivery.address_is_bad, ==, CASES[i].address_is_bad);
      g_assert_cmpint (delivery.server_is_away, ==, CASES[i].server_is_away);
    }
}

static void
sent (RungsSmtpExchange *exchange,
      const char        *line)
{
  rungs_smtp_exchange_sent (exchange, line, strlen (line));
}

static void
test_phases_follow_commands (void)
{
  g_autoptr (RungsSmtpExchange) exchange = rungs_smtp_exchange_new ();

  rungs_smtp_exchange_begin (exchange);
  receive (exchange, "220 hello\r\n");
  sent (exchange, "EHLO shop.example\r\n");
  g_assert_cmpint (exchange->phase, ==, RUNGS_SMTP_PHASE_HELLO);
  sent (exchange, "STARTTLS\r\n");
  g_assert_cmpint (exchange->phase, ==, RUNGS_SMTP_PHASE_STARTTLS);
  sent (exchange, "AUTH PLAIN\r\n");
  sent (exchange, "DATAbcdefgh=\r\n");
  g_assert_cmpint (exchange->phase, ==, RUNGS_SMTP_PHASE_AUTH);
  sent (exchange, "MAIL FROM:<a@b.c>\r\n");
  receive (exchange, "250 yes\r\n");
  g_assert_cmpint (exchange->code, ==, 250);
  sent (exchange, "RCPT TO:<d@e.f>\r\n");
  g_assert_cmpint (exchange->code, ==, 0);
  receive (exchange, "550 5.1.1 no\r\n");
  sent (exchange, "QUIT\r\n");
  receive (exchange, "221 bye\r\n");
  g_assert_cmpint (exchange->phase, ==, RUNGS_SMTP_PHASE_RCPT);
  g_assert_cmpint (exchange->code, ==, 550);
}

static void
test_replies_become_one_clean_line (void)
{
  g_autoptr (RungsSmtpExchange) exchange = rungs_smtp_exchange_new ();
  g_auto (RungsDelivery) delivery = { 0 };

  rungs_smtp_exchange_begin (exchange);
  rungs_smtp_exchange_enter (exchange, RUNGS_SMTP_PHASE_END);
  receive (exchange, "554-5.6.0 not\ta\x1b[31m \xff\xfe thing\r\n554 5.6.0 we take\r\n");
  rungs_smtp_exchange_judge (exchange, RUNGS_SMTP_BREAK_NONE, NULL, &delivery);
  g_assert_cmpstr (delivery.reply, ==,
                   "554-5.6.0 not a [31m \357\277\275\357\277\275 thing 554 5.6.0 we take");
  g_assert_cmpint (delivery.code, ==, 554);
}

static void
test_endless_reply_is_cut (void)
{
  g_autoptr (RungsSmtpExchange) exchange = rungs_smtp_exchange_new ();
  g_auto (RungsDelivery) delivery = { 0 };

  rungs_smtp_exchange_begin (exchange);
  rungs_smtp_exchange_enter (exchange, RUNGS_SMTP_PHASE_END);
  for (int i = 0; i < 10000; i++)
    receive (exchange, "554-and so on and so on\r\n");
  receive (exchange, "554 end\r\n");
  g_assert_cmpuint (exchange->reply->len, <, 4096);
  rungs_smtp_exchange_judge (exchange, RUNGS_SMTP_BREAK_NONE, NULL, &delivery);
  g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_PERMANENT);
  g_assert_cmpuint (strlen (delivery.reply), <=, 500);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smtp-exchange/judge", test_judge);
  g_test_add_func ("/smtp-exchange/phases", test_phases_follow_commands);
  g_test_add_func ("/smtp-exchange/clean-line", test_replies_become_one_clean_line);
  g_test_add_func ("/smtp-exchange/endless", test_endless_reply_is_cut);
  return g_test_run ();
}
