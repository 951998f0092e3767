/* rungs-rich-view.c: a text with bold, links, lists and values of the reader, as it is edited.
 *
 * The buffer keeps no undo: it knows none of tags. Who uses this keeps the texts. */

#include "rungs-rich-view.h"

#include <string.h>

#include "rungs-merge-chip.h"
#include "rungs-merge-words.h"
#include "rungs-rich-buffer.h"
#include "rungs-rich-paste.h"

#define LINE_END "\xE2\x80\xA8"

struct _RungsRichView
{
  GtkTextView parent_instance;

  RungsRichMode mode;
  RungsRichStyle typing; /* how what is typed looks */
  gboolean has_typing;   /* else as what stands before it */
  guint busy;            /* the buffer changes because of us */
  int width;             /* for which its height is known */
};

G_DEFINE_FINAL_TYPE (RungsRichView, rungs_rich_view, GTK_TYPE_TEXT_VIEW)

static guint edited_signal;
static guint moved_signal;

static GtkTextBuffer *
buffer_of (RungsRichView *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
}

static void
get_cursor (RungsRichView *self,
            GtkTextIter   *at)
{
  gtk_text_buffer_get_iter_at_mark (buffer_of (self), at,
                                    gtk_text_buffer_get_insert (buffer_of (self)));
}

/* ---- changes */

static void
tell_edited (RungsRichView *self)
{
  self->busy++;
  rungs_rich_buffer_tidy (buffer_of (self));
  self->busy--;
  g_signal_emit (self, edited_signal, 0);
  g_signal_emit (self, moved_signal, 0);
}

static void
begin_change (RungsRichView *self)
{
  self->busy++;
  gtk_text_buffer_begin_user_action (buffer_of (self));
}

static void
end_change (RungsRichView *self)
{
  gtk_text_buffer_end_user_action (buffer_of (self));
  self->busy--;
  tell_edited (self);
}

static void
changed_cb (RungsRichView *self)
{
  if (self->busy == 0)
    tell_edited (self);
}

/* The style of what stands before `at` in its line. */
static RungsRichStyle
style_before (RungsRichView     *self,
              const GtkTextIter *at)
{
  const RungsRichStyle styles[] = { RUNGS_RICH_BOLD, RUNGS_RICH_ITALIC };
  GtkTextIter before = *at;
  RungsRichStyle style = 0;

  if (gtk_text_iter_starts_line (&before) || !gtk_text_iter_backward_char (&before))
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    if (rungs_rich_buffer_has_style (buffer_of (self), &before, styles[i]))
      style |= styles[i];
  return style;
}

/* What was typed looks as it should. */
static void
text_inserted_cb (GtkTextBuffer *buffer,
                  GtkTextIter   *end,
                  const char    *text,
                  int            length,
                  RungsRichView *self)
{
  GtkTextIter start = *end;
  RungsRichStyle style;

  if (self->busy > 0 || self->mode == RUNGS_RICH_MODE_PLAIN)
    return;
  gtk_text_iter_backward_chars (&start, (int) g_utf8_strlen (text, length));
  style = self->has_typing ? self->typing : style_before (self, &start);
  rungs_rich_buffer_set_style (buffer, &start, end, RUNGS_RICH_BOLD | RUNGS_RICH_ITALIC, FALSE);
  rungs_rich_buffer_set_style (buffer, &start, end, style, TRUE);
}

static void
mark_set_cb (GtkTextBuffer     *buffer,
             const GtkTextIter *at,
             GtkTextMark       *mark,
             RungsRichView     *self)
{
  if (mark != gtk_text_buffer_get_insert (buffer) || self->busy > 0)
    return;
  self->has_typing = FALSE;
  g_signal_emit (self, moved_signal, 0);
}

/* ---- chips */

static void
chip_changed_cb (RungsMergeChip     *chip,
                 GtkTextChildAnchor *anchor)
{
  g_autofree char *liquid = rungs_merge_chip_dup_liquid (chip);
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (chip), RUNGS_TYPE_RICH_VIEW);

  rungs_rich_buffer_set_liquid (anchor, liquid);
  if (view != NULL)
    g_signal_emit (view, edited_signal, 0);
}

static void
chip_removed_cb (RungsMergeChip     *chip,
                 GtkTextChildAnchor *anchor)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (chip), RUNGS_TYPE_RICH_VIEW);
  GtkTextIter start, end;

  if (view == NULL || gtk_text_child_anchor_get_deleted (anchor))
    return;
  gtk_text_buffer_get_iter_at_child_anchor (buffer_of (RUNGS_RICH_VIEW (view)), &start, anchor);
  end = start;
  gtk_text_iter_forward_char (&end);
  gtk_widget_grab_focus (view);
  gtk_text_buffer_delete (buffer_of (RUNGS_RICH_VIEW (view)), &start, &end);
}

static void
anchor_inserted_cb (GtkTextBuffer      *buffer,
                    GtkTextIter        *at,
                    GtkTextChildAnchor *anchor,
                    RungsRichView      *self)
{
  const char *liquid = rungs_rich_buffer_get_liquid (anchor);
  g_autofree char *path = NULL;
  g_autofree char *fallback = NULL;
  GtkWidget *chip;

  if (liquid == NULL || !rungs_merge_words_parse (liquid, &path, &fallback))
    return;
  chip = rungs_merge_chip_new (path, fallback);
  g_signal_connect_object (chip, "changed", G_CALLBACK (chip_changed_cb), anchor, 0);
  g_signal_connect_object (chip, "removed", G_CALLBACK (chip_removed_cb), anchor, 0);
  gtk_text_view_add_child_at_anchor (GTK_TEXT_VIEW (self), chip, anchor);
}

/* The chip before or behind the cursor. */
static RungsMergeChip *
chip_at_cursor (RungsRichView *self)
{
  GtkTextIter at;

  get_cursor (self, &at);
  for (int i = 0; i < 2; i++)
    {
      GtkTextChildAnchor *anchor = gtk_text_iter_get_child_anchor (&at);
      guint n = 0;
      g_autofree GtkWidget **widgets
        = anchor != NULL ? gtk_text_child_anchor_get_widgets (anchor, &n) : NULL;

      if (n > 0 && RUNGS_IS_MERGE_CHIP (widgets[0]))
        return RUNGS_MERGE_CHIP (widgets[0]);
      gtk_text_iter_backward_char (&at);
    }
  return NULL;
}

/* ---- keys */

static gboolean
is_empty_item (RungsRichView *self)
{
  RungsRichKind kind = rungs_rich_view_get_kind (self);
  GtkTextIter at;

  get_cursor (self, &at);
  rungs_rich_buffer_to_text (buffer_of (self), &at);
  return (kind == RUNGS_RICH_BULLET || kind == RUNGS_RICH_NUMBER) && gtk_text_iter_ends_line (&at);
}

/* A new line, of the same list, or within the paragraph. */
static gboolean
break_line (RungsRichView *self,
            gboolean       is_within)
{
  GtkTextBuffer *buffer = buffer_of (self);
  RungsRichKind kind = rungs_rich_view_get_kind (self);
  GtkTextIter at;

  if (self->mode != RUNGS_RICH_MODE_TEXT)
    return TRUE;
  begin_change (self);
  if (!is_within && is_empty_item (self))
    {
      get_cursor (self, &at);
      rungs_rich_buffer_set_kind (buffer, &at, RUNGS_RICH_PLAIN);
      end_change (self);
      return TRUE;
    }
  gtk_text_buffer_delete_selection (buffer, FALSE, TRUE);
  gtk_text_buffer_insert_at_cursor (
    buffer, is_within || kind == RUNGS_RICH_SOURCE ? LINE_END : "\n", -1);
  if (!is_within && (kind == RUNGS_RICH_BULLET || kind == RUNGS_RICH_NUMBER))
    {
      get_cursor (self, &at);
      rungs_rich_buffer_set_kind (buffer, &at, kind);
    }
  end_change (self);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer));
  return TRUE;
}

/* Before the text of an item: it is a paragraph again. */
static gboolean
leave_list (RungsRichView *self)
{
  GtkTextBuffer *buffer = buffer_of (self);
  RungsRichKind kind = rungs_rich_view_get_kind (self);
  GtkTextIter at, begin;

  get_cursor (self, &at);
  begin = at;
  rungs_rich_buffer_to_text (buffer, &begin);
  if (gtk_text_buffer_get_has_selection (buffer) || gtk_text_iter_compare (&at, &begin) > 0
      || (kind != RUNGS_RICH_BULLET && kind != RUNGS_RICH_NUMBER))
    return FALSE;
  begin_change (self);
  rungs_rich_buffer_set_kind (buffer, &at, RUNGS_RICH_PLAIN);
  end_change (self);
  return TRUE;
}

/* "- " and "1. " at the beginning of a line begin a list. */
static gboolean
begin_list (RungsRichView *self)
{
  GtkTextBuffer *buffer = buffer_of (self);
  GtkTextIter at, begin;
  g_autofree char *typed = NULL;
  RungsRichKind kind;

  if (self->mode != RUNGS_RICH_MODE_TEXT || rungs_rich_view_get_kind (self) != RUNGS_RICH_PLAIN)
    return FALSE;
  get_cursor (self, &at);
  begin = at;
  gtk_text_iter_set_line_offset (&begin, 0);
  typed = gtk_text_iter_get_slice (&begin, &at);
  kind = g_str_equal (typed, "-") || g_str_equal (typed, "*") ? RUNGS_RICH_BULLET
         : g_str_equal (typed, "1.")                          ? RUNGS_RICH_NUMBER
                                                              : RUNGS_RICH_PLAIN;
  if (kind == RUNGS_RICH_PLAIN)
    return FALSE;
  begin_change (self);
  gtk_text_buffer_delete (buffer, &begin, &at);
  rungs_rich_buffer_set_kind (buffer, &begin, kind);
  end_change (self);
  return TRUE;
}

static gboolean
key_pressed_cb (RungsRichView   *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  GdkModifierType held = state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK);
  RungsMergeChip *chip;

  if ((key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) && (held & ~GDK_SHIFT_MASK) == 0)
    return break_line (self, held == GDK_SHIFT_MASK);
  if (key == GDK_KEY_BackSpace && held == 0)
    return leave_list (self);
  if (key == GDK_KEY_space && held == 0)
    return begin_list (self);
  if (key == GDK_KEY_F2 && held == 0 && (chip = chip_at_cursor (self)) != NULL)
    {
      rungs_merge_chip_open (chip);
      return TRUE;
    }
  return FALSE;
}

/* ---- copy and paste */

static char *
dup_selected (RungsRichView *self)
{
  GtkTextIter start, end;
  g_autoptr (GPtrArray) paragraphs = NULL;

  if (!gtk_text_buffer_get_selection_bounds (buffer_of (self), &start, &end))
    return NULL;
  paragraphs = rungs_rich_buffer_read (buffer_of (self), &start, &end);
  return rungs_rich_write (paragraphs);
}

static void
rungs_rich_view_copy (GtkTextView *view)
{
  g_autofree char *markdown = dup_selected (RUNGS_RICH_VIEW (view));

  if (markdown != NULL)
    rungs_rich_paste_offer (GTK_WIDGET (view), markdown);
}

static void
rungs_rich_view_cut (GtkTextView *view)
{
  rungs_rich_view_copy (view);
  gtk_text_buffer_delete_selection (gtk_text_view_get_buffer (view), TRUE, TRUE);
}

static void
pasted_cb (GtkWidget  *view,
           const char *markdown)
{
  rungs_rich_view_insert_markdown (RUNGS_RICH_VIEW (view), markdown);
}

static void
rungs_rich_view_paste (GtkTextView *view)
{
  rungs_rich_paste_fetch (GTK_WIDGET (view), pasted_cb);
}

/* ---- the class */

static gboolean
measure_again (gpointer view)
{
  gtk_widget_queue_resize (view);
  return G_SOURCE_REMOVE;
}

/* A text view knows its height only when it has laid its lines out for its width, which it does
 * later, and then does not always say so (GTK 4.8). */
static void
rungs_rich_view_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  RungsRichView *self = RUNGS_RICH_VIEW (widget);

  GTK_WIDGET_CLASS (rungs_rich_view_parent_class)->size_allocate (widget, width, height, baseline);
  if (width == self->width)
    return;
  self->width = width;
  g_idle_add_full (G_PRIORITY_LOW, measure_again, g_object_ref (self), g_object_unref);
}

static void
rungs_rich_view_class_init (RungsRichViewClass *klass)
{
  GtkTextViewClass *text_class = GTK_TEXT_VIEW_CLASS (klass);

  GTK_WIDGET_CLASS (klass)->size_allocate = rungs_rich_view_size_allocate;
  text_class->copy_clipboard = rungs_rich_view_copy;
  text_class->cut_clipboard = rungs_rich_view_cut;
  text_class->paste_clipboard = rungs_rich_view_paste;
  edited_signal = g_signal_new ("edited", RUNGS_TYPE_RICH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  moved_signal = g_signal_new ("moved", RUNGS_TYPE_RICH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
}

static void
rungs_rich_view_init (RungsRichView *self)
{
  GtkTextBuffer *buffer = buffer_of (self);
  GtkEventController *keys = gtk_event_controller_key_new ();

  rungs_rich_buffer_prepare (buffer);
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self), FALSE);
  gtk_text_view_set_pixels_inside_wrap (GTK_TEXT_VIEW (self), 2);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "insert-text", G_CALLBACK (text_inserted_cb), self,
                           G_CONNECT_AFTER);
  g_signal_connect_object (buffer, "mark-set", G_CALLBACK (mark_set_cb), self, 0);
  g_signal_connect_object (buffer, "insert-child-anchor", G_CALLBACK (anchor_inserted_cb), self,
                           G_CONNECT_AFTER);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
rungs_rich_view_new (RungsRichMode mode)
{
  RungsRichView *self = g_object_new (RUNGS_TYPE_RICH_VIEW, NULL);

  self->mode = mode;
  if (mode == RUNGS_RICH_MODE_TEXT)
    gtk_text_view_set_pixels_below_lines (GTK_TEXT_VIEW (self), 6);
  return GTK_WIDGET (self);
}

/* ---- the text */

/* A line that is no Markdown, as one paragraph. */
static GPtrArray *
read_text (RungsRichView *self,
           const char    *text)
{
  GPtrArray *paragraphs;
  RungsRichParagraph *paragraph;

  if (self->mode != RUNGS_RICH_MODE_PLAIN)
    return rungs_rich_read (text);
  paragraphs = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_rich_paragraph_free);
  paragraph = rungs_rich_paragraph_new (RUNGS_RICH_PLAIN);
  rungs_rich_paragraph_append (paragraph, text, -1, 0, NULL);
  g_ptr_array_add (paragraphs, paragraph);
  return paragraphs;
}

void
rungs_rich_view_set_markdown (RungsRichView *self,
                              const char    *markdown)
{
  GtkTextBuffer *buffer;
  g_autoptr (GPtrArray) paragraphs = NULL;
  GtkTextIter at;
  int offset;

  g_return_if_fail (RUNGS_IS_RICH_VIEW (self));
  g_return_if_fail (markdown != NULL);

  buffer = buffer_of (self);
  get_cursor (self, &at);
  offset = gtk_text_iter_get_offset (&at);
  paragraphs = read_text (self, markdown);
  self->busy++;
  gtk_text_buffer_set_text (buffer, "", 0);
  gtk_text_buffer_get_start_iter (buffer, &at);
  rungs_rich_buffer_insert (buffer, &at, paragraphs);
  rungs_rich_buffer_tidy (buffer);
  gtk_text_buffer_get_iter_at_offset (buffer, &at, offset);
  gtk_text_buffer_place_cursor (buffer, &at);
  self->has_typing = FALSE;
  self->busy--;
  g_signal_emit (self, moved_signal, 0);
}

char *
rungs_rich_view_dup_markdown (RungsRichView *self)
{
  GtkTextIter start, end;
  g_autoptr (GPtrArray) paragraphs = NULL;
  GString *plain;

  g_return_val_if_fail (RUNGS_IS_RICH_VIEW (self), NULL);

  gtk_text_buffer_get_bounds (buffer_of (self), &start, &end);
  paragraphs = rungs_rich_buffer_read (buffer_of (self), &start, &end);
  if (self->mode != RUNGS_RICH_MODE_PLAIN)
    return rungs_rich_write (paragraphs);
  plain = g_string_new (NULL);
  for (guint i = 0; i < paragraphs->len; i++)
    {
      const RungsRichParagraph *paragraph = g_ptr_array_index (paragraphs, i);

      for (guint j = 0; j < paragraph->runs->len; j++)
        g_string_append (plain, ((RungsRichRun *) g_ptr_array_index (paragraph->runs, j))->text);
    }
  return g_string_free (plain, FALSE);
}

gboolean
rungs_rich_view_has_style (RungsRichView  *self,
                           RungsRichStyle  style)
{
  GtkTextIter start, end;

  g_return_val_if_fail (RUNGS_IS_RICH_VIEW (self), FALSE);

  if (gtk_text_buffer_get_selection_bounds (buffer_of (self), &start, &end))
    return rungs_rich_buffer_has_style (buffer_of (self), &start, style);
  return ((self->has_typing ? self->typing : style_before (self, &start)) & style) == style;
}

void
rungs_rich_view_toggle_style (RungsRichView  *self,
                              RungsRichStyle  style)
{
  GtkTextIter start, end;
  gboolean set;

  g_return_if_fail (RUNGS_IS_RICH_VIEW (self));

  if (self->mode == RUNGS_RICH_MODE_PLAIN)
    return;
  set = !rungs_rich_view_has_style (self, style);
  if (gtk_text_buffer_get_selection_bounds (buffer_of (self), &start, &end))
    {
      begin_change (self);
      rungs_rich_buffer_set_style (buffer_of (self), &start, &end, style, set);
      end_change (self);
      return;
    }
  if (!self->has_typing)
    self->typing = style_before (self, &start);
  self->has_typing = TRUE;
  self->typing = set ? self->typing | style : self->typing & ~style;
  g_signal_emit (self, moved_signal, 0);
}

RungsRichKind
rungs_rich_view_get_kind (RungsRichView *self)
{
  GtkTextIter at;

  g_return_val_if_fail (RUNGS_IS_RICH_VIEW (self), RUNGS_RICH_PLAIN);

  get_cursor (self, &at);
  return rungs_rich_buffer_get_kind (buffer_of (self), &at);
}

void
rungs_rich_view_toggle_list (RungsRichView *self,
                             RungsRichKind  kind)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  int first, last;

  g_return_if_fail (RUNGS_IS_RICH_VIEW (self));

  if (self->mode != RUNGS_RICH_MODE_TEXT)
    return;
  buffer = buffer_of (self);
  if (rungs_rich_view_get_kind (self) == kind)
    kind = RUNGS_RICH_PLAIN;
  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  first = gtk_text_iter_get_line (&start);
  last = gtk_text_iter_get_line (&end);
  begin_change (self);
  for (int line = first; line <= last; line++)
    {
      gtk_text_buffer_get_iter_at_line (buffer, &start, line);
      rungs_rich_buffer_set_kind (buffer, &start, kind);
    }
  end_change (self);
}

const char *
rungs_rich_view_get_link (RungsRichView *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (RUNGS_IS_RICH_VIEW (self), NULL);

  if (!gtk_text_buffer_get_selection_bounds (buffer_of (self), &start, &end)
      && rungs_rich_buffer_get_link (&start) == NULL)
    gtk_text_iter_backward_char (&start);
  return rungs_rich_buffer_get_link (&start);
}

void
rungs_rich_view_set_link (RungsRichView *self,
                          const char    *link)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  int offset;

  g_return_if_fail (RUNGS_IS_RICH_VIEW (self));
  g_return_if_fail (link != NULL);

  buffer = buffer_of (self);
  begin_change (self);
  if (!gtk_text_buffer_get_selection_bounds (buffer, &start, &end))
    {
      if (rungs_rich_buffer_get_link (&start) == NULL)
        gtk_text_iter_backward_char (&start);
      if (rungs_rich_buffer_get_link (&start) != NULL)
        {
          rungs_rich_buffer_to_link_ends (&start, &end);
        }
      else
        {
          get_cursor (self, &end);
          offset = gtk_text_iter_get_offset (&end);
          gtk_text_buffer_insert (buffer, &end, link, -1);
          gtk_text_buffer_get_iter_at_offset (buffer, &start, offset);
        }
    }
  rungs_rich_buffer_set_link (buffer, &start, &end, *link != '\0' ? link : NULL);
  end_change (self);
}

void
rungs_rich_view_insert_liquid (RungsRichView *self,
                               const char    *liquid)
{
  GtkTextIter at;

  g_return_if_fail (RUNGS_IS_RICH_VIEW (self));
  g_return_if_fail (liquid != NULL);

  begin_change (self);
  gtk_text_buffer_delete_selection (buffer_of (self), FALSE, TRUE);
  get_cursor (self, &at);
  rungs_rich_buffer_insert_liquid (buffer_of (self), &at, liquid);
  end_change (self);
}

void
rungs_rich_view_insert_markdown (RungsRichView *self,
                                 const char    *markdown)
{
  g_autoptr (GPtrArray) paragraphs = NULL;
  GtkTextIter at;

  g_return_if_fail (RUNGS_IS_RICH_VIEW (self));
  g_return_if_fail (markdown != NULL);

  paragraphs = read_text (self, markdown);
  if (self->mode != RUNGS_RICH_MODE_TEXT && paragraphs->len > 1)
    g_ptr_array_set_size (paragraphs, 1);
  begin_change (self);
  gtk_text_buffer_delete_selection (buffer_of (self), FALSE, TRUE);
  get_cursor (self, &at);
  rungs_rich_buffer_insert (buffer_of (self), &at, paragraphs);
  end_change (self);
}
