/* rungs-merge-words.c: the words that stand for something of the reader,
 * in the text of a message. */

#include "rungs-merge-words.h"

#include <glib/gi18n.h>

#define TAG "merge-word"

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

GMenuModel *
rungs_merge_words_new_menu (const char *action)
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
  return G_MENU_MODEL (menu);
}

static void
mark_all (GtkTextBuffer *buffer,
          const char    *begin,
          const char    *end)
{
  GtkTextIter at, from, to;

  gtk_text_buffer_get_start_iter (buffer, &at);
  while (gtk_text_iter_forward_search (&at, begin, 0, &from, &to, NULL)
         && gtk_text_iter_forward_search (&to, end, 0, NULL, &at, NULL))
    gtk_text_buffer_apply_tag_by_name (buffer, TAG, &from, &at);
}

void
rungs_merge_words_mark (GtkTextBuffer *buffer)
{
  const GdkRGBA grey = { 0.5f, 0.5f, 0.5f, 0.22f };
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (buffer);
  GtkTextIter start, end;

  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));

  if (gtk_text_tag_table_lookup (table, TAG) == NULL)
    gtk_text_buffer_create_tag (buffer, TAG, "background-rgba", &grey, NULL);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag_by_name (buffer, TAG, &start, &end);
  mark_all (buffer, "{{", "}}");
  mark_all (buffer, "{%", "%}");
}
