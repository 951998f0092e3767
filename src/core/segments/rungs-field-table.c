/* rungs-field-table.c: what a rule can ask about a lead, and by which SQL.
 *
 * A field is one of three things. A value of the lead itself is SQL about `l`. A set is rows of any
 * lead, of which one that has the name is enough. Anything else that is in rows is an aggregate
 * over those of a lead. rungs-rule-compile.c finds rows from the side of the lead when one lead is
 * asked about, and from the other side when many are.
 *
 * "next_offer" is a table that the program computes (ladder/rungs-next-offer-store.h).
 *
 * In the SQL "?" is the value that is asked for, "#" the key of a custom field. A part in brackets
 * is there only where the leaf says that parameter: "[path: AND x.path = $]", or says just that:
 * "[how=bundle: AND NOT x.direct]"; the parts "many" and "one" are there when many leads are asked
 * about, or one, "rows" and "lead" where the rows of all leads are found, or those of a known lead.
 * In a part "$" is what the leaf says; of days, "$" and "%" are the begin and the
 * end of the time that they span.
 *
 * The planner cannot know that a lead has few orders and a product many: the unary + keeps the
 * product from leading. */

#include "segments/rungs-field-table.h"

#include <glib/gi18n.h>

#define LEAD_TEXT(name, label, source)                                                             \
  {                                                                                                \
    name, label, RUNGS_RULE_ABOUT_LEAD, RUNGS_RULE_TEXT, RUNGS_RULE_UNIT_NONE, source, "+l." name, \
        .always = TRUE                                                                             \
  }

#define WITHIN_DAYS                                                                                \
  {                                                                                                \
    "within_days", N_ ("in the last days"), RUNGS_SHAPE_DAYS, RUNGS_RULE_FROM_NOWHERE, NULL, FALSE \
  }
#define WITHIN(column) "[within_days: AND " column " >= $ AND " column " < %]"

#define SAYS(name, label, source)                                                                  \
  {                                                                                                \
    name, label, RUNGS_SHAPE_TEXT, source, NULL, FALSE                                             \
  }

/* ---- touches */

#define WHICH_TOUCH                                                                                \
  {                                                                                                \
    "which", "which touch", RUNGS_SHAPE_TEXT, RUNGS_RULE_FROM_TOUCHES, "any", FALSE                \
  }
#define WHICH                                                                                      \
  "[which=first: AND NOT EXISTS (SELECT 1 FROM touch e WHERE e.lead = x.lead"                      \
  "   AND (e.at < x.at OR (e.at = x.at AND e.id < x.id)))]"                                        \
  "[which=last: AND NOT EXISTS (SELECT 1 FROM touch e WHERE e.lead = x.lead"                       \
  "   AND (e.at > x.at OR (e.at = x.at AND e.id > x.id)))]"

/* Sources are found once, not for each touch. */
#define IS_SOURCE(name)                                                                            \
  "[lead: +]x.source IN (SELECT s.id FROM source s WHERE " name " IN (s.name, s.kind || ':' ||"    \
  " s.name))"
#define IS_KIND(names) "[lead: +]x.source IN (SELECT s.id FROM source s WHERE s.kind " names ")"
#define FROM_TOUCH "FROM touch x WHERE 1 "

#define TOUCH_SET(name, label, source, rows, match)                                                \
  {                                                                                                \
    name, label, RUNGS_RULE_ABOUT_SOURCES, RUNGS_RULE_SET, RUNGS_RULE_UNIT_NONE, source, match,    \
        rows WHICH WITHIN ("x.at"), "x.lead", "x.at", NULL,                                        \
    {                                                                                              \
      WHICH_TOUCH, WITHIN_DAYS                                                                     \
    }                                                                                              \
  }

/* A text that is no JSON, or no list, lists nobody. (A bracket would begin an option.) */
#define LIST_OR_NONE(text)                                                                         \
  "iif (json_valid (" text "), iif (json_type (" text ") = 'array', " text ", '{}'), '{}')"

/* ---- ownership and orders */

#define NOW_OWNED "(x.paid_until IS NULL OR x.paid_until > :now)"
#define IS_PRODUCT(column) "+" column " = (SELECT p.id FROM product p WHERE p.sku = ?)"
#define HOLDS_PRODUCT                                                                              \
  "[product: AND EXISTS (SELECT 1 FROM order_line m JOIN product_holds h ON h.whole = m.product"   \
  "   WHERE m.sales_order = x.id AND h.part = (SELECT p.id FROM product p WHERE p.sku = $))]"
#define GIVEN_BACK                                                                                 \
  "coalesce ((SELECT sum (r.amount) FROM refund_line r WHERE r.order_line = n.id), 0)"
#define FROM_PAID                                                                                  \
  "FROM sales_order x JOIN order_line n ON n.sales_order = x.id"                                   \
  " WHERE x.currency = (SELECT b.currency FROM business b WHERE b.id = 1) " WITHIN ("x.at")
#define COUPON SAYS ("coupon", N_ ("of the coupon"), RUNGS_RULE_FROM_COUPONS)
#define THE_COUPON(code) "(SELECT c.id FROM coupon c WHERE c.code = " code " COLLATE NOCASE)"
#define PRODUCT SAYS ("product", N_ ("with the product"), RUNGS_RULE_FROM_PRODUCTS)

#define ORDERS(name, label, type, unit, value, rows, none, ...)                                    \
  {                                                                                                \
    name, label, RUNGS_RULE_ABOUT_ORDERS, type, unit, RUNGS_RULE_FROM_NOWHERE, value, rows,        \
        "x.lead", "x.at", none, { __VA_ARGS__ }                                                    \
  }

/* ---- messages, sequences, consent, events */

#define FROM_SENT                                                                                  \
  "FROM outbox x WHERE x.state = 'sent' " WITHIN ("x.ended_at")
#define IS_MESSAGE(column)                                                                         \
  "[lead: +]" column " = (SELECT m.id FROM message m WHERE m.name = ?)"
#define FROM_MAIL_EVENT(kind)                                                                      \
  "FROM event x JOIN outbox o ON o.id = x.ref WHERE x.kind = '" kind "' " WITHIN ("x.at")

#define IS_SEQUENCE "x.sequence = (SELECT s.id FROM sequence s WHERE s.name = ?)"

#define FROM_CONSENT                                                                               \
  "FROM consent x WHERE x.action <> 'annulled'[purpose: AND x.purpose = $][channel: AND x.channel" \
  " = $][one: AND NOT EXISTS (SELECT 1 FROM consent a WHERE a.annuls = x.id)]"                     \
  "[many: AND x.id NOT IN (SELECT a.annuls FROM consent a WHERE a.annuls IS NOT NULL)]"
/* 1 where the newest of the rows gives it, 0 where it takes it back. */
#define NEWEST_GIVES "max (x.id * 2 + (x.action = 'given')) % 2"
#define OF_CONSENT                                                                                 \
  {                                                                                                \
    { "purpose", N_ ("purpose"), RUNGS_SHAPE_TEXT, RUNGS_RULE_FROM_PURPOSES, "marketing", FALSE }, \
        { "channel", N_ ("channel"), RUNGS_SHAPE_TEXT, RUNGS_RULE_FROM_CHANNELS, "email", FALSE }, \
  }

/* What an event is about by the name that it has now; where it is gone, or has none, by what was
 * written down. */
#define NAME_NOW                                                                                   \
  "CASE x.kind WHEN 'tag.added' THEN (SELECT t.name FROM tag t WHERE t.id = x.ref)"                \
  " WHEN 'tag.removed' THEN (SELECT t.name FROM tag t WHERE t.id = x.ref)"                         \
  " WHEN 'touch.made' THEN (SELECT s.kind || ':' || s.name FROM touch c"                           \
  "                           JOIN source s ON s.id = c.source WHERE c.id = x.ref)"                \
  " WHEN 'mail.sent' THEN (SELECT m.name FROM outbox o JOIN message m ON m.id = o.message"         \
  "                         WHERE o.id = x.ref)"                                                   \
  " WHEN 'sequence.entered' THEN (SELECT s.name FROM enrolment e"                                  \
  "                                 JOIN sequence s ON s.id = e.sequence WHERE e.id = x.ref) END"
#define FROM_EVENT                                                                                 \
  "FROM event x WHERE 1 [kind: AND x.kind = $]"                                                    \
  "[detail: AND coalesce (" NAME_NOW ", x.detail) = $ COLLATE NOCASE]" WITHIN ("x.at")
#define KIND_OF_EVENT                                                                              \
  {                                                                                                \
    "kind", "kind", RUNGS_SHAPE_TEXT, RUNGS_RULE_FROM_EVENT_KINDS, NULL, TRUE                      \
  }

/* clang-format off: a row a field */
static const RungsRuleField FIELDS[] = {
  { "email", N_ ("e-mail"), RUNGS_RULE_ABOUT_LEAD, RUNGS_RULE_TEXT, RUNGS_RULE_UNIT_NONE,
    RUNGS_RULE_FROM_NOWHERE, "+l.email" },
  LEAD_TEXT ("first_name", N_ ("first name"), RUNGS_RULE_FROM_NOWHERE),
  LEAD_TEXT ("last_name", N_ ("last name"), RUNGS_RULE_FROM_NOWHERE),
  LEAD_TEXT ("company", N_ ("company"), RUNGS_RULE_FROM_LEADS),
  LEAD_TEXT ("phone", N_ ("phone"), RUNGS_RULE_FROM_NOWHERE),
  LEAD_TEXT ("street", N_ ("street"), RUNGS_RULE_FROM_NOWHERE),
  LEAD_TEXT ("postcode", N_ ("postcode"), RUNGS_RULE_FROM_LEADS),
  LEAD_TEXT ("city", N_ ("city"), RUNGS_RULE_FROM_LEADS),
  LEAD_TEXT ("region", N_ ("region"), RUNGS_RULE_FROM_LEADS),
  LEAD_TEXT ("country", N_ ("country"), RUNGS_RULE_FROM_LEADS),
  LEAD_TEXT ("language", N_ ("language"), RUNGS_RULE_FROM_LEADS),
  LEAD_TEXT ("zone", N_ ("time zone"), RUNGS_RULE_FROM_LEADS),
  LEAD_TEXT ("notes", N_ ("notes"), RUNGS_RULE_FROM_NOWHERE),
  { "created", N_ ("known since"), RUNGS_RULE_ABOUT_LEAD, RUNGS_RULE_DATE, RUNGS_RULE_UNIT_NONE,
    RUNGS_RULE_FROM_NOWHERE, "+l.created_at", .always = TRUE },
  { "updated", N_ ("last change"), RUNGS_RULE_ABOUT_LEAD, RUNGS_RULE_DATE, RUNGS_RULE_UNIT_NONE,
    RUNGS_RULE_FROM_NOWHERE, "+l.updated_at", .always = TRUE },
  { "score", N_ ("score"), RUNGS_RULE_ABOUT_LEAD, RUNGS_RULE_NUMBER, RUNGS_RULE_UNIT_NONE,
    RUNGS_RULE_FROM_NOWHERE, "+l.score", .none = "0", .always = TRUE },
  { "bounced", N_ ("bounced"), RUNGS_RULE_ABOUT_LEAD, RUNGS_RULE_YESNO, RUNGS_RULE_UNIT_NONE,
    RUNGS_RULE_FROM_NOWHERE, "(l.bounced_at IS NOT NULL)", .always = TRUE },
  { "lifecycle", N_ ("lifecycle"), RUNGS_RULE_ABOUT_LEAD, RUNGS_RULE_CHOICE, RUNGS_RULE_UNIT_NONE,
    RUNGS_RULE_FROM_LIFECYCLES,
    "CASE max ((n.paid_until IS NULL"
    "           OR n.paid_until + (SELECT p.lapse_days FROM product p WHERE p.id = n.product)"
    "              * 86400000 > :now)"
    "          AND coalesce ((SELECT sum (r.amount) FROM refund_line r"
    "                          WHERE r.order_line = n.id) < n.amount, 1))"
    " WHEN 1 THEN 'customer' ELSE 'former' END",
    "FROM sales_order x JOIN order_line n ON n.sales_order = x.id WHERE 1", "x.lead", NULL, "lead"
  },
  { "tag", N_ ("tags"), RUNGS_RULE_ABOUT_LEAD, RUNGS_RULE_SET, RUNGS_RULE_UNIT_NONE,
    RUNGS_RULE_FROM_TAGS, "x.tag = (SELECT t.id FROM tag t WHERE t.name = ?)",
    "FROM lead_tag x WHERE 1 " WITHIN ("x.added_at"), "x.lead", "x.added_at", NULL,
    { WITHIN_DAYS }, .once = TRUE },
  { "import", N_ ("imports"), RUNGS_RULE_ABOUT_LEAD, RUNGS_RULE_SET, RUNGS_RULE_UNIT_NONE,
    RUNGS_RULE_FROM_IMPORTS, "x.run = CAST (? AS INTEGER)",
    "FROM import_lead x JOIN import_run r ON r.id = x.run WHERE r.undone_at IS NULL", "x.lead",
    .once = TRUE },
  { "lead", N_ ("list of leads"), RUNGS_RULE_ABOUT_LEAD, RUNGS_RULE_SET, RUNGS_RULE_UNIT_NONE,
    RUNGS_RULE_FROM_NOWHERE,
    "x.id IN (SELECT j.value FROM json_each (" LIST_OR_NONE ("?") ") j)",
    "FROM lead x WHERE 1", "x.id", .once = TRUE },

  TOUCH_SET ("source", N_ ("sources"), RUNGS_RULE_FROM_SOURCES, FROM_TOUCH, IS_SOURCE ("?")),
  TOUCH_SET ("source_kind", N_ ("kinds of source"), RUNGS_RULE_FROM_SOURCE_KINDS, FROM_TOUCH,
    IS_KIND ("= ?")),
  TOUCH_SET ("partner", N_ ("partners"), RUNGS_RULE_FROM_PARTNERS, FROM_TOUCH
    "AND " IS_KIND ("IN ('jv', 'affiliate')"), IS_SOURCE ("?")),
  TOUCH_SET ("path", N_ ("paths"), RUNGS_RULE_FROM_PATHS, FROM_TOUCH, "x.path = ?"),
  TOUCH_SET ("campaign", N_ ("campaigns"), RUNGS_RULE_FROM_DETAILS,
    "FROM touch x WHERE x.detail <> '' ", "x.detail = ? COLLATE NOCASE"),
  { "touches", N_ ("number of touches"), RUNGS_RULE_ABOUT_SOURCES, RUNGS_RULE_NUMBER,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_NOWHERE, "count(*)",
    FROM_TOUCH "[source: AND +x.source IN (SELECT s.id FROM source s WHERE $ IN (s.name,"
    " s.kind || ':' || s.name))]"
    "[source_kind: AND +x.source IN (SELECT s.id FROM source s WHERE s.kind = $)]"
    "[path: AND x.path = $]" WITHIN ("x.at"), "x.lead", "x.at", "0",
    { SAYS ("source", N_ ("of the source"), RUNGS_RULE_FROM_SOURCES), SAYS ("source_kind",
    N_ ("of the kind"), RUNGS_RULE_FROM_SOURCE_KINDS), SAYS ("path", N_ ("by the path"),
    RUNGS_RULE_FROM_PATHS), WITHIN_DAYS } },
  { "first_touch", N_ ("first touch"), RUNGS_RULE_ABOUT_SOURCES, RUNGS_RULE_DATE,
    RUNGS_RULE_UNIT_NONE,
    RUNGS_RULE_FROM_NOWHERE, "min (x.at)", "FROM touch x WHERE 1", "x.lead", "x.at" },
  { "last_touch", N_ ("last touch"), RUNGS_RULE_ABOUT_SOURCES, RUNGS_RULE_DATE,
    RUNGS_RULE_UNIT_NONE,
    RUNGS_RULE_FROM_NOWHERE, "max (x.at)", "FROM touch x WHERE 1", "x.lead", "x.at" },

  { "owns", N_ ("owned products"), RUNGS_RULE_ABOUT_OWNERSHIP, RUNGS_RULE_SET, RUNGS_RULE_UNIT_NONE,
    RUNGS_RULE_FROM_PRODUCTS, IS_PRODUCT ("x.product"), "FROM owned x WHERE " NOW_OWNED
    "[how=itself: AND x.direct][how=bundle: AND NOT x.direct]", "x.lead", NULL, NULL, { { "how",
    N_ ("how"), RUNGS_SHAPE_TEXT, RUNGS_RULE_FROM_HOLDINGS, "any", FALSE } } },
  { "bought", N_ ("products bought so far"), RUNGS_RULE_ABOUT_OWNERSHIP, RUNGS_RULE_SET,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_PRODUCTS, IS_PRODUCT ("h.part"),
    "FROM sales_order x JOIN order_line n ON n.sales_order = x.id"
    "  JOIN product_holds h ON h.whole = n.product WHERE 1 "
    WITHIN ("x.at"), "x.lead", "x.at", NULL, { WITHIN_DAYS } },
  { "refunded", N_ ("products given back"), RUNGS_RULE_ABOUT_OWNERSHIP, RUNGS_RULE_SET,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_PRODUCTS, IS_PRODUCT ("h.part"),
    "FROM sales_order x JOIN order_line n ON n.sales_order = x.id"
    "  JOIN product_holds h ON h.whole = n.product"
    " WHERE EXISTS (SELECT 1 FROM refund_line q WHERE q.order_line = n.id)" "   AND " GIVEN_BACK
    " >= n.amount", "x.lead" },
  { "products", N_ ("number of owned products"), RUNGS_RULE_ABOUT_OWNERSHIP, RUNGS_RULE_NUMBER,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_NOWHERE, "count(DISTINCT x.product)",
    "FROM owned x WHERE " NOW_OWNED, "x.lead", NULL, "0" },
  { "owned_rung", N_ ("highest owned rung"), RUNGS_RULE_ABOUT_OWNERSHIP, RUNGS_RULE_NUMBER,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_NOWHERE, "max (p.rung)",
    "FROM owned x JOIN product p ON p.id = +x.product WHERE " NOW_OWNED, "x.lead" },
  { "owned_since", N_ ("owned since"), RUNGS_RULE_ABOUT_OWNERSHIP, RUNGS_RULE_DATE,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_NOWHERE, "min (x.since)",
    "FROM owned x WHERE " NOW_OWNED
    "[product: AND +x.product = (SELECT p.id FROM product p WHERE p.sku = $)]",
    "x.lead", "x.since", NULL, { { "product", N_ ("product"), RUNGS_SHAPE_TEXT,
    RUNGS_RULE_FROM_PRODUCTS, NULL, TRUE } } },
  { RUNGS_RULE_NEXT_OFFER, N_ ("next offer"), RUNGS_RULE_ABOUT_OWNERSHIP, RUNGS_RULE_CHOICE,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_PRODUCTS,
    "max ((SELECT p.sku FROM product p WHERE p.id = x.product)) COLLATE NOCASE",
    "FROM next_offer x WHERE x.at = :now", "x.lead", .computed = TRUE },

  ORDERS ("orders", N_ ("number of orders"), RUNGS_RULE_NUMBER, RUNGS_RULE_UNIT_NONE, "count(*)",
    "FROM sales_order x WHERE 1 " HOLDS_PRODUCT WITHIN ("x.at"), "0", PRODUCT, WITHIN_DAYS),
  ORDERS ("spent", N_ ("amount spent"), RUNGS_RULE_NUMBER, RUNGS_RULE_UNIT_MONEY,
    "coalesce (sum (n.amount - " GIVEN_BACK "), 0)", FROM_PAID, "0", WITHIN_DAYS),
  ORDERS ("average_order", N_ ("average of an order"), RUNGS_RULE_NUMBER, RUNGS_RULE_UNIT_MONEY,
    "sum (n.amount - " GIVEN_BACK ") * 1.0 / count(DISTINCT x.id)", FROM_PAID, NULL, WITHIN_DAYS),
  ORDERS ("first_order", N_ ("first order"), RUNGS_RULE_DATE, RUNGS_RULE_UNIT_NONE, "min (x.at)",
    "FROM sales_order x WHERE 1 " HOLDS_PRODUCT, NULL, PRODUCT),
  ORDERS ("last_order", N_ ("last order"), RUNGS_RULE_DATE, RUNGS_RULE_UNIT_NONE, "max (x.at)",
    "FROM sales_order x WHERE 1 " HOLDS_PRODUCT, NULL, PRODUCT),
  { "coupon", N_ ("coupons"), RUNGS_RULE_ABOUT_ORDERS, RUNGS_RULE_SET, RUNGS_RULE_UNIT_NONE,
    RUNGS_RULE_FROM_COUPONS, "(x.coupon = ? COLLATE NOCASE OR EXISTS (SELECT 1 FROM coupon_use u"
    "   WHERE u.sales_order = x.id AND u.coupon = " THE_COUPON ("?") "))",
    "FROM sales_order x WHERE x.coupon <> '' " WITHIN ("x.at"), "x.lead", "x.at", NULL, {
    WITHIN_DAYS } },
  { "coupons", N_ ("number of redeemed coupons"), RUNGS_RULE_ABOUT_ORDERS, RUNGS_RULE_NUMBER,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_NOWHERE, "count(*)",
    "FROM coupon_redeemed x WHERE 1 [coupon: AND +x.coupon = " THE_COUPON ("$") "]"
    WITHIN ("x.at"), "x.lead", "x.at", "0", { COUPON, WITHIN_DAYS } },
  { "coupon_given", N_ ("coupons given"), RUNGS_RULE_ABOUT_ORDERS, RUNGS_RULE_SET,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_COUPONS, "x.coupon = " THE_COUPON ("?"),
    "FROM coupon_given x WHERE 1 [how: AND x.how = $]" WITHIN ("x.at"), "x.lead", "x.at", NULL, {
    SAYS ("how", N_ ("how"), RUNGS_RULE_FROM_HOWS), WITHIN_DAYS } },
  { "coupons_given", N_ ("number of coupons given"), RUNGS_RULE_ABOUT_ORDERS, RUNGS_RULE_NUMBER,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_NOWHERE, "count(*)",
    "FROM coupon_given x WHERE 1 [coupon: AND +x.coupon = " THE_COUPON ("$") "]"
    WITHIN ("x.at"), "x.lead", "x.at", "0", { COUPON, WITHIN_DAYS } },

  { "got", N_ ("messages that were sent"), RUNGS_RULE_ABOUT_MESSAGES, RUNGS_RULE_SET,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_MESSAGES, IS_MESSAGE ("x.message"), FROM_SENT, "x.lead",
    "x.ended_at", NULL, { WITHIN_DAYS } },
  { "clicked", N_ ("messages with a followed link"), RUNGS_RULE_ABOUT_MESSAGES, RUNGS_RULE_SET,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_MESSAGES, IS_MESSAGE ("o.message"), FROM_MAIL_EVENT (
    "mail.clicked"), "x.lead", "x.at", NULL, { WITHIN_DAYS } },
  { "replied", N_ ("messages with a reply"), RUNGS_RULE_ABOUT_MESSAGES, RUNGS_RULE_SET,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_MESSAGES, IS_MESSAGE ("o.message"), FROM_MAIL_EVENT (
    "mail.replied"), "x.lead", "x.at", NULL, { WITHIN_DAYS } },
  { "came_back", N_ ("messages that came back"), RUNGS_RULE_ABOUT_MESSAGES, RUNGS_RULE_SET,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_MESSAGES, IS_MESSAGE ("o.message"), FROM_MAIL_EVENT (
    "mail.bounced"), "x.lead", "x.at", NULL, { WITHIN_DAYS } },
  { "messages", N_ ("number of messages"), RUNGS_RULE_ABOUT_MESSAGES, RUNGS_RULE_NUMBER,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_NOWHERE, "count(*)", FROM_SENT
    "[message: AND +x.message = (SELECT m.id FROM message m WHERE m.name = $)]",
    "x.lead", "x.ended_at", "0", { SAYS ("message", N_ ("of"),
    RUNGS_RULE_FROM_MESSAGES), WITHIN_DAYS } },
  { "last_message", N_ ("last message"), RUNGS_RULE_ABOUT_MESSAGES, RUNGS_RULE_DATE,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_NOWHERE, "max (x.ended_at)",
    "FROM outbox x WHERE x.state = 'sent'"
    " [message: AND +x.message = (SELECT m.id FROM message m WHERE m.name = $)]",
    "x.lead", "x.ended_at", NULL, { SAYS (
    "message", N_ ("of"), RUNGS_RULE_FROM_MESSAGES) } },

  { "last_click", N_ ("last followed link"), RUNGS_RULE_ABOUT_MESSAGES, RUNGS_RULE_DATE,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_NOWHERE, "max (x.at)",
    "FROM event x JOIN outbox o ON o.id = x.ref WHERE x.kind = 'mail.clicked'"
    " [message: AND +o.message = (SELECT m.id FROM message m WHERE m.name = $)]", "x.lead", "x.at",
    NULL, { SAYS ("message", N_ ("of"), RUNGS_RULE_FROM_MESSAGES) } },
  { "last_reply", N_ ("last reply"), RUNGS_RULE_ABOUT_MESSAGES, RUNGS_RULE_DATE,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_NOWHERE, "max (x.at)",
    "FROM event x JOIN outbox o ON o.id = x.ref WHERE x.kind = 'mail.replied'"
    " [message: AND +o.message = (SELECT m.id FROM message m WHERE m.name = $)]", "x.lead", "x.at",
    NULL, { SAYS ("message", N_ ("to"), RUNGS_RULE_FROM_MESSAGES) } },

  { "sequence", N_ ("current sequences"), RUNGS_RULE_ABOUT_SEQUENCES, RUNGS_RULE_SET,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_SEQUENCES, IS_SEQUENCE,
    "FROM enrolment x WHERE x.outcome IS NULL", "x.lead", .once = TRUE },
  { "sequence_step", N_ ("steps where it stands"), RUNGS_RULE_ABOUT_SEQUENCES, RUNGS_RULE_SET,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_STEPS, "x.step = ?",
    "FROM enrolment x WHERE x.outcome IS NULL"
    " [sequence: AND x.sequence = (SELECT s.id FROM sequence s WHERE s.name = $)]",
    "x.lead", NULL, NULL, { { "sequence",
    N_ ("sequence"), RUNGS_SHAPE_TEXT, RUNGS_RULE_FROM_SEQUENCES, NULL, TRUE } } },
  { "was_in_sequence", N_ ("sequences so far"), RUNGS_RULE_ABOUT_SEQUENCES, RUNGS_RULE_SET,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_SEQUENCES, IS_SEQUENCE,
    "FROM enrolment x WHERE 1 " WITHIN ("x.entered_at"),
    "x.lead", "x.entered_at", NULL, { WITHIN_DAYS } },
  { "ended_sequence", N_ ("ended sequences"), RUNGS_RULE_ABOUT_SEQUENCES, RUNGS_RULE_SET,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_SEQUENCES, IS_SEQUENCE,
    "FROM enrolment x WHERE x.outcome IS NOT NULL "
    "[outcome: AND x.outcome = $]" WITHIN ("x.ended_at"), "x.lead", "x.ended_at", NULL, { SAYS (
    "outcome", N_ ("outcome"), RUNGS_RULE_FROM_OUTCOMES), WITHIN_DAYS } },

  { "consent", N_ ("consent"), RUNGS_RULE_ABOUT_CONSENT, RUNGS_RULE_YESNO, RUNGS_RULE_UNIT_NONE,
    RUNGS_RULE_FROM_NOWHERE, NEWEST_GIVES, FROM_CONSENT, "x.lead", NULL, NULL, OF_CONSENT },
  { "consent_state", N_ ("state of consent"), RUNGS_RULE_ABOUT_CONSENT, RUNGS_RULE_CHOICE,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_CONSENT_STATES, "CASE " NEWEST_GIVES
    " WHEN 1 THEN 'given' ELSE 'withdrawn' END", FROM_CONSENT, "x.lead", NULL, "none", OF_CONSENT
  },

  { "events", N_ ("number of events"), RUNGS_RULE_ABOUT_EVENTS, RUNGS_RULE_NUMBER,
    RUNGS_RULE_UNIT_NONE,
    RUNGS_RULE_FROM_NOWHERE, "count(*)", FROM_EVENT, "x.lead", "x.at", "0", { KIND_OF_EVENT, SAYS (
    "detail", N_ ("about"), RUNGS_RULE_FROM_NOWHERE), WITHIN_DAYS } },
  { "last_event", N_ ("last event"), RUNGS_RULE_ABOUT_EVENTS, RUNGS_RULE_DATE, RUNGS_RULE_UNIT_NONE,
    RUNGS_RULE_FROM_NOWHERE, "max (x.at)", FROM_EVENT, "x.lead", "x.at", NULL, { KIND_OF_EVENT,
    SAYS ("detail", N_ ("about"), RUNGS_RULE_FROM_NOWHERE) } },
  { "tasks", N_ ("number of open tasks"), RUNGS_RULE_ABOUT_EVENTS, RUNGS_RULE_NUMBER,
    RUNGS_RULE_UNIT_NONE, RUNGS_RULE_FROM_NOWHERE, "count(*)",
    "FROM task x WHERE x.done_at IS NULL", "x.lead", NULL, "0" },

  { "segment", N_ ("segments"), RUNGS_RULE_ABOUT_SEGMENTS, RUNGS_RULE_SET, RUNGS_RULE_UNIT_NONE,
    RUNGS_RULE_FROM_SEGMENTS,
    "x.segment = (SELECT s.id FROM segment s WHERE s.key = ? AND s.kind = 'fixed')",
    "FROM segment_member x WHERE 1", "x.lead", NULL, "", .once = TRUE },
};
/* clang-format on */

static const RungsRuleField CUSTOM_FIELD = {
  "field:",
  N_ ("custom field"),
  RUNGS_RULE_ABOUT_CUSTOM,
  RUNGS_RULE_CUSTOM,
  RUNGS_RULE_UNIT_NONE,
  RUNGS_RULE_FROM_CUSTOM,
  "x.value",
  "FROM lead_value x WHERE x.field = (SELECT f.id FROM field f WHERE f.key = #)",
  "x.lead"
};

const char *
rungs_rule_group_to_text (RungsRuleGroup group)
{
  static const char *const NAMES[] = {
    "lead",     "custom",    "sources", "ownership", "orders",
    "messages", "sequences", "consent", "events",    "segments"
  };

  g_return_val_if_fail (group < G_N_ELEMENTS (NAMES), NAMES[0]);

  return NAMES[group];
}

const RungsRuleField *
rungs_field_table_get_field (guint index)
{
  return index < G_N_ELEMENTS (FIELDS) ? &FIELDS[index] : NULL;
}

const RungsRuleField *
rungs_field_table_get_custom (void)
{
  return &CUSTOM_FIELD;
}

const RungsRuleField *
rungs_field_table_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  if (g_str_has_prefix (name, CUSTOM_FIELD.name))
    return name[sizeof "field:" - 1] != '\0' ? &CUSTOM_FIELD : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (g_str_equal (FIELDS[i].name, name))
      return &FIELDS[i];
  return NULL;
}

const RungsRuleParameter *
rungs_rule_field_get_parameter (const RungsRuleField *field,
                                const char           *name)
{
  g_return_val_if_fail (field != NULL && name != NULL, NULL);

  for (guint i = 0; field->parameters[i].name != NULL; i++)
    if (g_str_equal (field->parameters[i].name, name))
      return &field->parameters[i];
  return NULL;
}

gboolean
rungs_rule_field_may_be_empty (const RungsRuleField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return field->none == NULL && field->type != RUNGS_RULE_YESNO
         && !g_str_equal (field->name, "created") && !g_str_equal (field->name, "updated");
}

gboolean
rungs_rule_field_takes (const RungsRuleField    *field,
                        const RungsRuleOperator *operator)
{
  return rungs_rule_type_takes (field->type, operator)
         && (operator->shape != RUNGS_SHAPE_NONE || rungs_rule_field_may_be_empty (field));
}
