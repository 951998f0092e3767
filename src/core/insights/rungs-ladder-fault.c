/* rungs-ladder-fault.c: finds where the ladder does not hold together.
 *
 * Products that are still sold are asked from the foot up, with the offers that stand and leave
 * them:
 *
 *   way in       an offer leads to it, from another product or to those who own nothing, a way in
 *                from a source, or a live sequence sells it; where only the sequence is missing,
 *                that is said, but of what is free: nobody has to sell it
 *   next         somebody owns it, and an offer leaves it to something that is sold; nobody asks
 *                this of the products of the highest rung
 *   price        the product costs no less than that of the next rung below it, and no less than
 *                the product from which a next or an upsell leads to it; compared where both are in
 *                one currency and are paid once, or both as often
 *   circle       next and upsell are steps up: whoever follows them comes nowhere twice. Each
 *                circle is told once, at the offer that closes it when one walks from the foot up
 *   owned        somebody who owns what the offer leaves from does not own what it leads to
 *   letter       a sales letter sells it, but of what is free
 *   delivery     who sends a parcel or agrees an appointment is named; what is sent is there
 *   over         the last day of the offer is not past
 *   refunds      of at least REFUND_CASES sales of it for money the share that was given back, as
 *                low as it may be, lies above that of all other products, as high as that may be:
 *                their intervals (rungs-wilson.h) do not meet
 *
 * A product that nobody owns has no fault of "next" or "owned": it is new. */

#include "insights/rungs-ladder-fault.h"

#include <glib/gi18n.h>

#include "insights/rungs-ladder-facts-store.h"
#include "insights/rungs-wilson.h"
#include "ladder/rungs-offer-store.h"
#include "ladder/rungs-product-store.h"

#define REFUND_CASES 20

static const char *const CODES[] = {
  [RUNGS_LADDER_NO_WAY_IN] = "no-way-in",
  [RUNGS_LADDER_NO_SEQUENCE] = "no-sequence",
  [RUNGS_LADDER_NO_NEXT] = "no-next",
  [RUNGS_LADDER_OWNED_BY_ALL] = "owned-by-all",
  [RUNGS_LADDER_NO_LONGER_SOLD] = "no-longer-sold",
  [RUNGS_LADDER_CYCLE] = "cycle",
  [RUNGS_LADDER_CHEAPER_RUNG] = "cheaper-rung",
  [RUNGS_LADDER_CHEAPER_OFFER] = "cheaper-offer",
  [RUNGS_LADDER_NO_LETTER] = "no-letter",
  [RUNGS_LADDER_NO_DELIVERER] = "no-deliverer",
  [RUNGS_LADDER_NOTHING_SENT] = "nothing-sent",
  [RUNGS_LADDER_OVER] = "over",
  [RUNGS_LADDER_REFUNDS] = "refunds",
};

typedef struct
{
  gint64 now;
  GPtrArray *products; /* (owned) (element-type RungsProduct) */
  GPtrArray *offers;   /* (owned) (element-type RungsOffer) */
  GHashTable *facts;   /* (owned) (element-type gint64 RungsProductFacts) */
  const RungsProductStanding *standing; /* (unowned) */
  GPtrArray *faults;   /* (owned) (element-type RungsLadderFault) */
  GHashTable *walked;  /* (owned): products from which all circles are known */
  GPtrArray *path;     /* (owned) (element-type RungsProduct): where the walk stands */
} Search;

static void
search_free (Search *self)
{
  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_clear_pointer (&self->facts, g_hash_table_unref);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  g_clear_pointer (&self->walked, g_hash_table_unref);
  g_clear_pointer (&self->path, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

const char *
rungs_ladder_fault_code_to_text (RungsLadderFaultCode code)
{
  return CODES[code];
}

void
rungs_ladder_fault_free (RungsLadderFault *self)
{
  g_free (self->text);
  g_free (self);
}

static const RungsProduct *
find_product (Search *self,
              gint64  id)
{
  for (guint i = 0; i < self->products->len; i++)
    {
      const RungsProduct *product = g_ptr_array_index (self->products, i);

      if (product->id == id)
        return product;
    }
  return NULL;
}

static const RungsProductFacts *
facts_of (Search *self,
          gint64  product)
{
  return g_hash_table_lookup (self->facts, &product);
}

static RungsLadderFault *
add_fault (Search              *self,
           RungsLadderFaultCode code,
           gint64               product)
{
  RungsLadderFault *fault = g_new0 (RungsLadderFault, 1);

  fault->code = code;
  fault->product = product;
  fault->text = g_strdup ("");
  g_ptr_array_add (self->faults, fault);
  return fault;
}

/* A fault that names another product. */
static RungsLadderFault *
add_fault_beside (Search              *self,
                  RungsLadderFaultCode code,
                  gint64               product,
                  const RungsOffer    *offer,
                  const RungsProduct  *other)
{
  RungsLadderFault *fault = add_fault (self, code, product);

  fault->offer = offer != NULL ? offer->id : 0;
  fault->other = other->id;
  g_free (fault->text);
  fault->text = g_strdup (other->name);
  return fault;
}

static gboolean
is_step_up (const RungsOffer *offer)
{
  return offer->kind == RUNGS_OFFER_NEXT || offer->kind == RUNGS_OFFER_UPSELL;
}

static gboolean
is_cheaper (const RungsProduct *product,
            const RungsProduct *than)
{
  return g_str_equal (product->price.currency, than->price.currency)
         && product->period_months == than->period_months
         && product->price.minor < than->price.minor;
}

/* ---- products */

static void
ask_way_in (Search             *self,
            const RungsProduct *product)
{
  gboolean led_to = facts_of (self, product->id)->ways > 0;

  if (facts_of (self, product->id)->sequences > 0)
    return;
  for (guint i = 0; i < self->offers->len; i++)
    led_to |= ((RungsOffer *) g_ptr_array_index (self->offers, i))->to_product == product->id;
  if (!led_to)
    add_fault (self, RUNGS_LADDER_NO_WAY_IN, product->id);
  else if (product->price.minor > 0)
    add_fault (self, RUNGS_LADDER_NO_SEQUENCE, product->id);
}

static void
ask_letter (Search             *self,
            const RungsProduct *product)
{
  if (product->price.minor > 0 && facts_of (self, product->id)->letters == 0)
    add_fault (self, RUNGS_LADDER_NO_LETTER, product->id);
}

static void
ask_delivery (Search             *self,
              const RungsProduct *product)
{
  gboolean by_mail = product->delivery_kind == RUNGS_DELIVERY_LINK
                     || product->delivery_kind == RUNGS_DELIVERY_MESSAGE;
  gboolean linked
    = product->delivery_kind == RUNGS_DELIVERY_LINK && *product->delivery_link != '\0';

  if (rungs_delivery_kind_needs_person (product->delivery_kind) && *product->delivery_by == '\0')
    add_fault (self, RUNGS_LADDER_NO_DELIVERER, product->id);
  if (by_mail && product->delivery_message == 0 && !linked)
    add_fault (self, RUNGS_LADDER_NOTHING_SENT, product->id);
}

static gboolean
is_highest (Search             *self,
            const RungsProduct *product)
{
  for (guint i = 0; i < self->products->len; i++)
    {
      const RungsProduct *other = g_ptr_array_index (self->products, i);

      if (other->retired_at == 0 && other->rung > product->rung)
        return FALSE;
    }
  return TRUE;
}

static void
ask_next (Search             *self,
          const RungsProduct *product)
{
  gint64 owners = rungs_product_standing_get (self->standing, product->id)->owners;

  if (owners == 0 || is_highest (self, product))
    return;
  for (guint i = 0; i < self->offers->len; i++)
    {
      const RungsOffer *offer = g_ptr_array_index (self->offers, i);
      const RungsProduct *to = find_product (self, offer->to_product);

      if (offer->from_product == product->id && to != NULL && to->retired_at == 0)
        return;
    }
  add_fault (self, RUNGS_LADDER_NO_NEXT, product->id)->number = owners;
}

/* Returns: (nullable): the product of the next rung below; the dearest of several. */
static const RungsProduct *
find_below (Search             *self,
            const RungsProduct *product)
{
  const RungsProduct *below = NULL;

  for (guint i = 0; i < self->products->len; i++)
    {
      const RungsProduct *other = g_ptr_array_index (self->products, i);

      if (other->retired_at != 0 || other->rung == 0 || other->rung >= product->rung)
        continue;
      if (below == NULL || other->rung > below->rung
          || (other->rung == below->rung && other->price.minor > below->price.minor))
        below = other;
    }
  return below;
}

static void
ask_rung (Search             *self,
          const RungsProduct *product)
{
  const RungsProduct *below = product->rung > 0 ? find_below (self, product) : NULL;

  if (below != NULL && is_cheaper (product, below))
    add_fault_beside (self, RUNGS_LADDER_CHEAPER_RUNG, product->id, NULL, below);
}

static void
ask_refunds (Search             *self,
             const RungsProduct *product)
{
  const RungsProductFigures *own = rungs_product_standing_get (self->standing, product->id);
  gint64 sales = -own->sales;
  gint64 returned = -own->returned;
  RungsLadderFault *fault;

  for (guint i = 0; i < self->products->len; i++)
    {
      const RungsProduct *other = g_ptr_array_index (self->products, i);
      const RungsProductFigures *figures = rungs_product_standing_get (self->standing, other->id);

      sales += figures->sales;
      returned += figures->returned;
    }
  if (own->sales < REFUND_CASES
      || rungs_wilson (own->returned, own->sales).low <= rungs_wilson (returned, sales).high)
    return;
  fault = add_fault (self, RUNGS_LADDER_REFUNDS, product->id);
  fault->number = own->returned;
  fault->of = own->sales;
}

/* ---- offers */

static void
ask_owned (Search             *self,
           const RungsOffer   *offer,
           const RungsProduct *to)
{
  gint64 owners = rungs_product_standing_get (self->standing, offer->from_product)->owners;

  if (owners > 0 && !rungs_product_standing_lacks (self->standing, offer->from_product, to->id))
    add_fault_beside (self, RUNGS_LADDER_OWNED_BY_ALL, offer->from_product, offer, to)->number
        = owners;
}

static void
ask_offer (Search           *self,
           const RungsOffer *offer)
{
  const RungsProduct *from = find_product (self, offer->from_product);
  const RungsProduct *to = find_product (self, offer->to_product);

  if (to == NULL)
    return;
  if (to->retired_at != 0)
    {
      add_fault_beside (self, RUNGS_LADDER_NO_LONGER_SOLD, offer->from_product, offer, to);
      return;
    }
  if (offer->valid_until != 0 && offer->valid_until <= self->now)
    {
      add_fault_beside (self, RUNGS_LADDER_OVER, offer->from_product, offer, to);
      return;
    }
  if (from == NULL)
    return;
  if (is_step_up (offer) && is_cheaper (to, from))
    add_fault_beside (self, RUNGS_LADDER_CHEAPER_OFFER, from->id, offer, to);
  ask_owned (self, offer, to);
}

static void
ask_offers_from (Search *self,
                 gint64  product)
{
  for (guint i = 0; i < self->offers->len; i++)
    {
      const RungsOffer *offer = g_ptr_array_index (self->offers, i);

      if (offer->from_product == product)
        ask_offer (self, offer);
    }
}

/* ---- circles */

/* The names from `begin` of the path on, and the first again. */
static char *
circle_words (Search *self,
              guint   begin)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = begin; i < self->path->len; i++)
    g_string_append_printf (words, "%s → ",
                            ((RungsProduct *) g_ptr_array_index (self->path, i))->name);
  g_string_append (words, ((RungsProduct *) g_ptr_array_index (self->path, begin))->name);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
add_circle (Search           *self,
            const RungsOffer *offer,
            guint             begin)
{
  RungsLadderFault *fault = add_fault (self, RUNGS_LADDER_CYCLE, offer->from_product);

  fault->offer = offer->id;
  fault->other = offer->to_product;
  g_free (fault->text);
  fault->text = circle_words (self, begin);
}

/* Follows the steps up that leave the product, depth first. */
static void
walk (Search             *self,
      const RungsProduct *product)
{
  guint begin;

  if (g_hash_table_contains (self->walked, &product->id))
    return;
  g_ptr_array_add (self->path, (gpointer) product);
  for (guint i = 0; i < self->offers->len; i++)
    {
      const RungsOffer *offer = g_ptr_array_index (self->offers, i);
      const RungsProduct *to = find_product (self, offer->to_product);

      if (offer->from_product != product->id || !is_step_up (offer) || to == NULL)
        continue;
      if (g_ptr_array_find (self->path, to, &begin))
        add_circle (self, offer, begin);
      else
        walk (self, to);
    }
  g_ptr_array_set_size (self->path, self->path->len - 1);
  g_hash_table_add (self->walked, (gpointer) &product->id);
}

/* ---- all */

static Search *
search_new (RungsDb                    *db,
            const RungsProductStanding *standing,
            gint64                      now,
            GError                    **error)
{
  g_autoptr (Search) self = g_new0 (Search, 1);

  self->standing = standing;
  self->now = now;
  self->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_ladder_fault_free);
  self->walked = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->path = g_ptr_array_new ();
  self->products = rungs_product_list (db, error);
  self->offers = self->products != NULL ? rungs_offer_list (db, error) : NULL;
  self->facts = self->offers != NULL ? rungs_ladder_facts (db, error) : NULL;
  return self->facts != NULL ? g_steal_pointer (&self) : NULL;
}

static void
ask_product (Search             *self,
             const RungsProduct *product)
{
  if (product->retired_at == 0)
    {
      ask_way_in (self, product);
      ask_letter (self, product);
      ask_delivery (self, product);
      ask_rung (self, product);
      ask_refunds (self, product);
    }
  ask_next (self, product);
  walk (self, product);
  ask_offers_from (self, product->id);
}

GPtrArray *
rungs_ladder_find_faults_of (RungsDb                    *db,
                             const RungsProductStanding *standing,
                             gint64                      now,
                             GError                    **error)
{
  g_autoptr (Search) self = search_new (db, standing, now, error);

  if (self == NULL)
    return NULL;
  ask_offers_from (self, 0);
  for (guint i = 0; i < self->products->len; i++)
    ask_product (self, g_ptr_array_index (self->products, i));
  return g_steal_pointer (&self->faults);
}

GPtrArray *
rungs_ladder_find_faults (RungsDb  *db,
                          gint64    now,
                          GError  **error)
{
  g_autoptr (RungsProductStanding) standing = rungs_product_standing_load (db, now, NULL, error);

  return standing != NULL ? rungs_ladder_find_faults_of (db, standing, now, error) : NULL;
}

char *
rungs_ladder_fault_to_words (const RungsLadderFault *self)
{
  switch (self->code)
    {
    case RUNGS_LADDER_NO_WAY_IN:
      return g_strdup (_ ("No offer and no source leads here, and no live sequence sells it."));
    case RUNGS_LADDER_NO_SEQUENCE:
      return g_strdup (_ ("No live sequence sells it."));
    case RUNGS_LADDER_NO_NEXT:
      return g_strdup_printf (ngettext ("%'d lead owns it and is offered nothing next.",
                                        "%'d leads own it and are offered nothing next.",
                                        (gulong) self->number),
                              (int) self->number);
    case RUNGS_LADDER_OWNED_BY_ALL:
      return g_strdup_printf (_ ("Everybody who is offered “%s” here owns it already."),
                              self->text);
    case RUNGS_LADDER_NO_LONGER_SOLD:
      return g_strdup_printf (_ ("“%s” is no longer sold."), self->text);
    case RUNGS_LADDER_CYCLE:
      return g_strdup_printf (_ ("The offers lead round in a circle: %s."), self->text);
    case RUNGS_LADDER_CHEAPER_RUNG:
      return g_strdup_printf (_ ("It costs less than “%s” on the rung below."), self->text);
    case RUNGS_LADDER_CHEAPER_OFFER:
      return g_strdup_printf (_ ("The step up to “%s” leads to something cheaper."), self->text);
    case RUNGS_LADDER_NO_LETTER:
      return g_strdup (_ ("No sales letter sells it."));
    case RUNGS_LADDER_NO_DELIVERER:
      return g_strdup (_ ("A person has to deliver it, and nobody is named."));
    case RUNGS_LADDER_NOTHING_SENT:
      return g_strdup (_ ("After an order something is to be sent, and it is not said what."));
    case RUNGS_LADDER_OVER:
      return g_strdup_printf (_ ("The last day of the offer of “%s” is past."), self->text);
    case RUNGS_LADDER_REFUNDS:
    default:
      return g_strdup_printf (
        _ ("%'d of %'d sales were given back: more than of other products."), (int) self->number,
        (int) self->of);
    }
}
