/* fuzz-smtp.c: any bytes as what a mail server says: cut into replies, noted and judged, and read
 * for what it offers. */

#include <string.h>

#include "smtp/rungs-smtp-exchange.h"
#include "smtp/rungs-smtp-extensions.h"
#include "smtp/rungs-smtp-reply.h"

static void
judge (const RungsSmtpReply *reply,
       RungsSmtpPhase        phase)
{
  g_autoptr (RungsSmtpExchange) exchange = rungs_smtp_exchange_new ();
  g_auto (RungsDelivery) delivery = { 0 };
  g_auto (GStrv) lines = g_strsplit (reply->text->str, "\r\n", -1);

  rungs_smtp_exchange_begin (exchange);
  rungs_smtp_exchange_enter (exchange, phase);
  for (char **line = lines; *line != NULL; line++)
    rungs_smtp_exchange_received (exchange, *line, strlen (*line));
  rungs_smtp_exchange_judge (exchange, RUNGS_SMTP_BREAK_LINE, "broke", &delivery);
  g_assert (g_utf8_validate (delivery.reply, -1, NULL));
  g_assert (delivery.outcome != RUNGS_DELIVERY_ACCEPTED
            || (phase == RUNGS_SMTP_PHASE_END && delivery.code / 100 == 2));
  g_assert (delivery.outcome != RUNGS_DELIVERY_IN_DOUBT || phase == RUNGS_SMTP_PHASE_END);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (RungsSmtpReplyReader) reader = rungs_smtp_reply_reader_new ();
  g_autoptr (GError) error = NULL;
  gsize step;

  if (size < 2)
    return 0;
  step = 1 + data[0];
  for (gsize i = 2; i < size && error == NULL; i += step)
    {
      g_auto (RungsSmtpReply) reply = { 0 };

      rungs_smtp_reply_reader_feed (reader, data + i, MIN (step, size - i));
      while (rungs_smtp_reply_reader_next (reader, &reply, &error))
        {
          RungsSmtpExtensions offered;

          g_assert (reply.code >= 200 && reply.code < 600);
          g_assert (strlen (reply.text->str) == reply.text->len);
          rungs_smtp_extensions_parse (&offered, reply.text->str);
          judge (&reply, data[1] % (RUNGS_SMTP_PHASE_END + 1));
          rungs_smtp_reply_clear (&reply);
        }
    }
  return 0;
}
