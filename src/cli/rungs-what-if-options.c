/* rungs-what-if-options.c: what is supposed to be otherwise, as it is said on the command line. */

#include "rungs-what-if-options.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-rate.h"
#include "insights/rungs-what-if-words.h"
#include "ladder/rungs-product-store.h"
#include "rungs-source-argument.h"

typedef struct
{
  RungsInvocation *call;
  RungsDb *db;
  const RungsWhatIf *what_if;
  GArray *changes;
} Reading;

static gboolean
find_product (RungsDb           *db,
              const char        *sku,
              RungsLadderPlace  *place,
              GError           **error)
{
  g_autoptr (RungsProduct) product = rungs_product_load_by_sku (db, sku, error);

  if (product != NULL)
    *place = rungs_ladder_place (RUNGS_LADDER_PRODUCT, product->id);
  return product != NULL;
}

static gboolean
find_source (RungsDb           *db,
             const char        *text,
             RungsLadderPlace  *place,
             GError           **error)
{
  g_autoptr (RungsSource) source = rungs_source_load_by_text (db, text, error);

  if (source != NULL)
    *place = rungs_ladder_place (RUNGS_LADDER_SOURCE, source->id);
  return source != NULL;
}

/* What has a colon is a source: "ppc:Spring ads/direct". */
static gboolean
find_beginning (RungsDb           *db,
                const char        *text,
                RungsLadderPlace  *place,
                GError           **error)
{
  const char *slash = strrchr (text, '/');
  g_autofree char *source = slash != NULL ? g_strndup (text, (gsize) (slash - text)) : NULL;
  RungsPath path;

  if (strchr (text, ':') == NULL)
    return find_product (db, text, place, error);
  if (slash == NULL || !rungs_path_from_text (slash + 1, &path))
    {
      g_set_error (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_OPTION,
                   _ ("“%s” does not say by which path: /opt-in, /direct, /phone or /in person"),
                   text);
      return FALSE;
    }
  if (!find_source (db, source, place, error))
    return FALSE;
  place->path = (int) path;
  return TRUE;
}

static gboolean
find_thing (const Reading      *self,
            const char         *text,
            RungsWhatIfChange  *change,
            GError            **error)
{
  const char *arrow = strrchr (text, '>');
  g_autofree char *from = arrow != NULL ? g_strndup (text, (gsize) (arrow - text)) : NULL;

  if (change->kind == RUNGS_WHAT_IF_CONVERSION)
    {
      if (arrow == NULL)
        {
          g_set_error (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_OPTION,
                       _ ("“%s” does not say from where to where: FROM>TO"), text);
          return FALSE;
        }
      return find_beginning (self->db, from, &change->at, error)
             && find_product (self->db, arrow + 1, &change->to, error);
    }
  if (change->kind == RUNGS_WHAT_IF_SPEND ? !find_source (self->db, text, &change->at, error)
                                          : !find_product (self->db, text, &change->at, error))
    return FALSE;
  change->to = change->at;
  return TRUE;
}

static gboolean
read_value (const char         *text,
            RungsWhatIfChange  *change,
            GError            **error)
{
  g_autofree char *currency = g_strdup (change->currency);
  RungsMoney money;

  if (!rungs_what_if_kind_is_money (change->kind))
    return rungs_rate_parse (text, &change->value, error);
  if (!rungs_money_parse (text, currency, &money, error))
    return FALSE;
  if (money.minor < 0 || money.minor > RUNGS_WHAT_IF_MOST)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("“%s” is too much, or too little"),
                   text);
      return FALSE;
    }
  change->value = money.minor;
  g_strlcpy (change->currency, money.currency, sizeof change->currency);
  return TRUE;
}

/* What is not there cannot be changed, nor can a price in a currency that is not its own. */
static gboolean
refuse (const Reading            *self,
        const RungsWhatIfChange  *change,
        GError                  **error)
{
  g_autofree char *thing = rungs_what_if_describe (self->what_if->basis, change);
  RungsWhatIfChange present = *change;

  rungs_what_if_present (self->what_if, &present);
  if (*present.currency != '\0' && !g_str_equal (present.currency, change->currency))
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("%s is in %s"), thing,
                 present.currency);
  else
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                 _ ("%s: there is no such arrow, by an offer, a way in or an order"), thing);
  return FALSE;
}

static gboolean
read_one (const Reading    *self,
          RungsWhatIfKind   kind,
          const char       *text,
          GError          **error)
{
  RungsWhatIfChange change = { .kind = kind };
  const char *equals = strrchr (text, '=');
  g_autofree char *thing = equals != NULL ? g_strndup (text, (gsize) (equals - text)) : NULL;

  if (equals == NULL)
    {
      g_set_error (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_OPTION,
                   _ ("--%s “%s” has no “=” with what it is to be"),
                   rungs_what_if_kind_to_text (kind), text);
      return FALSE;
    }
  if (!find_thing (self, thing, &change, error))
    return FALSE;
  rungs_what_if_present (self->what_if, &change);
  if (!read_value (equals + 1, &change, error))
    return FALSE;
  if (!rungs_what_if_fits (self->what_if, &change))
    return refuse (self, &change, error);
  rungs_what_if_changes_set (self->changes, &change);
  return TRUE;
}

gboolean
rungs_what_if_options_read (RungsInvocation    *call,
                            RungsDb            *db,
                            const RungsWhatIf  *what_if,
                            GArray             *changes,
                            GError            **error)
{
  Reading self = { .call = call, .db = db, .what_if = what_if, .changes = changes };

  for (guint kind = 0; kind < RUNGS_WHAT_IF_KINDS; kind++)
    {
      GPtrArray *texts
          = rungs_invocation_get_texts (call, rungs_what_if_kind_to_text ((RungsWhatIfKind) kind));

      for (guint i = 0; i < texts->len; i++)
        if (!read_one (&self, (RungsWhatIfKind) kind, texts->pdata[i], error))
          return FALSE;
    }
  return TRUE;
}

char *
rungs_what_if_value_to_text (const RungsWhatIfChange *change)
{
  return rungs_what_if_kind_is_money (change->kind)
             ? rungs_money_format (rungs_money (change->value, change->currency))
             : rungs_rate_format (change->value);
}

static char *
place_to_text (const RungsWhatIfBasis *basis,
               RungsLadderPlace        place)
{
  int found = place.kind == RUNGS_LADDER_PRODUCT
                  ? rungs_what_if_basis_find_product (basis, place.id)
                  : rungs_what_if_basis_find_source (basis, place.id);
  const RungsWhatIfSource *source;

  if (found < 0)
    return rungs_ladder_place_to_text (place);
  if (place.kind == RUNGS_LADDER_PRODUCT)
    return g_strdup (rungs_what_if_basis_get_product (basis, (guint) found)->sku);
  source = rungs_what_if_basis_get_source (basis, (guint) found);
  return g_strconcat (rungs_source_kind_to_text (source->kind), ":", source->name,
                      place.path >= 0 ? "/" : "",
                      place.path >= 0 ? rungs_ladder_path_to_text (place.path) : "", NULL);
}

char *
rungs_what_if_thing_to_text (const RungsWhatIfBasis  *basis,
                             const RungsWhatIfChange *change)
{
  g_autofree char *at = place_to_text (basis, change->at);
  g_autofree char *to = place_to_text (basis, change->to);

  return change->kind == RUNGS_WHAT_IF_CONVERSION ? g_strconcat (at, ">", to, NULL)
                                                  : g_steal_pointer (&at);
}
