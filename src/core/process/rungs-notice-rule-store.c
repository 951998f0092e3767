/* rungs-notice-rule-store.c: reads and writes how staff are told of new leads. */

#include "process/rungs-notice-rule-store.h"

#include <glib/gi18n.h>

#include "base/rungs-email-address.h"
#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"

static const char *const SCOPES[] = { "", "source", "endpoint", "form" };

#define ROW                                                                                        \
  "SELECT r.kind, r.ref, r.form, coalesce (s.name, w.name, r.form), r.desktop, r.today, r.mail"    \
  "  FROM notice_rule r LEFT JOIN source s ON r.kind = 'source' AND s.id = r.ref"                  \
  "  LEFT JOIN web_endpoint w ON r.kind = 'endpoint' AND w.id = r.ref"

#define IN_ORDER "CASE r.kind WHEN 'form' THEN 3 WHEN 'endpoint' THEN 2 WHEN 'source' THEN 1 END"

static const char SQL_LIST[] = ROW " ORDER BY " IN_ORDER ", 4 COLLATE NOCASE";

static const char SQL_LOAD[]
    = ROW " WHERE r.kind = '' OR (r.kind = :kind AND r.ref = :ref AND r.form = :form)"
          " ORDER BY " IN_ORDER " DESC LIMIT 1";

static const char SQL_FOR_LEAD[]
    = ROW " WHERE r.kind = ''"
          "    OR (r.kind = 'form' AND r.form = (SELECT e.detail FROM event e"
          "         WHERE e.lead = :lead AND e.kind = 'form.submitted' ORDER BY e.id LIMIT 1))"
          "    OR (r.kind = 'endpoint' AND r.ref = (SELECT d.endpoint FROM web_delivery d"
          "         WHERE d.lead = :lead ORDER BY d.id LIMIT 1))"
          "    OR (r.kind = 'source' AND r.ref = (SELECT t.source FROM touch t"
          "         WHERE t.lead = :lead ORDER BY t.at, t.id LIMIT 1))"
          " ORDER BY " IN_ORDER " DESC LIMIT 1";

static const char SQL_SAVE[]
    = "INSERT INTO notice_rule (kind, ref, form, desktop, today, mail)"
      " VALUES (:kind, :ref, :form, :desktop, :today, :mail)"
      " ON CONFLICT (kind, ref, form) DO UPDATE"
      " SET desktop = :desktop, today = :today, mail = :mail";

static const char SQL_REMOVE[]
    = "DELETE FROM notice_rule WHERE kind = :kind AND ref = :ref AND form = :form";

static const char SQL_FORMS[]
    = "SELECT DISTINCT detail FROM event WHERE kind = 'form.submitted' AND detail <> ''"
      " ORDER BY detail COLLATE NOCASE";

const char *
rungs_notice_scope_to_text (RungsNoticeScope scope)
{
  g_return_val_if_fail (scope < G_N_ELEMENTS (SCOPES), "");

  return SCOPES[scope];
}

RungsNoticeRule *
rungs_notice_rule_new (RungsNoticeScope  scope,
                       gint64            ref,
                       const char       *form)
{
  RungsNoticeRule *self = g_new0 (RungsNoticeRule, 1);

  self->scope = scope;
  self->ref = ref;
  self->form = g_strdup (form != NULL ? form : "");
  self->name = g_strdup (self->form);
  self->desktop = TRUE;
  self->today = TRUE;
  self->mail = g_strdup ("");
  return self;
}

RungsNoticeRule *
rungs_notice_rule_copy (const RungsNoticeRule *self)
{
  RungsNoticeRule *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->form = g_strdup (self->form);
  copy->name = g_strdup (self->name);
  copy->mail = g_strdup (self->mail);
  return copy;
}

void
rungs_notice_rule_free (RungsNoticeRule *self)
{
  g_free (self->form);
  g_free (self->name);
  g_free (self->mail);
  g_free (self);
}

static RungsNoticeScope
read_scope (const char *text)
{
  RungsNoticeScope scope = RUNGS_NOTICE_OF_ALL;

  while (scope < RUNGS_NOTICE_OF_FORM && !g_str_equal (SCOPES[scope], text))
    scope++;
  return scope;
}

static gpointer
read_row (RungsStatement *row)
{
  RungsNoticeRule *self = g_new0 (RungsNoticeRule, 1);

  self->scope = read_scope (rungs_statement_get_text (row, 0));
  self->ref = rungs_statement_get_int64 (row, 1);
  self->form = rungs_statement_dup_text (row, 2);
  self->name = rungs_statement_dup_text (row, 3);
  self->desktop = rungs_statement_get_int64 (row, 4) != 0;
  self->today = rungs_statement_get_int64 (row, 5) != 0;
  self->mail = rungs_statement_dup_text (row, 6);
  return self;
}

GPtrArray *
rungs_notice_rule_list (RungsDb  *db,
                        GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);
  GPtrArray *rules
    = rungs_record_list (query, read_row, (GDestroyNotify) rungs_notice_rule_free, error);

  if (rules != NULL
      && (rules->len == 0
          || ((RungsNoticeRule *) rules->pdata[0])->scope != RUNGS_NOTICE_OF_ALL))
    g_ptr_array_insert (rules, 0, rungs_notice_rule_new (RUNGS_NOTICE_OF_ALL, 0, NULL));
  return rules;
}

/* What the query finds; where it finds nothing, what counts where nothing was said. */
static RungsNoticeRule *
find (RungsStatement  *query,
      GError         **error)
{
  g_autoptr (GPtrArray) rules
    = rungs_record_list (query, read_row, (GDestroyNotify) rungs_notice_rule_free, error);

  if (rules == NULL)
    return NULL;
  return rules->len > 0 ? rungs_notice_rule_copy (rules->pdata[0])
                        : rungs_notice_rule_new (RUNGS_NOTICE_OF_ALL, 0, NULL);
}

static void
bind_key (RungsStatement   *statement,
          RungsNoticeScope  scope,
          gint64            ref,
          const char       *form)
{
  rungs_statement_bind_text (statement, ":kind", SCOPES[scope]);
  rungs_statement_bind_int64 (statement, ":ref", ref);
  rungs_statement_bind_text (statement, ":form", form != NULL ? form : "");
}

RungsNoticeRule *
rungs_notice_rule_load (RungsDb           *db,
                        RungsNoticeScope   scope,
                        gint64             ref,
                        const char        *form,
                        GError           **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD, error);

  if (query == NULL)
    return NULL;
  bind_key (query, scope, ref, form);
  return find (query, error);
}

RungsNoticeRule *
rungs_notice_rule_for_lead (RungsDb  *db,
                            gint64    lead,
                            GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FOR_LEAD, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  return find (query, error);
}

/* Returns: (transfer full) (nullable): one a line, each once. */
static char *
read_addresses (const char  *text,
                GError     **error)
{
  g_auto (GStrv) words = g_strsplit_set (text, ",; \t\r\n", -1);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (char **word = words; *word != NULL; word++)
    {
      char *key;

      if (**word == '\0')
        continue;
      key = rungs_email_key (*word, NULL);
      if (key == NULL)
        {
          g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("“%s” is no e-mail address."),
                       *word);
          return NULL;
        }
      if (g_hash_table_add (keys, key))
        g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", *word);
    }
  return g_strdup (lines->str);
}

gboolean
rungs_notice_rule_save (RungsDb                *db,
                        const RungsNoticeRule  *rule,
                        GError                **error)
{
  g_autofree char *mail = NULL;
  g_autoptr (RungsStatement) save = NULL;

  g_return_val_if_fail (rule != NULL, FALSE);

  if (rule->scope == RUNGS_NOTICE_OF_FORM && *rule->form == '\0')
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("Which form is it?"));
      return FALSE;
    }
  mail = read_addresses (rule->mail, error);
  save = mail != NULL ? rungs_db_prepare (db, SQL_SAVE, error) : NULL;
  if (save == NULL)
    return FALSE;
  bind_key (save, rule->scope, rule->ref, rule->form);
  rungs_statement_bind_int64 (save, ":desktop", rule->desktop);
  rungs_statement_bind_int64 (save, ":today", rule->today);
  rungs_statement_bind_text (save, ":mail", mail);
  return rungs_statement_run (save, error);
}

gboolean
rungs_notice_rule_remove (RungsDb           *db,
                          RungsNoticeScope   scope,
                          gint64             ref,
                          const char        *form,
                          GError           **error)
{
  g_autoptr (RungsStatement) remove = rungs_db_prepare (db, SQL_REMOVE, error);

  if (remove == NULL)
    return FALSE;
  bind_key (remove, scope, ref, form);
  return rungs_statement_run (remove, error);
}

static gpointer
read_name (RungsStatement *row)
{
  return rungs_statement_dup_text (row, 0);
}

GPtrArray *
rungs_notice_list_forms (RungsDb  *db,
                         GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FORMS, error);

  return rungs_record_list (query, read_name, g_free, error);
}
