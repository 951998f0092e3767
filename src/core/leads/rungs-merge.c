/* rungs-merge.c: several leads that are one person, field by field. */

#include "leads/rungs-merge.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-lead-store.h"

/* What belongs together is chosen together. */
static const char *const NAME[] = { "first_name", "last_name", NULL };
static const char *const PLACE[] = { "street", "postcode", "city", "region", "country", NULL };

static void
field_free (RungsMergeField *field)
{
  g_free (field->name);
  g_free (field->label);
  g_ptr_array_unref (field->values);
  g_free (field);
}

void
rungs_merge_plan_free (RungsMergePlan *self)
{
  g_ptr_array_unref (self->leads);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

static const char *
value_at (const RungsMergeField *field,
          guint                  lead)
{
  return g_ptr_array_index (field->values, lead);
}

RungsMergeField *
rungs_merge_plan_find (RungsMergePlan *self,
                       const char     *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->fields->len; i++)
    {
      RungsMergeField *field = g_ptr_array_index (self->fields, i);

      if (g_str_equal (field->name, name))
        return field;
    }
  return NULL;
}

gboolean
rungs_merge_field_differs (const RungsMergeField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  for (guint i = 1; i < field->values->len; i++)
    if (strcmp (value_at (field, i), value_at (field, 0)) != 0)
      return TRUE;
  return FALSE;
}

/* Whether one of the leads before has the same. */
static gboolean
is_repeated (const RungsMergeField *field,
             guint                  lead)
{
  for (guint i = 0; i < lead; i++)
    if (strcmp (value_at (field, i), value_at (field, lead)) == 0)
      return TRUE;
  return FALSE;
}

char *
rungs_merge_field_dup_value (const RungsMergeField *field)
{
  g_autoptr (GString) all = g_string_new (NULL);

  g_return_val_if_fail (field != NULL, NULL);

  if (field->chosen != RUNGS_MERGE_ALL)
    return g_strdup (value_at (field, field->chosen));
  for (guint i = 0; i < field->values->len; i++)
    if (*value_at (field, i) != '\0' && !is_repeated (field, i))
      g_string_append_printf (all, "%s%s", all->len > 0 ? "\n\n" : "", value_at (field, i));
  return g_strdup (all->str);
}

static RungsMergeField *
field_new (const char *name,
           const char *label,
           gint64      id,
           guint       leads)
{
  RungsMergeField *field = g_new0 (RungsMergeField, 1);

  field->name = g_strdup (name);
  field->label = g_strdup (label);
  field->field = id;
  field->values = g_ptr_array_new_full (leads, g_free);
  for (guint i = 0; i < leads; i++)
    g_ptr_array_add (field->values, g_strdup (""));
  return field;
}

static void
put_value (RungsMergeField *field,
           guint            lead,
           const char      *value)
{
  g_free (g_ptr_array_index (field->values, lead));
  g_ptr_array_index (field->values, lead) = g_strdup (value);
}

/* The first lead that has a value; 0 where none has. */
static guint
first_with_value (const RungsMergeField *field)
{
  for (guint i = 0; i < field->values->len; i++)
    if (*value_at (field, i) != '\0')
      return i;
  return 0;
}

static gboolean
has_value (const RungsMergeField *field)
{
  return *value_at (field, first_with_value (field)) != '\0';
}

static void
add_columns (RungsMergePlan *plan)
{
  for (const char *const *column = rungs_lead_columns (); *column != NULL; column++)
    {
      RungsMergeField *field = field_new (*column, NULL, 0, plan->leads->len);

      for (guint i = 0; i < plan->leads->len; i++)
        put_value (field, i, rungs_lead_get (g_ptr_array_index (plan->leads, i), *column));
      if (has_value (field))
        g_ptr_array_add (plan->fields, field);
      else
        field_free (field);
    }
}

static gboolean
add_custom_of_lead (RungsMergePlan *plan,
                    RungsDb        *db,
                    guint           lead,
                    GError        **error)
{
  RungsLead *one = g_ptr_array_index (plan->leads, lead);
  g_autoptr (GPtrArray) values = rungs_field_values (db, one->id, error);

  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      RungsFieldValue *value = g_ptr_array_index (values, i);
      g_autofree char *name = g_strconcat ("field:", value->key, NULL);
      RungsMergeField *field = rungs_merge_plan_find (plan, name);

      if (field == NULL)
        {
          field = field_new (name, value->label, value->field, plan->leads->len);
          g_ptr_array_add (plan->fields, field);
        }
      put_value (field, lead, value->text);
    }
  return values != NULL;
}

/* ---- what is chosen */

/* The lead that has most of those fields; of equals the first. */
static guint
lead_with_most (RungsMergePlan    *plan,
                const char *const *names)
{
  guint best = 0;
  guint most = 0;

  for (guint lead = 0; lead < plan->leads->len; lead++)
    {
      guint has = 0;

      for (const char *const *name = names; *name != NULL; name++)
        {
          RungsMergeField *field = rungs_merge_plan_find (plan, *name);

          has += field != NULL && *value_at (field, lead) != '\0';
        }
      if (has > most)
        {
          most = has;
          best = lead;
        }
    }
  return best;
}

static void
choose_together (RungsMergePlan    *plan,
                 const char *const *names)
{
  guint lead = lead_with_most (plan, names);

  for (; *names != NULL; names++)
    {
      RungsMergeField *field = rungs_merge_plan_find (plan, *names);

      if (field != NULL)
        field->chosen = lead;
    }
}

static void
choose_address (RungsMergePlan *plan)
{
  RungsMergeField *field = rungs_merge_plan_find (plan, "email");

  for (guint i = 0; field != NULL && i < plan->leads->len; i++)
    {
      const RungsLead *lead = g_ptr_array_index (plan->leads, i);

      if (lead->email != NULL && lead->bounced_at == 0)
        {
          field->chosen = i;
          return;
        }
    }
}

/* Whether two leads have different notes. */
static gboolean
has_several (const RungsMergeField *field)
{
  guint n = 0;

  for (guint i = 0; i < field->values->len; i++)
    n += *value_at (field, i) != '\0' && !is_repeated (field, i);
  return n > 1;
}

static void
choose (RungsMergePlan *plan)
{
  RungsMergeField *notes = rungs_merge_plan_find (plan, "notes");

  for (guint i = 0; i < plan->fields->len; i++)
    {
      RungsMergeField *field = g_ptr_array_index (plan->fields, i);

      field->chosen = first_with_value (field);
    }
  choose_together (plan, NAME);
  choose_together (plan, PLACE);
  choose_address (plan);
  if (notes != NULL && has_several (notes))
    notes->chosen = RUNGS_MERGE_ALL;
}

static gboolean
are_several (GArray  *leads,
             GError **error)
{
  for (guint i = 0; i < leads->len; i++)
    for (guint j = 0; j < i; j++)
      if (g_array_index (leads, gint64, i) == g_array_index (leads, gint64, j))
        {
          g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                               _ ("a lead cannot be merged with itself"));
          return FALSE;
        }
  if (leads->len >= 2 && leads->len <= RUNGS_MERGE_MOST)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("two to %d leads can be merged at once"), RUNGS_MERGE_MOST);
  return FALSE;
}

RungsMergePlan *
rungs_merge_plan_load (RungsDb *db,
                       GArray  *leads,
                       GError **error)
{
  g_autoptr (RungsMergePlan) plan = g_new0 (RungsMergePlan, 1);

  g_return_val_if_fail (db != NULL && leads != NULL, NULL);

  plan->leads = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_lead_free);
  plan->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) field_free);
  if (!are_several (leads, error))
    return NULL;
  for (guint i = 0; i < leads->len; i++)
    {
      RungsLead *lead = rungs_lead_load (db, g_array_index (leads, gint64, i), error);

      if (lead == NULL)
        return NULL;
      g_ptr_array_add (plan->leads, lead);
    }
  add_columns (plan);
  for (guint i = 0; i < plan->leads->len; i++)
    if (!add_custom_of_lead (plan, db, i, error))
      return NULL;
  choose (plan);
  return g_steal_pointer (&plan);
}
