/* rungs-privacy-report-store.c: all that is known of a person, in sections.
 *
 * Each section is one question whose columns are its headings, in their order. What kind of text
 * a column becomes is said beside its heading. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-money.h"
#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "engine/rungs-privacy-report.h"
#include "engine/rungs-privacy-tables-store.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-event-kind.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-suppression-store.h"
#include "mail/rungs-practice-folder.h"
#include "mail/rungs-practice-transport.h"
#include "segments/rungs-segment-member-store.h"

#define MOST_COLUMNS 8

/* How a column is shown. MONEY: the amount, its currency stands in the next column of the question.
 * JSON: members are parted by "; ". WORD: one of the program's own. */
typedef enum
{
  TEXT = 1,
  TIME,
  NUMBER,
  MONEY,
  JSON,
  KIND,
  YES_NO,
} Show;

typedef struct
{
  const char *heading; /* N_() */
  Show show;
} Column;

typedef struct
{
  const char *key;
  const char *title; /* N_() */
  Column columns[MOST_COLUMNS];
  const char *sql;
} Section;

/* A row a fact, for people do not read a table of twenty columns. */
#define FACT(number, column, label)                                                                \
  "SELECT " number " AS n, '" label "' AS what, CAST (" column " AS TEXT) AS is_so"                \
  " FROM lead WHERE id = :id AND " column " <> ''"

static const char SQL_FACTS[]
    = FACT ("1", "id", "Number")
      " UNION ALL "
      FACT ("2", "email", "E-mail")
      " UNION ALL "
      FACT ("3", "first_name", "First name")
      " UNION ALL "
      FACT ("4", "last_name", "Last name")
      " UNION ALL "
      FACT ("5", "company", "Company")
      " UNION ALL "
      FACT ("6", "phone", "Phone")
      " UNION ALL "
      FACT ("7", "street", "Street")
      " UNION ALL "
      FACT ("8", "postcode", "Postcode")
      " UNION ALL "
      FACT ("9", "city", "City")
      " UNION ALL "
      FACT ("10", "region", "Region")
      " UNION ALL "
      FACT ("11", "country", "Country")
      " UNION ALL "
      FACT ("12", "language", "Language")
      " UNION ALL "
      FACT ("13", "zone", "Time zone")
      " UNION ALL "
      FACT ("14", "notes", "Notes")
      " UNION ALL "
      FACT ("15", "score", "Score")
      " ORDER BY n";

/* The words of SQL_FACTS, for those who translate. */
static const char *const FACT_LABELS[] G_GNUC_UNUSED = {
  N_ ("Number"), N_ ("E-mail"),   N_ ("First name"), N_ ("Last name"), N_ ("Company"),
  N_ ("Phone"),  N_ ("Street"),   N_ ("Postcode"),   N_ ("City"),      N_ ("Region"),
  N_ ("Country"), N_ ("Language"), N_ ("Time zone"), N_ ("Notes"),     N_ ("Score"),
};

static const Section SECTIONS[] = {
  { "instants",
    N_ ("Since when"),
    { { N_ ("Added"), TIME }, { N_ ("Changed last"), TIME }, { N_ ("Address refused"), TIME },
      { N_ ("Pause until"), TIME } },
    "SELECT created_at, updated_at, bounced_at, quiet_until FROM lead WHERE id = :id" },
  { "tags",
    N_ ("Tags"),
    { { N_ ("Tag"), TEXT }, { N_ ("Since"), TIME } },
    "SELECT t.name, l.added_at FROM lead_tag l JOIN tag t ON t.id = l.tag WHERE l.lead = :id"
    " ORDER BY t.name" },
  { "consents",
    N_ ("Consent, with its evidence"),
    { { N_ ("When"), TIME },
      { N_ ("Purpose"), TEXT },
      { N_ ("Channel"), TEXT },
      { N_ ("What happened"), TEXT },
      { N_ ("Where"), TEXT },
      { N_ ("Words"), TEXT } },
    "SELECT at, purpose, channel, action, origin, wording FROM consent WHERE lead = :id"
    " ORDER BY id" },
  { "sources",
    N_ ("How you came to us"),
    { { N_ ("When"), TIME },
      { N_ ("Source"), TEXT },
      { N_ ("Path"), TEXT },
      { N_ ("Detail"), TEXT },
      { N_ ("Sales letter"), TEXT } },
    "SELECT t.at, s.name, t.path, t.detail, coalesce (l.name, '')"
    "  FROM touch t JOIN source s ON s.id = t.source LEFT JOIN sales_letter l ON l.id = t.letter"
    " WHERE t.lead = :id ORDER BY t.at, t.id" },
  { "orders",
    N_ ("Orders"),
    { { N_ ("When"), TIME },
      { N_ ("Order"), TEXT },
      { N_ ("Product"), TEXT },
      { N_ ("Quantity"), NUMBER },
      { N_ ("Amount"), MONEY },
      { N_ ("Paid until"), TIME },
      { N_ ("Coupon"), TEXT },
      { N_ ("Origin"), TEXT } },
    "SELECT o.at, coalesce (o.external, CAST (o.id AS TEXT)), p.name, l.quantity, l.amount,"
    "       o.currency, l.paid_until, o.coupon,"
    "       o.origin || iif (o.shop = '', '', ' · ' || o.shop)"
    "  FROM sales_order o JOIN order_line l ON l.sales_order = o.id"
    "  JOIN product p ON p.id = l.product"
    " WHERE o.lead = :id ORDER BY o.at, o.id, l.id" },
  { "refunds",
    N_ ("Refunds"),
    { { N_ ("When"), TIME },
      { N_ ("Order"), TEXT },
      { N_ ("Product"), TEXT },
      { N_ ("Amount"), MONEY },
      { N_ ("Reason"), TEXT } },
    "SELECT r.at, coalesce (o.external, CAST (o.id AS TEXT)), p.name, n.amount, o.currency,"
    "       r.reason"
    "  FROM sales_order o JOIN refund r ON r.sales_order = o.id"
    "  JOIN refund_line n ON n.refund = r.id JOIN order_line l ON l.id = n.order_line"
    "  JOIN product p ON p.id = l.product"
    " WHERE o.lead = :id ORDER BY r.at, r.id" },
  { "coupons_given",
    N_ ("Coupons that you were given"),
    { { N_ ("When"), TIME },
      { N_ ("Coupon"), TEXT },
      { N_ ("Discount"), TEXT },
      { N_ ("How"), TEXT },
      { N_ ("By whom"), TEXT },
      { N_ ("Note"), TEXT } },
    "SELECT g.at, c.code, c.discount, g.how, g.who, g.note"
    "  FROM coupon_given g JOIN coupon c ON c.id = g.coupon WHERE g.lead = :id"
    " ORDER BY g.at, g.id" },
  { "coupons_used",
    N_ ("Coupons that you used"),
    { { N_ ("When"), TIME },
      { N_ ("Order"), TEXT },
      { N_ ("Coupon"), TEXT },
      { N_ ("Discount"), TEXT },
      { N_ ("Source"), TEXT },
      { N_ ("Path"), TEXT },
      { N_ ("Accepted although"), TEXT } },
    "SELECT u.at, coalesce (o.external, CAST (o.id AS TEXT)), c.code, c.discount,"
    "       coalesce (s.name, ''), coalesce (t.path, ''), u.against"
    "  FROM sales_order o JOIN coupon_use u ON u.sales_order = o.id"
    "  JOIN coupon c ON c.id = u.coupon"
    "  LEFT JOIN touch t ON t.id = u.touch LEFT JOIN source s ON s.id = t.source"
    " WHERE o.lead = :id ORDER BY u.at, o.id, c.id" },
  { "messages",
    N_ ("Messages"),
    { { N_ ("When"), TIME },
      { N_ ("Message"), TEXT },
      { N_ ("Subject"), TEXT },
      { N_ ("Purpose"), TEXT },
      { N_ ("State"), TEXT },
      { N_ ("To"), TEXT },
      { N_ ("Reason"), TEXT },
      { N_ ("Answer of the server"), TEXT } },
    "SELECT coalesce (b.ended_at, b.due_at), m.name, coalesce (v.subject, ''), m.purpose, b.state,"
    "       b.email, b.reason, b.reply"
    "  FROM outbox b JOIN message m ON m.id = b.message"
    "  LEFT JOIN message_version v ON v.id = b.message_version"
    " WHERE b.lead = :id ORDER BY coalesce (b.ended_at, b.due_at), b.id" },
  { "broadcasts",
    N_ ("Mailings to many"),
    { { N_ ("Mailing"), TEXT },
      { N_ ("Message"), TEXT },
      { N_ ("Chosen"), TIME },
      { N_ ("Part"), TEXT },
      { N_ ("Reason"), TEXT },
      { N_ ("Time"), TIME } },
    "SELECT b.name, m.name, b.fixed_at, x.part, x.reason, x.due_at"
    "  FROM broadcast_lead x JOIN broadcast b ON b.id = x.broadcast"
    "  JOIN message m ON m.id = b.message WHERE x.lead = :id ORDER BY x.broadcast" },
  { "sequences",
    N_ ("Sequences of messages"),
    { { N_ ("Sequence"), TEXT },
      { N_ ("Began"), TIME },
      { N_ ("Why"), TEXT },
      { N_ ("At step"), TEXT },
      { N_ ("Goes on"), TIME },
      { N_ ("Ended"), TIME },
      { N_ ("How it ended"), TEXT } },
    "SELECT s.name, e.entered_at, e.why, e.step, e.due_at, e.ended_at, e.outcome"
    "  FROM enrolment e JOIN sequence s ON s.id = e.sequence WHERE e.lead = :id ORDER BY e.id" },
  { "steps",
    N_ ("Steps of sequences"),
    { { N_ ("When"), TIME },
      { N_ ("Sequence"), TEXT },
      { N_ ("Step"), TEXT },
      { N_ ("Result"), TEXT } },
    "SELECT w.at, s.name, w.step, w.result"
    "  FROM enrolment e JOIN enrolment_step w ON w.enrolment = e.id"
    "  JOIN sequence s ON s.id = e.sequence WHERE e.lead = :id ORDER BY w.at, w.visit" },
  { "fixed_segments",
    N_ ("Groups, written down"),
    { { N_ ("Group"), TEXT }, { N_ ("Since"), TIME } },
    "SELECT s.name, m.entered_at FROM segment_member m JOIN segment s ON s.id = m.segment"
    " WHERE m.lead = :id ORDER BY s.name" },
  { "tasks",
    N_ ("Tasks"),
    { { N_ ("Added"), TIME }, { N_ ("Task"), TEXT }, { N_ ("Due"), TIME }, { N_ ("Done"), TIME } },
    "SELECT created_at, title, due_at, done_at FROM task WHERE lead = :id ORDER BY id" },
  { "timeline",
    N_ ("What happened"),
    { { N_ ("When"), TIME }, { N_ ("What"), KIND }, { N_ ("Detail"), JSON } },
    "SELECT at, kind, detail FROM event WHERE lead = :id ORDER BY at, id" },
  { "notes",
    N_ ("Notes, calls and meetings"),
    { { N_ ("When"), TIME },
      { N_ ("What"), KIND },
      { N_ ("Text"), TEXT },
      { N_ ("Who"), TEXT },
      { N_ ("Direction"), TEXT },
      { N_ ("Outcome"), TEXT },
      { N_ ("Place"), TEXT } },
    "SELECT v.at, v.kind, v.detail, n.who, n.direction, n.outcome, n.place"
    "  FROM event v JOIN note n ON n.event = v.id WHERE v.lead = :id ORDER BY v.at, v.id" },
  { "imports",
    N_ ("Files that told of you"),
    { { N_ ("When"), TIME }, { N_ ("File"), TEXT }, { N_ ("Added by it"), YES_NO } },
    "SELECT r.finished_at, r.file_name, i.created FROM import_lead i"
    "  JOIN import_run r ON r.id = i.run WHERE i.lead = :id ORDER BY r.id" },
  { "import_changes",
    N_ ("What files changed"),
    { { N_ ("File"), TEXT },
      { N_ ("Field"), TEXT },
      { N_ ("Before"), TEXT },
      { N_ ("After"), TEXT } },
    "SELECT r.file_name, c.field, c.before, c.after FROM import_change c"
    "  JOIN import_run r ON r.id = c.run"
    " WHERE c.lead = :id AND c.field <> 'updated_at' ORDER BY r.id, c.field" },
  { "merges",
    N_ ("Records that were put together"),
    { { N_ ("When"), TIME }, { N_ ("Number of the other"), NUMBER }, { N_ ("Taken back"), TIME } },
    "SELECT m.at, d.was, m.undone_at FROM lead_merge m JOIN lead_merged d ON d.lead_merge = m.id"
    " WHERE m.lead = :id ORDER BY m.id" },
  { "merge_rows",
    N_ ("Kept so that this can be taken back"),
    { { N_ ("Table"), TEXT }, { N_ ("Before"), JSON }, { N_ ("After"), JSON } },
    "SELECT r.place AS place, r.before, r.after, m.id AS merge"
    "  FROM lead_merge m JOIN lead_merge_row r ON r.lead_merge = m.id WHERE m.lead = :id"
    " UNION ALL"
    " SELECT w.place, json_object ('lead', w.was, 'rows', json_array_length (w.rows)),"
    "        json_object ('lead', m.lead), m.id"
    "   FROM lead_merge m JOIN lead_merge_moved w ON w.lead_merge = m.id WHERE m.lead = :id"
    " ORDER BY merge, place" },
  { "campaigns",
    N_ ("What told us how you came"),
    { { N_ ("When"), TIME }, { N_ ("What"), TEXT }, { N_ ("Value"), TEXT } },
    "SELECT t.at, g.name, g.value FROM touch_tag g JOIN touch t ON t.id = g.touch"
    " WHERE t.lead = :id ORDER BY t.at, g.name" },
  { "deliveries",
    N_ ("Sent by forms, shops and mail services"),
    { { N_ ("When"), TIME },
      { N_ ("To"), TEXT },
      { N_ ("Kind"), TEXT },
      { N_ ("From the address"), TEXT },
      { N_ ("Evidence of consent"), TEXT },
      { N_ ("As it came"), TEXT } },
    "SELECT d.received_at, coalesce (e.name, ''), d.kind, coalesce (r.address, ''),"
    "       coalesce ((SELECT group_concat (c.wording, '; ') FROM web_consent w"
    "                    JOIN consent c ON c.id = w.consent WHERE w.delivery = d.id), ''),"
    "       coalesce (r.headers || char (10) || CAST (r.body AS TEXT), '')"
    "  FROM web_delivery d LEFT JOIN web_endpoint e ON e.id = d.endpoint"
    "  LEFT JOIN web_raw r ON r.delivery = d.id WHERE d.lead = :id ORDER BY d.id" },
  { "said",
    N_ ("What you wrote in forms"),
    { { N_ ("When"), TIME }, { N_ ("Field"), TEXT }, { N_ ("Value"), TEXT } },
    "SELECT v.at, v.field, v.value FROM web_value v JOIN web_delivery d ON d.id = v.delivery"
    " WHERE d.lead = :id ORDER BY v.at, v.field" },
  { "forms",
    N_ ("Forms of ours that you filled in"),
    { { N_ ("When"), TIME },
      { N_ ("Form"), TEXT },
      { N_ ("Version"), NUMBER },
      { N_ ("Language"), TEXT },
      { N_ ("Question"), TEXT },
      { N_ ("Answer"), TEXT } },
    "SELECT s.at, f.name, v.number, s.language, coalesce (a.question, ''),"
    "       coalesce (a.value, '')"
    "  FROM opt_in_submission s JOIN web_delivery d ON d.id = s.delivery"
    "  JOIN opt_in f ON f.id = s.opt_in JOIN opt_in_version v ON v.id = s.version"
    "  LEFT JOIN opt_in_answer a ON a.delivery = s.delivery"
    " WHERE d.lead = :id ORDER BY s.at, s.delivery, a.question" },
  { "given_by_forms",
    N_ ("Tags and segments that you got by these answers"),
    { { N_ ("Question"), TEXT }, { N_ ("Tag"), TEXT }, { N_ ("Segment"), TEXT } },
    "SELECT c.question, coalesce (t.name, ''), coalesce (g.name, '')"
    "  FROM opt_in_claim c JOIN web_delivery d ON d.id = c.delivery"
    "  LEFT JOIN tag t ON c.kind = 'tag' AND t.id = c.ref"
    "  LEFT JOIN segment g ON c.kind = 'segment' AND g.id = c.ref"
    " WHERE d.lead = :id ORDER BY c.delivery, c.question, c.kind, c.ref" },
  { "confirmations",
    N_ ("That you were asked to confirm your address"),
    { { N_ ("When"), TIME }, { N_ ("Until"), TIME }, { N_ ("Confirmed"), TIME } },
    "SELECT asked_at, expires_at, confirmed_at FROM opt_in_pending WHERE lead = :id ORDER BY id" },
  { "clicks",
    N_ ("Links in messages that were followed"),
    { { N_ ("When"), TIME }, { N_ ("Where it leads"), TEXT }, { N_ ("By a machine"), TEXT } },
    "SELECT c.at, c.target, coalesce (nullif (c.why, ''), '–')"
    "  FROM web_click c JOIN web_delivery d ON d.id = c.delivery WHERE d.lead = :id"
    " ORDER BY c.at, c.delivery" },
  { "order_numbers",
    N_ ("Numbers of your orders at shops and payment services"),
    { { N_ ("Shop"), TEXT }, { N_ ("Number"), TEXT }, { N_ ("Given back in all"), TEXT } },
    "SELECT r.seller, r.reference,"
    "       coalesce ((SELECT g.amount FROM web_given_back g WHERE g.sales_order = o.id), '')"
    "  FROM web_reference r JOIN sales_order o ON o.id = r.sales_order WHERE o.lead = :id"
    " ORDER BY r.seller, r.reference" },
  { "awaited",
    N_ ("Orders that something sent waits for"),
    { { N_ ("Shop"), TEXT }, { N_ ("Number"), TEXT } },
    "SELECT w.seller, w.reference FROM web_wait w JOIN web_delivery d ON d.id = w.delivery"
    " WHERE d.lead = :id ORDER BY w.seller, w.reference" },
  { "notices",
    N_ ("That staff were told of you"),
    { { N_ ("When"), TIME }, { N_ ("By mail to"), TEXT }, { N_ ("Looked at"), TIME } },
    "SELECT at, replace (mail, char (10), ', '), seen_at FROM notice WHERE lead = :id" },
  { "first_contact",
    N_ ("When you came, and when somebody was in touch with you first"),
    { { N_ ("When"), TIME }, { N_ ("In touch"), TIME }, { N_ ("How"), TEXT } },
    "SELECT captured_at, contacted_at, contact FROM first_contact WHERE lead = :id" },
  { "partner",
    N_ ("What we know of you as a partner"),
    { { N_ ("Name"), TEXT },
      { N_ ("E-mail"), TEXT },
      { N_ ("Telephone"), TEXT },
      { N_ ("Country"), TEXT },
      { N_ ("Is paid by"), TEXT },
      { N_ ("Note"), TEXT },
      { N_ ("Since"), TIME },
      { N_ ("Ended"), TIME } },
    "SELECT p.name, p.email, p.phone, p.country, p.pay_way, p.note, p.created_at, p.ended_at"
    "  FROM partner_lead l JOIN partner p ON p.id = l.partner WHERE l.lead = :id" },
  { "documents",
    N_ ("Documents that we keep with you as a partner"),
    { { N_ ("Name"), TEXT }, { N_ ("Bytes"), NUMBER }, { N_ ("Added"), TIME } },
    "SELECT c.name, c.size, c.added_at"
    "  FROM partner_lead l JOIN partner_document c ON c.partner = l.partner"
    " WHERE l.lead = :id ORDER BY c.added_at, c.id" },
  { "commissions",
    N_ ("What you earned and were paid as a partner"),
    { { N_ ("When"), TIME },
      { N_ ("Account"), TEXT },
      { N_ ("Amount"), MONEY },
      { N_ ("Why"), TEXT } },
    "SELECT j.at, a.state, p.amount, j.currency, j.words"
    "  FROM partner_lead l JOIN ledger_account a ON a.partner = l.partner AND a.state <> 'expense'"
    "  JOIN posting p ON p.account = a.id JOIN journal j ON j.id = p.entry"
    " WHERE l.lead = :id ORDER BY j.id, a.id" },
  { "awards",
    N_ ("What a partner earned because you came"),
    { { N_ ("When"), TIME },
      { N_ ("Partner"), TEXT },
      { N_ ("Amount"), MONEY },
      { N_ ("Why"), TEXT },
      { N_ ("Taken back"), TIME } },
    "SELECT a.at, p.name, a.amount, a.currency, a.words, a.taken_at"
    "  FROM award a JOIN partner p ON p.id = a.partner WHERE a.lead = :id ORDER BY a.id" },
  { "different",
    N_ ("Looks like, and is not"),
    { { N_ ("When"), TIME }, { N_ ("Number of the other"), NUMBER } },
    "SELECT at, iif (lead = :id, other, lead) FROM lead_different"
    " WHERE lead = :id OR other = :id" },
};

static const char *const TABLES[] = {
  "lead",           "lead_value",  "lead_tag",      "consent",        "touch",
  "sales_order",    "order_line",  "refund",        "refund_line",    "outbox",
  "enrolment",      "enrolment_step", "segment_member", "task",       "event",
  "note",           "import_lead", "import_change", "lead_merge",     "lead_merged",
  "lead_merge_row", "lead_merge_moved", "lead_different", "coupon_given", "coupon_use",
  "broadcast_lead", "web_delivery",  "web_raw",    "web_value",      "web_consent",
  "touch_tag",      "web_reference", "web_given_back", "web_wait",
  "notice",         "first_contact", "web_click", "partner_lead", "award",
  "opt_in_submission", "opt_in_answer", "opt_in_claim", "opt_in_pending", NULL,
};

const char *const *
rungs_privacy_report_tables (void)
{
  return TABLES;
}

static void
section_free (gpointer data)
{
  RungsPrivacySection *self = data;

  g_strfreev (self->headings);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

void
rungs_privacy_report_free (RungsPrivacyReport *self)
{
  g_free (self->title);
  g_free (self->business);
  g_free (self->address);
  g_free (self->made_at);
  g_clear_pointer (&self->sections, g_ptr_array_unref);
  g_clear_pointer (&self->stored, json_object_unref);
  g_free (self);
}

static void
free_row (gpointer row)
{
  g_strfreev (row);
}

/* Takes `headings`. */
static RungsPrivacySection *
section_new (const char *key,
             const char *title,
             GStrv       headings)
{
  RungsPrivacySection *self = g_new0 (RungsPrivacySection, 1);

  self->key = key;
  self->title = title;
  self->headings = headings;
  self->rows = g_ptr_array_new_with_free_func (free_row);
  return self;
}

/* ---- cells */

static char *
value_to_text (JsonNode *node)
{
  g_autofree char *text = NULL;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_string (node) != NULL)
    return json_node_dup_string (node);
  text = json_to_string (node, FALSE);
  return g_strcmp0 (text, "null") == 0 ? g_strdup ("–") : g_steal_pointer (&text);
}

/* ["before", "after"], or several. */
static char *
array_to_text (JsonArray *array)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *text = value_to_text (json_array_get_element (array, i));

      g_strv_builder_add (parts, *text != '\0' ? text : "–");
    }
  texts = g_strv_builder_end (parts);
  return g_strjoinv (" → ", texts);
}

static char *
json_to_words (const char *text)
{
  g_autoptr (JsonNode) root = text && strchr ("{[", *text) ? json_from_string (text, NULL) : NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (root == NULL)
    return g_strdup (text ? text : "");
  if (JSON_NODE_HOLDS_ARRAY (root))
    return array_to_text (json_node_get_array (root));
  json_object_iter_init_ordered (&iter, json_node_get_object (root));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      g_autofree char *value = JSON_NODE_HOLDS_ARRAY (member)
                                   ? array_to_text (json_node_get_array (member))
                                   : value_to_text (member);

      g_string_append_printf (words, "%s%s: %s", words->len > 0 ? "; " : "", name, value);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
dup_cell (RungsStatement *query,
          int             column,
          Show            show,
          GTimeZone      *zone)
{
  if (rungs_statement_is_null (query, column))
    return g_strdup ("");
  switch (show)
    {
    case TIME:
      return rungs_time_format_minute (rungs_statement_get_int64 (query, column), zone);
    case MONEY:
      return rungs_money_format (rungs_money (rungs_statement_get_int64 (query, column),
                                              rungs_statement_get_text (query, column + 1)));
    case JSON:
      return json_to_words (rungs_statement_get_text (query, column));
    case KIND:
      return g_strdup (rungs_event_kind_label (rungs_statement_get_text (query, column)));
    case YES_NO:
      return g_strdup (rungs_statement_get_int64 (query, column) ? _ ("yes") : _ ("no"));
    case NUMBER:
    case TEXT:
    default:
      return rungs_statement_dup_text (query, column);
    }
}

/* ---- sections */

static GStrv
dup_headings (const Section *section)
{
  g_autoptr (GStrvBuilder) headings = g_strv_builder_new ();

  for (guint i = 0; i < MOST_COLUMNS && section->columns[i].heading != NULL; i++)
    g_strv_builder_add (headings, section->columns[i].heading);
  return g_strv_builder_end (headings);
}

static GStrv
dup_row (RungsStatement *query,
         const Section  *section,
         GTimeZone      *zone)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  int at = 0;

  for (guint i = 0; i < MOST_COLUMNS && section->columns[i].heading != NULL; i++, at++)
    {
      g_autofree char *cell = dup_cell (query, at, section->columns[i].show, zone);

      g_strv_builder_add (cells, cell);
      at += section->columns[i].show == MONEY;
    }
  return g_strv_builder_end (cells);
}

/* Takes the section; one without rows is left out. */
static void
add_section (RungsPrivacyReport  *self,
             RungsPrivacySection *section)
{
  if (section->rows->len > 0)
    g_ptr_array_add (self->sections, section);
  else
    section_free (section);
}

static gboolean
load_section (RungsPrivacyReport *self,
              RungsDb            *db,
              const Section      *section,
              GTimeZone          *zone,
              GError            **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, section->sql, error);
  RungsPrivacySection *filled;
  gboolean done;

  if (query == NULL)
    return FALSE;
  filled = section_new (section->key, _ (section->title), dup_headings (section));
  rungs_statement_bind_int64 (query, ":id", self->lead);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    g_ptr_array_add (filled->rows, dup_row (query, section, zone));
  done = rungs_statement_done (query, error);
  add_section (self, filled);
  return done;
}

static GStrv
strv_of (const char *first,
         const char *second,
         const char *third)
{
  const char *const texts[] = { first, second, third, NULL };

  return g_strdupv ((GStrv) texts);
}

static gboolean
load_facts (RungsPrivacyReport *self,
            RungsDb            *db,
            GError            **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FACTS, error);
  RungsPrivacySection *facts;
  gboolean done;

  if (query == NULL)
    return FALSE;
  facts = section_new ("facts", _ ("Facts"), strv_of (N_ ("What"), N_ ("Value"), NULL));
  rungs_statement_bind_int64 (query, ":id", self->lead);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    g_ptr_array_add (facts->rows, strv_of (_ (rungs_statement_get_text (query, 1)),
                                           rungs_statement_get_text (query, 2), NULL));
  done = rungs_statement_done (query, error);
  add_section (self, facts);
  return done;
}

/* With the words of choices, not their keys; also of fields that are retired. */
static gboolean
load_fields (RungsPrivacyReport *self,
             RungsDb            *db,
             GError            **error)
{
  g_autoptr (GPtrArray) values = rungs_field_values (db, self->lead, error);
  RungsPrivacySection *section;

  if (values == NULL)
    return FALSE;
  section = section_new ("fields", _ ("Further facts"), strv_of (N_ ("Field"), N_ ("Value"), NULL));
  for (guint i = 0; i < values->len; i++)
    {
      const RungsFieldValue *value = g_ptr_array_index (values, i);

      g_ptr_array_add (section->rows, strv_of (value->label, value->text, NULL));
    }
  add_section (self, section);
  return TRUE;
}

static gboolean
load_suppression (RungsPrivacyReport *self,
                  RungsDb            *db,
                  const RungsLead    *lead,
                  GError            **error)
{
  RungsPrivacySection *section;
  RungsSuppressed reason = RUNGS_SUPPRESSED_NOT;

  if (lead->email != NULL && !rungs_suppression_check (db, lead->email, &reason, error))
    return FALSE;
  section = section_new ("suppression", _ ("On the do-not-send list"),
                         strv_of (N_ ("Reason"), NULL, NULL));
  if (reason != RUNGS_SUPPRESSED_NOT)
    g_ptr_array_add (section->rows, strv_of (rungs_suppressed_to_text (reason), NULL, NULL));
  add_section (self, section);
  return TRUE;
}

/* Rules find the lead too, not only what is written down. */
static gboolean
load_segments (RungsPrivacyReport *self,
               RungsDb            *db,
               GError            **error)
{
  g_autoptr (GPtrArray) segments = rungs_segments_of_lead (db, self->lead, self->made_at_ms, error);
  RungsPrivacySection *section;

  if (segments == NULL)
    return FALSE;
  section = section_new ("segments", _ ("Groups that you are in"),
                         strv_of (N_ ("Group"), N_ ("Description"), NULL));
  for (guint i = 0; i < segments->len; i++)
    {
      const RungsSegment *segment = g_ptr_array_index (segments, i);

      g_ptr_array_add (section->rows, strv_of (segment->name, segment->description, NULL));
    }
  add_section (self, section);
  return TRUE;
}

static const char SQL_LETTERS[]
    = "SELECT coalesce (ended_at, due_at), message_id FROM outbox WHERE lead = :id ORDER BY id";

/* The text as it was sent, where it was kept: by the practice account. */
static gboolean
load_letters (RungsPrivacyReport *self,
              RungsDb            *db,
              GTimeZone          *zone,
              GError            **error)
{
  g_autofree char *folder = rungs_practice_get_folder (rungs_db_get_path (db));
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LETTERS, error);
  RungsPrivacySection *section;
  gboolean done;

  if (query == NULL)
    return FALSE;
  section = section_new ("letters", _ ("Messages as they were written"),
                         strv_of (N_ ("When"), N_ ("Subject"), N_ ("Text")));
  rungs_statement_bind_int64 (query, ":id", self->lead);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      g_autofree char *name = rungs_practice_file_name (rungs_statement_get_text (query, 1));
      g_autoptr (RungsPracticeMail) mail = rungs_practice_folder_read (folder, name, NULL);
      g_autofree char *when = rungs_time_format_minute (rungs_statement_get_int64 (query, 0), zone);

      if (mail != NULL)
        g_ptr_array_add (section->rows, strv_of (when, mail->subject, mail->text));
    }
  done = rungs_statement_done (query, error);
  add_section (self, section);
  return done;
}

static gboolean
load_sections (RungsPrivacyReport *self,
               RungsDb            *db,
               const RungsLead    *lead,
               GTimeZone          *zone,
               GError            **error)
{
  if (!load_facts (self, db, error) || !load_fields (self, db, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (SECTIONS); i++)
    if (!load_section (self, db, &SECTIONS[i], zone, error))
      return FALSE;
  return load_suppression (self, db, lead, error) && load_segments (self, db, error)
         && load_letters (self, db, zone, error);
}

RungsPrivacyReport *
rungs_privacy_report_load (RungsDb *db,
                           gint64   lead,
                           gint64   now,
                           GError **error)
{
  g_autoptr (RungsLead) stored = rungs_lead_load (db, lead, error);
  g_autoptr (RungsBusiness) business = stored ? rungs_business_load (db, error) : NULL;
  g_autoptr (RungsPrivacyReport) self = NULL;
  g_autoptr (GTimeZone) zone = NULL;

  if (business == NULL)
    return NULL;
  zone = rungs_time_zone (business->zone);
  self = g_new0 (RungsPrivacyReport, 1);
  self->lead = lead;
  self->title = rungs_lead_dup_name (stored);
  self->business = g_strdup (business->name);
  self->address = g_strdup (business->address);
  self->made_at = rungs_time_format_minute (now, zone);
  self->made_at_ms = now;
  self->sections = g_ptr_array_new_with_free_func (section_free);
  self->stored = rungs_privacy_rows_load (db, lead, error);
  return self->stored != NULL && load_sections (self, db, stored, zone, error)
             ? g_steal_pointer (&self)
             : NULL;
}
