/* rungs-merge-words.c: the words that stand for something of the reader,
 * in the text of a message. */

#include "rungs-merge-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "leads/rungs-field.h"

/* A row without text begins a section. */
static const struct
{
  const char *label;
  const char *text;
} WORDS[] = {
  { N_ ("First name"), "{{ lead.first_name | default: \"there\" }}" },
  { N_ ("Last name"), "{{ lead.last_name }}" },
  { N_ ("Company"), "{{ lead.company }}" },
  { N_ ("City"), "{{ lead.city }}" },
  { NULL, NULL },
  { N_ ("What it sells: name"), "{{ product.name }}" },
  { N_ ("What it sells: price"), "{{ product.price }}" },
  { N_ ("What to offer next: name"), "{{ next_offer.name }}" },
  { NULL, NULL },
  { N_ ("Name of the business"), "{{ business.name }}" },
  { N_ ("Today"), "{{ today | date: \"%d %B %Y\" }}" },
  { N_ ("Only if the company is known"), "{% if lead.company != blank %}…{% endif %}" },
};

#define FIELDS "rungs-merge-fields"

static void
append_fields (GMenu      *menu,
               const char *action,
               GPtrArray  *fields)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < fields->len; i++)
    {
      const RungsField *field = g_ptr_array_index (fields, i);
      g_autofree char *text = g_strdup_printf ("{{ lead.fields.%s }}", field->key);
      g_autoptr (GMenuItem) item = g_menu_item_new (field->label, NULL);

      g_menu_item_set_action_and_target (item, action, "s", text);
      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

void
rungs_merge_words_set_fields (GtkWidget *window,
                              GPtrArray *fields)
{
  g_return_if_fail (GTK_IS_WIDGET (window) && fields != NULL);

  g_object_set_data_full (G_OBJECT (window), FIELDS, g_ptr_array_ref (fields),
                          (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
rungs_merge_words_get_fields (GtkWidget *window)
{
  g_return_val_if_fail (GTK_IS_WIDGET (window), NULL);

  return g_object_get_data (G_OBJECT (window), FIELDS);
}

GMenuModel *
rungs_merge_words_new_menu (const char *action,
                            GPtrArray  *fields)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
    {
      g_autoptr (GMenuItem) item = NULL;

      if (WORDS[i].text == NULL)
        {
          g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
          g_object_unref (section);
          section = g_menu_new ();
          continue;
        }
      item = g_menu_item_new (_ (WORDS[i].label), NULL);
      g_menu_item_set_action_and_target (item, action, "s", WORDS[i].text);
      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  if (fields != NULL && fields->len > 0)
    append_fields (menu, action, fields);
  return G_MENU_MODEL (menu);
}

/* ---- chips */

static char *
dup_path (const char **p)
{
  static const char LETTERS[] = "abcdefghijklmnopqrstuvwxyz0123456789_.";
  gsize length = strspn (*p, LETTERS);
  const char *begin = *p;

  *p += length;
  return g_ascii_islower (*begin) && memchr (begin, '.', length) && begin[length - 1] != '.'
           ? g_strndup (begin, length)
           : NULL;
}

static gboolean
skip (const char **p,
      const char  *word)
{
  gsize length = strlen (word);

  *p += strspn (*p, " ");
  if (strncmp (*p, word, length) != 0)
    return FALSE;
  *p += length;
  *p += strspn (*p, " ");
  return TRUE;
}

/* What stands between two quotes. */
static char *
dup_quoted (const char **p)
{
  char quote = **p;
  const char *begin = *p + 1;
  const char *end = quote == '"' || quote == '\'' ? strchr (begin, quote) : NULL;

  if (end == NULL)
    return NULL;
  *p = end + 1;
  return g_strndup (begin, end - begin);
}

gboolean
rungs_merge_words_parse (const char  *liquid,
                         char       **path,
                         char       **fallback)
{
  const char *p = liquid;
  g_autofree char *found = NULL;
  g_autofree char *other = NULL;

  g_return_val_if_fail (liquid != NULL && path != NULL && fallback != NULL, FALSE);

  if (!skip (&p, "{{"))
    return FALSE;
  found = dup_path (&p);
  if (found == NULL)
    return FALSE;
  if (skip (&p, "|"))
    {
      other = skip (&p, "default") && skip (&p, ":") ? dup_quoted (&p) : NULL;
      if (other == NULL)
        return FALSE;
    }
  if (!skip (&p, "}}") || *p != '\0')
    return FALSE;
  *path = g_steal_pointer (&found);
  *fallback = other != NULL ? g_steal_pointer (&other) : g_strdup ("");
  return TRUE;
}

char *
rungs_merge_words_write (const char *path,
                         const char *fallback)
{
  g_return_val_if_fail (path != NULL && fallback != NULL, NULL);

  if (*fallback == '\0')
    return g_strdup_printf ("{{ %s }}", path);
  return strchr (fallback, '"') == NULL
           ? g_strdup_printf ("{{ %s | default: \"%s\" }}", path, fallback)
           : g_strdup_printf ("{{ %s | default: '%s' }}", path, fallback);
}

const char *
rungs_merge_words_label (const char *path)
{
  static const struct
  {
    const char *path;
    const char *label;
  } LABELS[] = {
    { "lead.first_name", N_ ("First name") },
    { "lead.last_name", N_ ("Last name") },
    { "lead.name", N_ ("Name") },
    { "lead.email", N_ ("E-mail") },
    { "lead.company", N_ ("Company") },
    { "lead.phone", N_ ("Phone") },
    { "lead.street", N_ ("Street") },
    { "lead.postcode", N_ ("Postcode") },
    { "lead.city", N_ ("City") },
    { "lead.region", N_ ("Region") },
    { "lead.country", N_ ("Country") },
    { "product.name", N_ ("What it sells: name") },
    { "product.price", N_ ("What it sells: price") },
    { "next_offer.name", N_ ("What to offer next: name") },
    { "next_offer.price", N_ ("What to offer next: price") },
    { "business.name", N_ ("Name of the business") },
    { "business.address", N_ ("Address of the business") },
  };
  static const char OWN[] = "lead.fields.";

  g_return_val_if_fail (path != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (LABELS); i++)
    if (g_str_equal (LABELS[i].path, path))
      return _ (LABELS[i].label);
  return g_str_has_prefix (path, OWN) ? path + strlen (OWN) : path;
}
