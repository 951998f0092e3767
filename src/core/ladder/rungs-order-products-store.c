/* rungs-order-products-store.c: which product a shop means by a name or number of its own. */

#include "ladder/rungs-order-products-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-order-shop-store.h"
#include "ladder/rungs-product-store.h"

/* Numbers this long differ from order to order. */
#define NUMBER_DIGITS 4

/* What is said of all names of which nothing else is known. */
#define ALL_OTHERS "*"

/* More names are no list of products: the rest is refused all the same, but not listed. */
#define NAMES_MAX 100000

typedef struct
{
  gint64 id; /* 0: left out */
  char *name;
} Product;

/* What a person said of a name. */
typedef struct
{
  RungsOrderChoice choice;
  gint64 product;
} Said;

struct _RungsOrderProducts
{
  char *seller;         /* (owned) */
  char *shop;           /* (owned) the seller and rungs_order_shop_key() */
  GHashTable *products; /* (owned) id -> Product */
  GHashTable *by_sku;   /* (owned) folded -> Product */
  GHashTable *by_name;  /* (owned) folded -> Product */
  GHashTable *remembered; /* (owned) alias -> Said */
  GHashTable *said;     /* (owned) folded name or number -> Said */
  GPtrArray *names;     /* (owned) (element-type RungsOrderName) */
  GHashTable *found;    /* (owned) number, a tab and name -> RungsOrderName, lent by `names` */
};

static const char SQL_PRODUCTS[]
    = "SELECT id, sku, name FROM product ORDER BY retired_at IS NOT NULL DESC, id DESC";

static const char SQL_ALIASES[]
    = "SELECT alias, product FROM product_alias WHERE seller IN (:seller, :shop)"
      " ORDER BY seller = :shop";

static const char SQL_REMEMBER[]
    = "INSERT INTO product_alias (seller, alias, product, run, used_at)"
      " VALUES (:seller, :alias, :product, :run, :now)"
      " ON CONFLICT (seller, alias) DO UPDATE"
      " SET product = excluded.product, run = excluded.run, used_at = excluded.used_at"
      " WHERE product IS NOT excluded.product";

static const char SQL_MADE[]
    = "INSERT INTO order_import_product (run, product) VALUES (:run, :product)";

static const char SQL_SETTLE[]
    = "UPDATE temp.order_stage_line SET product = :product WHERE product = :place";

static const char SQL_IS_SKU[] = "SELECT EXISTS (SELECT 1 FROM product WHERE sku = :sku)";

static void
product_free (gpointer data)
{
  Product *product = data;

  g_free (product->name);
  g_free (product);
}

RungsOrderName *
rungs_order_name_copy (const RungsOrderName *self)
{
  RungsOrderName *copy = g_memdup2 (self, sizeof *self);

  copy->alias = g_strdup (self->alias);
  copy->name = g_strdup (self->name);
  copy->sku = g_strdup (self->sku);
  copy->product_name = g_strdup (self->product_name);
  return copy;
}

void
rungs_order_name_free (RungsOrderName *self)
{
  g_free (self->alias);
  g_free (self->name);
  g_free (self->sku);
  g_free (self->product_name);
  g_free (self);
}

/* A long number becomes one sign. */
static gsize
fold_digits (const char *at,
             GString    *folded)
{
  gsize run = strspn (at, "0123456789");

  if (run >= NUMBER_DIGITS)
    g_string_append_c (folded, '#');
  else
    g_string_append_len (folded, at, run);
  return run;
}

/* Letters and digits, in small letters; other writing than Latin stays as it is. */
static char *
fold (const char *text,
      gboolean    is_name)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  g_autofree char *small = g_utf8_casefold (normal ? normal : "", -1);
  g_autoptr (GString) folded = g_string_new (NULL);

  for (const char *at = small; *at != '\0';)
    {
      gunichar c = g_utf8_get_char (at);

      if (is_name && g_ascii_isdigit (*at))
        {
          at += fold_digits (at, folded);
          continue;
        }
      if (g_unichar_isalnum (c))
        g_string_append_unichar (folded, c);
      at = g_utf8_next_char (at);
    }
  return g_strdup (folded->str);
}

static gboolean
read_products (RungsOrderProducts *self,
               RungsDb            *db,
               GError            **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PRODUCTS, error);

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      Product *product = g_new0 (Product, 1);

      product->id = rungs_statement_get_int64 (query, 0);
      product->name = rungs_statement_dup_text (query, 2);
      g_hash_table_insert (self->products, &product->id, product);
      g_hash_table_insert (self->by_sku, fold (rungs_statement_get_text (query, 1), FALSE),
                           product);
      g_hash_table_insert (self->by_name, fold (product->name, TRUE), product);
    }
  return rungs_statement_done (query, error);
}

static void
say (GHashTable      *where,
     char            *what,
     RungsOrderChoice choice,
     gint64           product)
{
  Said *said = g_new0 (Said, 1);

  said->choice = choice;
  said->product = product;
  g_hash_table_insert (where, what, said);
}

static gboolean
read_aliases (RungsOrderProducts *self,
              RungsDb            *db,
              GError            **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ALIASES, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":seller", self->seller);
  rungs_statement_bind_text (query, ":shop", self->shop);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    say (self->remembered, rungs_statement_dup_text (query, 0),
         rungs_statement_is_null (query, 1) ? RUNGS_CHOICE_LEAVE_OUT : RUNGS_CHOICE_PRODUCT,
         rungs_statement_get_int64 (query, 1));
  return rungs_statement_done (query, error);
}

RungsOrderProducts *
rungs_order_products_new (RungsDb    *db,
                          const char *seller,
                          const char *shop,
                          GError    **error)
{
  g_autofree char *key = rungs_order_shop_key (shop);
  g_autoptr (RungsOrderProducts) self = g_new0 (RungsOrderProducts, 1);

  g_return_val_if_fail (db != NULL && seller != NULL, NULL);

  self->seller = g_strdup (seller);
  self->shop = g_strconcat (seller, key, NULL);
  self->products = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, product_free);
  self->by_sku = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->remembered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->names = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_order_name_free);
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return read_products (self, db, error) && read_aliases (self, db, error) ? g_steal_pointer (&self)
                                                                            : NULL;
}

void
rungs_order_products_free (RungsOrderProducts *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_sku);
  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->products);
  g_hash_table_unref (self->remembered);
  g_hash_table_unref (self->said);
  g_hash_table_unref (self->found);
  g_ptr_array_unref (self->names);
  g_free (self->seller);
  g_free (self->shop);
  g_free (self);
}

static RungsOrderChoice
choice_from_text (const char *text)
{
  static const struct
  {
    const char *text;
    RungsOrderChoice choice;
  } WORDS[] = {
    { "new", RUNGS_CHOICE_NEW },
    { "monthly", RUNGS_CHOICE_MONTHLY },
    { "yearly", RUNGS_CHOICE_YEARLY },
    { "skip", RUNGS_CHOICE_LEAVE_OUT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (strcmp (WORDS[i].text, text) == 0)
      return WORDS[i].choice;
  return RUNGS_CHOICE_NONE;
}

gboolean
rungs_order_products_assign (RungsOrderProducts *self,
                             const char         *assignment,
                             GError            **error)
{
  const char *equals = strrchr (assignment, '=');
  g_autofree char *name = equals ? g_strndup (assignment, equals - assignment) : NULL;
  g_autofree char *sku = equals ? fold (equals + 1, FALSE) : NULL;
  RungsOrderChoice choice;
  const Product *product;

  g_return_val_if_fail (self != NULL, FALSE);

  if (equals == NULL || equals[1] == '\0')
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("“%s” does not say which product a name of the shop is."), assignment);
      return FALSE;
    }
  choice = choice_from_text (equals + 1);
  product = choice == RUNGS_CHOICE_NONE ? g_hash_table_lookup (self->by_sku, sku) : NULL;
  if (choice == RUNGS_CHOICE_NONE && product == NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                   _ ("There is no product with the SKU %s."), equals + 1);
      return FALSE;
    }
  say (self->said, strcmp (name, ALL_OTHERS) == 0 ? g_strdup (ALL_OTHERS) : fold (name, TRUE),
       product ? RUNGS_CHOICE_PRODUCT : choice, product ? product->id : 0);
  return TRUE;
}

/* What was said of a folded name or number: now, or at an import before. */
static const Said *
lookup_said (RungsOrderProducts *self,
             const char         *kind,
             const char         *folded)
{
  const Said *said = g_hash_table_lookup (self->said, folded);
  g_autofree char *alias = g_strconcat (kind, folded, NULL);

  return said != NULL ? said : g_hash_table_lookup (self->remembered, alias);
}

static void
choose_product (RungsOrderName *name,
                const Product  *product)
{
  name->choice = RUNGS_CHOICE_PRODUCT;
  name->product = product->id;
  name->product_name = g_strdup (product->name);
}

static void
take_said (RungsOrderProducts *self,
           RungsOrderName     *name,
           const Said         *said)
{
  const Product *product = g_hash_table_lookup (self->products, &said->product);

  name->said = TRUE;
  name->choice = said->choice;
  if (product != NULL)
    choose_product (name, product);
}

static void
choose (RungsOrderProducts *self,
        RungsOrderName     *name,
        const char         *folded_sku,
        const char         *folded_name)
{
  const Said *said = *folded_sku != '\0' ? lookup_said (self, "sku:", folded_sku) : NULL;
  const Product *product;

  if (said == NULL)
    said = lookup_said (self, "name:", folded_name);
  if (said != NULL)
    {
      take_said (self, name, said);
      return;
    }
  product = *folded_sku != '\0' ? g_hash_table_lookup (self->by_sku, folded_sku) : NULL;
  if (product == NULL && *folded_name != '\0')
    product = g_hash_table_lookup (self->by_name, folded_name);
  said = g_hash_table_lookup (self->said, ALL_OTHERS);
  if (product != NULL)
    choose_product (name, product);
  else if (said != NULL)
    take_said (self, name, said);
}

static RungsOrderName *
add_name (RungsOrderProducts *self,
          const char         *sku,
          const char         *text)
{
  RungsOrderName *name = g_new0 (RungsOrderName, 1);
  g_autofree char *folded_sku = fold (sku, FALSE);
  g_autofree char *folded_name = fold (*text != '\0' ? text : sku, TRUE);

  name->alias = g_strconcat (*text != '\0' || *sku == '\0' ? "name:" : "sku:",
                             *text != '\0' || *sku == '\0' ? folded_name : folded_sku, NULL);
  name->name = g_strdup (*text != '\0' ? text : sku);
  name->sku = g_strdup (sku);
  choose (self, name, folded_sku, folded_name);
  g_ptr_array_add (self->names, name);
  return name;
}

/* The name that is told apart by its folded form, so that “Order 1001” and “Order 1002” are one. */
static RungsOrderName *
find_alike (RungsOrderProducts *self,
            const char         *sku,
            const char         *text)
{
  g_autofree char *folded_sku = fold (sku, FALSE);
  g_autofree char *folded_name = fold (text, TRUE);
  char *key = g_strconcat (folded_sku, "\t", folded_name, NULL);
  RungsOrderName *name = g_hash_table_lookup (self->found, key);

  if (name == NULL)
    name = add_name (self, sku, text);
  g_hash_table_insert (self->found, key, name);
  return name;
}

const RungsOrderName *
rungs_order_products_find (RungsOrderProducts *self,
                           const char         *sku,
                           const char         *text,
                           gint64              quantity,
                           RungsMoney          amount)
{
  g_autofree char *exact = g_strconcat ("=", sku, "\t", text, NULL);
  RungsOrderName *name;

  g_return_val_if_fail (self != NULL && sku != NULL && text != NULL, NULL);

  name = g_hash_table_lookup (self->found, exact);
  if (name == NULL)
    name = find_alike (self, sku, text);
  if (g_hash_table_size (self->found) < NAMES_MAX)
    g_hash_table_insert (self->found, g_steal_pointer (&exact), name);
  if (name->lines++ == 0)
    name->price = rungs_money (amount.minor / MAX (quantity, 1), amount.currency);
  return name;
}

gint64
rungs_order_name_get_place (RungsOrderProducts   *self,
                            const RungsOrderName *name)
{
  guint index = 0;

  g_return_val_if_fail (g_ptr_array_find (self->names, name, &index), 0);

  return -(gint64) index - 1;
}

GPtrArray *
rungs_order_products_get_names (RungsOrderProducts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->names;
}

/* ---- writing */

static gboolean
is_made (const RungsOrderName *name)
{
  return name->choice == RUNGS_CHOICE_NEW || name->choice == RUNGS_CHOICE_MONTHLY
         || name->choice == RUNGS_CHOICE_YEARLY;
}

/* The shop's number, or the letters of the name; with a number behind it where it is taken. */
static char *
dup_free_sku (RungsDb              *db,
              const RungsOrderName *name,
              GError              **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_IS_SKU, error);
  g_autofree char *folded = fold (name->name, FALSE);
  const char *base = *name->sku != '\0' ? name->sku : *folded != '\0' ? folded : "product";
  g_autofree char *first = g_utf8_substring (base, 0, MIN (g_utf8_strlen (base, -1), 40));
  gint64 taken = 1;

  for (guint i = 1; query != NULL; i++)
    {
      g_autofree char *sku = i == 1 ? g_strdup (first) : g_strdup_printf ("%s-%u", first, i);

      rungs_statement_bind_text (query, ":sku", sku);
      if (!rungs_statement_get_number (query, 0, &taken, error))
        return NULL;
      if (!taken)
        return g_steal_pointer (&sku);
    }
  return NULL;
}

static gint64
make_product (RungsDb              *db,
              const RungsOrderName *name,
              gint64                now,
              GError              **error)
{
  g_autoptr (RungsProduct) product = rungs_product_new ();
  char *sku = dup_free_sku (db, name, error);

  if (sku == NULL)
    return 0;
  g_free (product->sku);
  g_free (product->name);
  product->sku = sku;
  product->name = g_strdup (*name->name != '\0' ? name->name : sku);
  product->price = name->price;
  product->period_months = name->choice == RUNGS_CHOICE_MONTHLY  ? 1
                           : name->choice == RUNGS_CHOICE_YEARLY ? 12
                                                                 : 0;
  return rungs_product_add (db, product, now, error);
}

/* Two names that are the same for people are one product. */
static gint64
find_made (RungsOrderProducts *self,
           guint               index)
{
  const RungsOrderName *name = self->names->pdata[index];

  for (guint i = 0; i < index; i++)
    {
      const RungsOrderName *other = self->names->pdata[i];

      if (is_made (other) && other->product != 0 && strcmp (other->alias, name->alias) == 0)
        return other->product;
    }
  return 0;
}

static gboolean
settle (RungsDb *db,
        gint64   place,
        gint64   product,
        GError **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_SETTLE, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":place", place);
  rungs_statement_bind_int64 (update, ":product", product);
  return rungs_statement_run (update, error);
}

static gboolean
note_made (RungsDb *db,
           gint64   run,
           gint64   product,
           GError **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_MADE, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":run", run);
  rungs_statement_bind_int64 (insert, ":product", product);
  return rungs_statement_run (insert, error);
}

gboolean
rungs_order_products_make (RungsOrderProducts *self,
                           RungsDb            *db,
                           gint64              run,
                           gint64              now,
                           gint64             *made,
                           GError            **error)
{
  g_return_val_if_fail (self != NULL && made != NULL, FALSE);

  *made = 0;
  for (guint i = 0; i < self->names->len; i++)
    {
      RungsOrderName *name = self->names->pdata[i];

      if (!is_made (name))
        continue;
      name->product = find_made (self, i);
      if (name->product == 0)
        {
          name->product = make_product (db, name, now, error);
          if (name->product == 0 || !note_made (db, run, name->product, error))
            return FALSE;
          (*made)++;
        }
      if (!settle (db, -(gint64) i - 1, name->product, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rungs_order_products_remember (RungsOrderProducts *self,
                               RungsDb            *db,
                               gint64              run,
                               gint64              now,
                               GError            **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_REMEMBER, error);

  g_return_val_if_fail (self != NULL, FALSE);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_text (insert, ":seller", self->shop);
  rungs_statement_bind_int64 (insert, ":run", run);
  rungs_statement_bind_int64 (insert, ":now", now);
  for (guint i = 0; i < self->names->len; i++)
    {
      const RungsOrderName *name = self->names->pdata[i];

      if (!name->said)
        continue;
      rungs_statement_bind_text (insert, ":alias", name->alias);
      rungs_statement_bind_id (insert, ":product",
                               name->choice == RUNGS_CHOICE_LEAVE_OUT ? 0 : name->product);
      if (!rungs_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}
