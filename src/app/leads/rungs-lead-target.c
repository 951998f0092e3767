/* rungs-lead-target.c: what other pages ask the leads page to show, as a rule. */

#include "rungs-lead-target.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "insights/rungs-broadcast-results-store.h"
#include "insights/rungs-ladder-number.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-source-store.h"
#include "leads/rungs-tag-store.h"
#include "process/rungs-notice-store.h"
#include "rungs-lead-chips.h"
#include "segments/rungs-rule-leads-store.h"
#include "segments/rungs-segment-store.h"
#include "sequences/rungs-sequence-store.h"
#include "widgets/rungs-display.h"

/* With this begin those of figures of the ladder. */
#define LADDER "ladder:"

/* With this those of figures of a broadcast, and with this any rule. */
#define BROADCAST "broadcast:"
#define RULE "rule:"

/* Those that nobody has looked at, as they are now: who is looked at stays in the list. */
#define NEW "new"

/* Returns: what rules call the thing with that id. */
typedef char *(*Naming) (RungsDb  *db,
                         gint64    id,
                         GError  **error);

static char *
name_tag (RungsDb *db,
          gint64   id,
          GError **error)
{
  g_autoptr (GPtrArray) tags = rungs_tag_list (db, error);

  for (guint i = 0; tags != NULL && i < tags->len; i++)
    {
      const RungsTag *tag = g_ptr_array_index (tags, i);

      if (tag->id == id)
        return g_strdup (tag->name);
    }
  if (tags != NULL)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("The tag is gone"));
  return NULL;
}

static char *
name_source (RungsDb *db,
             gint64   id,
             GError **error)
{
  g_autoptr (RungsSource) source = rungs_source_load (db, id, error);

  return source ? g_strdup_printf ("%s:%s", rungs_source_kind_to_text (source->kind), source->name)
                : NULL;
}

static char *
name_product (RungsDb *db,
              gint64   id,
              GError **error)
{
  g_autoptr (RungsProduct) product = rungs_product_load (db, id, error);

  return product ? g_strdup (product->sku) : NULL;
}

static char *
name_sequence (RungsDb *db,
               gint64   id,
               GError **error)
{
  g_autoptr (RungsSequence) sequence = rungs_sequence_load (db, id, error);

  return sequence ? g_strdup (sequence->name) : NULL;
}

static char *
name_import (RungsDb *db,
             gint64   id,
             GError **error)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, id);
}

static char *
name_segment (RungsDb *db,
              gint64   id,
              GError **error)
{
  g_autoptr (RungsSegment) segment = rungs_segment_load (db, id, error);

  return segment ? g_strdup (segment->key) : NULL;
}

static const struct
{
  const char *prefix;
  const char *field;
  Naming name;
} KINDS[] = {
  { "tag:", "tag", name_tag },
  { "source:", "source", name_source },
  { "product:", "owns", name_product },
  { "next-offer:", "next_offer", name_product },
  { "sequence:", "sequence", name_sequence },
  { "import:", "import", name_import },
  { "segment:", "segment", name_segment },
};

/* Its kind, and the id of the thing; 0 where it is not known. */
static gint64
read_target (const char *target,
             guint      *kind)
{
  for (*kind = 0; *kind < G_N_ELEMENTS (KINDS); (*kind)++)
    if (g_str_has_prefix (target, KINDS[*kind].prefix))
      return g_ascii_strtoll (target + strlen (KINDS[*kind].prefix), NULL, 10);
  return 0;
}

/* Whether it is a rule, or is made one, instead of a thing with an id. */
static gboolean
is_rule (const char *target)
{
  return g_str_has_prefix (target, LADDER) || g_str_has_prefix (target, BROADCAST)
         || g_str_has_prefix (target, RULE) || g_str_equal (target, NEW);
}

static char *
dup_rule_of_new (RungsDb  *db,
                 GError  **error)
{
  g_autoptr (GArray) leads = rungs_notice_list_unseen (db, error);
  g_autoptr (RungsLeadSet) set = NULL;
  gint64 highest = 0;

  if (leads == NULL)
    return NULL;
  for (guint i = 0; i < leads->len; i++)
    highest = MAX (highest, g_array_index (leads, gint64, i));
  set = rungs_lead_set_new (highest);
  for (guint i = 0; i < leads->len; i++)
    rungs_lead_set_add (set, g_array_index (leads, gint64, i));
  return rungs_rule_dup_json_of_leads (set);
}

gboolean
rungs_lead_target_is_known (const char *target)
{
  guint kind;

  g_return_val_if_fail (target != NULL, FALSE);

  return is_rule (target) || read_target (target, &kind) != 0;
}

gpointer
rungs_lead_target_load (RungsDb       *db,
                        gpointer       data,
                        GCancellable  *cancellable,
                        GError       **error)
{
  guint kind = 0;
  gint64 id = is_rule (data) ? 0 : read_target (data, &kind);
  g_autoptr (GPtrArray) chips
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_lead_chip_free);
  g_autofree char *name = NULL;
  RungsLeadChip *chip;

  if (g_str_has_prefix (data, LADDER))
    return rungs_ladder_target_dup_rule (db, data, rungs_display_now (), error);
  if (g_str_has_prefix (data, BROADCAST))
    return rungs_broadcast_target_dup_rule (db, data, error);
  if (g_str_equal (data, NEW))
    return dup_rule_of_new (db, error);
  if (g_str_has_prefix (data, RULE))
    return g_strdup ((const char *) data + strlen (RULE));
  g_return_val_if_fail (id != 0, NULL);

  name = KINDS[kind].name (db, id, error);
  if (name == NULL)
    return NULL;
  chip = rungs_lead_chip_new (KINDS[kind].field);
  rungs_lead_chip_toggle (chip, name);
  g_ptr_array_add (chips, chip);
  return rungs_lead_chips_to_rule (chips);
}
