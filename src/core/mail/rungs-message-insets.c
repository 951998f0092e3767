/* rungs-message-insets.c: what is set into a message: its products and pictures. */

#include "mail/rungs-message-insets.h"

#include "base/rungs-error.h"
#include "ladder/rungs-product-store.h"
#include "ladder/rungs-sales-letter-store.h"
#include "mail/rungs-picture-store.h"
#include "mail/rungs-price-words.h"

void
rungs_message_insets_clear (RungsMessageInsets *self)
{
  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
}

/* Whether the error says only that there is no such thing; any other goes to `error`. */
static gboolean
is_only_missing (GError  *failure,
                 GError **error)
{
  if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    return TRUE;
  if (failure != NULL)
    g_propagate_error (error, g_error_copy (failure));
  return failure == NULL;
}

static gboolean
add_product (RungsDb             *db,
             const RungsProduct  *product,
             const char          *language,
             GPtrArray           *products,
             GError             **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (RungsSalesLetter) letter
    = rungs_sales_letter_find (db, product->id, RUNGS_LETTER_EMAIL, &failure);
  RungsMessageProduct *found;

  if (!is_only_missing (failure, error))
    return FALSE;
  found = g_new0 (RungsMessageProduct, 1);
  found->sku = g_strdup (product->sku);
  found->name = g_strdup (product->name);
  found->price = rungs_price_words (product->price, language);
  found->link = g_strdup (letter ? letter->address : "");
  g_ptr_array_add (products, found);
  return TRUE;
}

static gboolean
load_products (RungsDb     *db,
               GPtrArray   *skus,
               const char  *language,
               GPtrArray   *products,
               GError     **error)
{
  for (guint i = 0; i < skus->len; i++)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (RungsProduct) product
        = rungs_product_load_by_sku (db, g_ptr_array_index (skus, i), &failure);

      if (!is_only_missing (failure, error)
          || (product != NULL && !add_product (db, product, language, products, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
load_pictures (RungsDb    *db,
               GPtrArray  *keys,
               gboolean    with_bytes,
               GPtrArray  *pictures,
               GError    **error)
{
  for (guint i = 0; i < keys->len; i++)
    {
      g_autoptr (GError) failure = NULL;
      RungsPicture *picture
        = rungs_picture_load (db, g_ptr_array_index (keys, i), with_bytes, &failure);

      if (!is_only_missing (failure, error))
        return FALSE;
      if (picture != NULL)
        g_ptr_array_add (pictures, picture);
    }
  return TRUE;
}

gboolean
rungs_message_insets_load (RungsDb              *db,
                           RungsMessageTemplate *message,
                           const char           *language,
                           gboolean              with_bytes,
                           RungsMessageInsets   *insets,
                           GError              **error)
{
  g_return_val_if_fail (db != NULL && message != NULL && insets != NULL, FALSE);

  insets->products = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_message_product_free);
  insets->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_picture_free);
  return load_products (db, rungs_message_template_get_products (message), language,
                        insets->products, error)
         && load_pictures (db, rungs_message_template_get_pictures (message), with_bytes,
                           insets->pictures, error);
}
