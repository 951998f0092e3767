/* rungs-relay-published.c: what the desktop has put up, as it is found by those who ask. */

#include "rungs-relay-published.h"

#include <string.h>

#include "rungs-relay-published-reader.h"

void
rungs_relay_page_free (RungsRelayPage *self)
{
  g_free (self->slug);
  g_free (self->variant);
  g_free (self->language);
  g_free (self->html);
  g_free (self->styles);
  g_free (self);
}

void
rungs_relay_field_free (RungsRelayField *self)
{
  g_free (self->key);
  g_free (self->html);
  g_free (self);
}

void
rungs_relay_form_text_free (RungsRelayFormText *self)
{
  g_free (self->language);
  g_free (self->head);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self->tail);
  g_free (self->thanks);
  g_free (self->styles);
  g_free (self->confirm);
  g_free (self->confirm_named);
  g_free (self);
}

void
rungs_relay_form_free (RungsRelayForm *self)
{
  g_free (self->slug);
  g_free (self->trap);
  g_strfreev (self->always);
  g_free (self->then);
  g_free (self->confirm_address);
  g_free (self->confirm_name);
  g_free (self->confirm_agreed);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_free (self);
}

void
rungs_relay_source_free (RungsRelaySource *self)
{
  g_free (self->code);
  g_free (self->to);
  g_free (self);
}

RungsRelayPublished *
rungs_relay_published_new (void)
{
  RungsRelayPublished *self = g_new0 (RungsRelayPublished, 1);

  self->stamp = g_strdup ("");
  self->endpoints = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->link_keys = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_relay_page_free);
  self->landings = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                          (GDestroyNotify) g_ptr_array_unref);
  self->forms = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                       (GDestroyNotify) rungs_relay_form_free);
  self->targets = g_string_new ("");
  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) rungs_relay_source_free);
  return self;
}

void
rungs_relay_published_free (RungsRelayPublished *self)
{
  g_free (self->stamp);
  g_hash_table_unref (self->endpoints);
  g_ptr_array_unref (self->link_keys);
  g_hash_table_unref (self->landings);
  g_ptr_array_unref (self->pages);
  g_hash_table_unref (self->forms);
  g_string_free (self->targets, TRUE);
  g_hash_table_unref (self->sources);
  g_free (self);
}

const char *
rungs_relay_published_get_stamp (const RungsRelayPublished *self)
{
  return self->stamp;
}

gboolean
rungs_relay_published_has (const RungsRelayPublished *self,
                           const char                *path,
                           const char               **handshake)
{
  const char *word = g_hash_table_lookup (self->endpoints, path);

  *handshake = word != NULL && *word != '\0' ? word : NULL;
  return word != NULL;
}

GPtrArray *
rungs_relay_published_get_link_keys (const RungsRelayPublished *self)
{
  return self->link_keys;
}

/* How far back a language stands; those that are not wanted behind all that are. */
static guint
rank_of (const char        *language,
         const char *const *languages)
{
  guint rank = 0;

  while (languages[rank] != NULL && strcmp (languages[rank], language) != 0)
    rank++;
  return rank;
}

/* The one of `kind` and `variant` whose language is wanted most. `variant` (nullable): any. */
static const RungsRelayPage *
find_best (GPtrArray         *pages,
           RungsRelayPageKind kind,
           const char        *variant,
           const char *const *languages)
{
  const RungsRelayPage *best = NULL;
  guint best_rank = 0;

  for (guint i = 0; i < pages->len; i++)
    {
      const RungsRelayPage *page = pages->pdata[i];
      guint rank = rank_of (page->language, languages);

      if (page->kind != kind || (variant != NULL && strcmp (page->variant, variant) != 0)
          || (best != NULL && rank >= best_rank))
        continue;
      best = page;
      best_rank = rank;
    }
  return best;
}

const RungsRelayPage *
rungs_relay_published_find_page (const RungsRelayPublished *self,
                                 RungsRelayPageKind         kind,
                                 const char *const         *languages)
{
  g_return_val_if_fail (kind != RUNGS_RELAY_PAGE_LANDING, NULL);

  return find_best (self->pages, kind, NULL, languages);
}

const RungsRelayPage *
rungs_relay_published_find_landing (const RungsRelayPublished *self,
                                    const char                *slug,
                                    const char                *variant,
                                    const char *const         *languages)
{
  const char *const order[] = { variant != NULL ? variant : "", "", "ppc", "email" };
  GPtrArray *pages = g_hash_table_lookup (self->landings, slug);
  const RungsRelayPage *page = NULL;

  for (guint i = 0; pages != NULL && page == NULL && i < G_N_ELEMENTS (order); i++)
    page = find_best (pages, RUNGS_RELAY_PAGE_LANDING, order[i], languages);
  return page;
}

const RungsRelayForm *
rungs_relay_published_find_form (const RungsRelayPublished *self,
                                 const char                *slug)
{
  return g_hash_table_lookup (self->forms, slug);
}

const char *
rungs_relay_published_get_targets (const RungsRelayPublished *self)
{
  return self->targets->str;
}

const RungsRelayFormText *
rungs_relay_form_find_text (const RungsRelayForm *form,
                            const char *const    *languages)
{
  const RungsRelayFormText *best = form->texts->pdata[0];

  for (guint i = 1; i < form->texts->len; i++)
    {
      const RungsRelayFormText *text = form->texts->pdata[i];

      if (rank_of (text->language, languages) < rank_of (best->language, languages))
        best = text;
    }
  return best;
}

const RungsRelaySource *
rungs_relay_published_find_source (const RungsRelayPublished *self,
                                   const char                *code)
{
  return g_hash_table_lookup (self->sources, code);
}
