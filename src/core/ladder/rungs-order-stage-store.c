/* rungs-order-stage-store.c: the orders of an import in temporary tables, before they are stored.
 *
 * An order that is there already, by its number, is not taken in again. Only what was given back on
 * it since is. Where its amount or currency is another, it is refused, for then the number is that
 * of another shop, or one of the two is wrong. */

#include "ladder/rungs-order-stage-store.h"

#include <glib/gi18n.h>

#include "db/rungs-statement.h"
#include "leads/rungs-import-script.h"
#include "leads/rungs-suppressed-set-store.h"

struct _RungsOrderStage
{
  RungsImportScript script;
  RungsOrderProducts *products;
  RungsOrderStageCounts counts;
  RungsStatement *find_known;  /* (owned) */
  RungsStatement *add_refusal; /* (owned) */
  RungsStatement *add_person;  /* (owned) */
  RungsStatement *add_order;   /* (owned) */
  RungsStatement *add_line;    /* (owned) */
  RungsStatement *add_given;   /* (owned) */
  RungsStatement *add_refund;  /* (owned) */
  RungsSuppressedSet *suppressed; /* (owned) */
};

static const char *const SQL_CREATE[] = {
  "PRAGMA temp.cache_size = -65536",
  "CREATE TEMP TABLE order_stage_refusal ("
  "  hash TEXT PRIMARY KEY, email TEXT NOT NULL, key TEXT NOT NULL)",
  "CREATE TEMP TABLE order_stage_person ("
  "  n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, email TEXT NOT NULL,"
  "  first_name TEXT NOT NULL, last_name TEXT NOT NULL, company TEXT NOT NULL,"
  "  phone TEXT NOT NULL, street TEXT NOT NULL, postcode TEXT NOT NULL, city TEXT NOT NULL,"
  "  region TEXT NOT NULL, country TEXT NOT NULL, first_at INTEGER NOT NULL,"
  "  said_at INTEGER NOT NULL, agreed TEXT, suppressed INTEGER NOT NULL, lead INTEGER)",
  "CREATE TEMP TABLE order_stage ("
  "  n INTEGER PRIMARY KEY, external TEXT NOT NULL UNIQUE, person INTEGER NOT NULL,"
  "  at INTEGER NOT NULL, currency TEXT NOT NULL, coupon TEXT NOT NULL, total INTEGER NOT NULL,"
  "  paid_until INTEGER)",
  "CREATE TEMP TABLE order_stage_line ("
  "  id INTEGER PRIMARY KEY, n INTEGER NOT NULL, product INTEGER NOT NULL,"
  "  quantity INTEGER NOT NULL, amount INTEGER NOT NULL, tax INTEGER, discount INTEGER NOT NULL)",
  "CREATE TEMP TABLE order_stage_given ("
  "  id INTEGER PRIMARY KEY, n INTEGER, known INTEGER, upto INTEGER NOT NULL,"
  "  amount INTEGER NOT NULL, at INTEGER, reason TEXT NOT NULL)",
  "CREATE TEMP TABLE order_stage_refund ("
  "  id INTEGER PRIMARY KEY, external TEXT NOT NULL UNIQUE, refers TEXT NOT NULL,"
  "  amount INTEGER NOT NULL, currency TEXT NOT NULL, at INTEGER NOT NULL, row BLOB NOT NULL,"
  "  n INTEGER, known INTEGER, problem INTEGER)",
};

static const char *const SQL_DROP[] = {
  "DROP TABLE IF EXISTS temp.order_stage_refusal",
  "DROP TABLE IF EXISTS temp.order_stage_person",
  "DROP TABLE IF EXISTS temp.order_stage",
  "DROP TABLE IF EXISTS temp.order_stage_line",
  "DROP TABLE IF EXISTS temp.order_stage_given",
  "DROP TABLE IF EXISTS temp.order_stage_refund",
};

static const char SQL_FIND_KNOWN[]
    = "SELECT o.id, o.currency,"
      "       (SELECT sum (l.amount) FROM order_line l WHERE l.sales_order = o.id)"
      "  FROM sales_order o WHERE o.external = :external";

static const char SQL_ADD_REFUSAL[]
    = "INSERT INTO order_stage_refusal (hash, email, key) VALUES (:hash, :email, :key)"
      " ON CONFLICT (hash) DO NOTHING";

/* The first value that is not empty; of whether they agreed, what the latest order says. */
static const char SQL_ADD_PERSON[]
    = "INSERT INTO order_stage_person (key, email, first_name, last_name, company, phone, street,"
      " postcode, city, region, country, first_at, said_at, agreed, suppressed)"
      " VALUES (:key, :email, :first_name, :last_name, :company, :phone, :street, :postcode, :city,"
      " :region, :country, :at, :at, :agreed, :suppressed)"
      " ON CONFLICT (key) DO UPDATE SET"
      "  first_name = iif (first_name || last_name = '', excluded.first_name, first_name),"
      "  last_name = iif (first_name || last_name = '', excluded.last_name, last_name),"
      "  company = iif (company = '', excluded.company, company),"
      "  phone = iif (phone = '', excluded.phone, phone),"
      "  street = iif (street || city = '', excluded.street, street),"
      "  postcode = iif (street || city = '', excluded.postcode, postcode),"
      "  region = iif (street || city = '', excluded.region, region),"
      "  city = iif (street || city = '', excluded.city, city),"
      "  country = iif (country = '', excluded.country, country),"
      "  first_at = min (first_at, excluded.first_at),"
      "  agreed = iif (excluded.said_at >= said_at, excluded.agreed, agreed),"
      "  said_at = max (said_at, excluded.said_at)"
      " RETURNING n";

static const char SQL_ADD_ORDER[]
    = "INSERT OR IGNORE INTO order_stage"
      " (external, person, at, currency, coupon, total, paid_until)"
      " VALUES (:external, :person, :at, :currency, :coupon, :total, :paid_until)";

static const char SQL_ADD_LINE[]
    = "INSERT INTO order_stage_line (n, product, quantity, amount, tax, discount)"
      " VALUES (:n, :product, :quantity, :amount, nullif (:tax, -1), :discount)";

static const char SQL_ADD_GIVEN[]
    = "INSERT INTO order_stage_given (n, known, upto, amount, at, reason)"
      " VALUES (:n, :known, :upto, :amount, :at, :reason)";

static const char SQL_ADD_REFUND[]
    = "INSERT OR IGNORE INTO order_stage_refund (external, refers, amount, currency, at, row)"
      " VALUES (:external, :refers, :amount, :currency, :at, :row)";

enum
{
  PROBLEM_KNOWN = 1,
  PROBLEM_NO_ORDER,
  PROBLEM_CURRENCY,
  PROBLEM_TOO_MUCH,
};

/* The numbers are those of the problems. What was given back on an order before, and by the refunds
 * of the file that come first, is counted. */
static const char *const SQL_MATCH[] = {
  "UPDATE order_stage_refund SET problem = 1"
  " WHERE EXISTS (SELECT 1 FROM refund r WHERE r.external = order_stage_refund.external)",
  "UPDATE order_stage_refund SET n = s.n FROM order_stage s"
  " WHERE s.external = order_stage_refund.refers",
  "UPDATE order_stage_refund SET known = o.id FROM sales_order o"
  " WHERE o.external = order_stage_refund.refers",
  "UPDATE order_stage_refund SET problem = 2 WHERE problem IS NULL AND n IS NULL AND known IS NULL",
  "UPDATE order_stage_refund SET problem = 3"
  " WHERE problem IS NULL"
  "   AND currency <> coalesce ((SELECT s.currency FROM order_stage s"
  "                               WHERE s.n = order_stage_refund.n),"
  "                             (SELECT o.currency FROM sales_order o"
  "                               WHERE o.id = order_stage_refund.known))",
  "UPDATE order_stage_refund SET problem = 4"
  "  FROM (SELECT r.id,"
  "               sum (r.amount) OVER (PARTITION BY r.refers ORDER BY r.at, r.id) AS upto,"
  "               coalesce ((SELECT s.total FROM order_stage s WHERE s.n = r.n),"
  "                         (SELECT coalesce (sum (l.amount), 0)"
  "                                 - coalesce ((SELECT sum (g.amount) FROM refund f"
  "                                                JOIN refund_line g ON g.refund = f.id"
  "                                               WHERE f.sales_order = r.known), 0)"
  "                            FROM order_line l WHERE l.sales_order = r.known)) AS most"
  "          FROM order_stage_refund r WHERE r.problem IS NULL) x"
  " WHERE x.id = order_stage_refund.id AND x.upto > x.most",
};

static const char SQL_REFUSED[]
    = "SELECT problem, row FROM order_stage_refund WHERE problem > 1 ORDER BY id";
static const char SQL_DROP_REFUSED[]
    = "DELETE FROM order_stage_refund WHERE problem IS NOT NULL";
static const char SQL_COUNT_KNOWN[] = "SELECT count (*) FROM order_stage_refund WHERE problem = 1";
static const char SQL_COUNT_REFUNDS[] = "SELECT count (*) FROM order_stage_refund";

static const struct
{
  const char *parameter;
  RungsImportTarget target;
} TEXTS[] = {
  { ":email", RUNGS_IMPORT_EMAIL },           { ":first_name", RUNGS_IMPORT_FIRST_NAME },
  { ":last_name", RUNGS_IMPORT_LAST_NAME },   { ":company", RUNGS_IMPORT_COMPANY },
  { ":phone", RUNGS_IMPORT_PHONE },           { ":street", RUNGS_IMPORT_STREET },
  { ":postcode", RUNGS_IMPORT_POSTCODE },     { ":city", RUNGS_IMPORT_CITY },
  { ":region", RUNGS_IMPORT_REGION },         { ":country", RUNGS_IMPORT_COUNTRY },
};

static gboolean
prepare (RungsOrderStage *self,
         GError         **error)
{
  RungsDb *db = self->script.db;

  return (self->find_known = rungs_db_prepare (db, SQL_FIND_KNOWN, error)) != NULL
         && (self->add_refusal = rungs_db_prepare (db, SQL_ADD_REFUSAL, error)) != NULL
         && (self->add_person = rungs_db_prepare (db, SQL_ADD_PERSON, error)) != NULL
         && (self->add_order = rungs_db_prepare (db, SQL_ADD_ORDER, error)) != NULL
         && (self->add_line = rungs_db_prepare (db, SQL_ADD_LINE, error)) != NULL
         && (self->add_given = rungs_db_prepare (db, SQL_ADD_GIVEN, error)) != NULL
         && (self->add_refund = rungs_db_prepare (db, SQL_ADD_REFUND, error)) != NULL;
}

RungsOrderStage *
rungs_order_stage_new (RungsDb            *db,
                       RungsOrderProducts *products,
                       GError            **error)
{
  g_autoptr (RungsOrderStage) self = g_new0 (RungsOrderStage, 1);

  g_return_val_if_fail (db != NULL && products != NULL, NULL);

  self->script.db = db;
  self->products = products;
  self->suppressed = rungs_suppressed_set_load (db, error);
  return self->suppressed != NULL
                 && rungs_import_script_run_all (&self->script, SQL_DROP, G_N_ELEMENTS (SQL_DROP),
                                                 error)
                 && rungs_import_script_run_all (&self->script, SQL_CREATE,
                                                 G_N_ELEMENTS (SQL_CREATE), error)
                 && prepare (self, error)
             ? g_steal_pointer (&self)
             : NULL;
}

void
rungs_order_stage_free (RungsOrderStage *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->find_known, rungs_statement_free);
  g_clear_pointer (&self->add_refusal, rungs_statement_free);
  g_clear_pointer (&self->add_person, rungs_statement_free);
  g_clear_pointer (&self->add_order, rungs_statement_free);
  g_clear_pointer (&self->add_line, rungs_statement_free);
  g_clear_pointer (&self->add_given, rungs_statement_free);
  g_clear_pointer (&self->add_refund, rungs_statement_free);
  rungs_import_script_run_all (&self->script, SQL_DROP, G_N_ELEMENTS (SQL_DROP), NULL);
  rungs_suppressed_set_free (self->suppressed);
  g_free (self);
}

/* ---- an order */

/* Whether an order that is there can be this one: orders were taken without the tax that a shop
 * adds before lines knew theirs. */
static gboolean
can_be (const RungsOrderDraft *draft,
        RungsMoney             there)
{
  gint64 sum = rungs_order_draft_sum (draft);

  return g_str_equal (there.currency, draft->currency)
         && (there.minor == sum || there.minor == sum - rungs_order_draft_sum_tax (draft));
}

/* Whether it is there already: `known` is its id, 0 where it is not, and `most` what it sums up
 * to. */
static gboolean
find_known (RungsOrderStage *self,
            RungsOrderDraft *draft,
            gint64          *known,
            gint64          *most,
            GError         **error)
{
  RungsStatement *query = self->find_known;
  RungsStep step;

  *known = 0;
  rungs_statement_bind_text (query, ":external", draft->external);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW)
    {
      const char *currency = rungs_statement_get_text (query, 1);
      RungsMoney there = rungs_money (rungs_statement_get_int64 (query, 2), currency);
      g_autofree char *amount = rungs_money_format (there);

      *known = rungs_statement_get_int64 (query, 0);
      *most = there.minor;
      if (!can_be (draft, there))
        rungs_order_draft_refuse (
            draft, g_strdup_printf (_ ("the order %s is there already, with %s: it is another "
                                       "shop's, or was changed since"),
                                    draft->number, amount));
    }
  rungs_statement_reset (query);
  return step != RUNGS_FAILED;
}

/* Refuses lines of products that nobody knows, and removes those that are left out. */
static void
find_products (RungsOrderStage *self,
               RungsOrderDraft *draft,
               gint64          *places)
{
  guint kept = 0;

  while (kept < draft->lines->len)
    {
      RungsOrderDraftLine *line = draft->lines->pdata[kept];
      const RungsOrderName *name
          = rungs_order_products_find (self->products, line->sku, line->name, line->quantity,
                                       rungs_money (line->amount, draft->currency));

      if (name->choice == RUNGS_CHOICE_LEAVE_OUT)
        {
          g_ptr_array_remove_index (draft->lines, kept);
          continue;
        }
      if (name->choice == RUNGS_CHOICE_NONE)
        rungs_order_draft_refuse (
            draft, *name->name != '\0'
                       ? g_strdup_printf (_ ("the product “%s” is not known"), name->name)
                       : g_strdup (_ ("the row does not name a product")));
      places[kept++] = name->choice == RUNGS_CHOICE_PRODUCT
                           ? name->product
                           : rungs_order_name_get_place (self->products, name);
    }
}

/* Who wants no marketing: also of an order that is there already, or of which nothing is taken. */
static gboolean
add_refusal (RungsOrderStage *self,
             RungsOrderDraft *draft,
             const char      *hash,
             GError         **error)
{
  RungsStatement *add = self->add_refusal;

  rungs_statement_bind_text (add, ":hash", hash);
  rungs_statement_bind_text (add, ":email", draft->texts[RUNGS_IMPORT_EMAIL]);
  rungs_statement_bind_text (add, ":key", draft->email_key);
  return rungs_statement_run (add, error);
}

static gboolean
add_person (RungsOrderStage *self,
            RungsOrderDraft *draft,
            RungsSuppressed  suppressed,
            gint64          *person,
            GError         **error)
{
  RungsStatement *add = self->add_person;

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      const char *text = draft->texts[TEXTS[i].target];

      rungs_statement_bind_text (add, TEXTS[i].parameter, text ? text : "");
    }
  rungs_statement_bind_text (add, ":key", draft->email_key);
  rungs_statement_bind_int64 (add, ":at", draft->at);
  rungs_statement_bind_text (add, ":agreed", draft->agreed);
  rungs_statement_bind_int64 (add, ":suppressed", suppressed != RUNGS_SUPPRESSED_NOT);
  return rungs_statement_get_number (add, 0, person, error);
}

static gboolean
add_lines (RungsOrderStage *self,
           RungsOrderDraft *draft,
           gint64           n,
           const gint64    *places,
           GError         **error)
{
  RungsStatement *add = self->add_line;

  for (guint i = 0; i < draft->lines->len; i++)
    {
      const RungsOrderDraftLine *line = draft->lines->pdata[i];

      rungs_statement_bind_int64 (add, ":n", n);
      rungs_statement_bind_int64 (add, ":product", places[i]);
      rungs_statement_bind_int64 (add, ":quantity", line->quantity);
      rungs_statement_bind_int64 (add, ":amount", line->amount);
      rungs_statement_bind_int64 (add, ":tax", line->tax);
      rungs_statement_bind_int64 (add, ":discount", line->discount);
      if (!rungs_statement_run (add, error))
        return FALSE;
    }
  return TRUE;
}

/* What was given back, of an order without what is left out: no more than it has, `most`. */
static gboolean
add_given (RungsOrderStage *self,
           RungsOrderDraft *draft,
           gint64           n,
           gint64           known,
           gint64           most,
           GError         **error)
{
  RungsStatement *add = self->add_given;
  gint64 upto = 0;

  for (guint i = 0; i < draft->refunds->len; i++)
    {
      const RungsOrderDraftRefund *refund = draft->refunds->pdata[i];
      gint64 amount = MIN (refund->amount, most - upto);

      if (amount == 0 && most > 0)
        continue;
      upto += amount;
      rungs_statement_bind_id (add, ":n", n);
      rungs_statement_bind_id (add, ":known", known);
      rungs_statement_bind_int64 (add, ":upto", upto);
      rungs_statement_bind_int64 (add, ":amount", amount);
      rungs_statement_bind_id (add, ":at", refund->at);
      rungs_statement_bind_text (add, ":reason", refund->reason);
      if (!rungs_statement_run (add, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_new (RungsOrderStage *self,
         RungsOrderDraft *draft,
         gint64           person,
         const gint64    *places,
         GError         **error)
{
  RungsStatement *add = self->add_order;
  gint64 n;

  rungs_statement_bind_text (add, ":external", draft->external);
  rungs_statement_bind_int64 (add, ":person", person);
  rungs_statement_bind_int64 (add, ":at", draft->at);
  rungs_statement_bind_text (add, ":currency", draft->currency);
  rungs_statement_bind_text (add, ":coupon", draft->coupon);
  rungs_statement_bind_int64 (add, ":total", rungs_order_draft_sum (draft));
  rungs_statement_bind_id (add, ":paid_until", draft->paid_until);
  if (!rungs_statement_run (add, error))
    return FALSE;
  if (rungs_db_get_changes (self->script.db) == 0)
    {
      rungs_order_draft_refuse (
          draft, g_strdup_printf (_ ("the order %s stands in the file more than once; the first "
                                     "one counts"),
                                  draft->number));
      return TRUE;
    }
  n = rungs_db_get_last_id (self->script.db);
  self->counts.orders++;
  return add_lines (self, draft, n, places, error)
         && add_given (self, draft, n, 0, rungs_order_draft_sum (draft), error);
}

static gboolean
add_order (RungsOrderStage *self,
           RungsOrderDraft *draft,
           GError         **error)
{
  g_autofree gint64 *places = g_new0 (gint64, draft->lines->len + 1);
  g_autofree char *hash = NULL;
  RungsSuppressed suppressed = rungs_suppressed_set_find (self->suppressed, draft->email_key,
                                                          &hash);
  gint64 known, most = 0, person = 0;

  find_products (self, draft, places);
  if (suppressed == RUNGS_SUPPRESSED_ERASED)
    rungs_order_draft_refuse (draft, g_strdup (_ ("the person was erased and must not come back")));
  if (draft->problem != NULL)
    return TRUE;
  if (draft->refuses && !add_refusal (self, draft, hash, error))
    return FALSE;
  if (draft->lines->len == 0)
    {
      self->counts.left_out++;
      return TRUE;
    }
  if (!find_known (self, draft, &known, &most, error))
    return FALSE;
  if (draft->problem != NULL)
    return TRUE;
  if (known != 0)
    {
      self->counts.known++;
      return add_given (self, draft, 0, known, most, error);
    }
  return add_person (self, draft, suppressed, &person, error)
         && add_new (self, draft, person, places, error);
}

/* ---- a refund in a row of its own */

static gboolean
add_refund (RungsOrderStage *self,
            RungsOrderDraft *draft,
            GError         **error)
{
  const RungsOrderDraftRefund *refund = draft->refunds->pdata[0];
  RungsStatement *add = self->add_refund;
  gsize size;
  gconstpointer row = g_bytes_get_data (draft->rows->pdata[0], &size);

  rungs_statement_bind_text (add, ":external", draft->external);
  rungs_statement_bind_text (add, ":refers", draft->refers);
  rungs_statement_bind_int64 (add, ":amount", refund->amount);
  rungs_statement_bind_text (add, ":currency", draft->currency);
  rungs_statement_bind_int64 (add, ":at", refund->at);
  rungs_statement_bind_blob (add, ":row", row, size);
  if (!rungs_statement_run (add, error))
    return FALSE;
  if (rungs_db_get_changes (self->script.db) == 0)
    rungs_order_draft_refuse (
        draft, g_strdup_printf (_ ("the refund %s stands in the file more than once"),
                                draft->number));
  return TRUE;
}

gboolean
rungs_order_stage_add (RungsOrderStage *self,
                       RungsOrderDraft *draft,
                       GError         **error)
{
  g_return_val_if_fail (self != NULL && draft != NULL, FALSE);

  if (draft->problem != NULL || draft->kind == RUNGS_DRAFT_OTHER)
    return TRUE;
  return draft->kind == RUNGS_DRAFT_ORDER ? add_order (self, draft, error)
                                          : add_refund (self, draft, error);
}

static const char *
words_of (gint64 problem)
{
  switch (problem)
    {
    case PROBLEM_NO_ORDER:
      return _ ("the payment that it gives back is neither in the file nor known");
    case PROBLEM_CURRENCY:
      return _ ("the payment that it gives back is in another currency");
    case PROBLEM_TOO_MUCH:
    default:
      return _ ("it gives back more than was paid");
    }
}

static gboolean
tell_refused (RungsOrderStage      *self,
              RungsOrderRefusedFunc refused,
              gpointer              data,
              GError              **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->script.db, SQL_REFUSED, error);

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      g_autoptr (GBytes) row = rungs_statement_dup_blob (query, 1);

      if (!refused (row, words_of (rungs_statement_get_int64 (query, 0)), data, error))
        {
          rungs_statement_reset (query);
          return FALSE;
        }
    }
  return rungs_statement_done (query, error);
}

gboolean
rungs_order_stage_match (RungsOrderStage      *self,
                         RungsOrderRefusedFunc refused,
                         gpointer              data,
                         GError              **error)
{
  RungsImportScript *script;

  g_return_val_if_fail (self != NULL && refused != NULL, FALSE);

  script = &self->script;
  return rungs_import_script_run_all (script, SQL_MATCH, G_N_ELEMENTS (SQL_MATCH), error)
         && tell_refused (self, refused, data, error)
         && rungs_import_script_ask (script, SQL_COUNT_KNOWN, &self->counts.repeated, error)
         && rungs_import_script_run (script, SQL_DROP_REFUSED, error)
         && rungs_import_script_ask (script, SQL_COUNT_REFUNDS, &self->counts.refunds, error);
}

const RungsOrderStageCounts *
rungs_order_stage_get_counts (RungsOrderStage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->counts;
}

gboolean
rungs_order_stage_check_erased (RungsOrderStage *self,
                                GError         **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return rungs_suppressed_set_check (self->suppressed, self->script.db, error);
}
