/* rungs-ladder-template.c: ladders to start from.
 *
 * Each is a file in data/templates, "2-coaching.json": its number says where it is shown, the rest
 * is its id. Words stand there in all languages, {"en": "Workshop", "de": "Workshop"}; prices are
 * whole euros; offers and letters name products by the ids that these have in the file. */

#include "ladder/rungs-ladder-template.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "ladder/rungs-offer-store.h"
#include "ladder/rungs-product-store.h"
#include "ladder/rungs-sales-letter-store.h"
#include "leads/rungs-business-store.h"
#include "rungs-templates-resources.h"

#define FOLDER "/app/rungs/Rungs/templates/"

/* In which currencies a price has more digits than in euros, and by how much. */
static const struct
{
  char currency[4];
  gint64 times;
} SIZES[] = {
  { "ARS", 1000 }, { "CLP", 1000 }, { "COP", 1000 }, { "CZK", 10 },     { "DKK", 10 },
  { "HKD", 10 },   { "HUF", 100 },  { "IDR", 10000 }, { "INR", 100 },   { "ISK", 100 },
  { "JPY", 100 },  { "KRW", 1000 }, { "MXN", 10 },   { "NOK", 10 },     { "NGN", 1000 },
  { "PHP", 100 },  { "RSD", 100 },  { "RUB", 100 },  { "SEK", 10 },     { "THB", 10 },
  { "TRY", 10 },   { "TWD", 10 },   { "UAH", 10 },   { "VND", 10000 },  { "ZAR", 10 },
};

void
rungs_ladder_template_free (RungsLadderTemplate *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->summary);
  g_ptr_array_unref (self->products);
  g_ptr_array_unref (self->offers);
  g_ptr_array_unref (self->letters);
  g_free (self);
}

/* ---- reading */

typedef struct
{
  const char *currency;
  const char *const *languages;
  GHashTable *places; /* id of a product → its place */
} Reader;

static void
take_words (Reader      *self,
            JsonObject  *object,
            const char  *member,
            char       **text)
{
  JsonObject *words = json_object_get_object_member (object, member);
  const char *found = NULL;

  for (guint i = 0; found == NULL && self->languages[i] != NULL; i++)
    found = json_object_get_string_member_with_default (words, self->languages[i], NULL);
  if (found == NULL)
    found = json_object_get_string_member (words, "en");
  g_free (*text);
  *text = g_strdup (found);
}

static RungsMoney
price_of (Reader     *self,
          JsonObject *object)
{
  gint64 minor = json_object_get_int_member (object, "price");

  for (int i = rungs_currency_digits (self->currency); i > 0; i--)
    minor *= 10;
  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++)
    if (strcmp (SIZES[i].currency, self->currency) == 0)
      minor *= SIZES[i].times;
  return rungs_money (minor, self->currency);
}

static gint64
number_of (JsonObject *object,
           const char *member)
{
  return json_object_get_int_member_with_default (object, member, 0);
}

static gint64
place_of (Reader     *self,
          JsonObject *object,
          const char *member)
{
  const char *id = json_object_get_string_member_with_default (object, member, NULL);

  return id != NULL ? GPOINTER_TO_INT (g_hash_table_lookup (self->places, id)) : 0;
}

static RungsProduct *
read_product (Reader     *self,
              JsonObject *object)
{
  RungsProduct *product = rungs_product_new ();

  take_words (self, object, "sku", &product->sku);
  take_words (self, object, "name", &product->name);
  take_words (self, object, "delivery", &product->delivery);
  product->price = price_of (self, object);
  product->rung = number_of (object, "rung");
  product->refund_days = number_of (object, "refund_days");
  product->period_months = number_of (object, "period_months");
  product->lapse_days = number_of (object, "lapse_days");
  rungs_delivery_kind_from_text (json_object_get_string_member (object, "delivery_kind"),
                                 &product->delivery_kind);
  return product;
}

static RungsOffer *
read_offer (Reader     *self,
            JsonObject *object)
{
  RungsOffer *offer = rungs_offer_new ();

  offer->from_product = place_of (self, object, "from");
  offer->to_product = place_of (self, object, "to");
  rungs_offer_kind_from_text (json_object_get_string_member (object, "kind"), &offer->kind);
  offer->after_days = number_of (object, "after_days");
  offer->priority = number_of (object, "priority");
  offer->cap = number_of (object, "cap");
  return offer;
}

static RungsSalesLetter *
read_letter (Reader     *self,
             JsonObject *object)
{
  RungsLetterPath path = RUNGS_LETTER_PAGE;
  RungsSalesLetter *letter;

  rungs_letter_path_from_text (json_object_get_string_member (object, "path"), &path);
  letter = rungs_sales_letter_new (place_of (self, object, "product"), path);
  take_words (self, object, "name", &letter->name);
  take_words (self, object, "text", &letter->text);
  return letter;
}

static void
read_parts (Reader              *self,
            JsonObject          *root,
            RungsLadderTemplate *template)
{
  JsonArray *products = json_object_get_array_member (root, "products");
  JsonArray *offers = json_object_get_array_member (root, "offers");
  JsonArray *letters = json_object_get_array_member (root, "letters");

  for (guint i = 0; i < json_array_get_length (products); i++)
    {
      JsonObject *object = json_array_get_object_element (products, i);

      g_hash_table_insert (self->places, (char *) json_object_get_string_member (object, "id"),
                           GINT_TO_POINTER (i + 1));
      g_ptr_array_add (template->products, read_product (self, object));
    }
  for (guint i = 0; i < json_array_get_length (offers); i++)
    g_ptr_array_add (template->offers,
                     read_offer (self, json_array_get_object_element (offers, i)));
  for (guint i = 0; i < json_array_get_length (letters); i++)
    g_ptr_array_add (template->letters,
                     read_letter (self, json_array_get_object_element (letters, i)));
}

/* "2-coaching.json" → "coaching". */
static char *
dup_id (const char *file)
{
  const char *begin = strchr (file, '-') + 1;

  return g_strndup (begin, (gsize) (strrchr (file, '.') - begin));
}

static RungsLadderTemplate *
read_file (const char         *file,
           const char         *currency,
           const char *const  *languages,
           GError            **error)
{
  g_autofree char *path = g_strconcat (FOLDER, file, NULL);
  g_autoptr (GBytes) bytes
    = g_resource_lookup_data (rungs_templates_get_resource (), path, 0, error);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  Reader reader = { currency, languages, places };
  RungsLadderTemplate *self;
  JsonObject *root;

  if (bytes == NULL
      || !json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), error))
    return NULL;
  root = json_node_get_object (json_parser_get_root (parser));
  self = g_new0 (RungsLadderTemplate, 1);
  self->id = dup_id (file);
  self->products = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_product_free);
  self->offers = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_offer_free);
  self->letters = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_sales_letter_free);
  take_words (&reader, root, "name", &self->name);
  take_words (&reader, root, "summary", &self->summary);
  read_parts (&reader, root, self);
  return self;
}

static int
compare_files (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
rungs_ladder_template_list (const char        *currency,
                            const char *const *languages,
                            GError           **error)
{
  g_autoptr (GPtrArray) templates
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_ladder_template_free);
  g_auto (GStrv) files = NULL;

  g_return_val_if_fail (currency != NULL && languages != NULL, NULL);

  files = g_resource_enumerate_children (rungs_templates_get_resource (), FOLDER, 0, error);
  if (files == NULL)
    return NULL;
  qsort (files, g_strv_length (files), sizeof (char *), compare_files);
  for (guint i = 0; files[i] != NULL; i++)
    {
      RungsLadderTemplate *template = read_file (files[i], currency, languages, error);

      if (template == NULL)
        return NULL;
      g_ptr_array_add (templates, template);
    }
  return g_steal_pointer (&templates);
}

RungsLadderTemplate *
rungs_ladder_template_load (const char        *id,
                            const char        *currency,
                            const char *const *languages,
                            GError           **error)
{
  g_autoptr (GPtrArray) all = rungs_ladder_template_list (currency, languages, error);

  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (strcmp (((RungsLadderTemplate *) all->pdata[i])->id, id) == 0)
      return g_ptr_array_steal_index (all, i);
  if (all != NULL)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                 _ ("there is no template of a ladder called “%s”"), id);
  return NULL;
}

/* ---- using */

/* The SKUs that are taken are told all at once. */
static gboolean
is_free (RungsDb                    *db,
         const RungsLadderTemplate  *self,
         GError                    **error)
{
  g_autoptr (GString) taken = g_string_new (NULL);

  for (guint i = 0; i < self->products->len; i++)
    {
      const RungsProduct *product = self->products->pdata[i];
      g_autoptr (GError) missing = NULL;
      g_autoptr (RungsProduct) other = rungs_product_load_by_sku (db, product->sku, &missing);

      if (other != NULL)
        g_string_append_printf (taken, "%s%s", taken->len > 0 ? ", " : "", product->sku);
      else if (!g_error_matches (missing, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&missing));
          return FALSE;
        }
    }
  if (taken->len > 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                 _ ("the template needs SKUs that your products have already: %s"), taken->str);
  return taken->len == 0;
}

/* The id that was given to the product at that place; 0: none stands there. */
static gint64
id_at (const gint64 *ids,
       gint64        place)
{
  return place > 0 ? ids[place - 1] : 0;
}

static gboolean
add_offers (RungsDb              *db,
            RungsLadderTemplate  *self,
            const gint64         *ids,
            gint64                now,
            GError              **error)
{
  for (guint i = 0; i < self->offers->len; i++)
    {
      RungsOffer *offer = self->offers->pdata[i];

      offer->from_product = id_at (ids, offer->from_product);
      offer->to_product = id_at (ids, offer->to_product);
      if (rungs_offer_add (db, offer, now, error) == 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_letters (RungsDb              *db,
             RungsLadderTemplate  *self,
             const gint64         *ids,
             gint64                now,
             GError              **error)
{
  for (guint i = 0; i < self->letters->len; i++)
    {
      RungsSalesLetter *letter = self->letters->pdata[i];

      letter->product = id_at (ids, letter->product);
      if (rungs_sales_letter_add (db, letter, now, error) == 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
rungs_ladder_template_use (RungsDb           *db,
                           const char        *id,
                           const char *const *languages,
                           gint64             now,
                           GError           **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (RungsLadderTemplate) self = NULL;
  g_autofree gint64 *ids = NULL;

  if (business == NULL
      || (self = rungs_ladder_template_load (id, business->currency, languages, error)) == NULL
      || !is_free (db, self, error))
    return FALSE;
  ids = g_new0 (gint64, self->products->len);
  for (guint i = 0; i < self->products->len; i++)
    if ((ids[i] = rungs_product_add (db, self->products->pdata[i], now, error)) == 0)
      return FALSE;
  return add_offers (db, self, ids, now, error) && add_letters (db, self, ids, now, error);
}
