/* rungs-segment-leads-command.c: who is in a segment, or answers a rule, and why. */

#include <glib/gi18n.h>

#include "base/rungs-clock.h"
#include "leads/rungs-lead-store.h"
#include "rungs-commands.h"
#include "rungs-lead-view.h"
#include "rungs-listing.h"
#include "rungs-segment-view.h"
#include "segments/rungs-segment-member-store.h"

#define PAGE_ROWS 1000

static const RungsColumn SEGMENT_COLUMNS[] = {
  { "name", N_ ("Segment"), RUNGS_COLUMN_TEXT, NULL },
  { "key", N_ ("Key"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "leads", N_ ("Leads"), RUNGS_COLUMN_NUMBER, NULL },
  { NULL },
};

static const RungsColumn LEAD_COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "email", N_ ("E-mail"), RUNGS_COLUMN_TEXT, NULL },
  { "first_name", N_ ("First name"), RUNGS_COLUMN_TEXT, NULL },
  { "last_name", N_ ("Last name"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn LINE_COLUMNS[] = {
  { "holds", N_ ("Holds"), RUNGS_COLUMN_FLAG, NULL },
  { "decides", N_ ("Decides"), RUNGS_COLUMN_FLAG, NULL },
  { "words", N_ ("Rule"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn EXPLAIN_COLUMNS[] = {
  { "matches", N_ ("Is in it"), RUNGS_COLUMN_FLAG, NULL },
  { "lines", N_ ("Why"), RUNGS_COLUMN_ROWS, LINE_COLUMNS },
  { NULL },
};

static const RungsColumn DAY_COLUMNS[] = {
  { "day", N_ ("Day"), RUNGS_COLUMN_TEXT, NULL },
  { "came", N_ ("Came"), RUNGS_COLUMN_NUMBER, NULL },
  { "went", N_ ("Went"), RUNGS_COLUMN_NUMBER, NULL },
  { NULL },
};

static const RungsColumn OVERLAP_COLUMNS[] = {
  { "segments", N_ ("In"), RUNGS_COLUMN_WORDS, NULL },
  { "leads", N_ ("Leads"), RUNGS_COLUMN_NUMBER, NULL },
  { NULL },
};

/* ---- who */

static JsonObject *
lead_to_row (RungsDb  *db,
             gint64    id,
             GError  **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_load (db, id, error);
  JsonObject *row;

  if (lead == NULL)
    return NULL;
  row = rungs_row_new ();
  rungs_row_set_number (row, "id", lead->id);
  rungs_row_set_text (row, "email", lead->email);
  rungs_row_set_text (row, "first_name", lead->first_name);
  rungs_row_set_text (row, "last_name", lead->last_name);
  return row;
}

/* The page of leads after `after`; one of both is given. */
static GArray *
load_page (RungsInvocation    *call,
           RungsDb            *db,
           const RungsSegment *segment,
           RungsRule          *rule,
           gint64              after,
           guint               limit,
           GError            **error)
{
  gint64 now = rungs_invocation_get_now (call);

  return segment ? rungs_segment_members (db, segment, now, after, limit, error)
                 : rungs_rule_list (db, rule, now, after, limit, error);
}

static gboolean
put_leads (RungsInvocation    *call,
           RungsDb            *db,
           const RungsSegment *segment,
           RungsRule          *rule,
           GError            **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, LEAD_COLUMNS);
  RungsOutput *output = rungs_invocation_get_output (call);
  gint64 left = G_MAXINT64;
  gint64 after = 0;
  guint found = PAGE_ROWS;

  if (!rungs_invocation_get_number (call, "limit", 1, G_MAXINT64, &left, error))
    return FALSE;
  while (found == PAGE_ROWS && left > 0 && !rungs_output_is_closed (output))
    {
      g_autoptr (GArray) page =
          load_page (call, db, segment, rule, after, (guint) MIN (left, PAGE_ROWS), error);

      if (page == NULL)
        return FALSE;
      found = page->len;
      left -= found;
      for (guint i = 0; i < page->len; i++)
        {
          JsonObject *row;

          after = g_array_index (page, gint64, i);
          row = lead_to_row (db, after, error);
          if (row == NULL)
            return FALSE;
          rungs_listing_add (listing, row);
        }
    }
  rungs_listing_end (listing, _ ("There are no leads."));
  return TRUE;
}

static gboolean
list_members (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsSegment) segment =
      rungs_segment_find (db, rungs_invocation_get_argument (call, 0), error);

  return segment != NULL && put_leads (call, db, segment, NULL, error);
}

static gboolean
list_segments (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (GPtrArray) segments =
      rungs_segment_list (db, rungs_invocation_has (call, "archived"), error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, SEGMENT_COLUMNS);

  for (guint i = 0; segments != NULL && i < segments->len; i++)
    {
      JsonObject *row = rungs_segment_to_row (call, db, g_ptr_array_index (segments, i), error);

      if (row == NULL)
        return FALSE;
      rungs_listing_add (listing, row);
    }
  if (segments != NULL)
    rungs_listing_end (listing, _ ("There are no segments."));
  return segments != NULL;
}

static gboolean
list_any (RungsInvocation  *call,
          RungsDb          *db,
          GError          **error)
{
  g_autoptr (RungsRule) rule = NULL;

  if (!rungs_invocation_has (call, "rule"))
    return list_segments (call, db, error);
  rule = rungs_rule_option_load (call, db, error);
  return rule != NULL && put_leads (call, db, NULL, rule, error);
}

/* ---- how many */

static gboolean
count_leads (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  const char *name = rungs_invocation_get_argument (call, 0);
  gint64 now = rungs_invocation_get_now (call);
  g_autoptr (RungsSegment) segment = name ? rungs_segment_find (db, name, error) : NULL;
  g_autoptr (RungsRule) rule = NULL;
  gint64 leads = 0;
  JsonObject *row;

  if (name != NULL
      && (segment == NULL || !rungs_segment_count (db, segment, now, &leads, error)))
    return FALSE;
  if (name == NULL
      && (!rungs_invocation_require (call, "rule", error)
          || (rule = rungs_rule_option_load (call, db, error)) == NULL
          || !rungs_rule_count (db, rule, now, &leads, error)))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "leads", leads);
  rungs_column_say (call, row, "%" G_GINT64_FORMAT, leads);
  return TRUE;
}

static gboolean
show_overlap (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  guint n = rungs_invocation_count_arguments (call);
  g_autoptr (GPtrArray) segments =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_segment_free);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, OVERLAP_COLUMNS);
  gint64 counts[8];

  for (guint i = 0; i < n; i++)
    {
      RungsSegment *segment =
          rungs_segment_find (db, rungs_invocation_get_argument (call, i), error);

      if (segment == NULL)
        return FALSE;
      g_ptr_array_add (segments, segment);
    }
  if (!rungs_segment_overlap (db, (const RungsSegment *const *) segments->pdata, n,
                              rungs_invocation_get_now (call), counts, error))
    return FALSE;
  for (guint region = 1; region < 1u << n; region++)
    {
      JsonObject *row = rungs_row_new ();
      JsonArray *names = rungs_row_set_array (row, "segments");

      for (guint i = 0; i < n; i++)
        if (region & 1u << i)
          json_array_add_string_element (
              names, ((RungsSegment *) g_ptr_array_index (segments, i))->name);
      rungs_row_set_number (row, "leads", counts[region]);
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, "");
  return TRUE;
}

/* ---- why */

static JsonObject *
reason_to_row (const RungsRuleReason *reason)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "field", reason->field);
  rungs_row_set_text (row, "op", reason->op);
  rungs_row_set_text (row, "value", reason->value);
  rungs_row_set_text (row, "words", reason->words);
  rungs_row_set_flag (row, "holds", reason->holds);
  rungs_row_set_flag (row, "decides", reason->decides);
  return row;
}

static gboolean
put_reasons (RungsInvocation  *call,
             RungsDb          *db,
             RungsRule        *rule,
             gint64            lead,
             GError          **error)
{
  gboolean matches = FALSE;
  g_autoptr (GPtrArray) reasons =
      rungs_rule_explain (db, rule, lead, rungs_invocation_get_now (call), &matches, error);
  JsonObject *row;
  JsonArray *lines;

  if (reasons == NULL)
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "lead", lead);
  rungs_row_set_flag (row, "matches", matches);
  lines = rungs_row_set_array (row, "lines");
  for (guint i = 0; i < reasons->len; i++)
    json_array_add_object_element (lines, reason_to_row (g_ptr_array_index (reasons, i)));
  rungs_column_show (call, EXPLAIN_COLUMNS, row);
  return TRUE;
}

/* A fixed segment has one line: chosen by hand, or not. */
static gboolean
put_by_hand (RungsInvocation  *call,
             RungsDb          *db,
             RungsSegment     *segment,
             gint64            lead,
             GError          **error)
{
  gboolean has = FALSE;
  RungsRuleReason reason = { .words = _ ("chosen by hand"), .field = "segment", .op = "has" };
  JsonObject *row;

  if (!rungs_segment_has (db, segment, lead, rungs_invocation_get_now (call), &has, error))
    return FALSE;
  reason.value = segment->key;
  reason.holds = has;
  reason.decides = TRUE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "lead", lead);
  rungs_row_set_flag (row, "matches", has);
  json_array_add_object_element (rungs_row_set_array (row, "lines"), reason_to_row (&reason));
  rungs_column_show (call, EXPLAIN_COLUMNS, row);
  return TRUE;
}

static gboolean
explain (RungsInvocation  *call,
         RungsDb          *db,
         GError          **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, 0, error);
  const char *name = rungs_invocation_get_argument (call, 1);
  g_autoptr (RungsSegment) segment = NULL;
  g_autoptr (RungsRule) rule = NULL;

  if (lead == NULL || (name == NULL && !rungs_invocation_require (call, "rule", error))
      || (name != NULL && (segment = rungs_segment_find (db, name, error)) == NULL))
    return FALSE;
  if (segment != NULL && segment->rule == NULL)
    return put_by_hand (call, db, segment, lead->id, error);
  rule = segment ? rungs_rule_parse (segment->rule, error)
                 : rungs_rule_option_load (call, db, error);
  return rule != NULL && put_reasons (call, db, rule, lead->id, error);
}

/* ---- by hand */

static GArray *
read_leads (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 1; i < rungs_invocation_count_arguments (call); i++)
    {
      g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, i, error);

      if (lead == NULL)
        return NULL;
      g_array_append_val (leads, lead->id);
    }
  return g_steal_pointer (&leads);
}

static gboolean
put_or_take (RungsInvocation  *call,
             RungsDb          *db,
             gboolean          put,
             GError          **error)
{
  g_autoptr (RungsSegment) segment =
      rungs_segment_find (db, rungs_invocation_get_argument (call, 0), error);
  g_autoptr (GArray) leads = segment ? read_leads (call, db, error) : NULL;
  gint64 now = rungs_invocation_get_now (call);
  g_autoptr (GArray) those = NULL;
  JsonObject *row;

  if (leads == NULL)
    return FALSE;
  those = put ? rungs_segment_add_members (db, segment, leads, now, error)
              : rungs_segment_remove_members (db, segment, leads, now, error);
  if (those == NULL)
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "leads", those->len);
  rungs_column_say (call, row,
                    put ? ngettext ("%u lead was put into “%s”.", "%u leads were put into “%s”.",
                                    those->len)
                        : ngettext ("%u lead was taken out of “%s”.",
                                    "%u leads were taken out of “%s”.", those->len),
                    those->len, segment->name);
  return TRUE;
}

static gboolean
put_in (RungsInvocation  *call,
        RungsDb          *db,
        GError          **error)
{
  return put_or_take (call, db, TRUE, error);
}

static gboolean
take_out (RungsInvocation  *call,
          RungsDb          *db,
          GError          **error)
{
  return put_or_take (call, db, FALSE, error);
}

/* ---- came and went */

static gboolean
list_days (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  g_autoptr (RungsSegment) segment =
      rungs_segment_find (db, rungs_invocation_get_argument (call, 0), error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, DAY_COLUMNS);
  gint64 now = rungs_invocation_get_now (call);
  gint64 days = 30;
  g_autoptr (GArray) list = NULL;

  if (segment == NULL || !rungs_invocation_get_number (call, "days", 1, 36500, &days, error))
    return FALSE;
  list = rungs_segment_days (db, segment, now - days * RUNGS_DAY, now + 1, error);
  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const RungsSegmentDay *day = &g_array_index (list, RungsSegmentDay, i);
      JsonObject *row = rungs_row_new ();

      rungs_row_set_text (row, "day", day->day);
      rungs_row_set_number (row, "came", day->came);
      rungs_row_set_number (row, "went", day->went);
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("Nobody came or went."));
  return TRUE;
}

static const GOptionEntry LIST_OPTIONS[] = {
  RUNGS_FLAG ("archived", N_ ("The segments that are put away")),
  RUNGS_OPTION ("rule", N_ ("JSON"), N_ ("Instead, the leads for whom this rule holds")),
  RUNGS_OPTION ("limit", N_ ("N"), N_ ("Only the first N leads")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry LIMIT_OPTIONS[] = {
  RUNGS_OPTION ("limit", N_ ("N"), N_ ("Only the first N leads")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry RULE_OPTIONS[] = {
  RUNGS_OPTION ("rule", N_ ("JSON"), N_ ("A rule instead of a segment")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry DAYS_OPTIONS[] = {
  RUNGS_OPTION ("days", N_ ("N"), N_ ("The last N days; 30 where nothing is said")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_SEGMENT_LEADS_COMMANDS[] = {
  { "segment list", "", N_ ("List the segments, or the leads for whom a rule holds"),
    RUNGS_COMMAND_READS, list_any, LIST_OPTIONS, NULL, "[" RUNGS_SEGMENT_JSON "]" },
  { "segment members", "SEGMENT", N_ ("List who is in a segment"), RUNGS_COMMAND_READS,
    list_members, LIMIT_OPTIONS, NULL, "[id, email, first_name, last_name]" },
  { "segment count", "[SEGMENT]", N_ ("Count who is in a segment, or for whom a rule holds"),
    RUNGS_COMMAND_READS, count_leads, RULE_OPTIONS, NULL, "{leads}" },
  { "segment explain", "LEAD [SEGMENT]",
    N_ ("Say, line by line, why a lead is in a segment or not"), RUNGS_COMMAND_READS, explain,
    RULE_OPTIONS, NULL, "{lead, matches, lines: [field, op, value, words, holds, decides]}" },
  { "segment put", "SEGMENT LEAD…", N_ ("Put leads into a fixed segment"), RUNGS_COMMAND_WRITES,
    put_in, NULL, NULL, "{leads}" },
  { "segment take", "SEGMENT LEAD…", N_ ("Take leads out of a fixed segment"),
    RUNGS_COMMAND_WRITES, take_out, NULL, NULL, "{leads}" },
  { "segment overlap", "SEGMENT SEGMENT [SEGMENT]",
    N_ ("Count how two or three segments lie over each other"), RUNGS_COMMAND_READS, show_overlap,
    NULL, NULL, "[segments, leads]" },
  { "segment days", "SEGMENT", N_ ("List how many came and went, day by day"), RUNGS_COMMAND_READS,
    list_days, DAYS_OPTIONS, NULL, "[day, came, went]" },
  { NULL },
};
