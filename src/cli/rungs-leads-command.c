/* rungs-leads-command.c: finds leads. */

#include <glib/gi18n.h>

#include "leads/rungs-lead-export-column.h"
#include "leads/rungs-lead-list-store.h"
#include "rungs-commands.h"
#include "rungs-lead-selection.h"
#include "rungs-lead-view.h"
#include "rungs-listing.h"

/* Rows are read so many at a time. */
#define PAGE_ROWS 500

static const RungsColumn COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "email", N_ ("E-mail"), RUNGS_COLUMN_TEXT, NULL },
  { "first_name", N_ ("First name"), RUNGS_COLUMN_TEXT, NULL },
  { "last_name", N_ ("Last name"), RUNGS_COLUMN_TEXT, NULL },
  { "company", N_ ("Company"), RUNGS_COLUMN_TEXT, NULL },
  { "city", N_ ("City"), RUNGS_COLUMN_TEXT, NULL },
  { "score", N_ ("Score"), RUNGS_COLUMN_NUMBER, NULL },
  { "source", N_ ("Source"), RUNGS_COLUMN_TEXT, NULL },
  { "created_at", N_ ("Known since"), RUNGS_COLUMN_TIME, NULL },
  { "tags", N_ ("Tags"), RUNGS_COLUMN_WORDS, NULL },
  { NULL },
};

/* In the order of RungsLeadSort. */
static const char *const SORTS[] = { "created", "name", "email", "company", "city", "score", NULL };

/* By a field of the business's own: field.KEY. */
static gboolean
read_field_sort (RungsInvocation *call,
                 RungsDb         *db,
                 const char      *key,
                 RungsLeadQuery  *query,
                 GError         **error)
{
  g_autoptr (RungsField) field = rungs_field_load_by_key (db, key, error);

  if (field == NULL)
    return FALSE;
  query->field = field->id;
  return rungs_lead_sort_of_kind (field->kind, &query->sort)
         || rungs_invocation_refuse (call, "sort", _ ("a field that has an order"), error);
}

static gboolean
read_sort (RungsInvocation *call,
           RungsDb         *db,
           RungsLeadQuery  *query,
           GError         **error)
{
  guint sort = RUNGS_LEAD_SORT_CREATED;
  const char *key
      = rungs_lead_export_column_key (rungs_invocation_get_text (call, "sort", ""));

  if (key != NULL)
    return read_field_sort (call, db, key, query, error);
  if (!rungs_invocation_get_choice (call, "sort", SORTS, &sort, error))
    return FALSE;
  query->sort = sort;
  return TRUE;
}

static gboolean
read_query (RungsInvocation  *call,
            RungsDb          *db,
            RungsLeadQuery   *query,
            GError          **error)
{
  gint64 limit = 0;

  if (!read_sort (call, db, query, error)
      || !rungs_invocation_get_number (call, "limit", 1, G_MAXUINT32, &limit, error))
    return FALSE;
  query->limit = limit;
  query->descending = rungs_invocation_has (call, "descending");
  return rungs_lead_selection_read (call, db, query, error);
}

static JsonObject *
lead_row_to_row (const RungsLeadRow *lead_row)
{
  JsonObject *row = rungs_lead_to_row (lead_row->lead);
  JsonArray *tags = rungs_row_set_array (row, "tags");
  g_auto (GStrv) names = g_strsplit (lead_row->tags, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (*g_strstrip (names[i]) != '\0')
      json_array_add_string_element (tags, names[i]);
  rungs_row_set_text (row, "source", *lead_row->source ? lead_row->source : NULL);
  return row;
}

static gboolean
put_page (RungsListing   *listing,
          RungsDb        *db,
          RungsLeadList  *list,
          guint           first,
          GError        **error)
{
  g_autoptr (GPtrArray) rows = rungs_lead_list_rows (db, list, first, PAGE_ROWS, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (g_ptr_array_index (rows, i) != NULL)
      rungs_listing_add (listing, lead_row_to_row (g_ptr_array_index (rows, i)));
  return rows != NULL;
}

static gboolean
put_leads (RungsInvocation       *call,
           RungsDb               *db,
           const RungsLeadQuery  *query,
           GError               **error)
{
  g_autoptr (RungsLeadList) list = rungs_lead_list_load (db, query, NULL, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);
  RungsOutput *output = rungs_invocation_get_output (call);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < rungs_lead_list_get_count (list); i += PAGE_ROWS)
    if (rungs_output_is_closed (output) || !put_page (listing, db, list, i, error))
      return rungs_output_is_closed (output);
  rungs_listing_end (listing, _ ("There are no leads."));
  return TRUE;
}

static gboolean
list_leads (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (RungsLeadQuery) query = g_new0 (RungsLeadQuery, 1);

  return read_query (call, db, query, error) && put_leads (call, db, query, error);
}

static gboolean
search_leads (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsLeadQuery) query = g_new0 (RungsLeadQuery, 1);

  query->words = rungs_invocation_join_arguments (call, 0);
  return read_query (call, db, query, error) && put_leads (call, db, query, error);
}

static const GOptionEntry LIST_OPTIONS[] = {
  RUNGS_LEAD_SELECTION_OPTIONS,
  RUNGS_OPTION ("sort", N_ ("BY"),
                N_ ("By created, name, email, company, city, score or field.KEY")),
  RUNGS_FLAG ("descending", N_ ("The other way round")),
  RUNGS_OPTION ("limit", N_ ("N"), N_ ("Only the first N")),
  RUNGS_OPTIONS_END,
};

/* What --json prints. */
#define LEADS_JSON                                                                                 \
  "[id, email, first_name, last_name, company, phone, street, postcode, city, region, "            \
  "country, language, zone, notes, score, bounced_at, created_at, updated_at, tags, "              \
  "source]"

const RungsCommand RUNGS_LEADS_COMMANDS[] = {
  { "leads list", "", N_ ("List leads"), RUNGS_COMMAND_READS, list_leads, LIST_OPTIONS, NULL,
    LEADS_JSON },
  { "leads search", "WORDS…", N_ ("Find leads by the beginnings of words"), RUNGS_COMMAND_READS,
    search_leads, LIST_OPTIONS, NULL, LEADS_JSON },
  { NULL },
};
