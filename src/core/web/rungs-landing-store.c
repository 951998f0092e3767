/* rungs-landing-store.c: reads and writes landing pages, and puts them up. */

#include "web/rungs-landing-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-json-members.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-sales-letter-store.h"
#include "web/rungs-opt-in-store.h"
#include "web/rungs-web-relay-store.h"
#include "wire/rungs-relay-protocol.h"

#define SLUG_MOST 60

#define VISITS(variant)                                                                            \
  "(SELECT coalesce (sum (v.visits), 0) FROM web_visit v"                                          \
  "  WHERE v.path = '/p/' || p.slug AND v.variant = '" variant "' AND v.machine = 0)"

#define ROW                                                                                        \
  "SELECT p.id, p.slug, p.draft, coalesce (p.product, 0), p.published IS NOT p.draft,"             \
  "       coalesce (p.published_at, 0), coalesce (p.retired_at, 0), " VISITS ("ppc") ", "          \
  VISITS ("email") "  FROM landing_page p"

static const char SQL_LOAD[] = ROW " WHERE p.id = :id";

static const char SQL_LIST[] = ROW " ORDER BY p.retired_at IS NOT NULL, p.slug";

static const char SQL_FIND[] = "SELECT id FROM landing_page WHERE slug = :slug";

static const char SQL_ADD[]
    = "INSERT INTO landing_page (slug, draft, product, created_at, updated_at)"
      " VALUES (:slug, :draft, :product, :now, :now)";

static const char SQL_SAVE[]
    = "UPDATE landing_page SET slug = :slug, draft = :draft, product = :product, updated_at = :now"
      " WHERE id = :id";

static const char SQL_PUBLISH[]
    = "UPDATE landing_page SET published = draft, published_at = :at WHERE id = :id";

static const char SQL_RETIRE[] = "UPDATE landing_page SET retired_at = :at WHERE id = :id";

static const char SQL_LETTERS[]
    = "SELECT coalesce (letter_ppc, 0), coalesce (letter_email, 0) FROM landing_page"
      " WHERE id = :id";

static const char SQL_SET_LETTERS[]
    = "UPDATE landing_page SET letter_ppc = :ppc, letter_email = :email WHERE id = :id";

static const char SQL_PUBLISHED[]
    = "SELECT slug, published FROM landing_page"
      " WHERE published IS NOT NULL AND retired_at IS NULL ORDER BY slug";

void
rungs_landing_page_free (RungsLandingPage *self)
{
  g_free (self->slug);
  rungs_landing_free (self->draft);
  g_free (self);
}

static gboolean
refuse (GError     **error,
        RungsError   code,
        const char  *why)
{
  g_set_error_literal (error, RUNGS_ERROR, code, why);
  return FALSE;
}

/* ---- reading */

static gpointer
read_page (RungsStatement *row)
{
  RungsLandingPage *self = g_new0 (RungsLandingPage, 1);

  self->id = rungs_statement_get_int64 (row, 0);
  self->slug = rungs_statement_dup_text (row, 1);
  self->draft = rungs_landing_parse (rungs_statement_get_text (row, 2), NULL);
  if (self->draft == NULL)
    self->draft = rungs_landing_new ();
  self->product = rungs_statement_get_int64 (row, 3);
  self->is_changed = rungs_statement_get_int64 (row, 4) != 0;
  self->published_at = rungs_statement_get_int64 (row, 5);
  self->retired_at = rungs_statement_get_int64 (row, 6);
  self->visits[RUNGS_LANDING_PPC] = rungs_statement_get_int64 (row, 7);
  self->visits[RUNGS_LANDING_EMAIL] = rungs_statement_get_int64 (row, 8);
  return self;
}

RungsLandingPage *
rungs_landing_load (RungsDb  *db,
                    gint64    page,
                    GError  **error)
{
  return rungs_record_load (db, SQL_LOAD, page, read_page, "page", error);
}

GPtrArray *
rungs_landing_list (RungsDb  *db,
                    GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  return rungs_record_list (query, read_page, (GDestroyNotify) rungs_landing_page_free, error);
}

gboolean
rungs_landing_find (RungsDb     *db,
                    const char  *slug,
                    gint64      *id,
                    GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIND, error);

  *id = 0;
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":slug", slug);
  if (!rungs_statement_get_number (query, 0, id, error))
    return FALSE;
  if (*id != 0)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("There is no page “%s”."), slug);
  return FALSE;
}

char *
rungs_landing_dup_address (RungsDb              *db,
                           const char           *slug,
                           RungsLandingVariant   variant)
{
  g_autoptr (RungsWebRelay) relay = rungs_web_relay_load (db, NULL);

  return g_strdup_printf ("%s" RUNGS_RELAY_PAGE "%s?v=%s", relay != NULL ? relay->address : "",
                          slug, rungs_landing_variant_to_text (variant));
}

/* ---- writing */

static gboolean
check (const char          *slug,
       const RungsLanding  *draft,
       GError             **error)
{
  gsize length = strspn (slug, "abcdefghijklmnopqrstuvwxyz0123456789-_");

  if (*draft->title == '\0')
    return refuse (error, RUNGS_ERROR_INVALID, _ ("A page needs a title."));
  if (length == 0 || slug[length] != '\0' || length > SLUG_MOST)
    return refuse (error, RUNGS_ERROR_INVALID,
                   _ ("An address has 1 to 60 small letters, digits and hyphens."));
  return TRUE;
}

/* Binds what both ways to write have. */
static gboolean
write_page (RungsStatement      *statement,
            const char          *slug,
            gint64               product,
            const RungsLanding  *draft,
            gint64               now,
            GError             **error)
{
  g_autofree char *json = rungs_landing_to_json (draft);

  rungs_statement_bind_text (statement, ":slug", slug);
  rungs_statement_bind_text (statement, ":draft", json);
  rungs_statement_bind_id (statement, ":product", product);
  rungs_statement_bind_int64 (statement, ":now", now);
  return rungs_statement_run (statement, error);
}

static gboolean
is_free (RungsDb     *db,
         const char  *slug,
         gint64       page,
         GError     **error)
{
  g_autoptr (GError) missing = NULL;
  gint64 id = 0;

  if (!rungs_landing_find (db, slug, &id, &missing)
      && !g_error_matches (missing, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  return id == 0 || id == page
         || refuse (error, RUNGS_ERROR_CONFLICT, _ ("Another page has this address."));
}

gint64
rungs_landing_add (RungsDb             *db,
                   const char          *slug,
                   gint64               product,
                   const RungsLanding  *draft,
                   gint64               now,
                   GError             **error)
{
  g_autofree char *made = NULL;
  g_autoptr (RungsStatement) insert = NULL;

  g_return_val_if_fail (draft != NULL, 0);

  if (slug == NULL || *slug == '\0')
    slug = made = rungs_opt_in_dup_slug (draft->title);
  if (!check (slug, draft, error) || !is_free (db, slug, 0, error))
    return 0;
  insert = rungs_db_prepare (db, SQL_ADD, error);
  return insert != NULL && write_page (insert, slug, product, draft, now, error)
           ? rungs_db_get_last_id (db)
           : 0;
}

gboolean
rungs_landing_save (RungsDb             *db,
                    gint64               page,
                    const char          *slug,
                    gint64               product,
                    const RungsLanding  *draft,
                    gint64               now,
                    GError             **error)
{
  g_autoptr (RungsLandingPage) stored = rungs_landing_load (db, page, error);
  g_autoptr (RungsStatement) update = NULL;

  if (stored == NULL || !check (slug, draft, error) || !is_free (db, slug, page, error))
    return FALSE;
  if (stored->published_at != 0 && strcmp (stored->slug, slug) != 0)
    return refuse (error, RUNGS_ERROR_CONFLICT,
                   _ ("A page that was published keeps its address: links lead there."));
  update = rungs_db_prepare (db, SQL_SAVE, error);
  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":id", page);
  return write_page (update, slug, product, draft, now, error);
}

/* ---- sales letters */

/* The page as a letter of the product; `letter` is the one that it has been, 0: none. Returns: its
 * id; 0 on error. */
static gint64
write_letter (RungsDb                 *db,
              const RungsLandingPage  *page,
              RungsLandingVariant      variant,
              gint64                   letter,
              gint64                   now,
              GError                 **error)
{
  g_autofree char *address = rungs_landing_dup_address (db, page->slug, variant);
  g_autoptr (RungsSalesLetter) row
    = letter != 0 ? rungs_sales_letter_load (db, letter, error)
                  : rungs_sales_letter_new (page->product, variant == RUNGS_LANDING_PPC
                                                             ? RUNGS_LETTER_PPC
                                                             : RUNGS_LETTER_EMAIL);

  if (row == NULL)
    return 0;
  g_free (row->name);
  g_free (row->address);
  row->name = g_strdup (page->draft->title);
  row->address = g_steal_pointer (&address);
  if (letter == 0)
    return rungs_sales_letter_add (db, row, now, error);
  return rungs_sales_letter_save (db, row, now, error)
             && (row->retired_at == 0 || rungs_sales_letter_retire (db, letter, 0, error))
           ? letter
           : 0;
}

static gboolean
load_letters (RungsDb  *db,
              gint64    page,
              gint64    letters[RUNGS_LANDING_VARIANTS],
              GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LETTERS, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", page);
  if (rungs_statement_step (query, error) != RUNGS_ROW)
    return FALSE;
  for (int i = 0; i < RUNGS_LANDING_VARIANTS; i++)
    letters[i] = rungs_statement_get_int64 (query, i);
  rungs_statement_reset (query);
  return TRUE;
}

/* Of a letter that was of another product a new one is made. */
static gboolean
is_of_product (RungsDb  *db,
               gint64    letter,
               gint64    product)
{
  g_autoptr (RungsSalesLetter) row
    = letter != 0 ? rungs_sales_letter_load (db, letter, NULL) : NULL;

  return row != NULL && row->product == product;
}

static gboolean
write_letters (RungsDb  *db,
               gint64    id,
               gint64    now,
               GError  **error)
{
  g_autoptr (RungsLandingPage) page = rungs_landing_load (db, id, error);
  g_autoptr (RungsWebRelay) relay = rungs_web_relay_load (db, NULL);
  g_autoptr (RungsStatement) update = NULL;
  gint64 letters[RUNGS_LANDING_VARIANTS] = { 0 };

  if (page == NULL)
    return FALSE;
  if (page->product == 0 || relay == NULL)
    return TRUE;
  if (!load_letters (db, id, letters, error))
    return FALSE;
  for (int i = 0; i < RUNGS_LANDING_VARIANTS; i++)
    {
      if (!is_of_product (db, letters[i], page->product))
        letters[i] = 0;
      letters[i] = write_letter (db, page, i, letters[i], now, error);
      if (letters[i] == 0)
        return FALSE;
    }
  update = rungs_db_prepare (db, SQL_SET_LETTERS, error);
  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":id", id);
  rungs_statement_bind_int64 (update, ":ppc", letters[RUNGS_LANDING_PPC]);
  rungs_statement_bind_int64 (update, ":email", letters[RUNGS_LANDING_EMAIL]);
  return rungs_statement_run (update, error);
}

/* ---- publishing */

gboolean
rungs_landing_publish (RungsDb  *db,
                       gint64    page,
                       gint64    now,
                       GError  **error)
{
  g_autoptr (RungsLandingPage) stored = rungs_landing_load (db, page, error);

  if (stored == NULL)
    return FALSE;
  for (int i = 0; i < RUNGS_LANDING_VARIANTS; i++)
    {
      g_autofree char *html = rungs_landing_dup_html (db, stored->draft, i, NULL, error);

      if (html == NULL)
        return FALSE;
    }
  return rungs_record_mark (db, SQL_PUBLISH, page, now, "page", error)
         && rungs_record_mark (db, SQL_RETIRE, page, 0, "page", error)
         && write_letters (db, page, now, error);
}

gboolean
rungs_landing_retire (RungsDb  *db,
                      gint64    page,
                      gint64    at,
                      GError  **error)
{
  gint64 letters[RUNGS_LANDING_VARIANTS] = { 0 };

  if (!rungs_record_mark (db, SQL_RETIRE, page, at, "page", error)
      || !load_letters (db, page, letters, error))
    return FALSE;
  for (int i = 0; i < RUNGS_LANDING_VARIANTS; i++)
    if (letters[i] != 0 && !rungs_sales_letter_retire (db, letters[i], at, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_variant (RungsDb              *db,
             JsonBuilder          *builder,
             const char           *slug,
             const RungsLanding   *landing,
             RungsLandingVariant   variant,
             GError              **error)
{
  g_autofree char *hash = NULL;
  g_autofree char *html = rungs_landing_dup_html (db, landing, variant, &hash, error);

  if (html == NULL)
    return FALSE;
  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "kind", "landing");
  rungs_json_add_text (builder, "slug", slug);
  rungs_json_add_text (builder, "variant", rungs_landing_variant_to_text (variant));
  rungs_json_add_text (builder, "language", landing->language);
  rungs_json_add_text (builder, "html", html);
  rungs_json_add_only (builder, "styles", hash);
  json_builder_end_object (builder);
  return TRUE;
}

/* Whether it is the page, and not the file, that something is wrong with. */
static gboolean
is_of_page (const GError *error)
{
  return g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_INVALID)
         || g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static gboolean
add_page (RungsDb         *db,
          JsonBuilder     *builder,
          RungsStatement  *row,
          GError         **error)
{
  g_autoptr (RungsLanding) landing
    = rungs_landing_parse (rungs_statement_get_text (row, 1), NULL);
  g_autofree char *slug = rungs_statement_dup_text (row, 0);

  for (int i = 0; landing != NULL && i < RUNGS_LANDING_VARIANTS; i++)
    {
      GError *fault = NULL;

      if (add_variant (db, builder, slug, landing, i, &fault))
        continue;
      if (!is_of_page (fault))
        {
          g_propagate_error (error, fault);
          return FALSE;
        }
      g_debug ("the page “%s” is not put up: %s", slug, fault->message);
      g_error_free (fault);
    }
  return TRUE;
}

gboolean
rungs_landings_publish (RungsDb      *db,
                        JsonBuilder  *builder,
                        GError      **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PUBLISHED, error);

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    if (!add_page (db, builder, query, error))
      return FALSE;
  return rungs_statement_done (query, error);
}
