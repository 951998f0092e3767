/* rungs-opt-in-letter.h: the message that asks to confirm an address, as the relay is told it
 * (wire/rungs-relay-protocol.h), which sends it itself where the owner wants that. */

#pragma once

#include <json-glib/json-glib.h>

#include "mail/rungs-account-store.h"
#include "mail/rungs-composer.h"
#include "web/rungs-opt-in.h"

G_BEGIN_DECLS

/* What the letters of all forms are made with. */
typedef struct
{
  RungsAccount *account;   /* (owned) (nullable): NULL: the relay sends none */
  RungsComposer *composer; /* (owned) (nullable) */
} RungsOptInLetters;

void rungs_opt_in_letters_clear (RungsOptInLetters *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsOptInLetters, rungs_opt_in_letters_clear)

/* Loads the account by which the relay sends, if it does. `letters` (out). */
gboolean rungs_opt_in_letters_load (RungsDb            *db,
                                    RungsOptInLetters  *letters,
                                    GError            **error);

/* Adds "confirm_address", "confirm_name" and "confirm_agreed" to a form. */
void rungs_opt_in_letters_add_fields (const RungsOptInLetters *self,
                                      const RungsOptIn        *definition,
                                      JsonBuilder             *builder);

/* Adds "confirm" and "confirm_named" to a language of a form; nothing where its message cannot be
 * made so: then the desktop asks. */
gboolean rungs_opt_in_letters_add (const RungsOptInLetters  *self,
                                   RungsDb                  *db,
                                   const RungsOptIn         *definition,
                                   const char               *language,
                                   JsonBuilder              *builder,
                                   GError                  **error);

G_END_DECLS
