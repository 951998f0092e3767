/* rungs-lead-view.c: a lead as the commands name and show it. */

#include "rungs-lead-view.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "ladder/rungs-ownership-store.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-suppression-store.h"
#include "leads/rungs-tag-store.h"
#include "leads/rungs-touch-store.h"
#include "rungs-event-words.h"
#include "rungs-listing.h"
#include "sequences/rungs-enrolment-store.h"

static const RungsColumn FIELD_COLUMNS[] = {
  { "label", N_ ("Field"), RUNGS_COLUMN_TEXT, NULL },
  { "value", N_ ("Value"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn OWNED_COLUMNS[] = {
  { "sku", N_ ("SKU"), RUNGS_COLUMN_TEXT, NULL },
  { "name", N_ ("Product"), RUNGS_COLUMN_TEXT, NULL },
  { "since", N_ ("Since"), RUNGS_COLUMN_TIME, NULL },
  { "paid_until", N_ ("Paid until"), RUNGS_COLUMN_TIME, NULL },
  { "through", N_ ("In the bundle"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn WALK_COLUMNS[] = {
  { "sequence", N_ ("Sequence"), RUNGS_COLUMN_TEXT, NULL },
  { "step", N_ ("Step"), RUNGS_COLUMN_TEXT, NULL },
  { "due_at", N_ ("Goes on"), RUNGS_COLUMN_TIME, NULL },
  { "outcome", N_ ("Ended"), RUNGS_COLUMN_TERM, NULL },
  { NULL },
};

static const RungsColumn TOUCH_COLUMNS[] = {
  { "at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "source", N_ ("Source"), RUNGS_COLUMN_TEXT, NULL },
  { "path", N_ ("Path"), RUNGS_COLUMN_TERM, NULL },
  { "detail", N_ ("Detail"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn EVENT_COLUMNS[] = {
  { "at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "kind", N_ ("What"), RUNGS_COLUMN_TERM, NULL },
  { "words", N_ ("Detail"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn BEHIND_COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "email", N_ ("E-mail"), RUNGS_COLUMN_TEXT, NULL },
  { "first_name", N_ ("First name"), RUNGS_COLUMN_TEXT, NULL },
  { "last_name", N_ ("Last name"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "email", N_ ("E-mail"), RUNGS_COLUMN_TEXT, NULL },
  { "first_name", N_ ("First name"), RUNGS_COLUMN_TEXT, NULL },
  { "last_name", N_ ("Last name"), RUNGS_COLUMN_TEXT, NULL },
  { "company", N_ ("Company"), RUNGS_COLUMN_TEXT, NULL },
  { "phone", N_ ("Telephone"), RUNGS_COLUMN_TEXT, NULL },
  { "street", N_ ("Street"), RUNGS_COLUMN_TEXT, NULL },
  { "postcode", N_ ("Postcode"), RUNGS_COLUMN_TEXT, NULL },
  { "city", N_ ("City"), RUNGS_COLUMN_TEXT, NULL },
  { "region", N_ ("Region"), RUNGS_COLUMN_TEXT, NULL },
  { "country", N_ ("Country"), RUNGS_COLUMN_TEXT, NULL },
  { "language", N_ ("Language"), RUNGS_COLUMN_TEXT, NULL },
  { "zone", N_ ("Time zone"), RUNGS_COLUMN_TEXT, NULL },
  { "notes", N_ ("Notes"), RUNGS_COLUMN_LINES, NULL },
  { "score", N_ ("Score"), RUNGS_COLUMN_NUMBER, NULL },
  { "tags", N_ ("Tags"), RUNGS_COLUMN_WORDS, NULL },
  { "consent", N_ ("Marketing by e-mail"), RUNGS_COLUMN_TERM, NULL },
  { "suppressed", N_ ("Gets nothing more"), RUNGS_COLUMN_TERM, NULL },
  { "bounced_at", N_ ("Address refused"), RUNGS_COLUMN_TIME, NULL },
  { "created_at", N_ ("Known since"), RUNGS_COLUMN_TIME, NULL },
  { "fields", N_ ("Fields"), RUNGS_COLUMN_ROWS, FIELD_COLUMNS },
  { "owns", N_ ("Owns"), RUNGS_COLUMN_ROWS, OWNED_COLUMNS },
  { "walks", N_ ("Sequences"), RUNGS_COLUMN_ROWS, WALK_COLUMNS },
  { "touches", N_ ("Where the lead came from"), RUNGS_COLUMN_ROWS, TOUCH_COLUMNS },
  { "timeline", N_ ("Timeline"), RUNGS_COLUMN_ROWS, EVENT_COLUMNS },
  { NULL },
};

static gboolean
add_fields (JsonObject       *row,
            RungsDb          *db,
            const RungsLead  *lead,
            GError          **error)
{
  g_autoptr (GPtrArray) values = rungs_field_values (db, lead->id, error);
  JsonArray *array = rungs_row_set_array (row, "fields");

  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      const RungsFieldValue *value = g_ptr_array_index (values, i);
      JsonObject *field = rungs_row_new ();

      rungs_row_set_text (field, "key", value->key);
      rungs_row_set_text (field, "label", value->label);
      rungs_row_set_text (field, "value", value->text);
      json_array_add_object_element (array, field);
    }
  return values != NULL;
}

static gboolean
add_tags (JsonObject       *row,
          RungsDb          *db,
          const RungsLead  *lead,
          GError          **error)
{
  g_autoptr (GPtrArray) tags = rungs_tag_list_of_lead (db, lead->id, error);
  JsonArray *array = rungs_row_set_array (row, "tags");

  for (guint i = 0; tags != NULL && i < tags->len; i++)
    json_array_add_string_element (array, ((const RungsTag *) g_ptr_array_index (tags, i))->name);
  return tags != NULL;
}

static gboolean
add_reach (JsonObject       *row,
           RungsDb          *db,
           const RungsLead  *lead,
           GError          **error)
{
  static const char *const STATES[] = { "none", "given", "withdrawn" };
  RungsConsentState state = RUNGS_CONSENT_NONE;
  RungsSuppressed suppressed = RUNGS_SUPPRESSED_NOT;

  if (!rungs_consent_state (db, lead->id, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, &state,
                            error))
    return FALSE;
  rungs_row_set_text (row, "consent", STATES[state]);
  if (lead->email != NULL && !rungs_suppression_check (db, lead->email, &suppressed, error))
    return FALSE;
  rungs_row_set_text (row, "suppressed",
                      suppressed != RUNGS_SUPPRESSED_NOT ? rungs_suppressed_to_text (suppressed)
                                                         : NULL);
  return TRUE;
}

static gboolean
add_touches (JsonObject       *row,
             RungsDb          *db,
             const RungsLead  *lead,
             GError          **error)
{
  g_autoptr (GPtrArray) touches = rungs_touch_list (db, lead->id, error);
  JsonArray *array = rungs_row_set_array (row, "touches");

  for (guint i = 0; touches != NULL && i < touches->len; i++)
    {
      const RungsTouch *touch = g_ptr_array_index (touches, i);
      JsonObject *object = rungs_row_new ();

      rungs_row_set_number (object, "id", touch->id);
      rungs_row_set_time (object, "at", touch->at);
      rungs_row_set_text (object, "kind", rungs_source_kind_to_text (touch->source_kind));
      rungs_row_set_text (object, "source", touch->source_name);
      rungs_row_set_text (object, "path", rungs_path_to_text (touch->path));
      rungs_row_set_text (object, "detail", touch->detail);
      rungs_row_set_id (object, "letter", touch->letter);
      rungs_row_set_id (object, "import", touch->run);
      json_array_add_object_element (array, object);
    }
  return touches != NULL;
}

static JsonObject *
owned_to_row (RungsDb           *db,
              const RungsOwned  *owned,
              GError           **error)
{
  g_autoptr (RungsProduct) product = rungs_product_load (db, owned->product, error);
  JsonObject *row;

  if (product == NULL)
    return NULL;
  row = rungs_row_new ();
  rungs_row_set_text (row, "sku", product->sku);
  rungs_row_set_text (row, "name", owned->name);
  rungs_row_set_time (row, "since", owned->since);
  rungs_row_set_time (row, "paid_until", owned->paid_until);
  rungs_row_set_text (row, "through", owned->through_name);
  return row;
}

static gboolean
add_owned (JsonObject       *row,
           RungsDb          *db,
           const RungsLead  *lead,
           gint64            now,
           GError          **error)
{
  g_autoptr (GPtrArray) products = rungs_ownership_list (db, lead->id, now, error);
  JsonArray *array = rungs_row_set_array (row, "owns");

  for (guint i = 0; products != NULL && i < products->len; i++)
    {
      JsonObject *owned = owned_to_row (db, g_ptr_array_index (products, i), error);

      if (owned == NULL)
        return FALSE;
      json_array_add_object_element (array, owned);
    }
  return products != NULL;
}

static gboolean
add_walks (JsonObject       *row,
           RungsDb          *db,
           const RungsLead  *lead,
           GError          **error)
{
  g_autoptr (GPtrArray) walks = rungs_enrolment_list_of_lead (db, lead->id, error);
  JsonArray *array = rungs_row_set_array (row, "walks");

  for (guint i = 0; walks != NULL && i < walks->len; i++)
    {
      const RungsEnrolment *walk = g_ptr_array_index (walks, i);
      JsonObject *object = rungs_row_new ();

      rungs_row_set_text (object, "sequence", walk->sequence_name);
      rungs_row_set_text (object, "step", walk->step);
      rungs_row_set_time (object, "due_at", walk->due_at == G_MAXINT64 ? 0 : walk->due_at);
      rungs_row_set_text (object, "outcome", walk->outcome);
      json_array_add_object_element (array, object);
    }
  return walks != NULL;
}

static gboolean
add_timeline (JsonObject       *row,
              RungsDb          *db,
              const RungsLead  *lead,
              guint             limit,
              GError          **error)
{
  g_autoptr (GPtrArray) events = rungs_timeline_page (db, lead->id, NULL, limit, error);
  JsonArray *array = rungs_row_set_array (row, "timeline");

  for (guint i = 0; events != NULL && i < events->len; i++)
    json_array_add_object_element (array, rungs_event_to_row (g_ptr_array_index (events, i)));
  return events != NULL;
}

RungsLead *
rungs_lead_argument (RungsInvocation  *call,
                     RungsDb          *db,
                     guint             n,
                     GError          **error)
{
  const char *text = rungs_invocation_get_argument (call, n);
  g_autoptr (GError) failure = NULL;
  RungsLead *lead;
  gint64 id;

  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL))
    lead = rungs_lead_load (db, id, &failure);
  else
    lead = rungs_lead_load_by_email (db, text, &failure);
  if (lead != NULL)
    return lead;
  if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("There is no lead %s."), text);
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

char *
rungs_lead_dup_title (const RungsLead *lead)
{
  g_autofree char *name = rungs_lead_dup_name (lead);

  return *name ? g_steal_pointer (&name) : g_strdup_printf ("%" G_GINT64_FORMAT, lead->id);
}

JsonObject *
rungs_lead_to_row (const RungsLead *lead)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", lead->id);
  for (const char *const *column = rungs_lead_columns (); *column != NULL; column++)
    rungs_row_set_text (row, *column, rungs_lead_get (lead, *column));
  rungs_row_set_text (row, "email", lead->email);
  rungs_row_set_number (row, "score", lead->score);
  rungs_row_set_time (row, "bounced_at", lead->bounced_at);
  rungs_row_set_time (row, "created_at", lead->created_at);
  rungs_row_set_time (row, "updated_at", lead->updated_at);
  return row;
}

gboolean
rungs_lead_show (RungsInvocation *call,
                 RungsDb *db,
                 const RungsLead *lead,
                 guint events,
                 GError **error)
{
  g_autoptr (JsonObject) row = rungs_lead_to_row (lead);

  if (!add_tags (row, db, lead, error) || !add_fields (row, db, lead, error)
      || !add_reach (row, db, lead, error) || !add_touches (row, db, lead, error)
      || !add_owned (row, db, lead, rungs_invocation_get_now (call), error)
      || !add_walks (row, db, lead, error) || !add_timeline (row, db, lead, events, error))
    return FALSE;
  rungs_column_show (call, COLUMNS, g_steal_pointer (&row));
  return TRUE;
}

static JsonObject *
read_row_behind (RungsDb  *db,
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

gboolean
rungs_lead_list_behind (RungsInvocation  *call,
                        RungsDb          *db,
                        GArray           *leads,
                        GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, BEHIND_COLUMNS);

  for (guint i = 0; i < leads->len; i++)
    {
      JsonObject *row = read_row_behind (db, g_array_index (leads, gint64, i), error);

      if (row == NULL)
        return FALSE;
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("There are no such leads."));
  return TRUE;
}
