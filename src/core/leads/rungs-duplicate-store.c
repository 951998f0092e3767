/* rungs-duplicate-store.c: pairs of leads that may be one person, and why.
 *
 * No lead is compared with all others. All are read once in the order of their ids, and each gives
 * keys: its address without what may differ, its number in international form, and for its name the
 * company, the dates and the place it goes with. The keys are sorted as numbers (64 bits of a
 * hash), and leads with the same key stand beside each other, in one block. In a block of
 * addresses or numbers all are pairs; a number that too many share says nothing and is left out. In
 * a block of names, names are compared: in a small one each with each, in a large one, sorted, each
 * with those that follow next, which finds the same name always and nearly the same one mostly. So
 * the work grows with the number of leads, and not with its square.
 *
 * Keys are made here and not in SQL, for they need what SQLite cannot: Unicode and the rules of
 * telephone numbers. Of a lead about 100 bytes are in memory meanwhile. */

#include "leads/rungs-duplicate-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-name-fold.h"
#include "leads/rungs-phone-number.h"

/* A block of numbers or addresses with more leads than that is left out. */
#define MOST_SAME 20

/* Up to so many names are compared each with each; of more, each with so many that follow. */
#define SMALL_BLOCK 120
#define NEIGHBOURS 12

/* Pairs beyond that are not collected. */
#define MOST_PAIRS 200000

/* Progress is told and cancelling looked for once in so many leads. */
#define STRIDE 4096

static const char SQL_COUNT[] = "SELECT count (*) FROM lead";

static const char SQL_LEADS[]
    = "SELECT id, email_key, first_name, last_name, company, phone, postcode, city, country"
      "  FROM lead ORDER BY id";

static const char SQL_DATES[]
    = "SELECT v.lead, v.field, v.value FROM field f JOIN lead_value v ON v.field = f.id"
      " WHERE f.kind = 'date'";

static const char SQL_DIFFERENT[] = "SELECT lead, other FROM lead_different";

static const char SQL_SET_DIFFERENT[]
    = "INSERT INTO lead_different (lead, other, at) VALUES (min (:lead, :other),"
      " max (:lead, :other), :now) ON CONFLICT (lead, other) DO NOTHING";

static const char SQL_UNSET_DIFFERENT[]
    = "DELETE FROM lead_different WHERE lead = min (:lead, :other) AND other = max (:lead, :other)";

/* In the order of their bits; how much each weighs beside others. */
static const struct
{
  const char *text;
  guint weight;
} REASONS[] = {
  { "email", 90 },        { "phone", 50 },      { "name-date", 70 },     { "name-company", 60 },
  { "name-place", 40 },   { "close-date", 35 }, { "close-company", 20 }, { "close-place", 10 },
};

typedef struct
{
  gint64 id;
  const char *name;    /* (nullable) in `names`: folded, its words sorted … */
  const char *written; /* (nullable) … and in the order in which they were written */
} One;

/* That the lead has the key. */
typedef struct
{
  guint64 hash;
  guint lead; /* in `leads` */
} Key;

/* What keys are of. Those of names say which reason the same name is, and which a close one. */
typedef enum
{
  EMAIL,
  PHONE,
  DATE,
  COMPANY,
  PLACE,
  N_KINDS,
} Kind;

static const guint SAME[N_KINDS]
    = { RUNGS_DUPLICATE_EMAIL, RUNGS_DUPLICATE_PHONE, RUNGS_DUPLICATE_NAME_DATE,
        RUNGS_DUPLICATE_NAME_COMPANY, RUNGS_DUPLICATE_NAME_PLACE };
static const guint CLOSE[N_KINDS]
    = { 0, 0, RUNGS_DUPLICATE_CLOSE_DATE, RUNGS_DUPLICATE_CLOSE_COMPANY,
        RUNGS_DUPLICATE_CLOSE_PLACE };

typedef struct
{
  RungsDb *db;
  RungsDuplicateProgress progress; /* (nullable) */
  gpointer progress_data;
  GCancellable *cancellable;       /* (nullable) */
  const RungsCountry *country;     /* (nullable) of the business */
  gint64 total;
  GArray *leads;                   /* One, by id */
  GStringChunk *names;
  GArray *keys[N_KINDS];           /* Key */
  GHashTable *pairs;               /* two places in `leads` in one number -> reasons */
} Finding;

const char *
rungs_duplicate_reason_to_text (RungsDuplicateReason reason)
{
  for (gsize i = 0; i < G_N_ELEMENTS (REASONS); i++)
    if (reason == 1u << i)
      return REASONS[i].text;
  g_return_val_if_reached ("");
}

void
rungs_duplicate_free (RungsDuplicate *self)
{
  g_free (self->name);
  g_free (self->email);
  g_free (self->other_name);
  g_free (self->other_email);
  g_free (self);
}

/* ---- keys */

/* FNV-1a, 64 bits (Fowler, Noll, Vo). */
static guint64
hash_on (guint64     hash,
         const char *text)
{
  for (; *text != '\0'; text++)
    hash = (hash ^ (guchar) *text) * G_GUINT64_CONSTANT (1099511628211);
  return hash;
}

static guint64
hash_text (const char *text)
{
  return hash_on (G_GUINT64_CONSTANT (14695981039346656037), text);
}

static void
add_key (Finding *self,
         Kind     kind,
         guint    lead,
         guint64  hash)
{
  Key key = { hash, lead };

  g_array_append_val (self->keys[kind], key);
}

static void
add_text_key (Finding    *self,
              Kind        kind,
              guint       lead,
              const char *text)
{
  if (text != NULL && *text != '\0')
    add_key (self, kind, lead, hash_text (text));
}

/* "#d23t456", a postcode; where there is none, "town". */
static char *
fold_place (const char *postcode,
            const char *city)
{
  g_autofree char *code = rungs_name_fold (postcode);
  g_autofree char *joined = NULL;
  g_auto (GStrv) parts = NULL;

  if (*code == '\0')
    return rungs_name_fold (city);
  parts = g_strsplit (code, " ", -1);
  joined = g_strjoinv (NULL, parts);
  return g_strconcat ("#", joined, NULL);
}

/* A lead without a person's name is called by its company. */
static void
add_name (Finding        *self,
          RungsStatement *row,
          One            *one)
{
  g_autofree char *both = g_strconcat (rungs_statement_get_text (row, 2), " ",
                                       rungs_statement_get_text (row, 3), NULL);
  const char *name = *g_strstrip (both) != '\0' ? both : rungs_statement_get_text (row, 4);
  g_autofree char *written = rungs_name_fold (name);
  g_autofree char *sorted = rungs_name_fold_sorted (name);

  if (*written == '\0')
    return;
  one->written = g_string_chunk_insert (self->names, written);
  one->name = strcmp (written, sorted) == 0 ? one->written
                                            : g_string_chunk_insert (self->names, sorted);
}

static void
add_name_keys (Finding        *self,
               guint           lead,
               RungsStatement *row)
{
  g_autofree char *company = rungs_name_fold (rungs_statement_get_text (row, 4));
  g_autofree char *place = fold_place (rungs_statement_get_text (row, 6),
                                       rungs_statement_get_text (row, 7));

  add_text_key (self, COMPANY, lead, company);
  add_text_key (self, PLACE, lead, place);
}

static void
add_lead (Finding        *self,
          RungsStatement *row)
{
  One one = { .id = rungs_statement_get_int64 (row, 0) };
  const char *email = rungs_statement_get_text (row, 1);
  const char *phone = rungs_statement_get_text (row, 5);
  guint lead = self->leads->len;

  add_name (self, row, &one);
  g_array_append_val (self->leads, one);
  if (email != NULL)
    {
      g_autofree char *key = rungs_email_variant_key (email);

      add_text_key (self, EMAIL, lead, key);
    }
  if (*phone != '\0')
    {
      const RungsCountry *own = rungs_country_find (rungs_statement_get_text (row, 8));
      g_autofree char *key = rungs_phone_key (phone, own ? own : self->country);

      add_text_key (self, PHONE, lead, key);
    }
  if (one.name != NULL)
    add_name_keys (self, lead, row);
}

/* ---- reading */

static gboolean
go_on (Finding *self,
       double   fraction,
       GError **error)
{
  if (self->progress != NULL)
    self->progress (fraction, g_hash_table_size (self->pairs), self->progress_data);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
read_leads (Finding *self,
            GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->db, SQL_LEADS, error);

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      add_lead (self, query);
      if (self->leads->len % STRIDE == 0
          && !go_on (self, 0.7 * self->leads->len / MAX (self->total, 1), error))
        return FALSE;
    }
  return rungs_statement_done (query, error);
}

static int
compare_ids_cb (gconstpointer a,
                gconstpointer b)
{
  gint64 x = ((const One *) a)->id, y = ((const One *) b)->id;

  return (x > y) - (x < y);
}

/* FALSE where there is no such lead. */
static gboolean
find_lead (Finding *self,
           gint64   id,
           guint   *place)
{
  One one = { .id = id };

  return g_array_binary_search (self->leads, &one, compare_ids_cb, place);
}

static gboolean
read_dates (Finding *self,
            GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->db, SQL_DATES, error);

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      guint lead;

      if (find_lead (self, rungs_statement_get_int64 (query, 0), &lead)
          && g_array_index (self->leads, One, lead).name != NULL)
        add_key (self, DATE, lead,
                 hash_text (rungs_statement_get_text (query, 2))
                     + (guint64) rungs_statement_get_int64 (query, 1));
    }
  return rungs_statement_done (query, error);
}

/* The country that ends the postal address, else that of the time zone. */
static gboolean
find_country (Finding *self,
              GError **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (self->db, error);
  g_auto (GStrv) parts = NULL;
  guint n;

  if (business == NULL)
    return FALSE;
  parts = g_strsplit_set (business->address, ",\n", -1);
  n = g_strv_length (parts);
  if (n > 0)
    self->country = rungs_country_find (parts[n - 1]);
  if (self->country == NULL)
    self->country = rungs_country_of_zone (business->zone);
  return TRUE;
}

/* ---- pairs */

static gint64
pair_of (guint a,
         guint b)
{
  return (gint64) MIN (a, b) << 32 | MAX (a, b);
}

static void
add_pair (Finding *self,
          guint    a,
          guint    b,
          guint    reason)
{
  gint64 pair = pair_of (a, b);
  guint reasons = GPOINTER_TO_UINT (g_hash_table_lookup (self->pairs, &pair));

  if (reasons != 0 || g_hash_table_size (self->pairs) < MOST_PAIRS)
    g_hash_table_insert (self->pairs, g_memdup2 (&pair, sizeof pair),
                         GUINT_TO_POINTER (reasons | reason));
}

static const char *
name_of (Finding   *self,
         const Key *key)
{
  return g_array_index (self->leads, One, key->lead).name;
}

static const One *
one_of (Finding   *self,
        const Key *key)
{
  return &g_array_index (self->leads, One, key->lead);
}

/* The longer the names, the more may differ. */
static guint
most_for (const char *name)
{
  gsize length = strlen (name);

  return length >= 14 ? 2 : length >= 6 ? 1 : 0;
}

static void
compare_names (Finding   *self,
               Kind       kind,
               const Key *a,
               const Key *b)
{
  const One *x = one_of (self, a), *y = one_of (self, b);
  guint most = most_for (x->name);
  guint distance = rungs_name_distance (x->name, y->name, most);

  /* another first letter may have sorted the words in another way */
  if (distance > most)
    distance = rungs_name_distance (x->written, y->written, most);
  if (a->lead != b->lead && distance <= most)
    add_pair (self, a->lead, b->lead, distance == 0 ? SAME[kind] : CLOSE[kind]);
}

static int
compare_names_cb (gconstpointer a,
                  gconstpointer b,
                  gpointer      data)
{
  return strcmp (name_of (data, a), name_of (data, b));
}

static void
look_at_names (Finding *self,
               Kind     kind,
               Key     *block,
               guint    n)
{
  guint next = n <= SMALL_BLOCK ? n : NEIGHBOURS;

  if (n > SMALL_BLOCK)
    g_qsort_with_data (block, n, sizeof *block, compare_names_cb, self);
  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n && j <= i + next; j++)
      compare_names (self, kind, &block[i], &block[j]);
}

static void
look_at_block (Finding *self,
               Kind     kind,
               Key     *block,
               guint    n)
{
  if (kind > PHONE)
    {
      look_at_names (self, kind, block, n);
      return;
    }
  for (guint i = 0; n <= MOST_SAME && i < n; i++)
    for (guint j = i + 1; j < n; j++)
      add_pair (self, block[i].lead, block[j].lead, SAME[kind]);
}

static int
compare_keys_cb (gconstpointer a,
                 gconstpointer b)
{
  const Key *x = a, *y = b;

  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;
  return (x->lead > y->lead) - (x->lead < y->lead);
}

static gboolean
look_at_kind (Finding *self,
              Kind     kind,
              GError **error)
{
  GArray *keys = self->keys[kind];
  Key *all = (Key *) keys->data;

  g_array_sort (keys, compare_keys_cb);
  for (guint i = 0, end; i < keys->len; i = end)
    {
      for (end = i + 1; end < keys->len && all[end].hash == all[i].hash;)
        end++;
      if (end - i > 1)
        look_at_block (self, kind, &all[i], end - i);
      if (i / STRIDE != end / STRIDE
          && !go_on (self, 0.7 + 0.06 * (kind + (double) end / keys->len), error))
        return FALSE;
    }
  return go_on (self, 0.7 + 0.06 * (kind + 1), error);
}

static gboolean
drop_different (Finding *self,
                GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->db, SQL_DIFFERENT, error);

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      guint a, b;

      if (find_lead (self, rungs_statement_get_int64 (query, 0), &a)
          && find_lead (self, rungs_statement_get_int64 (query, 1), &b))
        {
          gint64 pair = pair_of (a, b);

          g_hash_table_remove (self->pairs, &pair);
        }
    }
  return rungs_statement_done (query, error);
}

/* ---- what was found */

static guint
weigh (guint reasons)
{
  guint weight = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (REASONS); i++)
    if (reasons & 1u << i)
      weight += REASONS[i].weight;
  return weight;
}

static int
compare_found_cb (gconstpointer a,
                  gconstpointer b)
{
  const RungsDuplicate *x = *(RungsDuplicate *const *) a;
  const RungsDuplicate *y = *(RungsDuplicate *const *) b;
  guint heavy = weigh (x->reasons), other = weigh (y->reasons);

  if (heavy != other)
    return heavy > other ? -1 : 1;
  if (x->lead != y->lead)
    return x->lead < y->lead ? -1 : 1;
  return (x->other > y->other) - (x->other < y->other);
}

static GPtrArray *
collect (Finding *self)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_duplicate_free);
  GHashTableIter iter;
  gpointer key, reasons;

  g_hash_table_iter_init (&iter, self->pairs);
  while (g_hash_table_iter_next (&iter, &key, &reasons))
    {
      RungsDuplicate *duplicate = g_new0 (RungsDuplicate, 1);
      gint64 pair = *(gint64 *) key;

      duplicate->lead = g_array_index (self->leads, One, (guint) (pair >> 32)).id;
      duplicate->other = g_array_index (self->leads, One, (guint) (pair & G_MAXUINT32)).id;
      duplicate->reasons = GPOINTER_TO_UINT (reasons);
      g_ptr_array_add (found, duplicate);
    }
  g_ptr_array_sort (found, compare_found_cb);
  return found;
}

static gboolean
load_name (RungsDb *db,
           gint64   id,
           char   **name,
           char   **email,
           GError **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_load (db, id, error);

  if (lead == NULL)
    return FALSE;
  *name = rungs_lead_dup_name (lead);
  *email = g_strdup (lead->email ? lead->email : "");
  return TRUE;
}

static gboolean
load_names (Finding   *self,
            GPtrArray *found,
            GError   **error)
{
  for (guint i = 0; i < found->len; i++)
    {
      RungsDuplicate *one = g_ptr_array_index (found, i);

      if (!load_name (self->db, one->lead, &one->name, &one->email, error)
          || !load_name (self->db, one->other, &one->other_name, &one->other_email, error))
        return FALSE;
    }
  return TRUE;
}

static void
begin (Finding *self)
{
  self->leads = g_array_new (FALSE, FALSE, sizeof (One));
  self->names = g_string_chunk_new (1 << 16);
  self->pairs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < N_KINDS; i++)
    self->keys[i] = g_array_new (FALSE, FALSE, sizeof (Key));
}

static void
end (Finding *self)
{
  for (guint i = 0; i < N_KINDS; i++)
    g_array_unref (self->keys[i]);
  g_hash_table_unref (self->pairs);
  g_string_chunk_free (self->names);
  g_array_unref (self->leads);
}

static gboolean
find (Finding *self,
      GError **error)
{
  g_autoptr (RungsStatement) count = rungs_db_prepare (self->db, SQL_COUNT, error);

  if (count == NULL || !rungs_statement_get_number (count, 0, &self->total, error)
      || !find_country (self, error) || !read_leads (self, error) || !read_dates (self, error))
    return FALSE;
  for (guint kind = 0; kind < N_KINDS; kind++)
    if (!look_at_kind (self, kind, error))
      return FALSE;
  return drop_different (self, error);
}

GPtrArray *
rungs_duplicates_find (RungsDb               *db,
                       guint                  limit,
                       RungsDuplicateProgress progress,
                       gpointer               data,
                       GCancellable          *cancellable,
                       gboolean              *more,
                       GError               **error)
{
  Finding finding = { .db = db,
                      .progress = progress,
                      .progress_data = data,
                      .cancellable = cancellable };
  g_autoptr (GPtrArray) found = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  begin (&finding);
  if (find (&finding, error))
    found = collect (&finding);
  if (found != NULL && more != NULL)
    *more = found->len > limit;
  if (found != NULL && found->len > limit)
    g_ptr_array_set_size (found, limit);
  if (found != NULL && !load_names (&finding, found, error))
    g_clear_pointer (&found, g_ptr_array_unref);
  end (&finding);
  return g_steal_pointer (&found);
}

/* ---- different people */

static gboolean
run_for_pair (RungsDb    *db,
              const char *sql,
              gint64      lead,
              gint64      other,
              gint64      now,
              GError    **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rungs_statement_bind_int64 (statement, ":lead", lead);
  rungs_statement_bind_int64 (statement, ":other", other);
  if (now != 0)
    rungs_statement_bind_int64 (statement, ":now", now);
  return rungs_statement_run (statement, error);
}

gboolean
rungs_leads_set_different (RungsDb *db,
                           gint64   lead,
                           gint64   other,
                           gint64   now,
                           GError **error)
{
  g_autoptr (RungsLead) one = rungs_lead_load (db, lead, error);
  g_autoptr (RungsLead) two = one ? rungs_lead_load (db, other, error) : NULL;

  if (two == NULL)
    return FALSE;
  if (lead != other)
    return run_for_pair (db, SQL_SET_DIFFERENT, lead, other, now, error);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("a lead is not different from itself"));
  return FALSE;
}

gboolean
rungs_leads_unset_different (RungsDb *db,
                             gint64   lead,
                             gint64   other,
                             GError **error)
{
  return run_for_pair (db, SQL_UNSET_DIFFERENT, lead, other, 0, error);
}
