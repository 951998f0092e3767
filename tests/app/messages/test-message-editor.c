/* test-message-editor.c: texts with styles, lists and values of the reader are written, blocks are
 * added, moved, doubled, copied and deleted, and all of it is undone. */

#include "compat/rungs-web-sheet.h"
#include "mail/rungs-block.h"
#include "messages/rungs-block-editor.h"
#include "messages/rungs-merge-chip.h"
#include "messages/rungs-merge-words.h"
#include "messages/rungs-message-dialog.h"
#include "messages/rungs-message-preview.h"
#include "messages/rungs-picture-field.h"
#include "messages/rungs-rich-paste.h"
#include "messages/rungs-rich-text.h"
#include "messages/rungs-text-history.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"

/* ---- text */

typedef struct
{
  GtkWindow *window;
  GtkWidget *text;
  RungsRichView *view;
  guint n_edited;
} TextFixture;

static void
count_cb (TextFixture *fixture)
{
  fixture->n_edited++;
}

static void
text_set_up (TextFixture   *fixture,
             gconstpointer  data)
{
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->text = rungs_rich_text_new (GPOINTER_TO_UINT (data), "Text");
  fixture->view = rungs_rich_text_get_view (RUNGS_RICH_TEXT (fixture->text));
  g_signal_connect_swapped (fixture->text, "edited", G_CALLBACK (count_cb), fixture);
  gtk_window_set_child (fixture->window, fixture->text);
  gtk_window_present (fixture->window);
  gtk_widget_grab_focus (fixture->text);
}

static void
text_tear_down (TextFixture   *fixture,
                gconstpointer  data)
{
  GtkWidget *text = fixture->text;

  g_object_add_weak_pointer (G_OBJECT (text), (gpointer *) &text);
  gtk_window_destroy (fixture->window);
  g_assert_null (text);
}

static void
assert_text (TextFixture *fixture,
             const char  *expected)
{
  g_autofree char *markdown = rungs_rich_view_dup_markdown (fixture->view);

  g_assert_cmpstr (markdown, ==, expected);
}

static GtkTextBuffer *
buffer_of (TextFixture *fixture)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->view));
}

static void
type (TextFixture *fixture,
      const char  *text)
{
  gtk_text_buffer_insert_interactive_at_cursor (buffer_of (fixture), text, -1, TRUE);
}

static void
select_signs (TextFixture *fixture,
              int          from,
              int          to)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (buffer_of (fixture), &start, from);
  gtk_text_buffer_get_iter_at_offset (buffer_of (fixture), &end, to < 0 ? G_MAXINT : to);
  gtk_text_buffer_select_range (buffer_of (fixture), &end, &start);
}

static void
to_end (TextFixture *fixture)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (buffer_of (fixture), &end);
  gtk_text_buffer_place_cursor (buffer_of (fixture), &end);
}

/* What is read is written as it was, whatever a text view makes of it. */
static void
test_text_reads (TextFixture   *fixture,
                 gconstpointer  data)
{
  static const char *const TEXTS[] = {
    "",
    "Hello",
    "a **b** *c* ***d*** [e](https://a.example)",
    "Hello {{ lead.first_name | default: \"there\" }},\\\nhow are you",
    "- a\n- **b**\n\n1. c\n2. d\n\ne",
    "## Two\n\ntext",
    "a\n\n> quote\n> two\n\nb",
    "{% if lead.company != blank %}\nx {{ lead.company }}\n{% endif %}",
    "{{ today | date: \"%d %B\" }}",
    "a\\*b \\[c\\] `d`",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      rungs_rich_view_set_markdown (fixture->view, TEXTS[i]);
      assert_text (fixture, TEXTS[i]);
    }
  g_assert_cmpuint (fixture->n_edited, ==, 0);
}

static void
test_text_styles (TextFixture   *fixture,
                  gconstpointer  data)
{
  rungs_rich_view_set_markdown (fixture->view, "one two three");
  select_signs (fixture, 4, 7);
  gtk_widget_activate_action (fixture->text, "rich.bold", NULL);
  assert_text (fixture, "one **two** three");
  gtk_widget_activate_action (fixture->text, "rich.italic", NULL);
  assert_text (fixture, "one ***two*** three");
  gtk_widget_activate_action (fixture->text, "rich.bold", NULL);
  assert_text (fixture, "one *two* three");

  to_end (fixture);
  gtk_widget_activate_action (fixture->text, "rich.bold", NULL);
  type (fixture, "?");
  type (fixture, "?");
  gtk_widget_activate_action (fixture->text, "rich.bold", NULL);
  type (fixture, " end");
  assert_text (fixture, "one *two* three&#8288;**??** end");
}

static void
test_text_links (TextFixture   *fixture,
                 gconstpointer  data)
{
  rungs_rich_view_set_markdown (fixture->view, "read this now");
  select_signs (fixture, 5, 9);
  rungs_rich_view_set_link (fixture->view, "https://a.example/x");
  assert_text (fixture, "read [this](https://a.example/x) now");
  select_signs (fixture, 6, 6);
  g_assert_cmpstr (rungs_rich_view_get_link (fixture->view), ==, "https://a.example/x");
  rungs_rich_view_set_link (fixture->view, "https://b.example");
  assert_text (fixture, "read [this](https://b.example) now");
  rungs_rich_view_set_link (fixture->view, "");
  assert_text (fixture, "read this now");
}

static void
test_text_lists (TextFixture   *fixture,
                 gconstpointer  data)
{
  rungs_rich_view_set_markdown (fixture->view, "a\n\nb\n\nc");
  select_signs (fixture, 0, -1);
  gtk_widget_activate_action (fixture->text, "rich.numbers", NULL);
  assert_text (fixture, "1. a\n2. b\n3. c");
  gtk_widget_activate_action (fixture->text, "rich.bullets", NULL);
  assert_text (fixture, "- a\n- b\n- c");
  /* Who deletes a line's end joins two items; the second marker goes. */
  rungs_rich_view_set_markdown (fixture->view, "1. a\n2. b\n3. c");
  select_signs (fixture, 4, 5);
  gtk_text_buffer_delete_selection (buffer_of (fixture), TRUE, TRUE);
  assert_text (fixture, "1. ab\n2. c");
}

static GtkWidget *
chip_of (TextFixture *fixture)
{
  return rungs_app_fixture_find_type (fixture->text, RUNGS_TYPE_MERGE_CHIP);
}

static void
test_text_chips (TextFixture   *fixture,
                 gconstpointer  data)
{
  rungs_rich_view_set_markdown (fixture->view, "Dear");
  to_end (fixture);
  type (fixture, " ");
  gtk_widget_activate_action (fixture->text, "rich.insert", "s", "{{ lead.first_name }}");
  assert_text (fixture, "Dear {{ lead.first_name }}");
  g_assert_nonnull (rungs_app_fixture_find (chip_of (fixture), "First name"));
  rungs_rich_view_set_markdown (fixture->view, "Dear {{ lead.city | default: 'X' }}, hi");
  assert_text (fixture, "Dear {{ lead.city | default: 'X' }}, hi");
  g_signal_emit_by_name (chip_of (fixture), "changed");
  assert_text (fixture, "Dear {{ lead.city | default: \"X\" }}, hi");
  g_signal_emit_by_name (chip_of (fixture), "removed");
  assert_text (fixture, "Dear , hi");
}

static void
test_text_plain (TextFixture   *fixture,
                 gconstpointer  data)
{
  rungs_rich_view_set_markdown (fixture->view, "5 * 3 [x] {{ lead.city }}");
  assert_text (fixture, "5 * 3 [x] {{ lead.city }}");
  gtk_widget_activate_action (fixture->text, "rich.bold", NULL);
  to_end (fixture);
  type (fixture, "_");
  assert_text (fixture, "5 * 3 [x] {{ lead.city }}_");
}

static gboolean
is_pasted (gpointer data)
{
  return ((TextFixture *) data)->n_edited > 0;
}

static void
test_text_paste (TextFixture   *fixture,
                 gconstpointer  data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (fixture->text);

  rungs_rich_view_set_markdown (fixture->view, "a **b** {{ lead.city }} c");
  select_signs (fixture, 2, 6);
  g_signal_emit_by_name (fixture->view, "copy-clipboard");
  rungs_rich_view_set_markdown (fixture->view, "");
  g_signal_emit_by_name (fixture->view, "paste-clipboard");
  rungs_app_fixture_wait (is_pasted, fixture);
  assert_text (fixture, "**b** {{ lead.city }}");

  rungs_rich_view_set_markdown (fixture->view, "");
  fixture->n_edited = 0;
  gdk_clipboard_set_text (clipboard, "1. no list\n*nor* this");
  g_signal_emit_by_name (fixture->view, "paste-clipboard");
  rungs_app_fixture_wait (is_pasted, fixture);
  assert_text (fixture, "1\\. no list\n\n\\*nor\\* this");
}

/* What comes from a web page or a word processor comes in clean. */
static void
test_text_paste_html (TextFixture   *fixture,
                      gconstpointer  data)
{
  static const char PAGE[] = "<html><body><script>x</script><p style=\"color:red\">One "
                             "<b>two</b></p><ul><li>a</li><li>b</li></ul></body></html>";
  g_autoptr (GBytes) bytes = g_bytes_new_static (PAGE, strlen (PAGE));
  g_autoptr (GdkContentProvider) content
    = gdk_content_provider_new_for_bytes ("text/html", bytes);

  gdk_clipboard_set_content (gtk_widget_get_clipboard (fixture->text), content);
  g_signal_emit_by_name (fixture->view, "paste-clipboard");
  rungs_app_fixture_wait (is_pasted, fixture);
  assert_text (fixture, "One **two**\n\n- a\n- b");
}

/* ---- values of the reader, and what was before */

static void
test_words (void)
{
  g_autofree char *path = NULL;
  g_autofree char *fallback = NULL;
  g_autofree char *other = NULL;
  g_autofree char *none = NULL;
  g_autofree char *written = rungs_merge_words_write ("lead.city", "a \"b\"");

  g_assert_true (
    rungs_merge_words_parse ("{{lead.fields.dog|default:'Rex'}}", &path, &fallback));
  g_assert_cmpstr (path, ==, "lead.fields.dog");
  g_assert_cmpstr (fallback, ==, "Rex");
  g_assert_cmpstr (rungs_merge_words_label (path), ==, "dog");
  g_assert_cmpstr (written, ==, "{{ lead.city | default: 'a \"b\"' }}");
  g_assert_false (rungs_merge_words_parse ("{{ lead.city | upcase }}", &other, &none));
  g_assert_false (rungs_merge_words_parse ("{{ today }}", &other, &none));
  g_assert_false (rungs_merge_words_parse ("{% if lead.city %}", &other, &none));
}

static void
test_history (void)
{
  g_autoptr (RungsTextHistory) history = rungs_text_history_new ("");

  g_assert_null (rungs_text_history_undo (history));
  rungs_text_history_push (history, "a", "x", 0);
  rungs_text_history_push (history, "ab", "x", 500);
  rungs_text_history_push (history, "abc", "x", 5000);
  rungs_text_history_push (history, "abcd", "y", 5001);
  rungs_text_history_push (history, "abcd", "z", 5002); /* the same is no change */
  g_assert_cmpstr (rungs_text_history_undo (history), ==, "abc");
  g_assert_cmpstr (rungs_text_history_undo (history), ==, "ab");
  g_assert_cmpstr (rungs_text_history_redo (history), ==, "abc");
  g_assert_cmpstr (rungs_text_history_undo (history), ==, "ab");
  g_assert_cmpstr (rungs_text_history_undo (history), ==, "");
  g_assert_false (rungs_text_history_can_undo (history));
  rungs_text_history_push (history, "z", "x", 5500);
  g_assert_false (rungs_text_history_can_redo (history));
  g_assert_cmpstr (rungs_text_history_undo (history), ==, "");
}

/* ---- blocks */

typedef struct
{
  RungsStore *store;
  RungsDb *reader;
  GtkWidget *dialog;
  RungsBlockEditor *editor;
  RungsBlockList *list;
  GtkWidget *preview;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (RungsMessage) message = rungs_message_new ();

  g_free (message->blocks);
  message->blocks = g_strdup (data);
  message->id = 1; /* never saved here */
  fixture->store = rungs_app_store_new (NULL, &fixture->reader);
  fixture->dialog = GTK_WIDGET (rungs_message_dialog_new (NULL, fixture->store, message));
  fixture->editor = RUNGS_BLOCK_EDITOR (
    rungs_app_fixture_find_type (fixture->dialog, RUNGS_TYPE_BLOCK_EDITOR));
  fixture->list = rungs_block_editor_get_list (fixture->editor);
  gtk_window_present (GTK_WINDOW (fixture->dialog));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *editor = GTK_WIDGET (fixture->editor);

  g_object_add_weak_pointer (G_OBJECT (editor), (gpointer *) &editor);
  gtk_window_destroy (GTK_WINDOW (fixture->dialog));
  rungs_app_fixture_settle (200);
  g_assert_null (editor);
  rungs_db_close (fixture->reader);
  rungs_app_store_close (fixture->store);
}

static void
assert_blocks (Fixture    *fixture,
               const char *expected)
{
  g_autofree char *json = rungs_block_editor_dup_json (fixture->editor);

  g_assert_cmpstr (json, ==, expected);
}

static GtkWidget *
card (Fixture *fixture,
      guint    index)
{
  RungsBlockCard *found = rungs_block_list_get_card (fixture->list, index);

  g_assert_nonnull (found);
  return GTK_WIDGET (found);
}

static void
act (GtkWidget  *widget,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (widget, action, NULL));
}

#define A "{\"type\":\"text\",\"text\":\"a\"}"
#define B "{\"type\":\"heading\",\"level\":1,\"text\":\"b\"}"
#define C "{\"type\":\"divider\"}"

static gboolean
has_focus (Fixture *fixture,
           guint    index)
{
  return gtk_root_get_focus (GTK_ROOT (fixture->dialog)) == card (fixture, index);
}

static void
test_moves (Fixture       *fixture,
            gconstpointer  data)
{
  assert_blocks (fixture, "[" A "," B "," C "]");
  act (card (fixture, 0), "block.down");
  assert_blocks (fixture, "[" B "," A "," C "]");
  g_assert_true (has_focus (fixture, 1));
  act (card (fixture, 1), "block.down");
  assert_blocks (fixture, "[" B "," C "," A "]");
  act (card (fixture, 2), "block.up");
  act (card (fixture, 1), "block.duplicate");
  assert_blocks (fixture, "[" B "," A "," A "," C "]");
  act (card (fixture, 0), "block.delete");
  assert_blocks (fixture, "[" A "," A "," C "]");
  for (guint i = 0; i < 5; i++)
    act (fixture->dialog, "message.undo");
  assert_blocks (fixture, "[" A "," B "," C "]");
  act (fixture->dialog, "message.redo");
  assert_blocks (fixture, "[" B "," A "," C "]");
}

static RungsRichView *
view_in (GtkWidget *widget)
{
  GtkWidget *view = rungs_app_fixture_find_type (widget, RUNGS_TYPE_RICH_VIEW);

  g_assert_nonnull (view);
  return RUNGS_RICH_VIEW (view);
}

/* Typing is undone in one go, in the card that is there, and other cards stay as they are. */
static void
test_typing (Fixture       *fixture,
             gconstpointer  data)
{
  RungsRichView *view = view_in (card (fixture, 0));
  GtkWidget *other = card (fixture, 1);

  gtk_widget_grab_focus (GTK_WIDGET (view));
  gtk_text_buffer_insert_interactive_at_cursor (
    gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "x", 1, TRUE);
  gtk_text_buffer_insert_interactive_at_cursor (
    gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "y", 1, TRUE);
  assert_blocks (fixture, "[{\"type\":\"text\",\"text\":\"xya\"}," B "," C "]");
  act (fixture->dialog, "message.undo");
  assert_blocks (fixture, "[" A "," B "," C "]");
  g_assert_true (view_in (card (fixture, 0)) == view);
  g_assert_true (card (fixture, 1) == other);
}

static void
test_kinds (Fixture       *fixture,
            gconstpointer  data)
{
  static const char *const EXPECTED[] = {
    "[{\"type\":\"text\",\"text\":\"\"}]",
    "[{\"type\":\"heading\",\"level\":2,\"text\":\"\"}]",
    "[{\"type\":\"button\",\"text\":\"\",\"link\":\"\"}]",
    "[{\"type\":\"picture\",\"picture\":\"\",\"alt\":\"\"}]",
    "[{\"type\":\"product\",\"sku\":\"\"}]",
    "[{\"type\":\"columns\",\"columns\":[[],[]]}]",
    "[{\"type\":\"divider\"}]",
    "[{\"type\":\"signature\"}]",
    "[{\"type\":\"html\",\"html\":\"\"}]",
  };

  for (RungsBlockType kind = 0; kind < RUNGS_N_BLOCK_TYPES; kind++)
    {
      g_autoptr (GPtrArray) expected = rungs_blocks_parse (EXPECTED[kind], NULL);
      g_autofree char *json = rungs_blocks_to_json (expected);
      GtkWidget *gap = gtk_widget_get_first_child (GTK_WIDGET (fixture->list));

      g_assert_true (
        gtk_widget_activate_action (gap, "gap.insert", "s", rungs_block_type_to_text (kind)));
      assert_blocks (fixture, json);
      act (card (fixture, 0), "block.delete");
      assert_blocks (fixture, "[]");
    }
}

static void
fill (GtkWidget  *widget,
      const char *name,
      const char *text)
{
  GtkWidget *label = rungs_app_fixture_find (widget, name);

  g_assert_nonnull (label);
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_next_sibling (label)), text);
}

static void
test_fields (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *button = card (fixture, 0);

  rungs_rich_view_insert_markdown (view_in (button), "Book *now*");
  fill (button, "Where it leads", "https://a.example");
  assert_blocks (fixture, "[{\"type\":\"button\",\"text\":\"Book *now*\","
                          "\"link\":\"https://a.example\"}]");
  act (fixture->dialog, "message.undo");
  act (fixture->dialog, "message.undo");
  assert_blocks (fixture, "[{\"type\":\"button\",\"text\":\"\",\"link\":\"\"}]");
}

/* Columns hold blocks of their own, which are changed and undone like the others. */
static void
test_columns (Fixture       *fixture,
              gconstpointer  data)
{
  RungsBlockList *column
    = RUNGS_BLOCK_LIST (rungs_app_fixture_find_type (card (fixture, 0), RUNGS_TYPE_BLOCK_LIST));

  g_assert_false (rungs_block_list_accepts (column, RUNGS_BLOCK_COLUMNS));
  rungs_block_list_insert (column, 0, rungs_block_new (RUNGS_BLOCK_DIVIDER));
  assert_blocks (fixture, "[{\"type\":\"columns\",\"columns\":[[" C "],[]]}," A "]");
  rungs_block_list_move_here (column, rungs_block_list_get_card (fixture->list, 1), 1);
  assert_blocks (fixture, "[{\"type\":\"columns\",\"columns\":[[" C "," A "],[]]}]");
  act (fixture->dialog, "message.undo");
  act (fixture->dialog, "message.undo");
  assert_blocks (fixture, "[{\"type\":\"columns\",\"columns\":[[],[]]}," A "]");
}

static gboolean
has_four (gpointer data)
{
  return rungs_block_list_get_n_cards (((Fixture *) data)->list) == 4;
}

static void
test_copies (Fixture       *fixture,
             gconstpointer  data)
{
  act (card (fixture, 1), "block.copy");
  act (card (fixture, 2), "block.paste");
  rungs_app_fixture_wait (has_four, fixture);
  assert_blocks (fixture, "[" A "," B "," C "," B "]");
}

/* ---- keys alone */

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
press (const char *keys)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
    = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "xdotool", "key", keys, NULL);
  gboolean ended = FALSE;

  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, ended_cb, &ended);
  rungs_app_fixture_wait (is_true, &ended);
}

/* What is waited for: these blocks, or the keys in a card or its text. */
typedef struct
{
  Fixture *fixture;
  const char *blocks; /* (nullable) */
  int card;           /* -1: whatever */
  gboolean in_text;
} Goal;

static gboolean
is_reached (gpointer data)
{
  const Goal *goal = data;
  g_autofree char *json = rungs_block_editor_dup_json (goal->fixture->editor);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (goal->fixture->dialog));
  GtkWidget *wanted;

  if (goal->blocks != NULL && !g_str_equal (json, goal->blocks))
    return FALSE;
  if (goal->card < 0)
    return TRUE;
  wanted = GTK_WIDGET (rungs_block_list_get_card (goal->fixture->list, (guint) goal->card));
  return goal->in_text ? RUNGS_IS_RICH_VIEW (focus) && gtk_widget_is_ancestor (focus, wanted)
                       : focus == wanted;
}

static void
press_until (Fixture    *fixture,
             const char *keys,
             const char *blocks,
             int         card_with_keys,
             gboolean    in_text)
{
  Goal goal = { fixture, blocks, card_with_keys, in_text };

  press (keys);
  rungs_app_fixture_wait (is_reached, &goal);
}

static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  Goal ready = { fixture, NULL, 0, FALSE };

  gtk_widget_grab_focus (card (fixture, 0));
  rungs_app_fixture_wait (is_reached, &ready);
  press_until (fixture, "Return", NULL, 0, TRUE);
  press_until (fixture, "x", "[{\"type\":\"text\",\"text\":\"xa\"}," B "," C "]", 0, TRUE);
  press_until (fixture, "ctrl+z", "[" A "," B "," C "]", 0, TRUE);
  press_until (fixture, "Escape", NULL, 0, FALSE);
  press_until (fixture, "alt+Down", "[" B "," A "," C "]", 1, FALSE);
  press_until (fixture, "ctrl+d", "[" B "," A "," A "," C "]", 2, FALSE);
  press_until (fixture, "Delete", "[" B "," A "," C "]", 2, FALSE);
  press_until (fixture, "ctrl+z", "[" B "," A "," A "," C "]", -1, FALSE);
  press_until (fixture, "ctrl+shift+z", "[" B "," A "," C "]", -1, FALSE);
}

/* ---- pictures */

static gboolean
has_key (gpointer data)
{
  g_autofree char *json = rungs_block_editor_dup_json (((Fixture *) data)->editor);

  return strstr (json, "\"picture\":\"dot\"") != NULL;
}

static void
test_picture (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *folder = rungs_app_fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "dot.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GdkPixbuf) dot = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 4, 4);

  gdk_pixbuf_fill (dot, 0xff0000ff);
  g_assert_true (gdk_pixbuf_save (dot, path, "png", NULL, NULL));
  rungs_block_form_take_file (
    rungs_block_card_get_form (RUNGS_BLOCK_CARD (card (fixture, 0))), file);
  rungs_app_fixture_wait (has_key, fixture);
  fill (card (fixture, 0), "What it shows, in words", "A dot");
  assert_blocks (fixture, "[{\"type\":\"picture\",\"picture\":\"dot\",\"alt\":\"A dot\"}]");
}

/* ---- the preview */

typedef struct
{
  gboolean is_known;
  gboolean can;
} Probe;

static void
probed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Probe *probe = data;

  probe->can = rungs_web_sheet_probe_finish (result, NULL);
  probe->is_known = TRUE;
}

static gboolean
is_known (gpointer data)
{
  return ((Probe *) data)->is_known;
}

static gboolean
is_drawn (gpointer data)
{
  return rungs_message_preview_is_drawn (RUNGS_MESSAGE_PREVIEW (data));
}

/* Types into the line of text of that row. */
static void
write_line (GtkWidget  *row,
            const char *text)
{
  GtkWidget *view = rungs_app_fixture_find_type (row, RUNGS_TYPE_RICH_VIEW);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert_at_cursor (buffer, text, -1);
  gtk_text_buffer_end_user_action (buffer);
}

/* Where web pages can be drawn it is one; else it is text, and says why. */
static void
test_preview (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *preview = rungs_app_fixture_find_type (fixture->dialog, RUNGS_TYPE_MESSAGE_PREVIEW);
  GtkWidget *title = rungs_app_fixture_find (fixture->dialog, "Subject");
  Probe probe = { FALSE, FALSE };

  g_assert_nonnull (title);
  write_line (gtk_widget_get_ancestor (title, ADW_TYPE_PREFERENCES_ROW), "Two days");
  rungs_app_fixture_wait_for (preview, "Two days");
  rungs_web_sheet_probe_async (NULL, probed_cb, &probe);
  rungs_app_fixture_wait (is_known, &probe);
  if (probe.can)
    rungs_app_fixture_wait (is_drawn, preview);
  else
    rungs_app_fixture_wait_for (
      preview, "Only the text can be shown: WebKit, which draws mails, does not run here.");
}

static gboolean
is_beside (gpointer data)
{
  Fixture *fixture = data;

  return gtk_widget_get_mapped (fixture->preview)
         && gtk_widget_get_mapped (GTK_WIDGET (fixture->editor));
}

static gboolean
is_folded (gpointer data)
{
  Fixture *fixture = data;

  return !gtk_widget_get_mapped (fixture->preview)
         && gtk_widget_get_mapped (GTK_WIDGET (fixture->editor));
}

static gboolean
is_flipped (gpointer data)
{
  Fixture *fixture = data;

  return gtk_widget_get_mapped (fixture->preview)
         && !gtk_widget_get_mapped (GTK_WIDGET (fixture->editor));
}

/* In a narrow window the preview is on the other side of a button. */
static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *flip;

  fixture->preview = rungs_app_fixture_find_type (fixture->dialog, RUNGS_TYPE_MESSAGE_PREVIEW);
  rungs_app_fixture_wait (is_beside, fixture);
  gtk_window_set_default_size (GTK_WINDOW (fixture->dialog), 700, 600);
  rungs_app_fixture_wait (is_folded, fixture);
  flip = rungs_app_fixture_wait_for (fixture->dialog, "Pre_view");
  flip = gtk_widget_get_ancestor (flip, GTK_TYPE_TOGGLE_BUTTON);
  g_assert_nonnull (flip);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (flip), TRUE);
  rungs_app_fixture_wait (is_flipped, fixture);
}

#define TEXT(name, mode, func)                                                                     \
  g_test_add ("/message-editor/text/" name, TextFixture, GUINT_TO_POINTER (mode), text_set_up,     \
              func, text_tear_down)
#define ADD(name, blocks, func)                                                                    \
  g_test_add ("/message-editor/" name, Fixture, blocks, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  TEXT ("reads", RUNGS_RICH_MODE_TEXT, test_text_reads);
  TEXT ("styles", RUNGS_RICH_MODE_TEXT, test_text_styles);
  TEXT ("links", RUNGS_RICH_MODE_TEXT, test_text_links);
  TEXT ("lists", RUNGS_RICH_MODE_TEXT, test_text_lists);
  TEXT ("chips", RUNGS_RICH_MODE_TEXT, test_text_chips);
  TEXT ("plain", RUNGS_RICH_MODE_PLAIN, test_text_plain);
  TEXT ("paste", RUNGS_RICH_MODE_TEXT, test_text_paste);
  TEXT ("paste-html", RUNGS_RICH_MODE_TEXT, test_text_paste_html);
  g_test_add_func ("/message-editor/words", test_words);
  g_test_add_func ("/message-editor/history", test_history);
  ADD ("moves", "[" A "," B "," C "]", test_moves);
  ADD ("typing", "[" A "," B "," C "]", test_typing);
  ADD ("kinds", "[]", test_kinds);
  ADD ("fields", "[{\"type\":\"button\",\"text\":\"\",\"link\":\"\"}]", test_fields);
  ADD ("columns", "[{\"type\":\"columns\",\"columns\":[[],[]]}," A "]", test_columns);
  ADD ("copies", "[" A "," B "," C "]", test_copies);
  ADD ("keys", "[" A "," B "," C "]", test_keys);
  ADD ("picture", "[{\"type\":\"picture\",\"picture\":\"\"}]", test_picture);
  ADD ("preview", "[" A "]", test_preview);
  ADD ("narrow", "[" A "]", test_narrow);
  return g_test_run ();
}
