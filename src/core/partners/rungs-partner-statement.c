/* rungs-partner-statement.c: the statement of a payout as a paper, for the partner. */

#include "partners/rungs-partner-statement.h"

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
  const char *period;
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
  const char *second;
  const char *profit;
  const char *discount;
  const char *lead;
  const char *sum;
  const char *set_off;
  const char *paid;
  const char *states[4]; /* by RungsPayoutState */
  const char *note;
  const char *exchanged; /* a rate, and its day */
  const char *as_sold;   /* a currency */
  const char *exchange_note;
  const char *carried;
  const char *brought;
  const char *page;
} Words;

static const Words WORDS[] = {
  { "en", "%Y-%m-%d", '.', "Statement of commissions", "Payout %s of %s", "For orders until %s",
    "For orders from %s until %s", "Order", "Date", "Product", "Of", "Rate", "Terms",
    "Paid before", "Amount", "fixed amount", "credited by hand",
    "second tier", "of the profit", "before the discount", "A lead",
    "Commissions",
    "Less what was given back after it was paid", "You are paid",
    { "The payment is on its way.", "The payment has left.", "The payment failed.",
      "The payment came back." },
    "Each commission is the rate of what the buyer paid and kept, without tax, or of the profit "
    "of that, rounded once to the cent.",
    "at %s of %s", "as sold: no rate to %s",
    "What was sold in another currency is told in that of this statement at the rate that stands "
    "with it, the last one known on the day of the order.",
    "Carried over", "Brought forward", "Page %s of %s" },
  { "de", "%d.%m.%Y", ',', "Provisionsabrechnung", "Auszahlung %s vom %s",
    "Für Bestellungen bis %s", "Für Bestellungen von %s bis %s", "Bestellung", "Datum", "Produkt",
    "Von", "Satz", "Bedingungen", "Schon gezahlt", "Betrag", "fester Betrag",
    "von Hand zugeordnet", "zweite Stufe",
    "vom Gewinn", "vor dem Rabatt", "Ein Kontakt", "Provisionen",
    "Abzüglich dessen, was nach der Zahlung erstattet wurde", "Sie erhalten",
    { "Die Zahlung ist unterwegs.", "Die Zahlung ist hinausgegangen.",
      "Die Zahlung ist gescheitert.", "Die Zahlung kam zurück." },
    "Jede Provision ist der Satz dessen, was der Käufer bezahlt und behalten hat, ohne Steuer, "
    "oder des Gewinns daran, einmal auf den Cent gerundet.",
    "zu %s vom %s", "wie verkauft: kein Kurs in %s",
    "Was in anderer Währung verkauft wurde, ist in der dieser Abrechnung angegeben, zu dem Kurs, "
    "der dabeisteht: dem letzten, der am Tag der Bestellung bekannt war.",
    "Übertrag", "Übertrag", "Seite %s von %s" },
};

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

static char *
dup_any_money (const Words *words,
               RungsMoney   money)
{
  char *text = rungs_money_format (money);

  return words->point != '.' ? g_strdelimit (text, ".", words->point) : text;
}

static char *
dup_money (const RungsPartnerStatement *self,
           const Words                 *words,
           gint64                       minor)
{
  return dup_any_money (words, rungs_money (minor, self->payout->currency));
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
any_exchanged (const RungsPartnerStatement *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (((const RungsPartnerStatementLine *) self->lines->pdata[i])->own.exchange.rate != 0)
      return TRUE;
  return FALSE;
}

static gboolean
any_earlier (const RungsPartnerStatement *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (((const RungsPartnerStatementLine *) self->lines->pdata[i])->earlier != 0)
      return TRUE;
  return FALSE;
}

/* ---- the table */

static void
add_columns (RungsPaper                  *paper,
             const RungsPartnerStatement *self,
             const Words                 *words)
{
  rungs_paper_add_column (paper, words->order, FALSE);
  rungs_paper_add_column (paper, words->date, FALSE);
  rungs_paper_add_column (paper, words->product, FALSE);
  rungs_paper_add_column (paper, words->rule, FALSE);
  rungs_paper_add_column (paper, words->base, TRUE);
  rungs_paper_add_column (paper, words->rate, TRUE);
  if (any_earlier (self))
    rungs_paper_add_column (paper, words->earlier, TRUE);
  rungs_paper_add_column (paper, words->amount, TRUE);
}

static void
add_rate (GPtrArray                       *cells,
          const Words                     *words,
          const RungsPartnerStatementLine *line)
{
  g_ptr_array_add (cells, line->base.minor == RUNGS_LEDGER_NO_BASE
                              ? g_strdup ("–")
                              : dup_any_money (words, line->base));
  g_ptr_array_add (cells, line->share == RUNGS_TERMS_NO_SHARE
                              ? g_strdup (words->fixed)
                              : g_strdelimit (rungs_rate_format (line->share), ".", words->point));
}

char *
rungs_partner_statement_dup_exchange (const RungsPartnerStatementLine *line,
                                      char                             point)
{
  char *statement;

  g_return_val_if_fail (line != NULL, NULL);

  if (line->own.exchange.rate == 0)
    return NULL;
  statement = rungs_exchange_rate_dup_statement (&line->own.exchange);
  return point != '.' ? g_strdelimit (statement, ".", point) : statement;
}

/* By which rate, and of which day; or that there was none. "" where it needed none. */
static char *
dup_exchange (const RungsPartnerStatement     *self,
              const Words                     *words,
              const RungsPartnerStatementLine *line)
{
  g_autofree char *statement = rungs_partner_statement_dup_exchange (line, words->point);
  g_autoptr (GTimeZone) zone = rungs_time_zone (self->zone);
  g_autofree char *day = NULL;
  gint64 at;

  if (*line->own.no_rate_to != '\0')
    return rungs_paper_dup_filled (words->as_sold, line->own.no_rate_to, "");
  if (statement == NULL)
    return g_strdup ("");
  day = rungs_time_parse (line->own.exchange.day, zone, &at, NULL)
            ? dup_day (self, words, at)
            : g_strdup (line->own.exchange.day);
  return rungs_paper_dup_filled (words->exchanged, statement, day);
}

/* Whose terms, and what else says why. */
static char *
dup_rule (const RungsPartnerStatement     *self,
          const Words                     *words,
          const RungsPartnerStatementLine *line)
{
  g_autofree char *exchange = dup_exchange (self, words, line);
  const char *const parts[] = { line->programme, line->is_second ? words->second : "",
                                line->is_before_discount ? words->discount : "",
                                line->of_profit ? words->profit : "",
                                line->by_hand && !line->is_second ? words->by_hand : "",
                                exchange };
  g_autoptr (GString) rule = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (*parts[i] != '\0')
      g_string_append_printf (rule, "%s%s", rule->len > 0 ? ", " : "", parts[i]);
  return g_strdup (rule->str);
}

static void
add_line (RungsPaper                      *paper,
          const RungsPartnerStatement     *self,
          const Words                     *words,
          const RungsPartnerStatementLine *line,
          gint64                           so_far)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (cells, line->order != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, line->order)
                                           : g_strdup ("–"));
  g_ptr_array_add (cells, dup_day (self, words, line->at));
  g_ptr_array_add (cells, g_strdup (line->is_lead ? words->lead : line->product));
  g_ptr_array_add (cells, dup_rule (self, words, line));
  add_rate (cells, words, line);
  if (any_earlier (self))
    g_ptr_array_add (cells, dup_money (self, words, line->earlier));
  g_ptr_array_add (cells, dup_money (self, words, line->amount));
  rungs_paper_add_row (paper, cells, dup_money (self, words, so_far));
}

static void
add_sum (RungsPaper                  *paper,
         const RungsPartnerStatement *self,
         const Words                 *words,
         const char                  *what,
         gint64                       minor)
{
  g_autofree char *amount = dup_money (self, words, minor);

  rungs_paper_add_sum (paper, what, amount);
}

static void
add_table (RungsPaper                  *paper,
           const RungsPartnerStatement *self,
           const Words                 *words)
{
  gint64 so_far = 0;

  add_columns (paper, self, words);
  for (guint i = 0; i < self->lines->len; i++)
    {
      const RungsPartnerStatementLine *line = self->lines->pdata[i];

      so_far += line->amount;
      add_line (paper, self, words, line, so_far);
    }
  add_sum (paper, self, words, words->sum, self->item.approved);
  if (self->item.set_off != 0)
    add_sum (paper, self, words, words->set_off, -self->item.set_off);
  add_sum (paper, self, words, words->paid, self->item.approved - self->item.set_off);
}

/* ---- the paper */

static char *
dup_head (const RungsPartnerStatement *self,
          const Words                 *words)
{
  g_autofree char *made = dup_day (self, words, self->payout->made_at);
  g_autofree char *until = dup_day (self, words, self->payout->until);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, self->item.payout);
  g_autofree char *of_payout = rungs_paper_dup_filled (words->made, number, made);
  g_autofree char *from
      = self->payout->from != 0 ? dup_day (self, words, self->payout->from) : NULL;
  g_autofree char *of_orders = from != NULL ? rungs_paper_dup_filled (words->period, from, until)
                                            : rungs_paper_dup_filled (words->until, until, "");

  return g_strconcat (of_payout, ". ", of_orders, ".", NULL);
}

RungsPaper *
rungs_partner_statement_to_paper (const RungsPartnerStatement *self,
                                  const char                  *language)
{
  const Words *words;
  RungsPaper *paper;

  g_return_val_if_fail (self != NULL && language != NULL, NULL);

  words = words_of (*self->language != '\0' ? self->language : language);
  paper = rungs_paper_new (words->language, words->title);
  rungs_paper_set_parties (paper, self->business, self->address, self->partner, "");
  rungs_paper_set_pages (paper, words->page, words->carried, words->brought);
  rungs_paper_set_made_at (paper, self->payout->made_at);
  paper->letter = rungs_paper_is_letter_in (self->country);
  rungs_paper_take_fact (paper, dup_head (self, words));
  add_table (paper, self, words);
  rungs_paper_take_note (paper, g_strdup (words->states[self->item.state]));
  rungs_paper_take_note (paper, g_strdup (words->note));
  if (any_exchanged (self))
    rungs_paper_take_note (paper, g_strdup (words->exchange_note));
  return paper;
}

char *
rungs_partner_statement_to_html (const RungsPartnerStatement *self,
                                 const char                  *language)
{
  g_autoptr (RungsPaper) paper = rungs_partner_statement_to_paper (self, language);

  return paper != NULL ? rungs_paper_to_html (paper) : NULL;
}

RungsPartnerStatement *
rungs_partner_statement_save (RungsDb    *db,
                              gint64      payout,
                              gint64      partner,
                              const char *language,
                              gboolean    pdf,
                              const char *folder,
                              gboolean    replace,
                              char      **path,
                              GError    **error)
{
  g_autoptr (RungsPartnerStatement) statement = NULL;
  g_autoptr (RungsPaper) paper = NULL;
  g_autofree char *what = g_strdup_printf ("payout-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, payout,
                                           partner);
  g_autofree char *name = NULL;
  g_autofree char *file = NULL;

  g_return_val_if_fail (db != NULL && language != NULL && folder != NULL, NULL);

  statement = rungs_partner_statement_load (db, payout, partner, error);
  if (statement == NULL)
    return NULL;
  paper = rungs_partner_statement_to_paper (statement, language);
  name = rungs_paper_dup_file_name (what, statement->partner, pdf);
  file = g_build_filename (folder, name, NULL);
  if (!rungs_paper_save (paper, pdf, file, replace, error))
    return NULL;
  if (path != NULL)
    *path = g_steal_pointer (&file);
  return g_steal_pointer (&statement);
}
