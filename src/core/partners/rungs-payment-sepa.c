/* rungs-payment-sepa.c: payments as pain.001.001.09, and the letters that may stand in it. */

#include "partners/rungs-payment-sepa.h"

#include <libxml/xmlwriter.h>
#include <string.h>

#include "base/rungs-money.h"

#define NAMESPACE "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlTextWriter, xmlFreeTextWriter)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlBuffer, xmlBufferFree)

/* ---- letters */

static char
sepa_letter (char letter)
{
  if (g_ascii_isalnum (letter) || strchr ("/-?:().,'+ ", letter) != NULL)
    return letter;
  switch (letter)
    {
    case '&':
      return '+';
    case '_':
      return '-';
    case '"':
    case '`':
      return '\'';
    case '[':
    case '{':
    case '<':
      return '(';
    case ']':
    case '}':
    case '>':
      return ')';
    case ';':
      return ',';
    default:
      return g_ascii_isspace (letter) ? ' ' : '.';
    }
}

/* Takes away a space or slash after another one. */
static void
squeeze (GString *text)
{
  for (gsize i = 1; i < text->len;)
    if (text->str[i] == text->str[i - 1] && (text->str[i] == ' ' || text->str[i] == '/'))
      g_string_erase (text, (gssize) i, 1);
    else
      i++;
}

static gboolean
is_edge (char letter)
{
  return letter == ' ' || letter == '/';
}

char *
rungs_sepa_text (const char *text,
                 gsize       most)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_autofree char *one = g_strndup (p, (gsize) (g_utf8_next_char (p) - p));
      g_autofree char *ascii = g_str_to_ascii (one, "de");

      /* what GLib does not know it makes a question mark */
      g_string_append (plain, strcmp (ascii, "?") == 0 && *one != '?' ? "." : ascii);
    }
  for (gsize i = 0; i < plain->len; i++)
    plain->str[i] = sepa_letter (plain->str[i]);
  squeeze (plain);
  while (plain->len > 0 && is_edge (plain->str[0]))
    g_string_erase (plain, 0, 1);
  g_string_truncate (plain, MIN (plain->len, most));
  while (plain->len > 0 && is_edge (plain->str[plain->len - 1]))
    g_string_truncate (plain, plain->len - 1);
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

gboolean
rungs_sepa_name_can_be_read (const char *name)
{
  g_autofree char *text = rungs_sepa_text (name, RUNGS_SEPA_NAME_MOST);

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      return TRUE;
  return FALSE;
}

/* ---- elements */

static void
begin (xmlTextWriter *writer,
       const char    *name)
{
  xmlTextWriterStartElement (writer, BAD_CAST name);
}

static void
end (xmlTextWriter *writer)
{
  xmlTextWriterEndElement (writer);
}

static void
put (xmlTextWriter *writer,
     const char    *name,
     const char    *text)
{
  xmlTextWriterWriteElement (writer, BAD_CAST name, BAD_CAST text);
}

static void
put_text (xmlTextWriter *writer,
          const char    *name,
          const char    *text,
          gsize          most)
{
  g_autofree char *plain = rungs_sepa_text (text, most);

  put (writer, name, plain);
}

static void
put_name (xmlTextWriter *writer,
          const char    *element,
          const char    *name)
{
  begin (writer, element);
  put_text (writer, "Nm", name, RUNGS_SEPA_NAME_MOST);
  end (writer);
}

static void
put_account (xmlTextWriter *writer,
             const char    *element,
             const char    *iban)
{
  begin (writer, element);
  begin (writer, "Id");
  put (writer, "IBAN", iban);
  end (writer);
  end (writer);
}

/* The debtor's bank has to stand there, with or without its BIC; the creditor's need not. */
static void
put_bank (xmlTextWriter *writer,
          const char    *element,
          const char    *bic,
          gboolean       needed)
{
  if (*bic == '\0' && !needed)
    return;
  begin (writer, element);
  begin (writer, "FinInstnId");
  if (*bic != '\0')
    put (writer, "BICFI", bic);
  else
    {
      begin (writer, "Othr");
      put (writer, "Id", "NOTPROVIDED");
      end (writer);
    }
  end (writer);
  end (writer);
}

/* ---- the message */

static void
put_sums (xmlTextWriter          *writer,
          const RungsPaymentFile *file)
{
  g_autofree char *n = g_strdup_printf ("%u", file->payments->len);
  g_autofree char *sum = rungs_money_format_amount (rungs_money (file->amount, file->currency));

  put (writer, "NbOfTxs", n);
  put (writer, "CtrlSum", sum);
}

/* What tells this message from all others of the file: the same payments have the same id, so that
 * a bank that was given them once can refuse them. */
static char *
dup_message_id (const RungsPaymentFile *file)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < file->payments->len; i++)
    {
      const RungsPayment *payment = file->payments->pdata[i];
      g_autofree char *line
          = g_strdup_printf ("%s %s %" G_GINT64_FORMAT "\n", payment->reference,
                             rungs_payee_get (payment->payee, RUNGS_PAYEE_IBAN), payment->amount);

      g_checksum_update (sum, (const guchar *) line, -1);
    }
  return g_strdup_printf ("RUNGS-%" G_GINT64_FORMAT "-%.10s", file->payout,
                          g_checksum_get_string (sum));
}

static void
put_payment (xmlTextWriter          *writer,
             const RungsPaymentFile *file,
             const RungsPayment     *payment)
{
  g_autofree char *amount
      = rungs_money_format_amount (rungs_money (payment->amount, file->currency));

  begin (writer, "CdtTrfTxInf");
  begin (writer, "PmtId");
  put (writer, "EndToEndId", payment->reference);
  end (writer);
  begin (writer, "Amt");
  begin (writer, "InstdAmt");
  xmlTextWriterWriteAttribute (writer, BAD_CAST "Ccy", BAD_CAST file->currency);
  xmlTextWriterWriteString (writer, BAD_CAST amount);
  end (writer);
  end (writer);
  put_bank (writer, "CdtrAgt", rungs_payee_get (payment->payee, RUNGS_PAYEE_BIC), FALSE);
  put_name (writer, "Cdtr", payment->holder);
  put_account (writer, "CdtrAcct", rungs_payee_get (payment->payee, RUNGS_PAYEE_IBAN));
  begin (writer, "RmtInf");
  put_text (writer, "Ustrd", file->note, RUNGS_SEPA_NOTE_MOST);
  end (writer);
  end (writer);
}

static void
put_group (xmlTextWriter          *writer,
           const RungsPaymentFile *file,
           const char             *id)
{
  begin (writer, "PmtInf");
  put (writer, "PmtInfId", id);
  put (writer, "PmtMtd", "TRF");
  put_sums (writer, file);
  begin (writer, "PmtTpInf");
  begin (writer, "SvcLvl");
  put (writer, "Cd", "SEPA");
  end (writer);
  end (writer);
  begin (writer, "ReqdExctnDt");
  put (writer, "Dt", file->on);
  end (writer);
  put_name (writer, "Dbtr", file->name);
  put_account (writer, "DbtrAcct", rungs_payee_get (file->payer, RUNGS_PAYEE_IBAN));
  put_bank (writer, "DbtrAgt", rungs_payee_get (file->payer, RUNGS_PAYEE_BIC), TRUE);
  put (writer, "ChrgBr", "SLEV");
  for (guint i = 0; i < file->payments->len; i++)
    put_payment (writer, file, file->payments->pdata[i]);
  end (writer);
}

char *
rungs_payment_sepa_write (const RungsPaymentFile *file)
{
  g_autoptr (xmlBuffer) buffer = xmlBufferCreate ();
  g_autoptr (xmlTextWriter) writer = xmlNewTextWriterMemory (buffer, 0);
  g_autofree char *id = NULL;

  g_return_val_if_fail (file != NULL, NULL);

  id = dup_message_id (file);
  xmlTextWriterSetIndent (writer, 1);
  xmlTextWriterSetIndentString (writer, BAD_CAST "  ");
  xmlTextWriterStartDocument (writer, NULL, "UTF-8", NULL);
  xmlTextWriterStartElementNS (writer, NULL, BAD_CAST "Document", BAD_CAST NAMESPACE);
  begin (writer, "CstmrCdtTrfInitn");
  begin (writer, "GrpHdr");
  put (writer, "MsgId", id);
  put (writer, "CreDtTm", file->made_at);
  put_sums (writer, file);
  put_name (writer, "InitgPty", file->name);
  end (writer);
  put_group (writer, file, id);
  xmlTextWriterEndDocument (writer);
  xmlTextWriterFlush (writer);
  return g_strdup ((const char *) xmlBufferContent (buffer));
}
