/* rungs-partner-page.c: the private page of a partner at the relay. */

#include "partners/rungs-partner-page.h"

#include <string.h>

#include "base/rungs-rate.h"
#include "base/rungs-time.h"
#include "partners/rungs-partner-statement.h"
#include "partners/rungs-terms.h"

/* So many lines of a list are shown at most. */
#define LINES_MOST 30
#define LINES_LEAST 1

/* It is read by the partner, in the partner's language: not in that of who runs Rungs. */
typedef struct
{
  const char *language;
  const char *day;    /* how a day is written … */
  const char *minute; /* … and a time */
  char point;         /* that parts cents */
  const char *title;
  const char *private;
  const char *paused;
  const char *ways;
  const char *link;
  const char *no_link;
  const char *coupons;
  const char *balance;
  const char *nothing_owed;
  const char *states[RUNGS_LEDGER_N_STATES];
  const char *months;
  const char *month;
  const char *clicks;
  const char *leads;
  const char *sales;
  const char *refunds;
  const char *sold;
  const char *back;
  const char *newest;
  const char *no_sales;
  const char *date;
  const char *product;
  const char *amount;
  const char *commission;
  const char *state;
  const char *sale_states[RUNGS_PARTNER_SALE_PAID + 1];
  const char *held_until;
  const char *payouts;
  const char *payout;
  const char *payout_states[4]; /* by RungsPayoutState */
  const char *base;
  const char *rate;
  const char *fixed;
  const char *lead;
  const char *set_off;
  const char *more;
  const char *texts;
  const char *text;
  const char *made;
  const char *note;
} Words;

static const Words WORDS[] = {
  { "en", "%Y-%m-%d", "%Y-%m-%d %H:%M", '.', "Your sales for %s",
    "This page is yours alone. Whoever has its address can read it, so give it to nobody.",
    "Your participation is paused: sales of this time earn nothing. What you earned before is paid "
    "as ever.",
    "Your link and coupons", "Your link", "You have no link yet.", "Your coupons", "Your balance",
    "Nothing is owed at the moment.",
    { [RUNGS_LEDGER_HELD] = "Held, while a sale may still be given back",
      [RUNGS_LEDGER_APPROVED] = "May be paid", [RUNGS_LEDGER_PAYABLE] = "On its way to you",
      [RUNGS_LEDGER_PAID] = "Paid so far", [RUNGS_LEDGER_CARRIED] = "To be given back" },
    "Month by month", "Month", "Clicks", "Leads", "Sales", "Refunds", "Sold", "Given back",
    "Newest sales", "There are no sales yet.", "Date", "Product", "Amount", "Commission", "State",
    { "–", "held", "may be paid", "on its way", "paid" }, "held until %s", "Payouts", "Payout %s",
    { "on its way", "paid", "failed", "came back" }, "Of", "Rate", "fixed amount",
    "A lead", "Less what was given back after it was paid", "%s more", "Texts to copy", "Text %s",
    "As of %s.",
    "Clicks are those of people, machines apart. A commission is the rate of what the buyer paid "
    "and kept, without tax." },
  { "de", "%d.%m.%Y", "%d.%m.%Y, %H:%M", ',', "Ihre Verkäufe für %s",
    "Diese Seite ist nur für Sie. Wer ihre Adresse hat, kann sie lesen: Geben Sie sie niemandem.",
    "Ihre Teilnahme ruht: Verkäufe aus dieser Zeit bringen nichts ein. Was Sie vorher verdient "
    "haben, wird gezahlt wie immer.",
    "Ihr Link und Ihre Gutscheine", "Ihr Link", "Sie haben noch keinen Link.", "Ihre Gutscheine",
    "Ihr Guthaben", "Im Moment steht nichts aus.",
    { [RUNGS_LEDGER_HELD] = "Zurückgehalten, solange ein Verkauf erstattet werden kann",
      [RUNGS_LEDGER_APPROVED] = "Kann ausgezahlt werden",
      [RUNGS_LEDGER_PAYABLE] = "Unterwegs zu Ihnen", [RUNGS_LEDGER_PAID] = "Bisher ausgezahlt",
      [RUNGS_LEDGER_CARRIED] = "Zurückzuzahlen" },
    "Monat für Monat", "Monat", "Klicks", "Interessenten", "Verkäufe", "Erstattungen", "Verkauft",
    "Erstattet", "Neueste Verkäufe", "Es gibt noch keine Verkäufe.", "Datum", "Produkt", "Betrag",
    "Provision", "Stand",
    { "–", "zurückgehalten", "kann ausgezahlt werden", "unterwegs", "gezahlt" },
    "zurückgehalten bis %s", "Auszahlungen", "Auszahlung %s",
    { "unterwegs", "gezahlt", "gescheitert", "zurückgekommen" }, "Von", "Satz", "fester Betrag",
    "Ein Kontakt", "Abzüglich dessen, was nach der Zahlung erstattet wurde", "%s weitere",
    "Texte zum Kopieren",
    "Text %s", "Stand: %s.",
    "Klicks sind die von Menschen, ohne Maschinen. Eine Provision ist der Satz dessen, was der "
    "Käufer bezahlt und behalten hat, ohne Steuer." },
};

static const char STYLE[]
    = ":root{color-scheme:light dark}"
      "body{font:16px/1.5 system-ui,sans-serif;color:#222;background:#fff;margin:0 auto;"
      "max-width:56rem;padding:1rem}"
      "h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0;overflow-wrap:anywhere}"
      "h2{font-size:1.15rem;margin:2rem 0 .5rem}"
      "h3{font-size:1rem;margin:1rem 0 .25rem}"
      "p{margin:.25rem 0;overflow-wrap:anywhere}"
      ".s{color:#555}"
      "label{display:block}"
      "input,textarea{font:inherit;color:inherit;background:#f4f4f4;border:1px solid #767676;"
      "border-radius:6px;padding:.5rem;width:100%;box-sizing:border-box}"
      "ul{padding:0;margin:.25rem 0;list-style:none}"
      "li{display:inline-block;margin:.25rem .5rem .25rem 0}"
      "code{font-size:1rem;background:#f4f4f4;border:1px solid #767676;border-radius:6px;"
      "padding:.2rem .5rem;user-select:all;overflow-wrap:anywhere}"
      ".t{overflow-x:auto}"
      "table{border-collapse:collapse;width:100%}"
      "th{text-align:left;font-weight:600}"
      "th,td{padding:.35rem .75rem .35rem 0;vertical-align:top;border-bottom:1px solid #ddd}"
      "tbody th{font-weight:400}.d{white-space:nowrap}"
      ".n{text-align:right;white-space:nowrap;padding-right:0;padding-left:.75rem;"
      "font-variant-numeric:tabular-nums}"
      "summary{padding:.35rem 0}"
      "footer{margin-top:2rem;border-top:1px solid #ddd;padding-top:.5rem}"
      "@media(prefers-color-scheme:dark){body{color:#ddd;background:#1e1e1e}.s{color:#aaa}"
      "input,textarea,code{background:#2a2a2a;border-color:#8a8a8a}"
      "th,td,footer{border-color:#444}}";

/* One page on its way. */
typedef struct
{
  const RungsPartnerPage *facts;
  const Words *words;
  GTimeZone *zone; /* (owned) */
  GString *html;   /* (owned) */
  guint most;      /* lines of a list */
} Page;

void
rungs_partner_page_month_free (RungsPartnerPageMonth *self)
{
  g_clear_pointer (&self->sold, g_array_unref);
  g_clear_pointer (&self->back, g_array_unref);
  g_free (self);
}

void
rungs_partner_page_sale_free (RungsPartnerPageSale *self)
{
  g_free (self->products);
  g_free (self);
}

void
rungs_partner_page_free (RungsPartnerPage *self)
{
  if (self == NULL)
    return;
  g_free (self->business);
  g_free (self->zone);
  g_free (self->partner);
  g_free (self->language);
  g_free (self->programme);
  g_free (self->link);
  g_strfreev (self->coupons);
  g_clear_pointer (&self->months, g_ptr_array_unref);
  g_clear_pointer (&self->balances, g_array_unref);
  g_clear_pointer (&self->sales, g_ptr_array_unref);
  g_clear_pointer (&self->payouts, g_ptr_array_unref);
  g_free (self->texts);
  g_free (self);
}

const char *
rungs_partner_page_get_style (void)
{
  return STYLE;
}

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
add (Page       *page,
     const char *markup)
{
  g_string_append (page->html, markup);
}

static void
add_text (Page       *page,
          const char *before,
          const char *text,
          const char *after)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (page->html, "%s%s%s", before, escaped, after);
}

/* `pattern` has one "%s". */
static char *
fill (const char *pattern,
      const char *value)
{
  g_auto (GStrv) parts = g_strsplit (pattern, "%s", 2);

  return g_strjoinv (value, parts);
}

static char *
dup_money (const Page *page,
           RungsMoney  money)
{
  char *text = rungs_money_format (money);

  return page->words->point != '.' ? g_strdelimit (text, ".", page->words->point) : text;
}

static char *
dup_time (const Page *page,
          const char *format,
          gint64      at)
{
  g_autoptr (GDateTime) time = rungs_time_in_zone (at, page->zone);

  return g_date_time_format (time, format);
}

static void
add_money (Page      *page,
           RungsMoney money)
{
  g_autofree char *text = *money.currency != '\0' ? dup_money (page, money) : g_strdup ("–");

  add_text (page, "<td class=\"n\">", text, "</td>");
}

/* Of each currency one, below each other. */
static void
add_monies (Page   *page,
            GArray *monies)
{
  add (page, "<td class=\"n\">");
  for (guint i = 0; i < monies->len; i++)
    {
      g_autofree char *text = dup_money (page, g_array_index (monies, RungsMoney, i));

      add_text (page, i > 0 ? "<br>" : "", text, "");
    }
  add (page, monies->len > 0 ? "</td>" : "–</td>");
}

static void
add_number (Page  *page,
            gint64 number)
{
  g_string_append_printf (page->html, "<td class=\"n\">%" G_GINT64_FORMAT "</td>", number);
}

static void
add_day (Page  *page,
         gint64 at)
{
  g_autofree char *day = dup_time (page, page->words->day, at);

  add_text (page, "<td class=\"d\">", day, "</td>");
}

/* A table that is scrolled where there is no room, by the keyboard, too. `cells`: NULL-terminated;
 * those from `first_number` on are of numbers. */
static void
open_table (Page              *page,
            const char        *label,
            const char *const *cells,
            guint              first_number)
{
  add_text (page, "<div class=\"t\" role=\"region\" tabindex=\"0\" aria-label=\"", label,
            "\"><table><thead><tr>");
  for (guint i = 0; cells[i] != NULL; i++)
    add_text (page, i < first_number ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"n\">",
              cells[i], "</th>");
  add (page, "</tr></thead><tbody>\n");
}

static void
close_table (Page *page)
{
  add (page, "</tbody></table></div>\n");
}

/* That there are more lines than are shown. */
static void
add_rest (Page *page,
          guint there)
{
  g_autofree char *number = g_strdup_printf ("%u", there - MIN (there, page->most));
  g_autofree char *text = fill (page->words->more, number);

  if (there > page->most)
    add_text (page, "<p class=\"s\">… ", text, "</p>\n");
}

/* ---- parts */

static void
add_ways (Page *page)
{
  const RungsPartnerPage *facts = page->facts;

  add_text (page, "<h2>", page->words->ways, "</h2>\n");
  if (*facts->link == '\0')
    add_text (page, "<p>", page->words->no_link, "</p>\n");
  else
    {
      add_text (page, "<label>", page->words->link, " <input readonly value=\"");
      add_text (page, "", facts->link, "\"></label>\n");
    }
  if (facts->coupons[0] == NULL)
    return;
  add_text (page, "<h3>", page->words->coupons, "</h3><ul>");
  for (guint i = 0; facts->coupons[i] != NULL && i < page->most; i++)
    add_text (page, "<li><code>", facts->coupons[i], "</code></li>");
  add (page, "</ul>\n");
  add_rest (page, g_strv_length (facts->coupons));
}

/* What is owed counts from 0 up, as what is to be given back does. */
static RungsMoney
balance_of (const RungsLedgerBalances *balances,
            RungsLedgerState           state)
{
  gint64 minor = balances->states[state];

  return rungs_money (state == RUNGS_LEDGER_CARRIED ? minor : -minor, balances->currency);
}

static void
add_balance (Page *page)
{
  GArray *all = page->facts->balances;

  add_text (page, "<h2>", page->words->balance, "</h2>\n");
  if (all->len == 0)
    {
      add_text (page, "<p>", page->words->nothing_owed, "</p>\n");
      return;
    }
  add (page, "<table><tbody>\n");
  for (guint state = RUNGS_LEDGER_HELD; state < RUNGS_LEDGER_N_STATES; state++)
    {
      g_autoptr (GArray) monies = g_array_new (FALSE, FALSE, sizeof (RungsMoney));

      for (guint i = 0; i < all->len; i++)
        {
          RungsMoney money = balance_of (&g_array_index (all, RungsLedgerBalances, i), state);

          g_array_append_val (monies, money);
        }
      add_text (page, "<tr><th scope=\"row\">", page->words->states[state], "</th>");
      add_monies (page, monies);
      add (page, "</tr>\n");
    }
  add (page, "</tbody></table>\n");
}

static void
add_months (Page *page)
{
  const Words *words = page->words;
  const char *const cells[] = { words->month,   words->clicks, words->leads, words->sales,
                                words->refunds, words->sold,   words->back,  NULL };

  if (page->facts->months->len == 0)
    return;
  add_text (page, "<h2>", words->months, "</h2>\n");
  open_table (page, words->months, cells, 1);
  for (guint i = 0; i < page->facts->months->len && i < page->most; i++)
    {
      const RungsPartnerPageMonth *month = page->facts->months->pdata[i];

      add_text (page, "<tr><th scope=\"row\" class=\"d\">", month->month, "</th>");
      add_number (page, month->clicks);
      add_number (page, month->leads);
      add_number (page, month->sales);
      add_number (page, month->refunds);
      add_monies (page, month->sold);
      add_monies (page, month->back);
      add (page, "</tr>\n");
    }
  close_table (page);
}

static void
add_sale (Page                       *page,
          const RungsPartnerPageSale *sale)
{
  const Words *words = page->words;

  add (page, "<tr>");
  add_day (page, sale->at);
  add_text (page, "<td>", sale->products, "</td><td>");
  if (sale->state == RUNGS_PARTNER_SALE_HELD && sale->hold_until != 0)
    {
      g_autofree char *day = dup_time (page, words->day, sale->hold_until);
      g_autofree char *text = fill (words->held_until, day);

      add_text (page, "", text, "</td>");
    }
  else
    add_text (page, "", words->sale_states[sale->state], "</td>");
  add_money (page, sale->amount);
  add_money (page, sale->refunded.minor != 0 ? sale->refunded : (RungsMoney){ 0 });
  add_money (page, sale->commission);
  add (page, "</tr>\n");
}

static void
add_sales (Page *page)
{
  const Words *words = page->words;
  GPtrArray *sales = page->facts->sales;
  const char *const cells[] = { words->date,   words->product, words->state,
                                words->amount, words->back,    words->commission, NULL };

  add_text (page, "<h2>", words->newest, "</h2>\n");
  if (sales->len == 0)
    {
      add_text (page, "<p>", words->no_sales, "</p>\n");
      return;
    }
  open_table (page, words->newest, cells, 3);
  for (guint i = 0; i < sales->len && i < page->most; i++)
    add_sale (page, sales->pdata[i]);
  close_table (page);
}

/* ---- payouts */

static void
add_line (Page                            *page,
          const RungsPartnerStatement     *statement,
          const RungsPartnerStatementLine *line)
{
  g_autofree char *share = NULL;
  g_autofree char *exchange = rungs_partner_statement_dup_exchange (line, page->words->point);

  add (page, "<tr>");
  add_day (page, line->at);
  add_text (page, "<td>", line->is_lead ? page->words->lead : line->product, "</td>");
  if (line->base.minor == RUNGS_LEDGER_NO_BASE)
    add (page, "<td class=\"n\">–</td>");
  else
    add_money (page, line->base);
  if (line->share != RUNGS_TERMS_NO_SHARE)
    share = g_strdelimit (rungs_rate_format (line->share), ".", page->words->point);
  add_text (page, "<td class=\"n\">", share != NULL ? share : page->words->fixed, "");
  if (exchange != NULL)
    add_text (page, ", ", exchange, "");
  add (page, "</td>");
  add_money (page, rungs_money (line->amount, statement->payout->currency));
  add (page, "</tr>\n");
}

static void
add_payout (Page                        *page,
            const RungsPartnerStatement *statement)
{
  const Words *words = page->words;
  const char *currency = statement->payout->currency;
  const char *const cells[]
      = { words->date, words->product, words->base, words->rate, words->commission, NULL };
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, statement->payout->id);
  g_autofree char *title = fill (words->payout, number);
  g_autofree char *day = dup_time (page, words->day, statement->payout->made_at);
  g_autofree char *money = dup_money (
      page, rungs_money (statement->item.approved - statement->item.set_off, currency));

  add_text (page, "<details><summary>", title, "");
  add_text (page, " · ", day, "");
  add_text (page, " · <strong>", money, "</strong>");
  add_text (page, " · ", words->payout_states[statement->item.state], "</summary>\n");
  open_table (page, title, cells, 2);
  for (guint i = 0; i < statement->lines->len && i < page->most; i++)
    add_line (page, statement, statement->lines->pdata[i]);
  close_table (page);
  add_rest (page, statement->lines->len);
  if (statement->item.set_off != 0)
    {
      g_autofree char *set_off = dup_money (page, rungs_money (-statement->item.set_off, currency));

      add_text (page, "<p>", words->set_off, ": ");
      add_text (page, "", set_off, "</p>\n");
    }
  add (page, "</details>\n");
}

static void
add_payouts (Page *page)
{
  GPtrArray *payouts = page->facts->payouts;

  if (payouts->len == 0)
    return;
  add_text (page, "<h2>", page->words->payouts, "</h2>\n");
  for (guint i = 0; i < payouts->len && i < page->most; i++)
    add_payout (page, payouts->pdata[i]);
}

/* ---- texts */

/* Puts `value` wherever `mark` stands. */
static char *
replace (const char *text,
         const char *mark,
         const char *value)
{
  g_auto (GStrv) parts = g_strsplit (text, mark, -1);

  return g_strjoinv (value, parts);
}

static void
add_one_text (Page *page,
              char *text,
              guint number)
{
  g_autofree char *digits = g_strdup_printf ("%u", number);
  g_autofree char *title = NULL;
  char *body = text;
  guint lines = 1;

  if (g_str_has_prefix (text, "# "))
    {
      gsize length = strcspn (text, "\n");

      title = g_strndup (text + 2, length - 2);
      body = g_strchug (text + length);
    }
  else
    title = fill (page->words->text, digits);
  for (const char *at = body; *at != '\0'; at++)
    lines += *at == '\n';
  add_text (page, "<label>", g_strstrip (title), "");
  g_string_append_printf (page->html, "<textarea readonly rows=\"%u\">\n",
                          CLAMP (lines + 1, 3, 12));
  add_text (page, "", body, "</textarea></label>\n");
}

static void
add_texts (Page *page)
{
  const RungsPartnerPage *facts = page->facts;
  const char *coupon = facts->coupons[0] != NULL ? facts->coupons[0] : "";
  g_autofree char *linked = replace (facts->texts, "{{link}}", facts->link);
  g_autofree char *filled = replace (linked, "{{coupon}}", coupon);
  g_autofree char *plain = replace (filled, "\r", "");
  g_autofree char *framed = g_strconcat ("\n", plain, "\n", NULL);
  g_auto (GStrv) texts = g_strsplit (framed, "\n---\n", -1);
  guint shown = 0;

  for (guint i = 0; texts[i] != NULL; i++)
    {
      if (*g_strstrip (texts[i]) == '\0')
        continue;
      if (shown++ == 0)
        add_text (page, "<h2>", page->words->texts, "</h2>\n");
      add_one_text (page, texts[i], shown);
    }
}

/* ---- the page */

static char *
make (Page  *page,
      gint64 made_at)
{
  const Words *words = page->words;
  g_autofree char *title = fill (words->title, page->facts->business);
  g_autofree char *minute = dup_time (page, words->minute, made_at);
  g_autofree char *made = fill (words->made, minute);

  page->html = g_string_new ("<!DOCTYPE html>\n");
  add_text (page, "<html lang=\"", words->language, "\"><head><meta charset=\"utf-8\">");
  add (page, "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
             "<meta name=\"robots\" content=\"noindex\">");
  add_text (page, "<title>", title, "</title>");
  g_string_append_printf (page->html, "<style>%s</style></head>\n<body><main>\n", STYLE);
  add_text (page, "<p class=\"s\">", page->facts->partner, "");
  add_text (page, *page->facts->programme != '\0' ? " · " : "", page->facts->programme, "</p>\n");
  add_text (page, "<h1>", title, "</h1>\n");
  add_text (page, "<p class=\"s\">", words->private, "</p>\n");
  if (page->facts->is_paused)
    add_text (page, "<p><strong>", words->paused, "</strong></p>\n");
  add_ways (page);
  add_balance (page);
  add_months (page);
  add_sales (page);
  add_payouts (page);
  add_texts (page);
  add_text (page, "</main>\n<footer class=\"s\"><p>", words->note, "</p>");
  add_text (page, "<p>", made, "</p></footer>\n</body></html>\n");
  return g_string_free (page->html, FALSE);
}

char *
rungs_partner_page_to_html (const RungsPartnerPage *self,
                            gint64                  made_at)
{
  g_autoptr (GTimeZone) zone = NULL;
  Page page = { .facts = self, .most = LINES_MOST };
  char *html;

  g_return_val_if_fail (self != NULL, NULL);

  zone = rungs_time_zone (self->zone);
  page.zone = zone;
  page.words = words_of (self->language);
  html = make (&page, made_at);
  while (strlen (html) > RUNGS_PARTNER_PAGE_MOST && page.most > LINES_LEAST)
    {
      g_free (html);
      page.most /= 2;
      html = make (&page, made_at);
    }
  return html;
}
