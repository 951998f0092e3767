/* rungs-demo-setup.c: reads the lines of the demo business that say what there is. */

#include "base/rungs-time.h"
#include "engine/rungs-demo-private.h"
#include "engine/rungs-demo-store.h"
#include "ladder/rungs-coupon-store.h"
#include "ladder/rungs-offer-store.h"
#include "ladder/rungs-product-store.h"
#include "ladder/rungs-sales-letter-store.h"
#include "ladder/rungs-way-store.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-source-store.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-message-store.h"
#include "mail/rungs-picture-store.h"
#include "segments/rungs-segment-member-store.h"
#include "segments/rungs-segments-follow.h"
#include "sequences/rungs-sequence-store.h"

/* The business and what it made is older than its first lead: so many minutes before `now`. */
#define FOUNDED (-366 * 1440)

static void
set_text (char       **field,
          JsonObject  *line,
          const char  *member)
{
  g_free (*field);
  *field = g_strdup (rungs_demo_text (line, member));
}

static gboolean
save_account (RungsDemo   *demo,
              JsonObject  *line,
              GError     **error)
{
  g_autoptr (RungsAccount) account = rungs_account_load_default (demo->db, error);

  if (account == NULL)
    return FALSE;

  demo->account = account->id;
  set_text (&account->from_name, line, "from_name");
  set_text (&account->from_email, line, "from_email");
  return rungs_account_save (demo->db, account, error);
}

static gboolean
read_business (RungsDemo   *demo,
               JsonObject  *line,
               GError     **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (demo->db, error);

  if (business == NULL)
    return FALSE;

  set_text (&business->name, line, "name");
  set_text (&business->address, line, "address");
  set_text (&business->signature, line, "signature");
  set_text (&business->zone, line, "zone");
  g_strlcpy (business->currency, rungs_demo_text (line, "currency"), sizeof business->currency);
  business->window_from = rungs_demo_number (line, "window_from", -1);
  business->window_to = rungs_demo_number (line, "window_to", -1);

  g_strlcpy (demo->currency, business->currency, sizeof demo->currency);
  demo->zone = rungs_time_zone (business->zone);
  return rungs_business_save (demo->db, business, error)
         && rungs_demo_mark (demo->db, error)
         && save_account (demo, line, error);
}

static gboolean
read_field (RungsDemo   *demo,
            JsonObject  *line,
            GError     **error)
{
  const char *key = rungs_demo_text (line, "key");
  RungsFieldKind kind = RUNGS_FIELD_TEXT;
  gint64 id = 0;

  rungs_field_kind_from_text (rungs_demo_text (line, "kind"), &kind);
  id = rungs_field_add (demo->db, key, rungs_demo_text (line, "label"), kind,
                        rungs_demo_instant (demo, FOUNDED), error);
  rungs_demo_remember (demo->fields, key, id);
  return id != 0;
}

static gboolean
read_source (RungsDemo   *demo,
             JsonObject  *line,
             GError     **error)
{
  const char *name = rungs_demo_text (line, "kind");
  RungsSourceKind kind = RUNGS_SOURCE_OTHER;
  gint64 id = 0;

  rungs_source_kind_from_text (name, &kind);
  id = rungs_source_add (demo->db, kind, rungs_demo_text (line, "name"),
                         rungs_demo_instant (demo, FOUNDED), error);
  rungs_demo_remember (demo->sources, name, id);
  return id != 0;
}

static gboolean
read_spend (RungsDemo   *demo,
            JsonObject  *line,
            GError     **error)
{
  gint64 noon = rungs_demo_instant (demo, rungs_demo_number (line, "day", 0) * 1440 + 720);
  g_autofree char *day = rungs_time_format_day (noon, demo->zone);

  return rungs_spend_add (demo->db,
                          rungs_demo_find (demo->sources, rungs_demo_text (line, "source")), day,
                          rungs_money (rungs_demo_number (line, "amount", 0), demo->currency),
                          rungs_demo_text (line, "note"), error) != 0;
}

static gboolean
set_parts (RungsDemo   *demo,
           JsonObject  *line,
           gint64       bundle,
           GError     **error)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (gint64));
  JsonArray *skus = NULL;

  if (!json_object_has_member (line, "parts"))
    return TRUE;

  skus = json_object_get_array_member (line, "parts");
  for (guint i = 0; i < json_array_get_length (skus); i++)
    {
      gint64 part = rungs_demo_find (demo->products, json_array_get_string_element (skus, i));

      g_array_append_val (parts, part);
    }
  return rungs_product_set_parts (demo->db, bundle, (const gint64 *) parts->data, parts->len,
                                  error);
}

/* What it costs, and what happens after an order. */
static void
set_facets (RungsProduct *product,
            JsonObject   *line)
{
  rungs_delivery_kind_from_text (rungs_demo_text (line, "deliver"), &product->delivery_kind);
  set_text (&product->delivery_link, line, "link");
  set_text (&product->delivery_by, line, "by");
  product->cost = rungs_demo_number (line, "cost", RUNGS_PRODUCT_UNSAID);
  product->lapse_days = rungs_demo_number (line, "lapse_days", 0);
  product->affiliate_rate = rungs_demo_number (line, "affiliate_rate", RUNGS_PRODUCT_UNSAID);
}

static gboolean
read_product (RungsDemo   *demo,
              JsonObject  *line,
              GError     **error)
{
  g_autoptr (RungsProduct) product = rungs_product_new ();
  gint64 id = 0;

  set_text (&product->sku, line, "sku");
  set_text (&product->name, line, "name");
  set_text (&product->delivery, line, "delivery");
  product->price = rungs_money (rungs_demo_number (line, "price", 0), demo->currency);
  product->rung = rungs_demo_number (line, "rung", 0);
  product->refund_days = rungs_demo_number (line, "refund_days", 0);
  product->period_months = rungs_demo_number (line, "period_months", 0);
  set_facets (product, line);

  id = rungs_product_add (demo->db, product, rungs_demo_instant (demo, FOUNDED), error);
  rungs_demo_remember (demo->products, product->sku, id);
  return id != 0 && set_parts (demo, line, id, error);
}

static gboolean
read_coupon (RungsDemo   *demo,
             JsonObject  *line,
             GError     **error)
{
  g_autoptr (RungsCoupon) coupon = rungs_coupon_new ();

  rungs_coupon_set (&coupon->code, rungs_demo_text (line, "code"));
  rungs_coupon_set (&coupon->name, rungs_demo_text (line, "name"));
  rungs_coupon_set (&coupon->discount, rungs_demo_text (line, "discount"));
  coupon->source = rungs_demo_find (demo->sources, rungs_demo_text (line, "source"));
  rungs_path_from_text (rungs_demo_text (line, "path"), &coupon->path);
  coupon->product = rungs_demo_find (demo->products, rungs_demo_text (line, "product"));
  coupon->most_per_lead = rungs_demo_number (line, "per_lead", 0);
  return rungs_coupon_add (demo->db, coupon, rungs_demo_instant (demo, FOUNDED), error) != 0;
}

static gboolean
read_letter (RungsDemo   *demo,
             JsonObject  *line,
             GError     **error)
{
  gint64 product = rungs_demo_find (demo->products, rungs_demo_text (line, "product"));
  g_autoptr (RungsSalesLetter) letter = rungs_sales_letter_new (product, RUNGS_LETTER_PAGE);

  rungs_letter_path_from_text (rungs_demo_text (line, "path"), &letter->path);
  set_text (&letter->name, line, "name");
  set_text (&letter->address, line, "address");
  set_text (&letter->text, line, "text");
  return rungs_sales_letter_add (demo->db, letter, rungs_demo_instant (demo, FOUNDED), error) != 0;
}

static gboolean
read_offer (RungsDemo   *demo,
            JsonObject  *line,
            GError     **error)
{
  g_autoptr (RungsOffer) offer = rungs_offer_new ();

  rungs_offer_kind_from_text (rungs_demo_text (line, "kind"), &offer->kind);
  if (!json_object_get_null_member (line, "from"))
    offer->from_product = rungs_demo_find (demo->products, rungs_demo_text (line, "from"));
  offer->to_product = rungs_demo_find (demo->products, rungs_demo_text (line, "to"));
  offer->after_days = rungs_demo_number (line, "after_days", 0);
  offer->priority = rungs_demo_number (line, "priority", 0);
  offer->cap = rungs_demo_number (line, "cap", 0);
  return rungs_offer_add (demo->db, offer, rungs_demo_instant (demo, FOUNDED), error) != 0;
}

static gboolean
read_picture (RungsDemo   *demo,
              JsonObject  *line,
              GError     **error)
{
  gsize size;
  guchar *data = g_base64_decode (rungs_demo_text (line, "data"), &size);
  g_autoptr (GBytes) file = g_bytes_new_take (data, size);
  g_autoptr (RungsPicture) picture
      = rungs_picture_add (demo->db, file, rungs_demo_text (line, "name"),
                           rungs_demo_instant (demo, FOUNDED), error);

  return picture != NULL;
}

/* Its blocks; a letter of text alone has only that. */
static char *
dup_blocks (JsonObject *line)
{
  return json_object_has_member (line, "blocks")
             ? json_to_string (json_object_get_member (line, "blocks"), FALSE)
             : rungs_message_blocks_from_text (rungs_demo_text (line, "text"));
}

static gboolean
read_message (RungsDemo   *demo,
              JsonObject  *line,
              GError     **error)
{
  g_autoptr (RungsMessage) message = rungs_message_new ();

  set_text (&message->name, line, "name");
  set_text (&message->purpose, line, "purpose");
  set_text (&message->value, line, "value");
  set_text (&message->subject, line, "subject");
  set_text (&message->preview, line, "preview");
  set_text (&message->language, line, "language");
  g_free (message->blocks);
  message->blocks = dup_blocks (line);
  if (!rungs_message_save (demo->db, message, rungs_demo_instant (demo, FOUNDED), error))
    return FALSE;
  rungs_demo_remember (demo->messages, message->name, message->id);
  return TRUE;
}

static gboolean
read_sequence (RungsDemo   *demo,
               JsonObject  *line,
               GError     **error)
{
  g_autofree char *graph = json_to_string (json_object_get_member (line, "graph"), FALSE);
  g_autoptr (RungsSequence) sequence = NULL;
  gint64 id = rungs_sequence_add (demo->db, graph, rungs_demo_instant (demo, FOUNDED), NULL, error);

  if (id == 0
      || !rungs_sequence_start (demo->db, id, rungs_demo_instant (demo, FOUNDED), error))
    return FALSE;

  sequence = rungs_sequence_load (demo->db, id, error);
  if (sequence == NULL)
    return FALSE;
  rungs_demo_remember (demo->sequences, sequence->name, id);
  rungs_demo_remember (demo->versions, sequence->name, sequence->version);
  return TRUE;
}

/* The leads of those numbers. */
static GArray *
leads_of (RungsDemo *demo,
          JsonArray *numbers)
{
  GArray *leads = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < json_array_get_length (numbers); i++)
    {
      gint64 number = json_array_get_int_element (numbers, i);

      g_assert (number < demo->leads->len);
      g_array_append_val (leads, g_array_index (demo->leads, gint64, number));
    }
  return leads;
}

static gboolean
put_leads (RungsDemo   *demo,
           gint64       id,
           JsonArray   *numbers,
           GError     **error)
{
  g_autoptr (RungsSegment) segment = rungs_segment_load (demo->db, id, error);
  g_autoptr (GArray) leads = leads_of (demo, numbers);
  g_autoptr (GArray) added
      = segment ? rungs_segment_add_members (demo->db, segment, leads, demo->now, error) : NULL;

  return added != NULL;
}

static gboolean
read_segment (RungsDemo   *demo,
              JsonObject  *line,
              GError     **error)
{
  gboolean fixed = json_object_has_member (line, "leads");
  g_autofree char *rule
      = fixed ? NULL : json_to_string (json_object_get_member (line, "rule"), FALSE);
  gint64 id = rungs_segment_create (demo->db, rungs_demo_text (line, "name"),
                                    rungs_demo_text (line, "description"), rule, demo->now, error);

  if (id == 0)
    return FALSE;
  if (fixed)
    return put_leads (demo, id, json_object_get_array_member (line, "leads"), error);
  return !json_object_get_boolean_member_with_default (line, "watched", FALSE)
         || rungs_segment_watch (demo->db, id, TRUE, demo->now, error);
}

/* The letter of that name, of a product; 0: none is named. */
static gboolean
find_letter (RungsDemo   *demo,
             JsonObject  *line,
             gint64      *letter,
             GError     **error)
{
  const char *name = json_object_get_string_member_with_default (line, "letter", NULL);
  g_autoptr (GPtrArray) letters = NULL;

  *letter = 0;
  if (name == NULL)
    return TRUE;
  letters = rungs_sales_letter_list (
      demo->db, rungs_demo_find (demo->products, rungs_demo_text (line, "product")), error);
  for (guint i = 0; letters != NULL && i < letters->len; i++)
    {
      const RungsSalesLetter *found = g_ptr_array_index (letters, i);

      if (g_str_equal (found->name, name))
        *letter = found->id;
    }
  return letters != NULL;
}

static gboolean
read_way (RungsDemo   *demo,
          JsonObject  *line,
          GError     **error)
{
  g_autoptr (RungsWay) way = rungs_way_new ();

  rungs_source_kind_from_text (rungs_demo_text (line, "kind"), &way->kind);
  rungs_path_from_text (rungs_demo_text (line, "path"), &way->path);
  return find_letter (demo, line, &way->letter, error)
         && rungs_way_add (demo->db, way, rungs_demo_instant (demo, FOUNDED), error) != 0;
}

RungsDemoReader
rungs_demo_setup_reader (const char *is)
{
  static const struct
  {
    const char *is;
    RungsDemoReader read;
  } READERS[] = {
    { "business", read_business },
    { "field", read_field },
    { "source", read_source },
    { "spend", read_spend },
    { "product", read_product },
    { "coupon", read_coupon },
    { "letter", read_letter },
    { "offer", read_offer },
    { "picture", read_picture },
    { "message", read_message },
    { "sequence", read_sequence },
    { "segment", read_segment },
    { "way", read_way },
  };

  for (guint i = 0; i < G_N_ELEMENTS (READERS); i++)
    if (g_str_equal (READERS[i].is, is))
      return READERS[i].read;
  return NULL;
}
