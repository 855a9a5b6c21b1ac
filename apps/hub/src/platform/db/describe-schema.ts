import type pg from 'pg';

/** Schemas that are not ours to describe: PostgreSQL's own and those of the job queue's library. */
const OURS = `n.nspname !~ '^pg_' and n.nspname !~ '^pgboss' and n.nspname <> 'information_schema'`;
/** What an extension brought belongs to the extension. */
const notOfExtension = (catalog: string): string =>
  `not exists (select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = o.oid and d.deptype = 'e')`;

type Part = Readonly<{ of: string; line: string }>;

/**
 * Says what stands in the database as sorted SQL text: for reading, for comparing, and for seeing in a review
 * what a migration does to the whole. Read from the catalogue, in words that PostgreSQL 15 and 18 have in
 * common; it is not meant to be run.
 */
export async function describeSchema(pool: pg.Pool): Promise<string> {
  const [tables, extensions, schemas, sequences, functions] = await Promise.all([
    describeTables(pool),
    ask(pool, EXTENSIONS),
    ask(pool, SCHEMAS),
    ask(pool, SEQUENCES),
    ask(pool, FUNCTIONS),
  ]);
  const parts = [
    HEADER,
    lines(extensions),
    lines(schemas),
    ...functions.map(({ line }) => line),
    lines(sequences),
    ...tables,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const HEADER =
  '-- What the migrations make. Written by `npm run gigafibre -- db describe`; not meant to be edited or run.';

const lines = (parts: readonly Part[]): string => parts.map(({ line }) => line).join('\n');

async function ask(pool: pg.Pool, text: string): Promise<Part[]> {
  return (await pool.query<Part>(text)).rows;
}

/** One text per table: its columns and constraints, then its indexes, triggers and comments. */
async function describeTables(pool: pg.Pool): Promise<string[]> {
  const names = await ask(pool, TABLES);
  const [columns, constraints, ...after] = await Promise.all(
    [COLUMNS, CONSTRAINTS, INDEXES, TRIGGERS, COMMENTS].map(async (text) =>
      Map.groupBy(await ask(pool, text), ({ of }) => of),
    ),
  );
  return names.map(({ of, line }) => {
    const inside = [...(columns?.get(of) ?? []), ...(constraints?.get(of) ?? [])];
    const body = inside.map((part) => `  ${part.line}`).join(',\n');
    const outside = after.flatMap((found) => found.get(of) ?? []).map((part) => part.line);
    return [`${line} (\n${body}\n);`, ...outside].join('\n');
  });
}

const EXTENSIONS = `
  select extname as of, 'create extension ' || extname || ';' as line
    from pg_extension where extname <> 'plpgsql' order by extname collate "C"`;

const SCHEMAS = `
  select n.nspname as of,
         'create schema ' || n.nspname || ';'
           || coalesce(' -- ' || obj_description(n.oid, 'pg_namespace'), '') as line
    from pg_namespace n where ${OURS} and n.nspname <> 'public' order by n.nspname collate "C"`;

/** Sequences of identity columns say nothing that their column does not. */
const SEQUENCES = `
  select o.oid::regclass::text as of,
         format('create sequence %s as %s start %s increment %s minvalue %s maxvalue %s%s;', o.oid::regclass,
                format_type(s.seqtypid, null), s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
                case when s.seqcycle then ' cycle' else '' end) as line
    from pg_sequence s join pg_class o on o.oid = s.seqrelid join pg_namespace n on n.oid = o.relnamespace
   where ${OURS}
     and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = o.oid and d.deptype = 'i')
   order by o.oid::regclass::text collate "C"`;

const FUNCTIONS = `
  select o.oid::regprocedure::text as of,
         case when o.prokind in ('f', 'p') then rtrim(pg_get_functiondef(o.oid), E'\\n') || ';'
              else 'create aggregate ' || o.oid::regprocedure::text || ';' end as line
    from pg_proc o join pg_namespace n on n.oid = o.pronamespace
   where ${OURS} and ${notOfExtension('pg_proc')}
   order by o.oid::regprocedure::text collate "C"`;

const relations = (kinds: string): string => `
    from pg_class o join pg_namespace n on n.oid = o.relnamespace
   where ${OURS} and o.relkind in (${kinds}) and ${notOfExtension('pg_class')}`;

/** Whatever has columns; of a view its query stands in the first line. */
const TABLES = `
  select o.oid::regclass::text as of,
         case o.relkind when 'v' then 'create view ' when 'm' then 'create materialized view '
                        when 'c' then 'create type ' else 'create table ' end
           || o.oid::regclass::text
           || case when o.relkind in ('v', 'm') then ' as ' || pg_get_viewdef(o.oid) else '' end
           || case when o.relkind = 'p' then ' partition by ' || pg_get_partkeydef(o.oid) else '' end
           || case when o.relispartition then ' partition ' || pg_get_expr(o.relpartbound, o.oid) else '' end
           || coalesce(' with (' || array_to_string(o.reloptions, ', ') || ')', '') as line
  ${relations(`'r', 'p', 'v', 'm', 'c', 'f'`)}
   order by o.oid::regclass::text collate "C"`;

/** Whether a column must have a value stands here: only PostgreSQL 18 also counts that among the constraints. */
const COLUMNS = `
  select a.attrelid::regclass::text as of,
         a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
           || case when a.attcollation not in (0, t.typcollation)
                   then (select ' collate "' || l.collname || '"' from pg_collation l where l.oid = a.attcollation)
                   else '' end
           || case when a.attnotnull then ' not null' else '' end
           || case when a.attidentity = 'a' then ' generated always as identity'
                   when a.attidentity = 'd' then ' generated by default as identity'
                   when a.attgenerated <> '' then ' generated always as (' || pg_get_expr(v.adbin, v.adrelid) || ') stored'
                   when v.oid is not null then ' default ' || pg_get_expr(v.adbin, v.adrelid)
                   else '' end as line
    from pg_attribute a
    join pg_type t on t.oid = a.atttypid
    left join pg_attrdef v on v.adrelid = a.attrelid and v.adnum = a.attnum
   where a.attnum > 0 and not a.attisdropped
     and a.attrelid in (select o.oid ${relations(`'r', 'p', 'v', 'm', 'c', 'f'`)})
   order by a.attnum`;

const CONSTRAINTS = `
  select c.conrelid::regclass::text as of,
         'constraint ' || quote_ident(c.conname) || ' ' || pg_get_constraintdef(c.oid, true) as line
    from pg_constraint c
   where c.contype in ('p', 'u', 'f', 'c', 'x') and c.conrelid in (select o.oid ${relations(`'r', 'p', 'f'`)})
   order by position(c.contype::text in 'puxcf'), c.conname collate "C"`;

const INDEXES = `
  select i.indrelid::regclass::text as of, pg_get_indexdef(i.indexrelid) || ';' as line
    from pg_index i
   where not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
     and i.indrelid in (select o.oid ${relations(`'r', 'p', 'm'`)})
   order by i.indexrelid::regclass::text collate "C"`;

const TRIGGERS = `
  select g.tgrelid::regclass::text as of,
         pg_get_triggerdef(g.oid) || ';' || case when g.tgenabled = 'O' then '' else ' -- ' || g.tgenabled::text end as line
    from pg_trigger g
   where not g.tgisinternal and g.tgrelid in (select o.oid ${relations(`'r', 'p', 'v'`)})
   order by g.tgname collate "C"`;

const COMMENTS = `
  select d.objoid::regclass::text as of,
         case when d.objsubid = 0 then 'comment on table ' || d.objoid::regclass::text
              else 'comment on column ' || d.objoid::regclass::text || '.' || a.attname end
           || ' is ' || quote_literal(d.description) || ';' as line
    from pg_description d
    left join pg_attribute a on a.attrelid = d.objoid and a.attnum = d.objsubid and d.objsubid > 0
   where d.classoid = 'pg_class'::regclass and d.objoid in (select o.oid ${relations(`'r', 'p', 'v', 'm'`)})
   order by d.objsubid`;
