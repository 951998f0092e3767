/* rungs-merge-command.c: finds leads that are one person, merges them, and takes that back. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-duplicate-group.h"
#include "leads/rungs-merge-store.h"
#include "rungs-commands.h"
#include "rungs-lead-selection.h"
#include "rungs-lead-view.h"
#include "rungs-listing.h"

static const RungsColumn PAIR_COLUMNS[] = {
  { "lead", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "name", N_ ("Lead"), RUNGS_COLUMN_TEXT, NULL },
  { "email", N_ ("E-mail"), RUNGS_COLUMN_TEXT, NULL },
  { "other", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "other_name", N_ ("Lead"), RUNGS_COLUMN_TEXT, NULL },
  { "other_email", N_ ("E-mail"), RUNGS_COLUMN_TEXT, NULL },
  { "why", N_ ("Why"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn FIELD_COLUMNS[] = {
  { "field", N_ ("Field"), RUNGS_COLUMN_TEXT, NULL },
  { "value", N_ ("Value"), RUNGS_COLUMN_TEXT, NULL },
  { "from", N_ ("From lead"), RUNGS_COLUMN_COUNT, NULL },
  { NULL },
};

static const RungsColumn MERGE_COLUMNS[] = {
  { "merge", N_ ("Merge"), RUNGS_COLUMN_NUMBER, NULL },
  { "lead", N_ ("Lead"), RUNGS_COLUMN_NUMBER, NULL },
  { "orders_moved", N_ ("Orders moved"), RUNGS_COLUMN_NUMBER, NULL },
  { "walks_ended", N_ ("Left sequences"), RUNGS_COLUMN_NUMBER, NULL },
  { "messages_withheld", N_ ("Messages withheld"), RUNGS_COLUMN_NUMBER, NULL },
  { "dry_run", N_ ("Only tried"), RUNGS_COLUMN_FLAG, NULL },
  { "fields", N_ ("What stays"), RUNGS_COLUMN_ROWS, FIELD_COLUMNS },
  { NULL },
};

static const RungsColumn ENTRY_COLUMNS[] = {
  { "merge", N_ ("Merge"), RUNGS_COLUMN_NUMBER, NULL },
  { "lead", N_ ("Lead"), RUNGS_COLUMN_NUMBER, NULL },
  { "at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "merged", N_ ("Merged into it"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn SAME_COLUMNS[] = {
  { "lead", N_ ("Lead"), RUNGS_COLUMN_NUMBER, NULL },
  { "merge", N_ ("Merge"), RUNGS_COLUMN_COUNT, NULL },
  { "leads", N_ ("Who becomes one"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

/* In the order of the bits of RungsDuplicateReason. */
static const char *const WHYS[] = {
  N_ ("same mailbox"),
  N_ ("same phone number"),
  N_ ("same name and date"),
  N_ ("same name and company"),
  N_ ("same name and place"),
  N_ ("similar name, same date"),
  N_ ("similar name, same company"),
  N_ ("similar name, same place"),
};

/* ---- pairs */

static JsonObject *
pair_to_row (const RungsDuplicate *pair)
{
  JsonObject *row = rungs_row_new ();
  JsonArray *reasons;
  g_autoptr (GString) why = g_string_new (NULL);

  rungs_row_set_number (row, "lead", pair->lead);
  rungs_row_set_text (row, "name", pair->name);
  rungs_row_set_text (row, "email", pair->email);
  rungs_row_set_number (row, "other", pair->other);
  rungs_row_set_text (row, "other_name", pair->other_name);
  rungs_row_set_text (row, "other_email", pair->other_email);
  reasons = rungs_row_set_array (row, "reasons");
  for (guint i = 0; i < G_N_ELEMENTS (WHYS); i++)
    if (pair->reasons & 1u << i)
      {
        json_array_add_string_element (reasons, rungs_duplicate_reason_to_text (1u << i));
        g_string_append_printf (why, "%s%s", why->len > 0 ? "; " : "", _ (WHYS[i]));
      }
  rungs_row_set_text (row, "why", why->str);
  return row;
}

static gboolean
list_duplicates (RungsInvocation  *call,
                 RungsDb          *db,
                 GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, PAIR_COLUMNS);
  g_autoptr (GPtrArray) pairs = NULL;
  gint64 limit = 1000;

  if (!rungs_invocation_get_number (call, "limit", 1, G_MAXUINT32, &limit, error))
    return FALSE;
  pairs = rungs_duplicates_find (db, limit, NULL, NULL, NULL, NULL, error);
  for (guint i = 0; pairs != NULL && i < pairs->len; i++)
    rungs_listing_add (listing, pair_to_row (g_ptr_array_index (pairs, i)));
  if (pairs != NULL)
    rungs_listing_end (listing, _ ("No two leads look like one person."));
  return pairs != NULL;
}

static gboolean
set_different (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsLead) one = rungs_lead_argument (call, db, 0, error);
  g_autoptr (RungsLead) two = one ? rungs_lead_argument (call, db, 1, error) : NULL;
  gboolean take_back = rungs_invocation_has (call, "take-back");
  JsonObject *row;

  if (two == NULL
      || (take_back ? !rungs_leads_unset_different (db, one->id, two->id, error)
                    : !rungs_leads_set_different (db, one->id, two->id,
                                                  rungs_invocation_get_now (call), error)))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "lead", one->id);
  rungs_row_set_number (row, "other", two->id);
  rungs_row_set_flag (row, "different", !take_back);
  rungs_column_say (call, row, "%s",
                    take_back ? _ ("They may be one person again.")
                              : _ ("They are different people, and not listed any more."));
  return TRUE;
}

/* ---- merging */

/* The place of the lead that was named, by number or address; RUNGS_MERGE_ALL for "all". */
static gboolean
find_in_plan (RungsMergePlan *plan,
              const char     *name,
              guint          *place)
{
  for (guint i = 0; i < plan->leads->len; i++)
    {
      const RungsLead *lead = g_ptr_array_index (plan->leads, i);
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, lead->id);

      if (strcmp (name, number) == 0
          || (lead->email != NULL && g_ascii_strcasecmp (name, lead->email) == 0))
        {
          *place = i;
          return TRUE;
        }
    }
  *place = RUNGS_MERGE_ALL;
  return strcmp (name, "all") == 0;
}

/* "FIELD=LEAD" */
static gboolean
choose (RungsInvocation  *call,
        RungsMergePlan   *plan,
        const char       *choice,
        GError          **error)
{
  g_auto (GStrv) parts = g_strsplit (choice, "=", 2);
  RungsMergeField *field = parts[0] && parts[1] ? rungs_merge_plan_find (plan, parts[0]) : NULL;
  guint place;

  if (field == NULL || !find_in_plan (plan, parts[1], &place)
      || (place == RUNGS_MERGE_ALL && strcmp (field->name, "notes") != 0))
    return rungs_invocation_refuse (call, "field",
                                    _ ("FIELD=LEAD, with a field that one of the leads has, and "
                                       "one of the leads; notes=all keeps the notes of all"),
                                    error);
  field->chosen = place;
  return TRUE;
}

static GArray *
read_leads (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < rungs_invocation_count_arguments (call); i++)
    {
      g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, i, error);

      if (lead == NULL)
        return NULL;
      g_array_append_val (leads, lead->id);
    }
  return g_steal_pointer (&leads);
}

static RungsMergePlan *
make_plan (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  g_autoptr (GArray) leads = read_leads (call, db, error);
  g_autoptr (RungsMergePlan) plan = leads ? rungs_merge_plan_load (db, leads, error) : NULL;
  GPtrArray *choices = rungs_invocation_get_texts (call, "field");

  for (guint i = 0; plan != NULL && i < choices->len; i++)
    if (!choose (call, plan, g_ptr_array_index (choices, i), error))
      return NULL;
  return g_steal_pointer (&plan);
}

typedef struct
{
  RungsInvocation *call;
  RungsMergePlan *plan; /* (owned) */
  RungsMergeResult result;
  gboolean dry;
  gboolean tried;
} Merge;

static gboolean
merge_cb (RungsDb   *db,
          gpointer   data,
          GError   **error)
{
  Merge *merge = data;

  merge->plan = make_plan (merge->call, db, error);
  if (merge->plan == NULL
      || !rungs_leads_merge (db, merge->plan, rungs_invocation_get_now (merge->call),
                             &merge->result, error))
    return FALSE;
  merge->tried = TRUE;
  return !merge->dry; /* what was only tried is rolled back */
}

static void
put_fields (JsonObject     *row,
            RungsMergePlan *plan)
{
  JsonArray *fields = rungs_row_set_array (row, "fields");

  for (guint i = 0; i < plan->fields->len; i++)
    {
      const RungsMergeField *field = g_ptr_array_index (plan->fields, i);
      g_autofree char *value = rungs_merge_field_dup_value (field);
      JsonObject *one = rungs_row_new ();
      gint64 from = 0;

      if (field->chosen != RUNGS_MERGE_ALL)
        from = ((RungsLead *) g_ptr_array_index (plan->leads, field->chosen))->id;
      rungs_row_set_text (one, "field", field->name);
      rungs_row_set_text (one, "value", value);
      rungs_row_set_id (one, "from", from);
      json_array_add_object_element (fields, one);
    }
}

static void
show (Merge *merge)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_id (row, "merge", merge->dry ? 0 : merge->result.merge);
  rungs_row_set_number (row, "lead", merge->result.lead);
  rungs_row_set_number (row, "orders_moved", merge->result.orders_moved);
  rungs_row_set_number (row, "walks_ended", merge->result.walks_ended);
  rungs_row_set_number (row, "messages_withheld", merge->result.messages_withheld);
  rungs_row_set_flag (row, "dry_run", merge->dry);
  put_fields (row, merge->plan);
  rungs_column_show (merge->call, MERGE_COLUMNS, row);
}

static gboolean
merge_leads (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  Merge merge = { .call = call, .dry = rungs_invocation_has (call, "dry-run") };
  gboolean merged = rungs_db_write (db, merge_cb, &merge, error) || (merge.dry && merge.tried);

  if (merged)
    show (&merge);
  g_clear_pointer (&merge.plan, rungs_merge_plan_free);
  return merged;
}

/* ---- many */

/* Leads of which some are surely one person. */
typedef struct
{
  RungsInvocation *call;
  RungsLeadQuery *query; /* (owned) */
  GPtrArray *pairs;      /* (owned) (nullable) */
  guint next;            /* of the groups */
  GPtrArray *groups;     /* (owned) (nullable) */
  gint64 merge;          /* that was made last; 0: these were left out */
} Same;

static void
same_clear (Same *self)
{
  g_clear_pointer (&self->query, rungs_lead_query_free);
  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Same, same_clear)

/* All is of one moment. */
static gboolean
find_same (RungsDb   *db,
           gpointer   data,
           GError   **error)
{
  Same *self = data;

  if (!rungs_lead_selection_read (self->call, db, self->query, error))
    return FALSE;
  self->pairs = rungs_duplicates_find (db, G_MAXUINT32, NULL, NULL, NULL, NULL, error);
  if (self->pairs != NULL)
    self->groups
      = rungs_duplicate_groups (self->pairs, self->query->within, RUNGS_DUPLICATE_SURE);
  return self->groups != NULL;
}

/* One person. One who is being written to, or of whom a lead is gone by now, is left out. */
static gboolean
merge_same_cb (RungsDb   *db,
               gpointer   data,
               GError   **error)
{
  Same *self = data;
  const RungsDuplicateGroup *group = g_ptr_array_index (self->groups, self->next);
  g_autoptr (GError) refused = NULL;
  g_autoptr (RungsMergePlan) plan = rungs_merge_plan_load (db, group->leads, &refused);
  RungsMergeResult result;

  self->merge = 0;
  if (plan != NULL
      && rungs_leads_merge (db, plan, rungs_invocation_get_now (self->call), &result, &refused))
    self->merge = result.merge;
  else if (!g_error_matches (refused, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND)
           && !g_error_matches (refused, RUNGS_ERROR, RUNGS_ERROR_BUSY))
    g_propagate_error (error, g_steal_pointer (&refused));
  return self->merge != 0;
}

static gboolean
merge_one (RungsDb  *db,
           Same     *self,
           GError  **error)
{
  g_autoptr (GError) failure = NULL;

  if (rungs_invocation_has (self->call, "dry-run")
      || rungs_db_write (db, merge_same_cb, self, &failure) || failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
merge_same (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_auto (Same) self = { .call = call, .query = g_new0 (RungsLeadQuery, 1) };
  g_autoptr (RungsListing) listing = rungs_listing_new (call, SAME_COLUMNS);

  if (!rungs_db_read (db, find_same, &self, error))
    return FALSE;
  for (self.next = 0; self.next < self.groups->len; self.next++)
    {
      const RungsDuplicateGroup *group = g_ptr_array_index (self.groups, self.next);
      JsonObject *row;

      if (!merge_one (db, &self, error))
        return FALSE;
      row = rungs_row_new ();
      rungs_row_set_number (row, "lead", g_array_index (group->leads, gint64, 0));
      rungs_row_set_id (row, "merge", self.merge);
      rungs_row_set_text (row, "leads", group->words);
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("No two leads are surely one person."));
  return TRUE;
}

static gboolean
undo_merge (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  gint64 number, lead;
  JsonObject *row;

  if (!rungs_invocation_get_id (call, 0, &number, error)
      || !rungs_merge_undo (db, number, rungs_invocation_get_now (call), &lead, error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "merge", number);
  rungs_row_set_number (row, "lead", lead);
  rungs_column_say (call, row, "%s", _ ("The merge was undone."));
  return TRUE;
}

static gboolean
list_merges (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, ENTRY_COLUMNS);
  g_autoptr (RungsLead) lead = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  if (rungs_invocation_count_arguments (call) > 0
      && (lead = rungs_lead_argument (call, db, 0, error)) == NULL)
    return FALSE;
  entries = rungs_merge_list (db, lead ? lead->id : 0, G_MAXUINT32, error);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const RungsMergeEntry *entry = g_ptr_array_index (entries, i);
      JsonObject *row = rungs_row_new ();

      rungs_row_set_number (row, "merge", entry->id);
      rungs_row_set_number (row, "lead", entry->lead);
      rungs_row_set_time (row, "at", entry->at);
      rungs_row_set_text (row, "merged", entry->names);
      rungs_listing_add (listing, row);
    }
  if (entries != NULL)
    rungs_listing_end (listing, _ ("There are no merges that could be undone."));
  return entries != NULL;
}

static const GOptionEntry PAIR_OPTIONS[] = {
  RUNGS_OPTION ("limit", N_ ("N"), N_ ("Only the N most certain; 1000 where nothing is said")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry MERGE_OPTIONS[] = {
  RUNGS_OPTION ("field", N_ ("FIELD=LEAD"), N_ ("Whose value stays; may be repeated")),
  RUNGS_FLAG ("dry-run", N_ ("Say what would happen, and write nothing")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry SAME_OPTIONS[] = {
  RUNGS_LEAD_SELECTION_OPTIONS,
  RUNGS_FLAG ("dry-run", N_ ("Say what would happen, and write nothing")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry DIFFERENT_OPTIONS[] = {
  RUNGS_FLAG ("take-back", N_ ("They may be one person after all")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_MERGE_COMMANDS[] = {
  { "leads duplicates", "", N_ ("List pairs of leads that may be one person, and why"),
    RUNGS_COMMAND_READS, list_duplicates, PAIR_OPTIONS, NULL,
    "[lead, name, email, other, other_name, other_email, reasons, why]" },
  { "leads merge", "LEAD OTHER…", N_ ("Make one lead of several"), RUNGS_COMMAND_HOLDS, merge_leads,
    MERGE_OPTIONS,
    N_ ("All that belongs to the others goes to the first: orders, touches, consents, messages,\n"
        "sequences, tasks, tags, the timeline. What the first lead does not have is taken from\n"
        "the others, unless --field says whose value stays. The strictest consent wins; nobody\n"
        "walks a sequence twice, or gets the same letter twice."),
    "{merge, lead, orders_moved, walks_ended, messages_withheld, dry_run, "
    "fields: [field, value, from]}" },
  { "leads merge-same", "", N_ ("Merge those who surely are one person"), RUNGS_COMMAND_HOLDS,
    merge_same, SAME_OPTIONS,
    N_ ("Who shares a mailbox, or a name with a birthday or a company, is one person. Of each,\n"
        "the lead known longest stays. A person to whom a message is leaving is left out."),
    "[lead, merge, leads]" },
  { "leads merges", "[LEAD]", N_ ("List the merges that can be undone"), RUNGS_COMMAND_READS,
    list_merges, NULL, NULL, "[merge, lead, at, merged]" },
  { "leads undo-merge", "NUMBER", N_ ("Take a merge back, whole"), RUNGS_COMMAND_WRITES, undo_merge,
    NULL,
    N_ ("Every lead has again what it had. What happened since to an order, a message, a walk or\n"
        "a task goes back with it; what is new (orders, touches, notes) stays with the lead that\n"
        "stayed; a “no” that was said since holds for all of them."),
    "{merge, lead}" },
  { "leads different", "LEAD LEAD", N_ ("Remember that two leads are different people"),
    RUNGS_COMMAND_WRITES, set_different, DIFFERENT_OPTIONS, NULL, "{lead, other, different}" },
  { NULL },
};
