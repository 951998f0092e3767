/* rungs-order-shop-store.c: of which shop a file of orders is. */

#include "ladder/rungs-order-shop-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"

#define NAME_MAX_CHARACTERS 60

static const char SQL_LIST[]
    = "SELECT shape, shop FROM order_import WHERE undone_at IS NULL"
      " GROUP BY shape, shop ORDER BY max (run) DESC";

GPtrArray *
rungs_order_shop_list (RungsDb          *db,
                       RungsOrderSeller  seller,
                       GError          **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);
  g_autoptr (GPtrArray) shops = g_ptr_array_new_with_free_func (g_free);

  if (query == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      const char *shop = rungs_statement_get_text (query, 1);

      if (rungs_order_seller_has_shape (seller, rungs_statement_get_text (query, 0))
          && !g_ptr_array_find_with_equal_func (shops, shop, g_str_equal, NULL))
        g_ptr_array_add (shops, g_strdup (shop));
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&shops) : NULL;
}

char *
rungs_order_shop_key (const char *shop)
{
  g_autofree char *normal = g_utf8_normalize (shop, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = g_utf8_casefold (normal, -1);

  return *folded != '\0' ? g_strconcat ("/", folded, NULL) : g_strdup ("");
}

static gboolean
check_name (const char *name,
            GError    **error)
{
  gboolean good = g_utf8_validate (name, -1, NULL)
                  && g_utf8_strlen (name, -1) <= NAME_MAX_CHARACTERS && strchr (name, ':') == NULL;

  for (const char *at = name; good && *at != '\0'; at = g_utf8_next_char (at))
    good = g_unichar_isprint (g_utf8_get_char (at));
  if (!good)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                 _ ("A shop's name has at most %d characters, and no colon."),
                 NAME_MAX_CHARACTERS);
  return good;
}

char *
rungs_order_shop_settle (GPtrArray  *shops,
                         const char *wanted,
                         GError    **error)
{
  g_autofree char *name = wanted != NULL ? g_strstrip (g_strdup (wanted)) : NULL;
  g_autofree char *key = NULL;

  g_return_val_if_fail (shops != NULL, NULL);

  if (name == NULL && shops->len > 1)
    return NULL;
  if (name == NULL)
    return g_strdup (shops->len == 1 ? g_ptr_array_index (shops, 0) : "");
  if (!check_name (name, error))
    return NULL;
  key = rungs_order_shop_key (name);
  for (guint i = 0; i < shops->len; i++)
    {
      g_autofree char *other = rungs_order_shop_key (g_ptr_array_index (shops, i));

      if (strcmp (key, other) == 0)
        return g_strdup (g_ptr_array_index (shops, i));
    }
  return g_steal_pointer (&name);
}

char *
rungs_order_shop_words (GPtrArray *shops)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < shops->len; i++)
    {
      const char *shop = g_ptr_array_index (shops, i);

      if (i > 0)
        g_string_append (words, ", ");
      if (*shop != '\0')
        g_string_append_printf (words, "“%s”", shop);
      else
        g_string_append (words, _ ("one without a name"));
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}
