/* rungs-opt-in-store.c: reads and writes opt-in forms and their versions. */

#include "web/rungs-opt-in-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-field-store.h"

#define SLUG_MOST 60

#define SELECT                                                                                     \
  "SELECT f.id, f.slug, f.name, f.source, f.draft, f.version, v.number, v.definition,"             \
  "       f.created_at, f.updated_at, v.created_at, f.retired_at,"                                 \
  "       (SELECT count (*) FROM opt_in_submission s WHERE s.opt_in = f.id),"                      \
  "       (SELECT count (DISTINCT d.lead) FROM opt_in_submission s"                                \
  "          JOIN web_delivery d ON d.id = s.delivery WHERE s.opt_in = f.id),"                     \
  "       (SELECT count (*) FROM opt_in_submission s JOIN opt_in_pending p"                        \
  "           ON p.delivery = s.delivery"                                                          \
  "         WHERE s.opt_in = f.id AND p.confirmed_at IS NULL AND p.expires_at > :now),"            \
  "       (SELECT count (*) FROM opt_in_submission s JOIN opt_in_pending p"                        \
  "           ON p.delivery = s.delivery"                                                          \
  "         WHERE s.opt_in = f.id AND p.confirmed_at IS NOT NULL),"                                \
  "       (SELECT max (s.at) FROM opt_in_submission s WHERE s.opt_in = f.id)"                      \
  "  FROM opt_in f LEFT JOIN opt_in_version v ON v.id = f.version"

static const char SQL_ADD[]
    = "INSERT INTO opt_in (slug, name, source, draft, created_at, updated_at)"
      " VALUES (:slug, :name, :source, :draft, :now, :now)";

static const char SQL_SAVE_DRAFT[]
    = "UPDATE opt_in SET draft = :draft, updated_at = :now WHERE id = :id";

static const char SQL_RENAME[]
    = "UPDATE opt_in SET name = :name, slug = :slug, source = :source, updated_at = :now"
      " WHERE id = :id";

static const char SQL_SLUG_TAKEN[] = "SELECT EXISTS (SELECT 1 FROM opt_in WHERE slug = :slug)";

static const char SQL_ADD_VERSION[]
    = "INSERT INTO opt_in_version (opt_in, number, definition, created_at)"
      " VALUES (:id, :number, :definition, :now)";

static const char SQL_SET_VERSION[] = "UPDATE opt_in SET version = :version WHERE id = :id";

static const char SQL_RETIRE[] = "UPDATE opt_in SET retired_at = :at WHERE id = :id";

static const char SQL_DELETE[] = "DELETE FROM opt_in WHERE id = :id AND version IS NULL";

static const char SQL_LOAD[] = SELECT " WHERE f.id = :id";

static const char SQL_LIST[] = SELECT " ORDER BY f.retired_at IS NOT NULL, f.name, f.id";

static const char SQL_FIND[]
    = "SELECT id FROM opt_in WHERE name = :name OR slug = :name ORDER BY slug = :name LIMIT 1";

static const char SQL_ACCEPT[]
    = "UPDATE web_delivery SET state = 'waiting', reason = '', kind = '" RUNGS_OPT_IN_ACCEPTED "',"
      "       ended_at = NULL"
      " WHERE id = :id AND state = 'ignored' AND kind = '" RUNGS_OPT_IN_SUSPECT "'";

#define SELECT_VERSION "SELECT id, opt_in, number, definition, created_at FROM opt_in_version"

static const char SQL_VERSION[] = SELECT_VERSION " WHERE id = :id";

static const char SQL_VERSIONS[] = SELECT_VERSION " WHERE opt_in = :id ORDER BY number DESC";

static const char SQL_HAS_SEQUENCE[]
    = "SELECT CASE WHEN version IS NULL THEN 1 WHEN state = 'live' THEN 2 ELSE 1 END"
      "  FROM sequence WHERE id = :id";

static const char SQL_HAS_SEGMENT[]
    = "SELECT rule IS NULL FROM segment WHERE id = :id AND archived_at IS NULL";

/* 1: it needs consent; 2: it has nowhere the link to confirm; 3: it is well. */
static const char SQL_HAS_MESSAGE[]
    = "SELECT CASE WHEN m.kind = 'marketing' THEN 1"
      "            WHEN v.blocks IS NULL OR instr (v.blocks, 'confirm_link') = 0 THEN 2"
      "            ELSE 3 END"
      "  FROM message m LEFT JOIN message_version v ON v.id = m.version WHERE m.id = :id";

void
rungs_opt_in_form_free (RungsOptInForm *self)
{
  if (self == NULL)
    return;
  g_free (self->slug);
  g_free (self->name);
  rungs_opt_in_free (self->draft);
  g_free (self);
}

void
rungs_opt_in_version_free (RungsOptInVersion *self)
{
  if (self == NULL)
    return;
  rungs_opt_in_free (self->definition);
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

/* What stands in the file was written by rungs_opt_in_write(); where somebody else wrote it, it is
 * a form that asks nothing, and says so when it is checked. */
static RungsOptIn *
read_definition (const char *json)
{
  RungsOptIn *definition = json != NULL ? rungs_opt_in_parse (json, NULL) : NULL;

  return definition != NULL ? definition : rungs_opt_in_new ();
}

static gpointer
read_form (RungsStatement *row)
{
  RungsOptInForm *self = g_new0 (RungsOptInForm, 1);

  self->id = rungs_statement_get_int64 (row, 0);
  self->slug = rungs_statement_dup_text (row, 1);
  self->name = rungs_statement_dup_text (row, 2);
  self->source = rungs_statement_get_int64 (row, 3);
  self->draft = read_definition (rungs_statement_get_text (row, 4));
  self->version = rungs_statement_get_int64 (row, 5);
  self->number = (guint) rungs_statement_get_int64 (row, 6);
  self->is_changed
    = g_strcmp0 (rungs_statement_get_text (row, 4), rungs_statement_get_text (row, 7)) != 0;
  self->created_at = rungs_statement_get_int64 (row, 8);
  self->updated_at = rungs_statement_get_int64 (row, 9);
  self->published_at = rungs_statement_get_int64 (row, 10);
  self->retired_at = rungs_statement_get_int64 (row, 11);
  self->submissions = rungs_statement_get_int64 (row, 12);
  self->leads = rungs_statement_get_int64 (row, 13);
  self->pending = rungs_statement_get_int64 (row, 14);
  self->confirmed = rungs_statement_get_int64 (row, 15);
  self->last_at = rungs_statement_get_int64 (row, 16);
  return self;
}

RungsOptInForm *
rungs_opt_in_load (RungsDb  *db,
                   gint64    form,
                   gint64    now,
                   GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD, error);

  if (query != NULL)
    {
      rungs_statement_bind_int64 (query, ":id", form);
      rungs_statement_bind_int64 (query, ":now", now);
    }
  return rungs_record_first (query, read_form, _ ("There is no such form."), error);
}

gboolean
rungs_opt_in_find (RungsDb     *db,
                   const char  *name,
                   gint64      *id,
                   GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIND, error);

  g_return_val_if_fail (name != NULL && id != NULL, FALSE);

  *id = 0;
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":name", name);
  if (!rungs_statement_get_number (query, 0, id, error))
    return FALSE;
  if (*id == 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("There is no form “%s”."), name);
  return *id != 0;
}

GPtrArray *
rungs_opt_in_list (RungsDb  *db,
                   gint64    now,
                   GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  if (query != NULL)
    rungs_statement_bind_int64 (query, ":now", now);
  return rungs_record_list (query, read_form, (GDestroyNotify) rungs_opt_in_form_free, error);
}

static gpointer
read_version (RungsStatement *row)
{
  RungsOptInVersion *self = g_new0 (RungsOptInVersion, 1);

  self->id = rungs_statement_get_int64 (row, 0);
  self->form = rungs_statement_get_int64 (row, 1);
  self->number = (guint) rungs_statement_get_int64 (row, 2);
  self->definition = read_definition (rungs_statement_get_text (row, 3));
  self->created_at = rungs_statement_get_int64 (row, 4);
  return self;
}

RungsOptInVersion *
rungs_opt_in_version_load (RungsDb  *db,
                           gint64    version,
                           GError  **error)
{
  return rungs_record_load (db, SQL_VERSION, version, read_version, "version", error);
}

GPtrArray *
rungs_opt_in_versions (RungsDb  *db,
                       gint64    form,
                       GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_VERSIONS, error);

  if (query != NULL)
    rungs_statement_bind_int64 (query, ":id", form);
  return rungs_record_list (query, read_version, (GDestroyNotify) rungs_opt_in_version_free,
                            error);
}

/* ---- names */

char *
rungs_opt_in_dup_slug (const char *name)
{
  g_autoptr (GString) slug = g_string_new (NULL);
  g_autofree char *ascii = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  ascii = g_str_to_ascii (name, "C");
  for (const char *at = ascii; *at != '\0' && slug->len < SLUG_MOST; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (slug, g_ascii_tolower (*at));
    else if (slug->len > 0 && slug->str[slug->len - 1] != '-' && *at != '?')
      g_string_append_c (slug, '-');
  while (slug->len > 0 && slug->str[slug->len - 1] == '-')
    g_string_truncate (slug, slug->len - 1);
  if (slug->len == 0)
    g_string_append (slug, "form");
  return g_string_free (g_steal_pointer (&slug), FALSE);
}

static gboolean
is_taken (RungsDb     *db,
          const char  *slug,
          gboolean    *taken,
          GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_SLUG_TAKEN, error);
  gint64 is = 0;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":slug", slug);
  if (!rungs_statement_get_number (query, 0, &is, error))
    return FALSE;
  *taken = is != 0;
  return TRUE;
}

/* Returns: (transfer full): one that no other form has. */
static char *
dup_free_slug (RungsDb     *db,
               const char  *name,
               GError     **error)
{
  g_autofree char *base = rungs_opt_in_dup_slug (name);
  g_autofree char *slug = g_strdup (base);
  gboolean taken = TRUE;

  for (guint n = 2; is_taken (db, slug, &taken, error); n++)
    {
      if (!taken)
        return g_steal_pointer (&slug);
      g_free (slug);
      slug = g_strdup_printf ("%s-%u", base, n);
    }
  return NULL;
}

static gboolean
is_sound (const char  *name,
          const char  *slug,
          GError     **error)
{
  g_autofree char *bare = g_strstrip (g_strdup (name));
  g_autofree char *clean = rungs_opt_in_dup_slug (slug);

  if (*bare == '\0')
    return refuse (error, RUNGS_ERROR_INVALID, _ ("A form needs a name."));
  return strcmp (clean, slug) == 0
         || refuse (error, RUNGS_ERROR_INVALID,
                    _ ("The end of its address is of a-z, 0-9 and single -, at most 60 of them."));
}

static gboolean
run_named (RungsStatement  *statement,
           const char      *name,
           const char      *slug,
           GError         **error)
{
  g_autoptr (GError) fault = NULL;

  if (rungs_statement_run (statement, &fault))
    return TRUE;
  if (g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                 _ ("There is a form “%s” or one at “%s” already, or its source is gone."), name,
                 slug);
  else
    g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

/* ---- writing */

gint64
rungs_opt_in_add (RungsDb           *db,
                  const char        *name,
                  const char        *slug,
                  gint64             source,
                  const RungsOptIn  *draft,
                  gint64             now,
                  GError           **error)
{
  g_autoptr (RungsStatement) add = NULL;
  g_autofree char *place = NULL;
  g_autofree char *json = NULL;

  g_return_val_if_fail (name != NULL && draft != NULL, 0);

  place = slug != NULL && *slug != '\0' ? g_strdup (slug) : dup_free_slug (db, name, error);
  if (place == NULL || !is_sound (name, place, error)
      || (add = rungs_db_prepare (db, SQL_ADD, error)) == NULL)
    return 0;
  json = rungs_opt_in_write (draft);
  rungs_statement_bind_text (add, ":slug", place);
  rungs_statement_bind_text (add, ":name", name);
  rungs_statement_bind_id (add, ":source", source);
  rungs_statement_bind_text (add, ":draft", json);
  rungs_statement_bind_int64 (add, ":now", now);
  return run_named (add, name, place, error) ? rungs_db_get_last_id (db) : 0;
}

gboolean
rungs_opt_in_save_draft (RungsDb           *db,
                         gint64             form,
                         const RungsOptIn  *draft,
                         gint64             now,
                         GError           **error)
{
  g_autoptr (RungsStatement) save = rungs_db_prepare (db, SQL_SAVE_DRAFT, error);
  g_autofree char *json = NULL;

  g_return_val_if_fail (draft != NULL, FALSE);

  if (save == NULL)
    return FALSE;
  json = rungs_opt_in_write (draft);
  rungs_statement_bind_text (save, ":draft", json);
  rungs_statement_bind_int64 (save, ":now", now);
  return rungs_record_change (db, save, form, "form", error);
}

gboolean
rungs_opt_in_rename (RungsDb     *db,
                     gint64       form,
                     const char  *name,
                     const char  *slug,
                     gint64       source,
                     gint64       now,
                     GError     **error)
{
  g_autoptr (RungsOptInForm) held = rungs_opt_in_load (db, form, now, error);
  g_autoptr (RungsStatement) save = NULL;

  g_return_val_if_fail (name != NULL && slug != NULL, FALSE);

  if (held == NULL || !is_sound (name, slug, error))
    return FALSE;
  if (held->version != 0 && strcmp (held->slug, slug) != 0)
    return refuse (error, RUNGS_ERROR_CONFLICT,
                   _ ("The form was published: pages elsewhere may post to its address."));
  save = rungs_db_prepare (db, SQL_RENAME, error);
  if (save == NULL)
    return FALSE;
  rungs_statement_bind_int64 (save, ":id", form);
  rungs_statement_bind_text (save, ":name", name);
  rungs_statement_bind_text (save, ":slug", slug);
  rungs_statement_bind_id (save, ":source", source);
  rungs_statement_bind_int64 (save, ":now", now);
  return run_named (save, name, slug, error);
}

static gboolean
is_publishable (RungsDb           *db,
                const RungsOptIn  *definition,
                GError           **error)
{
  g_autoptr (GPtrArray) problems = rungs_opt_in_check_all (db, definition, error);

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const RungsOptInProblem *problem = problems->pdata[i];

      if (!problem->blocks)
        continue;
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, "%s: %s", problem->where,
                   problem->words);
      return FALSE;
    }
  return problems != NULL;
}

static gboolean
add_version (RungsDb               *db,
             const RungsOptInForm  *form,
             gint64                 now,
             GError               **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD_VERSION, error);
  g_autoptr (RungsStatement) set = NULL;
  g_autofree char *json = rungs_opt_in_write (form->draft);

  if (add == NULL)
    return FALSE;
  rungs_statement_bind_int64 (add, ":id", form->id);
  rungs_statement_bind_int64 (add, ":number", form->number + 1);
  rungs_statement_bind_text (add, ":definition", json);
  rungs_statement_bind_int64 (add, ":now", now);
  if (!rungs_statement_run (add, error))
    return FALSE;
  set = rungs_db_prepare (db, SQL_SET_VERSION, error);
  if (set == NULL)
    return FALSE;
  rungs_statement_bind_int64 (set, ":id", form->id);
  rungs_statement_bind_int64 (set, ":version", rungs_db_get_last_id (db));
  return rungs_statement_run (set, error);
}

gboolean
rungs_opt_in_publish (RungsDb  *db,
                      gint64    form,
                      gint64    now,
                      guint    *number,
                      GError  **error)
{
  g_autoptr (RungsOptInForm) held = rungs_opt_in_load (db, form, now, error);

  g_return_val_if_fail (number != NULL, FALSE);

  if (held == NULL || !is_publishable (db, held->draft, error))
    return FALSE;
  *number = held->number;
  if (held->version != 0 && !held->is_changed)
    return TRUE;
  *number = held->number + 1;
  return add_version (db, held, now, error);
}

gboolean
rungs_opt_in_retire (RungsDb  *db,
                     gint64    form,
                     gint64    at,
                     GError  **error)
{
  return rungs_record_mark (db, SQL_RETIRE, form, at, "form", error);
}

gboolean
rungs_opt_in_delete (RungsDb  *db,
                     gint64    form,
                     GError  **error)
{
  g_autoptr (RungsOptInForm) held = rungs_opt_in_load (db, form, 0, error);

  if (held == NULL)
    return FALSE;
  if (held->version != 0)
    return refuse (error, RUNGS_ERROR_CONFLICT,
                   _ ("The form was published, and people may have agreed to its words: retire"
                      " it."));
  return rungs_record_run (db, SQL_DELETE, form, error);
}

gboolean
rungs_opt_in_accept (RungsDb  *db,
                     gint64    delivery,
                     GError  **error)
{
  g_autoptr (RungsStatement) accept = rungs_db_prepare (db, SQL_ACCEPT, error);

  return accept != NULL && rungs_record_change (db, accept, delivery, "submission", error);
}

/* ---- what it refers to */

static gboolean
check_sequence (RungsDb           *db,
                const RungsOptIn  *definition,
                GPtrArray         *problems,
                GError           **error)
{
  gint64 is = 2;

  if (definition->sequence != 0
      && !rungs_record_ask (db, SQL_HAS_SEQUENCE, definition->sequence, 0, &is, error))
    return FALSE;
  if (is == 0)
    rungs_opt_in_problem_add (problems, "then.sequence", TRUE, _ ("That sequence is gone."));
  else if (is == 1)
    rungs_opt_in_problem_add (problems, "then.sequence", FALSE,
                              _ ("That sequence is not running: nobody enters it."));
  return TRUE;
}

static gboolean
check_segment (RungsDb     *db,
               gint64       segment,
               const char  *where,
               GPtrArray   *problems,
               GError     **error)
{
  gint64 is = 1;

  if (segment != 0 && !rungs_record_ask (db, SQL_HAS_SEGMENT, segment, -1, &is, error))
    return FALSE;
  if (is < 0)
    rungs_opt_in_problem_add (problems, where, TRUE, _ ("That segment is gone."));
  else if (is == 0)
    rungs_opt_in_problem_add (problems, where, TRUE,
                              _ ("Who is in that segment is said by its rule: choose one by"
                                 " hand."));
  return TRUE;
}

static gboolean
check_message (RungsDb           *db,
               const RungsOptIn  *definition,
               GPtrArray         *problems,
               GError           **error)
{
  static const char *const WORDS[] = {
    N_ ("That message is gone."),
    N_ ("That message needs consent, which nobody has before they confirm: make it a"
        " transactional one."),
    N_ ("That message does not hold the link to confirm: {{ confirm_link }}."),
  };
  gint64 is = 3;

  if (definition->is_double && definition->confirm_message != 0
      && !rungs_record_ask (db, SQL_HAS_MESSAGE, definition->confirm_message, 0, &is, error))
    return FALSE;
  if (is < (gint64) G_N_ELEMENTS (WORDS))
    rungs_opt_in_problem_add (problems, "confirm_message", TRUE, _ (WORDS[is]));
  return TRUE;
}

/* Which field of the business's own a form's field fits. */
static gboolean
fits (const RungsField      *own,
      const RungsOptInField *field)
{
  switch (own->kind)
    {
    case RUNGS_FIELD_ONE:
      return field->kind == RUNGS_OPT_IN_CHOICE;
    case RUNGS_FIELD_SEVERAL:
      return rungs_opt_in_kind_has_choices (field->kind);
    case RUNGS_FIELD_YESNO:
      return field->kind == RUNGS_OPT_IN_CHECK;
    case RUNGS_FIELD_NUMBER:
    case RUNGS_FIELD_MONEY:
      return field->kind == RUNGS_OPT_IN_NUMBER;
    case RUNGS_FIELD_DATE:
      return field->kind == RUNGS_OPT_IN_DATE;
    case RUNGS_FIELD_PHONE:
      return field->kind == RUNGS_OPT_IN_TEL;
    case RUNGS_FIELD_TEXT:
    case RUNGS_FIELD_LONG:
    case RUNGS_FIELD_LINK:
    default:
      return field->kind == RUNGS_OPT_IN_TEXT || field->kind == RUNGS_OPT_IN_LONG
             || (own->kind == RUNGS_FIELD_TEXT && field->kind != RUNGS_OPT_IN_CHOICES);
    }
}

static void
check_own_choices (const RungsField      *own,
                   const RungsOptInField *field,
                   GPtrArray             *problems)
{
  for (guint i = 0; rungs_field_kind_has_choices (own->kind) && i < field->choices->len; i++)
    {
      const RungsOptInChoice *choice = field->choices->pdata[i];
      g_autofree char *where = g_strdup_printf ("fields.%s.choices.%s", field->key, choice->value);

      if (rungs_field_find_choice (own, choice->value) == NULL)
        rungs_opt_in_problem_add (problems, where, TRUE,
                                  _ ("The field of your own does not have this choice."));
    }
}

static gboolean
check_own_field (RungsDb                *db,
                 const RungsOptInField  *field,
                 GPtrArray              *problems,
                 GError                **error)
{
  g_autofree char *where = g_strdup_printf ("fields.%s", field->key);
  g_autoptr (GError) fault = NULL;
  g_autoptr (RungsField) own = NULL;

  if (!g_str_has_prefix (field->key, "field:"))
    return TRUE;
  own = rungs_field_load_by_key (db, field->key + strlen ("field:"), &fault);
  if (own != NULL)
    {
      if (!fits (own, field))
        rungs_opt_in_problem_add (problems, where, TRUE,
                                  _ ("The field of your own holds another kind of answer."));
      else
        check_own_choices (own, field, problems);
      return TRUE;
    }
  if (!g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  rungs_opt_in_problem_add (problems, where, TRUE, _ ("You have no field of that name."));
  return TRUE;
}

static gboolean
check_field (RungsDb                *db,
             const RungsOptInField  *field,
             GPtrArray              *problems,
             GError                **error)
{
  for (guint i = 0; i < field->choices->len; i++)
    {
      const RungsOptInChoice *choice = field->choices->pdata[i];
      g_autofree char *where = g_strdup_printf ("fields.%s.choices.%s", field->key, choice->value);

      if (!check_segment (db, choice->segment, where, problems, error))
        return FALSE;
    }
  return check_own_field (db, field, problems, error);
}

GPtrArray *
rungs_opt_in_check_all (RungsDb           *db,
                        const RungsOptIn  *definition,
                        GError           **error)
{
  g_autoptr (GPtrArray) problems = NULL;

  g_return_val_if_fail (definition != NULL, NULL);

  problems = rungs_opt_in_check (definition);
  for (guint i = 0; i < definition->fields->len; i++)
    if (!check_field (db, definition->fields->pdata[i], problems, error))
      return NULL;
  if (!check_sequence (db, definition, problems, error)
      || !check_segment (db, definition->segment, "then.segment", problems, error)
      || !check_message (db, definition, problems, error))
    return NULL;
  return g_steal_pointer (&problems);
}
