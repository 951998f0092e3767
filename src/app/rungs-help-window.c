/* rungs-help-window.c: the words that Rungs uses, and the way a lead takes through it. */

#include "rungs-help-window.h"

#include <glib/gi18n.h>

#include "partners/rungs-credit-cases.h"
#include "rungs-help-when.h"

struct _RungsHelpWindow
{
  AdwWindow parent_instance;

  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (RungsHelpWindow, rungs_help_window, ADW_TYPE_WINDOW)

/* A heading (no text) or a word and what it means. */
static const struct
{
  const char *word;
  const char *meaning;
} WORDS[] = {
  { N_ ("First Steps"), NULL },
  { N_ ("1. Bring your leads in"),
    N_ ("On the page Leads, Import takes the file that your old program exported (CSV), or a "
        "spreadsheet of Excel or LibreOffice, or the cards of an address book (vCard). You can "
        "drop it onto the window, too, or paste rows that you copied from a table. An import can "
        "be undone whole.") },
  { N_ ("2. Put your products on the ladder"),
    N_ ("On the page Ladder, start from one of the whole ladders that the empty map offers, or add "
        "your products in rising value, and draw an arrow from each to what is offered after it. "
        "What was bought before comes from the export of your shop or payment service: Orders, "
        "Import. An order alone is no consent to marketing.") },
  { N_ ("3. Write messages and put them into a sequence"),
    N_ ("A message is made of blocks that you drag, and shown beside them as a lead reads it. A "
        "sequence sends its messages one after the other, and stops by itself for a lead who has "
        "bought what it sells.") },
  { N_ ("4. Practise, then send"),
    N_ ("At first all messages go into the practice folder and none leaves this computer. When "
        "they look right, add your mail account in Settings.") },
  { N_ ("People"), NULL },
  { N_ ("Lead"), N_ ("A person you know of. A customer is a lead who owns a product.") },
  { N_ ("Source"),
    N_ ("Where a lead came from: an advertisement, a partner, a customer, a search.") },
  { N_ ("Touch"),
    N_ ("One arrival of a lead from a source. The first and all later ones are kept.") },
  { N_ ("Consent"),
    N_ ("Who agreed to be written to, when, where and in which words. Without it no marketing "
        "message is sent.") },
  { N_ ("Segment"),
    N_ ("A group of leads with a name: live, where a rule says who is in it, or fixed, where you "
        "choose them by hand.") },
  { N_ ("Erasing"),
    N_ ("A person who asks what you know gets a page of it all, and one who asks to be forgotten "
        "is erased: right-click the lead. Orders stay without a name. Backups that still hold the "
        "person are named, with how long they are kept, in Settings.") },
  { N_ ("Products"), NULL },
  { N_ ("Ladder"), N_ ("Your products as rungs of rising value, and the offers between them.") },
  { N_ ("Map"),
    N_ ("The ladder as a drawing: at the left where leads come from, at the right the products, "
        "between them arrows that say how many went that way and what they paid.") },
  { N_ ("Sales letter"), N_ ("What sells a product to those who come straight to it.") },
  { N_ ("Offer"), N_ ("After this product, offer that one.") },
  { N_ ("Next offer"),
    N_ ("The product to offer a lead now, with the reasons for and against each. The view Next "
        "Offers of the page Ladder has them for all leads together.") },
  { N_ ("What if"),
    N_ ("What the next twelve months bring if all goes on as in a past period, and what they bring "
        "with another price, conversion or spend. As many leads come as in the period, as large a "
        "share of them goes by each arrow and after as long, those who are here already too. More "
        "spend is supposed to bring more leads at the same cost, which seldom holds for large "
        "changes. Commissions go with what is sold, by the shares that they came to in the "
        "period, as the ledger has them. Nothing of it has happened, and no figure of the business "
        "changes.") },
  { N_ ("Partners"), NULL },
  { N_ ("Partner"),
    N_ ("Somebody who brings leads and sales for a commission: an affiliate, or a partner of a "
        "joint venture. What comes from its source is its own.") },
  { N_ ("Programme"),
    N_ ("What its partners earn by which sale: its terms. New terms are in force from a day on; "
        "before they are saved you see what they would have done to the last quarter.") },
  { N_ ("Who is credited"),
    N_ ("Rules that you sort say which partner an order is credited to; the first that decides is "
        "the answer. Why? tells what each of them saw. The cases below are examples.") },
  { N_ ("Held"),
    N_ ("What is earned while the sale may still be given back. Then it may be paid, by itself or "
        "after somebody has looked at it, as the terms say.") },
  { N_ ("To give back"),
    N_ ("What was paid already of sales that were given back later. It is set off against the "
        "next payout; nobody is paid less than nothing.") },
  { N_ ("Ledger"),
    N_ ("The book of commissions: nothing in it is ever changed, what was wrong is reversed. It "
        "can be proved that nobody did.") },
  { N_ ("Payout"),
    N_ ("What partners are paid at one time. You see it before it is made; the file for the bank "
        "comes from it, and you say what became of each payment.") },
  { N_ ("To look at"),
    N_ ("Orders of a partner that are out of the ordinary, with what speaks for it. You decide; "
        "the program never does.") },
  { N_ ("Messages"), NULL },
  { N_ ("Sequence"), N_ ("Messages and waits that a lead walks through, step by step.") },
  { N_ ("Why?"),
    N_ ("Beside a message of the outbox, and beside each sequence of a lead: all checks with their "
        "answers, the one that decides first, as they are asked when the message is about to "
        "leave.") },
  { N_ ("Rehearsal"),
    N_ ("What would leave to whom in the next days, tried on a copy by a clock that runs ahead: "
        "how much on which day, who gets several messages a day, who falls out and why, and the "
        "way of each lead. Nothing is sent and nothing is changed. In it nobody buys, answers or "
        "unsubscribes.") },
  { N_ ("Block"),
    N_ ("A part of a message: heading, text, button, picture, product, columns, line, signature, "
        "or HTML of your own. Blocks are dragged, copied and undone; values of the reader stand in "
        "them as chips, each with what is said where nothing is known.") },
  { N_ ("Broadcast"),
    N_ ("One message to all for whom a rule holds, once: now or at a time, in each lead’s own "
        "morning, spread over hours. Subjects can be tried against each other on a part, and a "
        "share be held out to measure against. One that comes back too often, or angers too many, "
        "pauses by itself.") },
  { N_ ("Check list"),
    N_ ("What stands against sending a message, with reasons: values that leads lack, links that "
        "lead nowhere, pictures without words, no way out. It stands beside each message that you "
        "write, before a broadcast, and before a sequence is published. What is marked red keeps "
        "it from leaving.") },
  { N_ ("Sending hours"),
    N_ ("The days and hours in which marketing leaves: in Settings for all, in a sequence for its "
        "own messages. They go by the clock of the lead where its time zone is known, else by that "
        "of the business. What is planned outside waits for the next time inside.") },
  { N_ ("Holidays"),
    N_ ("Days on which no marketing leaves: yours, and those of a country that the program knows, "
        "in Settings.") },
  { N_ ("Not too many"),
    N_ ("How many marketing messages a lead gets in so many days, from all sequences and "
        "broadcasts together. What is over it waits.") },
  { N_ ("Late"),
    N_ ("What the machine slept through leaves at once up to twelve hours late, and after that on "
        "a day on which the lead gets nothing else; a step can say it otherwise, and let a message "
        "lapse.") },
  { N_ ("Outbox"), N_ ("The messages on their way, each sent exactly once.") },
  { N_ ("Mail account"),
    N_ ("By what messages leave. Several send at the same time; rules in Settings say which sends "
        "what, and the default account sends the rest. One that is new can warm up: then it sends "
        "a little more each day.") },
  { N_ ("In doubt"),
    N_ ("The line broke in the moment of sending, and nobody can know whether the message arrived. "
        "It is not sent again by itself: you decide.") },
  { N_ ("Withheld"),
    N_ ("A check said no: the lead owns the product, has unsubscribed, or got too many messages "
        "lately.") },
};

static void
rungs_help_window_class_init (RungsHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/rungs-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsHelpWindow, page);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static AdwPreferencesGroup *
add_group (RungsHelpWindow *self,
           const char      *title)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_page_add (self->page, group);
  return group;
}

static void
add_word (AdwPreferencesGroup *group,
          const char          *word,
          const char          *meaning)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), word);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), meaning);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (group, row);
}

/* What happens when: under headings of its own. */
static void
add_answers (RungsHelpWindow *self)
{
  AdwPreferencesGroup *group = NULL;

  for (const RungsHelpWhen *row = RUNGS_HELP_WHEN; row->when != NULL; row++)
    {
      g_autofree char *title = NULL;

      if (row->what != NULL)
        {
          add_word (group, _ (row->when), _ (row->what));
          continue;
        }
      /* Translators: a heading of the help: "What happens when: Buying" */
      title = g_strdup_printf (_ ("What happens when: %s"), _ (row->when));
      group = add_group (self, title);
    }
}

/* Who is credited: each case with its one answer. */
static void
add_cases (RungsHelpWindow *self)
{
  g_autoptr (GPtrArray) cases = rungs_credit_cases_new ();
  AdwPreferencesGroup *group = add_group (self, _ ("Who is credited: cases"));

  adw_preferences_group_set_description (
    group, _ ("Anna and Bert are affiliates, Jo and Kim partners of joint ventures. Above stand "
              "the rules in their order."));
  for (guint i = 0; i < cases->len; i++)
    {
      const RungsCreditCase *one = cases->pdata[i];
      g_autofree char *story = g_strdup_printf ("%s\n%s", one->story, one->answer);

      add_word (group, one->rules, story);
    }
}

static void
rungs_help_window_init (RungsHelpWindow *self)
{
  AdwPreferencesGroup *group = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (WORDS[i].meaning == NULL)
      group = add_group (self, _ (WORDS[i].word));
    else
      add_word (group, _ (WORDS[i].word), _ (WORDS[i].meaning));
  add_answers (self);
  add_cases (self);
}

RungsHelpWindow *
rungs_help_window_new (GtkWindow *parent)
{
  return g_object_new (RUNGS_TYPE_HELP_WINDOW, "transient-for", parent, NULL);
}
