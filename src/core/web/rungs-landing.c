/* rungs-landing.c: what stands on a landing page. */

#include "web/rungs-landing.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "base/rungs-error.h"
#include "base/rungs-names.h"
#include "mail/rungs-block.h"

static const char *const VARIANTS[RUNGS_LANDING_VARIANTS] = { "ppc", "email" };

const char *
rungs_landing_variant_to_text (RungsLandingVariant variant)
{
  g_return_val_if_fail (variant < RUNGS_LANDING_VARIANTS, "");

  return VARIANTS[variant];
}

gboolean
rungs_landing_variant_from_text (const char          *text,
                                 RungsLandingVariant *variant)
{
  return rungs_names_find (VARIANTS, RUNGS_LANDING_VARIANTS, text, variant);
}

RungsLanding *
rungs_landing_new (void)
{
  RungsLanding *self = g_new0 (RungsLanding, 1);

  self->title = g_strdup ("");
  self->language = g_strdup ("en");
  self->blocks = g_strdup ("[]");
  self->content = g_strdup ("");
  return self;
}

RungsLanding *
rungs_landing_copy (const RungsLanding *self)
{
  RungsLanding *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->title = g_strdup (self->title);
  copy->language = g_strdup (self->language);
  copy->blocks = g_strdup (self->blocks);
  copy->content = g_strdup (self->content);
  return copy;
}

void
rungs_landing_free (RungsLanding *self)
{
  g_free (self->title);
  g_free (self->language);
  g_free (self->blocks);
  g_free (self->content);
  g_free (self);
}

void
rungs_landing_set (char       **field,
                   const char  *text)
{
  char *copy = g_strdup (text != NULL ? text : "");

  g_free (*field);
  *field = copy;
}

static char *
dup_member (JsonObject *object,
            const char *member,
            const char *fallback)
{
  return g_strdup (json_object_get_string_member_with_default (object, member, fallback));
}

RungsLanding *
rungs_landing_parse (const char  *json,
                     GError     **error)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  g_autoptr (RungsLanding) self = NULL;
  g_autofree char *blocks = NULL;
  g_autoptr (GPtrArray) read = NULL;
  JsonObject *object;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("It cannot be read as a page."));
      return NULL;
    }
  object = json_node_get_object (root);
  blocks = json_object_has_member (object, "blocks")
             ? json_to_string (json_object_get_member (object, "blocks"), FALSE)
             : g_strdup ("[]");
  read = rungs_blocks_parse (blocks, error);
  if (read == NULL)
    return NULL;
  self = g_new0 (RungsLanding, 1);
  self->title = dup_member (object, "title", "");
  self->language = dup_member (object, "language", "en");
  self->content = dup_member (object, "content", "");
  self->form = json_object_get_int_member_with_default (object, "form", 0);
  self->blocks = g_steal_pointer (&blocks);
  return g_steal_pointer (&self);
}

static void
add_member (JsonObject *object,
            const char *member,
            const char *text)
{
  json_object_set_string_member (object, member, text);
}

char *
rungs_landing_to_json (const RungsLanding *self)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *blocks;

  g_return_val_if_fail (self != NULL, NULL);

  blocks = json_from_string (self->blocks, NULL);
  add_member (object, "title", self->title);
  add_member (object, "language", self->language);
  json_object_set_member (object, "blocks", blocks != NULL ? blocks
                                                           : json_from_string ("[]", NULL));
  add_member (object, "content", self->content);
  json_object_set_int_member (object, "form", self->form);
  json_node_set_object (root, object);
  return json_to_string (root, FALSE);
}
