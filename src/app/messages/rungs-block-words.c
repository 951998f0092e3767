/* rungs-block-words.c: what the blocks of a message are called. */

#include "rungs-block-words.h"

#include <glib/gi18n.h>

static const struct
{
  const char *name;
  const char *icon;
} WORDS[RUNGS_N_BLOCK_TYPES] = {
  [RUNGS_BLOCK_TEXT] = { NC_ ("block", "Text"), "format-justify-left-symbolic" },
  [RUNGS_BLOCK_HEADING] = { NC_ ("block", "Heading"), "format-text-bold-symbolic" },
  [RUNGS_BLOCK_BUTTON] = { NC_ ("block", "Button"), "media-playback-start-symbolic" },
  [RUNGS_BLOCK_PICTURE] = { NC_ ("block", "Picture"), "image-x-generic-symbolic" },
  [RUNGS_BLOCK_PRODUCT] = { NC_ ("block", "Product"), "rungs-ladder-symbolic" },
  [RUNGS_BLOCK_COLUMNS] = { NC_ ("block", "Columns"), "rungs-columns-symbolic" },
  [RUNGS_BLOCK_DIVIDER] = { NC_ ("block", "Divider"), "list-remove-symbolic" },
  [RUNGS_BLOCK_SIGNATURE] = { NC_ ("block", "Signature"), "document-edit-symbolic" },
  [RUNGS_BLOCK_HTML] = { NC_ ("block", "HTML"), "text-x-generic-symbolic" },
};

const char *
rungs_block_words_name (RungsBlockType type)
{
  g_return_val_if_fail (type < RUNGS_N_BLOCK_TYPES, NULL);

  return g_dpgettext2 (NULL, "block", WORDS[type].name);
}

const char *
rungs_block_words_icon (RungsBlockType type)
{
  g_return_val_if_fail (type < RUNGS_N_BLOCK_TYPES, NULL);

  return WORDS[type].icon;
}
