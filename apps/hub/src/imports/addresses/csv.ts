/** A field longer than this means a quote was never closed. */
const FIELD_CHARS_MAX = 100_000;

/**
 * Rows of a CSV as they stream past, each as text by column name. Fields may be quoted and then hold commas,
 * doubled quotes and line breaks; a byte-order mark is skipped; missing fields are empty.
 */
export async function* csvRows(
  chunks: AsyncIterable<string>,
  separator = ',',
): AsyncGenerator<Record<string, string>> {
  let header: string[] | undefined;
  for await (const fields of csvFields(chunks, separator)) {
    if (!header) {
      header = fields.map((name, index) => (index === 0 ? name.replace(/^\uFEFF/, '') : name));
      continue;
    }
    if (fields.length === 1 && fields[0] === '') continue;
    yield Object.fromEntries(header.map((name, index) => [name, fields[index] ?? '']));
  }
}

async function* csvFields(chunks: AsyncIterable<string>, separator: string): AsyncGenerator<string[]> {
  let fields: string[] = [];
  let field = '';
  let quoted = false;
  let closing = false;
  for await (const chunk of chunks) {
    for (const sign of chunk) {
      if (quoted && !closing) {
        if (sign === '"') closing = true;
        else field += sign;
        if (field.length > FIELD_CHARS_MAX) throw new Error('a quoted field never ends');
      } else if (closing && sign === '"') {
        field += sign;
        closing = false;
      } else if (sign === '"' && field === '' && !closing) quoted = true;
      else if (sign === separator || sign === '\n') {
        fields.push(field.endsWith('\r') && sign === '\n' ? field.slice(0, -1) : field);
        field = '';
        quoted = closing = false;
        if (sign === '\n') {
          yield fields;
          fields = [];
        }
      } else if (!(closing && sign === '\r')) field += sign;
    }
  }
  if (field !== '' || fields.length > 0) yield [...fields, field];
}
