/* rungs-listing.c: a list: a table for people, a JSON array for machines. */

#include "rungs-listing.h"

#include <glib/gi18n.h>

#include "rungs-text-width.h"

/* So many rows are held back to measure the columns, and no cell makes its column wider than
 * this. */
#define MEASURED_ROWS 500
#define WIDEST 60
#define GAP 2

struct _RungsListing
{
  RungsInvocation *call; /* lent */
  const RungsColumn *columns;
  guint n_columns;
  guint indent;
  guint count;
  GPtrArray
      *held; /* (owned) (element-type GStrv) the rows that wait to be measured; NULL: all were */
  guint *widths; /* (owned) */
};

static guint
count_columns (const RungsColumn *columns)
{
  guint n = 0;

  while (columns[n].key != NULL)
    n++;
  return n;
}

static GStrv
headings (RungsListing *self)
{
  GStrv cells = g_new0 (char *, self->n_columns + 1);

  for (guint i = 0; i < self->n_columns; i++)
    cells[i] = g_strdup (_ (self->columns[i].heading));
  return cells;
}

static GStrv
cells_of (RungsListing *self,
          JsonObject   *row)
{
  GStrv cells = g_new0 (char *, self->n_columns + 1);

  for (guint i = 0; i < self->n_columns; i++)
    cells[i] =
        rungs_column_dup_text (&self->columns[i], row, rungs_invocation_get_zone (self->call));
  return cells;
}

/* One line; the spaces after its last cell are left away. */
static void
put_cells (RungsListing *self,
           GStrv         cells)
{
  RungsOutput *output = rungs_invocation_get_output (self->call);
  guint spaces = self->indent;

  for (guint i = 0; i < self->n_columns; i++)
    {
      guint width = rungs_text_width (cells[i]);
      guint room = self->widths[i] > width ? self->widths[i] - width : 0;
      gboolean right = rungs_column_is_right (&self->columns[i]);

      if (right)
        spaces += room;
      if (*cells[i] != '\0')
        {
          rungs_output_printf (output, "%*s%s", (int) spaces, "", cells[i]);
          spaces = 0;
        }
      spaces += (right ? 0 : room) + GAP;
    }
  rungs_output_text (output, "\n");
}

static void
put_held (RungsListing *self)
{
  g_autoptr (GPtrArray) held = g_steal_pointer (&self->held);

  for (guint i = 0; i < held->len; i++)
    put_cells (self, g_ptr_array_index (held, i));
}

static void
measure (RungsListing *self,
         GStrv         cells)
{
  for (guint i = 0; i < self->n_columns; i++)
    self->widths[i] = MAX (self->widths[i], MIN (rungs_text_width (cells[i]), WIDEST));
}

static void
add_cells (RungsListing *self,
           GStrv         cells)
{
  if (self->held == NULL)
    {
      put_cells (self, cells);
      g_strfreev (cells);
      return;
    }
  measure (self, cells);
  g_ptr_array_add (self->held, cells);
  if (self->held->len >= MEASURED_ROWS)
    put_held (self);
}

static void
add_json (RungsListing *self,
          JsonObject   *row)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_set_object (node, row);
  text = json_to_string (node, FALSE);
  rungs_output_printf (rungs_invocation_get_output (self->call), "%s\n%s",
                       self->count > 0 ? "," : "[", text);
}

RungsListing *
rungs_listing_new (RungsInvocation   *call,
                   const RungsColumn *columns)
{
  RungsListing *self = g_new0 (RungsListing, 1);

  self->call = call;
  self->columns = columns;
  self->n_columns = count_columns (columns);
  self->widths = g_new0 (guint, self->n_columns);
  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  return self;
}

void
rungs_listing_free (RungsListing *self)
{
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_free (self->widths);
  g_free (self);
}

void
rungs_listing_add (RungsListing *self,
                   JsonObject   *row)
{
  if (rungs_invocation_wants_json (self->call))
    add_json (self, row);
  else
    {
      if (self->count == 0)
        add_cells (self, headings (self));
      add_cells (self, cells_of (self, row));
    }
  self->count++;
  json_object_unref (row);
}

void
rungs_listing_end (RungsListing *self,
                   const char   *none)
{
  RungsOutput *output = rungs_invocation_get_output (self->call);

  if (rungs_invocation_wants_json (self->call))
    rungs_output_text (output, self->count > 0 ? "\n]\n" : "[]\n");
  else if (self->count == 0)
    rungs_output_printf (output, "%s\n", none);
  else if (self->held != NULL)
    put_held (self);
}

void
rungs_listing_put_table (RungsInvocation *call,
                         const RungsColumn *columns,
                         JsonArray *rows,
                         guint indent)
{
  g_autoptr (RungsListing) self = rungs_listing_new (call, columns);

  self->indent = indent;
  add_cells (self, headings (self));
  for (guint i = 0; i < json_array_get_length (rows); i++)
    add_cells (self, cells_of (self, json_array_get_object_element (rows, i)));
  if (self->held != NULL)
    put_held (self);
}
