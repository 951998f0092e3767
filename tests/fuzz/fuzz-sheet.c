/* fuzz-sheet.c: any bytes as a spreadsheet, or as a part of one that is whole otherwise: the cells,
 * texts, formats and tabs of a workbook, the content of OpenDocument. */

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tables/rungs-table-reader.h"

#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define ROWS_MAX 100000

static const struct
{
  const char *name;
  const char *content;
} PARTS[] = {
  { "[Content_Types].xml", "<Types/>" },
  { "xl/_rels/workbook.xml.rels",
    "<R><Relationship Id='b' Type='" RELATION "worksheet' Target='worksheets/sheet1.xml'/></R>" },
  { "xl/workbook.xml", "<w xmlns:r='r'><sheet name='S' r:id='b'/></w>" },
  { "xl/worksheets/sheet1.xml",
    "<w><sheetData><row><c t='s'><v>0</v></c><c s='1'><v>45000.5</v></c></row></sheetData></w>" },
  { "xl/sharedStrings.xml", "<sst><si><t>Email</t></si></sst>" },
  { "xl/styles.xml", "<s><numFmt numFmtId='200' formatCode='yyyy'/><cellXfs><xf numFmtId='0'/>"
                     "<xf numFmtId='200'/></cellXfs></s>" },
};

static void
add_part (struct archive *archive,
          const char     *name,
          const void     *content,
          gsize           size)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, size);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_write_header (archive, entry);
  archive_write_data (archive, content, size);
  archive_entry_free (entry);
}

/* A workbook with one part that is `data`; beyond the parts of a workbook, a spreadsheet. */
static void
write_book (int           fd,
            guint         which,
            const guint8 *data,
            gsize         size)
{
  static const char MIME[] = "application/vnd.oasis.opendocument.spreadsheet";
  struct archive *archive = archive_write_new ();

  archive_write_set_format_zip (archive);
  archive_write_zip_set_compression_store (archive);
  archive_write_open_fd (archive, fd);
  if (which < G_N_ELEMENTS (PARTS))
    for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++)
      add_part (archive, PARTS[i].name, i == which ? data : (const void *) PARTS[i].content,
                i == which ? size : strlen (PARTS[i].content));
  else
    {
      add_part (archive, "mimetype", MIME, strlen (MIME));
      add_part (archive, "content.xml", data, size);
    }
  archive_write_free (archive);
}

static void
read_rows (const char *path)
{
  const RungsTableOptions options = { NULL };
  g_autoptr (RungsTableReader) reader = rungs_table_reader_open (path, &options, NULL);
  g_auto (GStrv) sheets = rungs_table_list_sheets (path, NULL);
  const RungsTableRow *row;
  RungsTableState state;

  if (reader == NULL)
    return;
  for (guint n = 0;
       n < ROWS_MAX && (row = rungs_table_reader_next (reader, NULL, NULL)) != NULL; n++)
    {
      g_assert (row->n_fields > 0 && row->n_fields <= RUNGS_TABLE_FIELDS_MAX);
      for (guint i = 0; i < row->n_fields; i++)
        g_assert (g_utf8_validate (row->fields[i], -1, NULL));
    }
  rungs_table_reader_get_state (reader, &state);
  g_assert (state.fraction >= 0 && state.fraction <= 1);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  int fd = memfd_create ("sheet", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);

  if (size > 0 && data[0] == 'P')
    g_assert (write (fd, data, size) == (gssize) size);
  else if (size > 0)
    write_book (fd, data[0] % (G_N_ELEMENTS (PARTS) + 1), data + 1, size - 1);
  read_rows (path);
  close (fd);
  return 0;
}
