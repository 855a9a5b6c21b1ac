import { refusals, refusalWords, type Operation } from '@gigafibre/contract';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The reference of every operation as a page to read, without scripts. */
export function docsPage(operations: readonly Operation[]): string {
  const groups = Map.groupBy(operations, (operation) => operation.name.split('.')[0] ?? '');
  const navigation = [...groups.keys()].map((name) => `<a href="#${name}">${name}</a>`).join(' · ');
  const sections = [...groups].map(
    ([name, members]) => `<h2 id="${name}">${name}</h2>${members.map(article).join('')}`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Gigafibre API</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2b2d}code{font:13px ui-monospace,monospace;background:#eef3f3;padding:.1em .3em;border-radius:3px}
article{border-top:1px solid #d5dfdf;padding:.6rem 0}h2{margin-top:2.5rem}h3{font-size:1rem;margin:.2rem 0}dl{display:grid;grid-template-columns:8rem 1fr;margin:.3rem 0;gap:.1rem 1rem}dt{color:#4d6164}dd{margin:0}</style>
<h1>Gigafibre API</h1><p>Machine-readable: <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1). Send <code>Authorization: token KEY:SECRET</code>; on commands send <code>Idempotency-Key</code> so that a repeat changes nothing. Amounts are integer cents.</p>
<p>${navigation}</p>${sections.join('')}</html>`;
}

function article(operation: Operation): string {
  const fields =
    Object.keys(operation.input.shape)
      .map((name) => `<code>${escape(name)}</code>`)
      .join(' ') || '—';
  const said =
    operation.refusals
      .map(
        (code) => `<code>${code}</code> (${refusals[code].status}) ${escape(refusalWords(code, {}, 'en'))}`,
      )
      .join('<br>') || '—';
  return `<article id="${operation.name}"><h3><code>${operation.method}</code> <code>${escape(operation.path)}</code></h3><p>${escape(operation.summary)}</p>
<dl><dt>Name</dt><dd><code>${operation.name}</code></dd><dt>Needs</dt><dd><code>${operation.allow}</code></dd><dt>Takes</dt><dd>${fields}</dd><dt>May refuse</dt><dd>${said}</dd></dl></article>`;
}
