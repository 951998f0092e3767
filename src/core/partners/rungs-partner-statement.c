/* rungs-partner-statement.c: the statement of a payout as a page, for the partner. */

#include "partners/rungs-partner-statement.h"

#include <string.h>

#include "base/rungs-money.h"
#include "base/rungs-rate.h"
#include "base/rungs-time.h"
#include "partners/rungs-ledger.h"
#include "partners/rungs-terms.h"

/* It is read by the partner, in the partner's language: not in that of who runs Rungs. */
typedef struct
{
  const char *language;
  const char *day; /* how a day is written */
  char point;      /* that parts cents */
  const char *title;
  const char *made;
  const char *until;
  const char *order;
  const char *date;
  const char *product;
  const char *base;
  const char *rate;
  const char *rule;
  const char *earlier;
  const char *amount;
  const char *fixed;
  const char *by_hand;
  const char *sum;
  const char *set_off;
  const char *paid;
  const char *states[4]; /* by RungsPayoutState */
  const char *note;
} Words;

static const Words WORDS[] = {
  { "en", "%Y-%m-%d", '.', "Statement of commissions", "Payout %s of %s", "For orders until %s",
    "Order", "Date", "Product", "Of", "Rate", "Terms", "Paid before", "Amount", "fixed amount",
    "credited by hand", "Commissions", "Less what was given back after it was paid", "You are paid",
    { "The payment is on its way.", "The payment has left.", "The payment failed.",
      "The payment came back." },
    "Each commission is the rate of what the buyer paid and kept, without tax, rounded once to the "
    "cent." },
  { "de", "%d.%m.%Y", ',', "Provisionsabrechnung", "Auszahlung %s vom %s",
    "Für Bestellungen bis %s", "Bestellung", "Datum", "Produkt", "Von", "Satz", "Bedingungen",
    "Schon gezahlt", "Betrag", "fester Betrag", "von Hand zugeordnet", "Provisionen",
    "Abzüglich dessen, was nach der Zahlung erstattet wurde", "Sie erhalten",
    { "Die Zahlung ist unterwegs.", "Die Zahlung ist hinausgegangen.",
      "Die Zahlung ist gescheitert.", "Die Zahlung kam zurück." },
    "Jede Provision ist der Satz dessen, was der Käufer bezahlt und behalten hat, ohne Steuer, "
    "einmal auf den Cent gerundet." },
};

static const char STYLE[]
    = "body { font: 15px/1.45 system-ui, sans-serif; color: #222; background: #fff;"
      " margin: 2.5rem auto; max-width: 56rem; padding: 0 1.5rem; }\n"
      "h1 { font-size: 1.6rem; margin: 1.5rem 0 0.2rem; }\n"
      "p { margin: 0.2rem 0; }\n"
      "address { font-style: normal; white-space: pre-line; color: #555; }\n"
      "table { border-collapse: collapse; width: 100%; margin: 1.5rem 0; }\n"
      "th { text-align: left; border-bottom: 1px solid #777; }\n"
      "th, td { padding: 0.3rem 0.8rem 0.3rem 0; vertical-align: top; }\n"
      "td { border-bottom: 1px solid #e3e3e3; overflow-wrap: anywhere; }\n"
      "tr { break-inside: avoid; }\n"
      ".n { text-align: right; white-space: nowrap; padding-right: 0; padding-left: 0.8rem;"
      " font-variant-numeric: tabular-nums; }\n"
      "tfoot th { font-weight: normal; border-bottom: none; }\n"
      "tfoot tr:last-child * { font-weight: 700; border-top: 1px solid #777; }\n"
      "tfoot td { border-bottom: none; }\n"
      "@media print { body { margin: 0; max-width: none; padding: 0; font-size: 10pt; } }\n"
      "@media (prefers-color-scheme: dark) { @media screen { body { color: #ddd;"
      " background: #1e1e1e; } address { color: #aaa; } td { border-color: #3a3a3a; } } }\n";

static const Words *
words_of (const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (g_ascii_strncasecmp (language, WORDS[i].language, 2) == 0
        && !g_ascii_isalpha (language[2]))
      return &WORDS[i];
  return &WORDS[0];
}

/* ---- pieces */

static void
append (GString    *html,
        const char *before,
        const char *text,
        const char *after)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (html, "%s%s%s", before, escaped, after);
}

static char *
dup_money (const RungsPartnerStatement *self,
           const Words                 *words,
           gint64                       minor)
{
  char *text = rungs_money_format (rungs_money (minor, self->payout->currency));

  return words->point != '.' ? g_strdelimit (text, ".", words->point) : text;
}

static char *
dup_day (const RungsPartnerStatement *self,
         const Words                 *words,
         gint64                       at)
{
  g_autoptr (GTimeZone) zone = rungs_time_zone (self->zone);
  g_autoptr (GDateTime) day = rungs_time_in_zone (at, zone);

  return g_date_time_format (day, words->day);
}

static gboolean
any_earlier (const RungsPartnerStatement *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (((const RungsPartnerStatementLine *) self->lines->pdata[i])->earlier != 0)
      return TRUE;
  return FALSE;
}

static void
append_money (GString                     *html,
              const RungsPartnerStatement *self,
              const Words                 *words,
              gint64                       minor)
{
  g_autofree char *text = dup_money (self, words, minor);

  append (html, "<td class=\"n\">", text, "</td>");
}

/* ---- the table */

static void
append_heading (GString                     *html,
                const RungsPartnerStatement *self,
                const Words                 *words)
{
  const char *const cells[] = { words->order, words->date, words->product, words->rule, NULL };

  g_string_append (html, "<thead><tr>");
  for (guint i = 0; cells[i] != NULL; i++)
    append (html, "<th scope=\"col\">", cells[i], "</th>");
  append (html, "<th scope=\"col\" class=\"n\">", words->base, "</th>");
  append (html, "<th scope=\"col\" class=\"n\">", words->rate, "</th>");
  if (any_earlier (self))
    append (html, "<th scope=\"col\" class=\"n\">", words->earlier, "</th>");
  append (html, "<th scope=\"col\" class=\"n\">", words->amount, "</th>");
  g_string_append (html, "</tr></thead>\n");
}

static void
append_rate (GString                         *html,
             const RungsPartnerStatement     *self,
             const Words                     *words,
             const RungsPartnerStatementLine *line)
{
  g_autofree char *share = NULL;

  if (line->share == RUNGS_TERMS_NO_SHARE)
    {
      append (html, "<td class=\"n\">–</td><td class=\"n\">", words->fixed, "</td>");
      return;
    }
  if (line->base == RUNGS_LEDGER_NO_BASE)
    g_string_append (html, "<td class=\"n\">–</td>");
  else
    append_money (html, self, words, line->base);
  share = rungs_rate_format (line->share);
  append (html, "<td class=\"n\">", g_strdelimit (share, ".", words->point), "</td>");
}

static void
append_line (GString                         *html,
             const RungsPartnerStatement     *self,
             const Words                     *words,
             const RungsPartnerStatementLine *line)
{
  g_autofree char *day = dup_day (self, words, line->at);

  g_string_append_printf (html, "<tr><td>%" G_GINT64_FORMAT "</td>", line->order);
  append (html, "<td>", day, "</td>");
  append (html, "<td>", line->product, "</td>");
  append (html, "<td>", line->programme, "");
  if (line->by_hand)
    append (html, *line->programme != '\0' ? ", " : "", words->by_hand, "");
  g_string_append (html, "</td>");
  append_rate (html, self, words, line);
  if (any_earlier (self))
    append_money (html, self, words, line->earlier);
  append_money (html, self, words, line->amount);
  g_string_append (html, "</tr>\n");
}

static void
append_sum (GString                     *html,
            const RungsPartnerStatement *self,
            const Words                 *words,
            const char                  *what,
            gint64                       minor)
{
  g_string_append_printf (html, "<tr><th scope=\"row\" colspan=\"%d\">",
                          any_earlier (self) ? 7 : 6);
  append (html, "", what, "</th>");
  append_money (html, self, words, minor);
  g_string_append (html, "</tr>\n");
}

static void
append_table (GString                     *html,
              const RungsPartnerStatement *self,
              const Words                 *words)
{
  g_string_append (html, "<table>");
  append_heading (html, self, words);
  g_string_append (html, "<tbody>\n");
  for (guint i = 0; i < self->lines->len; i++)
    append_line (html, self, words, self->lines->pdata[i]);
  g_string_append (html, "</tbody>\n<tfoot>\n");
  append_sum (html, self, words, words->sum, self->item.approved);
  if (self->item.set_off != 0)
    append_sum (html, self, words, words->set_off, -self->item.set_off);
  append_sum (html, self, words, words->paid, self->item.approved - self->item.set_off);
  g_string_append (html, "</tfoot></table>\n");
}

/* ---- the page */

static void
append_head (GString                     *html,
             const RungsPartnerStatement *self,
             const Words                 *words)
{
  g_autofree char *made = dup_day (self, words, self->payout->made_at);
  g_autofree char *until = dup_day (self, words, self->payout->until);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, self->item.payout);
  g_auto (GStrv) of_payout = g_strsplit (words->made, "%s", 3);
  g_auto (GStrv) of_orders = g_strsplit (words->until, "%s", 2);

  append (html, "<address>", self->business, "\n");
  append (html, "", self->address, "</address>\n");
  append (html, "<h1>", words->title, "</h1>\n");
  append (html, "<p><strong>", self->partner, "</strong></p>\n");
  g_string_append_printf (html, "<p>%s%s%s%s%s. ", of_payout[0], number, of_payout[1], made,
                          of_payout[2]);
  g_string_append_printf (html, "%s%s%s.</p>\n", of_orders[0], until, of_orders[1]);
}

char *
rungs_partner_statement_to_html (const RungsPartnerStatement *self,
                                 const char                  *language)
{
  GString *html = g_string_new ("<!DOCTYPE html>\n");
  const Words *words;

  g_return_val_if_fail (self != NULL && language != NULL, NULL);

  words = words_of (*self->language != '\0' ? self->language : language);
  append (html, "<html lang=\"", words->language, "\">\n<head><meta charset=\"utf-8\">");
  g_string_append (html, "<meta name=\"viewport\" content=\"width=device-width\">\n");
  append (html, "<title>", words->title, "");
  append (html, " – ", self->partner, "</title>\n");
  g_string_append_printf (html, "<style>\n%s</style></head>\n<body>\n", STYLE);
  append_head (html, self, words);
  append_table (html, self, words);
  append (html, "<p>", words->states[self->item.state], "</p>\n");
  append (html, "<p>", words->note, "</p>\n</body>\n</html>\n");
  return g_string_free (html, FALSE);
}
