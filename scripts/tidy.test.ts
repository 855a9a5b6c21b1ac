import { events, operations } from '@gigafibre/contract';
import { existsSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { excepted, exceptions } from './tidy/exceptions.ts';
import { functionsOf } from './tidy/functions.ts';
import { MAY_IMPORT, RANK } from './tidy/rank.ts';
import { importsOf, isCode, isTest, product, root, sources, type Source } from './tidy/sources.ts';

// The rules of the house as checks; the message of each names the mend. Exceptions: scripts/tidy/exceptions.ts.

/** Lines that match, as `path:line  text`, leaving out excepted files. */
const matches = (rule: string, files: readonly Source[], pattern: RegExp): string[] =>
  files
    .filter(({ path }) => !excepted(rule, path))
    .flatMap(({ path, lines }) =>
      lines.flatMap((line, index) =>
        pattern.test(line) ? [`${path}:${index + 1}  ${line.trim().slice(0, 120)}`] : [],
      ),
    );

const domainOf = (path: string): string | undefined => /^apps\/hub\/src\/domains\/([^/]+)\//.exec(path)?.[1];
const resolved = (source: Source, specifier: string): string =>
  specifier.startsWith('.') ? normalize(join(dirname(source.path), specifier)) : specifier;
const rankOf = (domain: string): number => RANK.findIndex((name) => name === domain);

test('a domain calls only domains to its left, through their index.ts; upward it tells', () => {
  const broken = product.flatMap((source) => {
    const from = domainOf(source.path);
    return importsOf(source).flatMap((specifier) => {
      const target = resolved(source, specifier);
      const to = domainOf(target);
      if (to === undefined || to === from) return [];
      if (!target.endsWith(`domains/${to}/index.ts`))
        return [`${source.path} → ${target}: go through ${to}/index.ts`];
      if (from !== undefined && rankOf(to) >= rankOf(from))
        return [`${source.path} → ${to}: ${from} may not call ${to}; tell an event and react to it`];
      return [];
    });
  });
  expect(broken).toEqual([]);
});

test('every domain has a place in the rank', () => {
  const domains = new Set(product.map(({ path }) => domainOf(path)).filter((name) => name !== undefined));
  expect([...domains].filter((name) => rankOf(name) < 0)).toEqual([]);
});

test('domains know no vendor, no door, no reaction, no view', () => {
  const broken = product
    .filter(({ path }) => domainOf(path))
    .flatMap((source) =>
      importsOf(source).map((specifier) => [source.path, resolved(source, specifier)] as const),
    )
    .filter(
      ([, target]) =>
        /^apps\/hub\/src\/(doors|reactions|views|flows|imports|cli)\//.test(target) ||
        /^(stripe|twilio|nodemailer|net-snmp|zxing-wasm)$/.test(target),
    );
  expect(broken).toEqual([]);
});

test('SQL stands only in stores, views, the platform and imports', () => {
  const allowed =
    /^apps\/hub\/src\/(domains\/[^/]+\/([\w-]+-)?store\.ts$|views\/|platform\/|imports\/|cli\/)/;
  const files = product.filter(({ path }) => path.startsWith('apps/hub/src/') && !allowed.test(path));
  expect(
    matches('sql', files, /\.(selectFrom|insertInto|updateTable|deleteFrom)\(|\bsql`|\bsql<|pool\.query\(/),
  ).toEqual([]);
});

test('a store writes only the schema of its own domain', () => {
  const broken = product.flatMap(({ path, text }) => {
    const domain = domainOf(path);
    if (domain === undefined) return [];
    const written = [
      ...text.matchAll(
        /\.(?:insertInto|updateTable|deleteFrom)\('([a-z_]+)\.|(?:insert into|update|delete from)\s+([a-z_]+)\.[a-z_]+/g,
      ),
    ].map((match) => match[1] ?? match[2] ?? '');
    const own = domain === 'subscriptions' ? [domain, 'radius'] : [domain];
    return written.filter((schema) => !own.includes(schema)).map((schema) => `${path} writes ${schema}`);
  });
  expect(broken).toEqual([]);
});

test('the environment is read in config.ts only', () => {
  const files = product.filter(
    ({ path }) => !path.endsWith('platform/config.ts') && !path.endsWith('vite.config.ts'),
  );
  expect(matches('environment', files, /process\.env\b/)).toEqual([]);
});

test('time and chance come from env (env.clock, tx.now, platform/chance.ts), never from the machine', () => {
  const files = product.filter(({ path }) =>
    /^(apps\/hub|packages\/(money|calendar|ledger|flow|contract|dispatch|documents|outside))\//.test(path),
  );
  expect(matches('time and chance', files, /\bDate\.now\(\)|new Date\(\)|Math\.random\(/)).toEqual([]);
  const migrations = sources.filter(
    ({ path }) => /db\/migrations\/.*\.sql$/.test(path) && !path.includes('0001_platform'),
  );
  expect(
    matches(
      'time and chance',
      migrations,
      /(?<!app\.)\bnow\(\)|current_timestamp|clock_timestamp|\brandom\(\)/i,
    ),
  ).toEqual([]);
});

test('pure packages and apps import only what their place in the house allows', () => {
  const broken = product.flatMap((source) => {
    const workspace =
      /^(?:apps|packages)\/([^/]+)\//.exec(source.path)?.[1] ?? source.path.split('/')[0] ?? '';
    const may = MAY_IMPORT[workspace];
    if (may === undefined) return [];
    return importsOf(source).flatMap((specifier) => {
      const ours = /^@gigafibre\/([^/]+)/.exec(specifier)?.[1];
      const outward =
        specifier.startsWith('.') &&
        resolved(source, specifier).startsWith('apps/hub/') &&
        workspace !== 'hub';
      return (ours !== undefined && ours !== workspace && !may.includes(ours)) || outward
        ? [`${source.path} → ${specifier}`]
        : [];
    });
  });
  expect(broken).toEqual([]);
});

test('what a workspace imports it declares', () => {
  const broken = sources
    .filter((source) => isCode(source) && !source.path.startsWith('scripts/'))
    .flatMap((source) => {
      const folder = /^((?:apps|packages)\/[^/]+|simulators|journeys|e2e|bench)\//.exec(source.path)?.[1];
      const manifest = sources.find(({ path }) => path === `${folder}/package.json`);
      if (!manifest) return [];
      const declared = JSON.parse(manifest.text) as Record<string, Record<string, string> | undefined>;
      const names = new Set(
        ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap((key) =>
          Object.keys(declared[key] ?? {}),
        ),
      );
      const everywhere = new Set([
        'vitest',
        'fast-check',
        'typescript',
        JSON.parse(manifest.text).name as string,
      ]);
      return importsOf(source)
        .filter((specifier) => /^[@a-z]/.test(specifier) && !/^(node:|virtual:)/.test(specifier))
        .map((specifier) =>
          specifier
            .split('/')
            .slice(0, specifier.startsWith('@') ? 2 : 1)
            .join('/'),
        )
        .filter((name) => !names.has(name) && !everywhere.has(name))
        .map((name) => `${source.path} imports ${name}: declare it in ${folder}/package.json`);
    });
  expect([...new Set(broken)]).toEqual([]);
});

test('names come from the trade', () => {
  const files = product.filter(
    ({ path }) =>
      /(^|[-/])(utils?|helpers?|misc|manager)([-.]|$)/i.test(basename(path)) ||
      /Service\.ts$|Impl\.ts$/.test(path),
  );
  expect(files.map(({ path }) => path)).toEqual([]);
  expect(
    matches(
      'names',
      product,
      /\b(?:function|const|class|type|interface)\s+(?:(?:do|handle|process)[A-Z]\w*|\w+(?:Service|Manager|Impl|Helper|Utils?))\b/,
    ),
  ).toEqual([]);
});

test('files stay readable: 400 lines at most, components 250', () => {
  const long = product.filter(
    ({ path, lines }) => lines.length > (path.endsWith('.vue') ? 250 : 400) && !excepted('file size', path),
  );
  expect(long.map(({ path, lines }) => `${path}: ${lines.length} lines; split by decision`)).toEqual([]);
});

test('functions stay readable: 70 lines at most', () => {
  const long = product
    .filter(({ path }) => !excepted('function size', path))
    .flatMap((source) =>
      functionsOf(source)
        .filter(({ lines }) => lines > 70)
        .map(({ name, line, lines }) => `${source.path}:${line} ${name}: ${lines} lines`),
    );
  expect(long).toEqual([]);
});

test('nothing is left for later or silenced', () => {
  const code = sources.filter((source) => isCode(source) && !source.path.startsWith('scripts/tidy'));
  expect(
    matches('marks', code, /\b(TODO|FIXME|XXX)\b|@ts-ignore|@ts-nocheck|eslint-disable|oxlint-disable/),
  ).toEqual([]);
  expect(matches('marks', code.filter(isTest), /\b(test|it|describe)\.(only|skip|todo)\(/)).toEqual([]);
});

test('no file is dead', () => {
  const entries =
    /(main\.ts|config\.ts|index\.ts|\.test\.ts|global-setup\.ts|sw\.ts|service-worker\.ts|worker\.ts|App\.vue)$|\.d\.ts$|^scripts\/|^bench\/|^e2e\/|^packages\/ui\/gallery|^apps\/hub\/src\/doors\/[^/]+\/(script|page)/;
  const imported = new Set(
    sources
      .filter(isCode)
      .flatMap((source) => importsOf(source).map((specifier) => resolved(source, specifier))),
  );
  const named = sources
    .filter(isCode)
    .map(({ text }) => text)
    .join('\n');
  const dead = product.filter(
    ({ path }) =>
      !entries.test(path) &&
      !imported.has(path) &&
      !imported.has(path.replace(/\.ts$/, '')) &&
      !named.includes(`${basename(path)}'`) &&
      !excepted('dead file', path),
  );
  expect(dead.map(({ path }) => path)).toEqual([]);
});

const testText = sources
  .filter((source) => isTest(source) || source.path.endsWith('.test.ts'))
  .map(({ text }) => text)
  .join('\n');
const hubText = product
  .filter(({ path }) => path.startsWith('apps/hub/src/'))
  .map(({ text }) => text)
  .join('\n');

test('every operation is carried out by a route, and tested', () => {
  const all = Object.values(operations).flatMap((domain) => Object.entries(domain));
  const missing = all
    .filter(
      ([key]) =>
        !new RegExp(`(?:answers|carriesOut|rehearses|arranges)\\(\\s*\\w+\\.${key}\\b`).test(hubText),
    )
    .map(([key, { name }]) => `${name} (${key}): no route`);
  const untested = all
    .filter(
      ([key, { name }]) =>
        !new RegExp(`\\.${key}\\b|'${name}'`).test(testText) && !excepted('untested operation', name),
    )
    .map(([, { name }]) => `${name}: no test names it`);
  expect([...missing, ...untested]).toEqual([]);
});

test('operation names and addresses are unique', () => {
  const all = Object.values(operations).flatMap((domain) => Object.values(domain));
  const addresses = all.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`);
  expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([]);
  const names = all.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('every event has a reader: a screen it makes stale, a reaction or a flow; and what it makes stale exists', () => {
  const names = new Set<string>(
    Object.values(operations)
      .flatMap((domain) => Object.values(domain))
      .map(({ name }) => name),
  );
  const all = Object.entries(events).flatMap(([, domain]) => Object.entries(domain));
  const unheard = all
    .filter(
      ([key, { stale, type }]) =>
        stale.length === 0 &&
        !new RegExp(`on\\(\\s*\\w+\\.${key}\\b`).test(hubText) &&
        !excepted('unheard event', type),
    )
    .map(([, { type }]) => `${type}: nobody reads it`);
  const unknown = all.flatMap(([, { type, stale }]) =>
    stale
      .filter((name) => !names.has(name))
      .map((name) => `${type} makes ${name} stale, which does not exist`),
  );
  expect([...unheard, ...unknown]).toEqual([]);
});

test('every port to the outside has a simulator', () => {
  const ports = sources
    .filter(({ path }) => /^packages\/outside\/[^/]+\/port\.ts$/.test(path))
    .map(({ path }) => path.split('/')[2] ?? '');
  const simulator: Readonly<Record<string, string>> = {
    payments: 'stripe',
    sms: 'twilio',
    mail: 'smtp',
    acs: 'genieacs',
    olt: 'olt',
    vision: 'label',
  };
  expect(ports.filter((port) => !existsSync(join(root, 'simulators', simulator[port] ?? port)))).toEqual([]);
});

test('every migration says first whether it is compatible or breaking', () => {
  const migrations = sources.filter(({ path }) => /db\/migrations\/.*\.sql$/.test(path));
  expect(
    migrations.filter(({ text }) => !/^-- (compatible|breaking)\b/.test(text)).map(({ path }) => path),
  ).toEqual([]);
});

test('a README of a folder says it in 15 lines', () => {
  const long = sources.filter(
    ({ path, text }) =>
      /^(apps|packages|simulators)\/.*README\.md$/.test(path) && text.trim().split('\n').length > 15,
  );
  expect(long.map(({ path }) => path)).toEqual([]);
});

test('the collection of real input is named in one place only', () => {
  expect(
    sources
      .filter(
        ({ path, text }) =>
          text.includes(['..', 'shared'].join('/')) &&
          !/^(packages\/testing\/src\/shared-data\.ts|\.ci\/run)$/.test(path),
      )
      .map(({ path }) => path),
  ).toEqual([]);
});

test('every exception is still needed', () => {
  const paths = new Set(sources.map(({ path }) => path));
  expect(
    exceptions
      .filter(({ path, rule }) => path.includes('/') && !paths.has(path) && rule !== 'untested operation')
      .map(({ rule, path }) => `${rule}: ${path} is gone`),
  ).toEqual([]);
});
