/** Markup that is already safe. */
export type Html = { readonly html: string };

/** HTML with every interpolated value escaped, unless it is `Html` already; lists are joined. */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): Html {
  const parts = strings.map((text, index) => (index < values.length ? text + safe(values[index]) : text));
  return { html: parts.join('') };
}

function safe(value: unknown): string {
  if (Array.isArray(value)) return value.map(safe).join('');
  if (typeof value === 'object' && value !== null && 'html' in value) return String(value.html);
  if (value === null || value === undefined) return '';
  return String(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:0;background:#f4f5f7;color:#1c2430}
main{max-width:1100px;margin:0 auto;padding:24px}h1{font-size:22px}h2{font-size:17px;margin-top:28px}
table{border-collapse:collapse;width:100%;background:#fff}td,th{border:1px solid #d9dde3;padding:4px 8px;
text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#eceff3}code,pre{font-size:13px}
pre{background:#fff;border:1px solid #d9dde3;padding:8px;white-space:pre-wrap}form{display:inline}`;

/** A whole control page. */
export function controlPage(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${{ html: STYLE }}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`.html;
}

const MAX_ROWS = 200;

/** A table of records, newest first, cut at 200 rows; a sentence when there are none. */
export function recordTable(rows: readonly Readonly<Record<string, unknown>>[]): Html {
  const shown = rows.slice(-MAX_ROWS).toReversed();
  const columns = [...new Set(shown.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0) return html`<p>Nothing yet.</p>`;
  return html`<table>
    <tr>
      ${columns.map((column) => html`<th>${column}</th>`)}
    </tr>
    ${shown.map(
      (row) =>
        html`<tr>
          ${columns.map((column) => html`<td>${cell(row[column])}</td>`)}
        </tr>`,
    )}
  </table>`;
}

function cell(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}

/** The list of sentinel inputs every control page opens with. */
export function sentinelList(sentinels: readonly (readonly [input: string, effect: string])[]): Html {
  return html`<h2>Sentinels</h2>
    <table>
      ${sentinels.map(
        ([input, effect]) =>
          html`<tr>
            <td><code>${input}</code></td>
            <td>${effect}</td>
          </tr>`,
      )}
    </table>`;
}
