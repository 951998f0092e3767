/* rungs-merge-data-store.c: reads what messages say of a lead, in as few questions as can be. */

#include "mail/rungs-merge-data-store.h"

#include <string.h>

#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "leads/rungs-field-store.h"

static const char SQL_TAGS[] = "SELECT t.name"
                               "  FROM lead_tag l JOIN tag t ON t.id = l.tag"
                               " WHERE l.lead = :lead"
                               " ORDER BY t.name";

static const char SQL_PRODUCTS[] =
    "SELECT p.name, p.sku, min (o.since)"
    "  FROM owned o JOIN product p ON p.id = o.product"
    " WHERE o.lead = :lead AND coalesce (o.paid_until > :now, 1) AND o.since <= :now"
    " GROUP BY p.id, p.name, p.sku"
    " ORDER BY min (o.since), p.id";

RungsLiquidValue
rungs_merge_data_take_text (RungsArena *arena,
                            const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL)
    return RUNGS_LIQUID_NIL_VALUE;
  if (g_utf8_validate (text, -1, NULL))
    return rungs_liquid_string (rungs_arena_strndup (arena, text, strlen (text)));

  valid = g_utf8_make_valid (text, -1);
  return rungs_liquid_string (rungs_arena_strndup (arena, valid, strlen (valid)));
}

/* The labels of several choices, which have no semicolon in them. */
static RungsLiquidValue
take_labels (RungsArena *arena,
             const char *text)
{
  g_auto (GStrv) labels = g_strsplit (text, "; ", -1);
  RungsLiquidValue list = rungs_liquid_list ();

  for (guint i = 0; labels[i] != NULL; i++)
    rungs_liquid_list_add (&list, arena, rungs_merge_data_take_text (arena, labels[i]));
  return list;
}

static RungsLiquidValue
take_field (RungsArena            *arena,
            const RungsFieldValue *field)
{
  RungsLiquidValue value = rungs_merge_data_take_text (arena, field->text);
  double number;

  if (field->kind == RUNGS_FIELD_SEVERAL)
    return take_labels (arena, field->text);
  if (field->kind == RUNGS_FIELD_YESNO)
    return rungs_liquid_boolean (strcmp (field->value, "yes") == 0);
  if (field->kind == RUNGS_FIELD_NUMBER && *field->value != '\0'
      && rungs_liquid_to_double (value, &number))
    return rungs_liquid_number (number);
  return value;
}

gboolean
rungs_merge_data_read_fields (RungsDb           *db,
                              gint64             lead,
                              RungsArena        *arena,
                              RungsLiquidValue  *fields,
                              GError           **error)
{
  g_autoptr (GPtrArray) values = rungs_field_values (db, lead, error);

  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      const RungsFieldValue *value = g_ptr_array_index (values, i);

      rungs_liquid_map_put (fields, arena,
                            rungs_arena_strndup (arena, value->key, strlen (value->key)),
                            take_field (arena, value));
    }
  return values != NULL;
}

gboolean
rungs_merge_data_read_tags (RungsDb           *db,
                            gint64             lead,
                            RungsArena        *arena,
                            RungsLiquidValue  *tags,
                            GError           **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_TAGS, error);

  if (query == NULL)
    return FALSE;

  rungs_statement_bind_int64 (query, ":lead", lead);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    rungs_liquid_list_add (tags, arena,
                           rungs_merge_data_take_text (arena, rungs_statement_get_text (query, 0)));
  return rungs_statement_done (query, error);
}

gboolean
rungs_merge_data_read_products (RungsDb           *db,
                                gint64             lead,
                                gint64             now,
                                RungsArena        *arena,
                                RungsLiquidValue  *products,
                                GError           **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PRODUCTS, error);

  if (query == NULL)
    return FALSE;

  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_int64 (query, ":now", now);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsLiquidValue product = rungs_liquid_map ();
      g_autofree char *since = rungs_time_format (rungs_statement_get_int64 (query, 2));

      rungs_liquid_map_put (
          &product, arena, "name",
          rungs_merge_data_take_text (arena, rungs_statement_get_text (query, 0)));
      rungs_liquid_map_put (
          &product, arena, "sku",
          rungs_merge_data_take_text (arena, rungs_statement_get_text (query, 1)));
      rungs_liquid_map_put (&product, arena, "since", rungs_merge_data_take_text (arena, since));
      rungs_liquid_list_add (products, arena, product);
    }
  return rungs_statement_done (query, error);
}
