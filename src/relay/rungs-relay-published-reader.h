/* rungs-relay-published-reader.h: how what the desktop has put up is held. For the two files that
 * make it, and for what is put up beside it. */

#pragma once

#include <json-glib/json-glib.h>

#include "rungs-relay-published.h"

G_BEGIN_DECLS

struct _RungsRelayPublished
{
  char *stamp;           /* (owned) */
  GHashTable *endpoints; /* (owned): path -> handshake, "" where it has none */
  GPtrArray *link_keys;  /* (owned) (element-type GBytes) */
  GPtrArray *pages;      /* (owned) (element-type RungsRelayPage): all */
  GHashTable *landings;  /* (owned): slug -> array of those of `pages` that are its */
  GHashTable *forms;     /* (owned): slug -> RungsRelayForm */
  GString *targets;      /* (owned): origins to which forms lead on, after a space each */
  GHashTable *sources;   /* (owned): code -> RungsRelaySource */
};

void rungs_relay_page_free (RungsRelayPage *self);
void rungs_relay_field_free (RungsRelayField *self);
void rungs_relay_form_text_free (RungsRelayFormText *self);
void rungs_relay_form_free (RungsRelayForm *self);
void rungs_relay_source_free (RungsRelaySource *self);

/* Reads "styles" of a page: hashes, as a Content-Security-Policy lists them; "" where there are
 * none. `styles` (out) (transfer full). Errors: INVALID. */
gboolean rungs_relay_published_read_styles (JsonObject  *object,
                                            char       **styles,
                                            GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRelayPage, rungs_relay_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRelayField, rungs_relay_field_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRelayFormText, rungs_relay_form_text_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRelayForm, rungs_relay_form_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRelaySource, rungs_relay_source_free)

G_END_DECLS
