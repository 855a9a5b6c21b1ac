import { sql, type RawBuilder } from 'kysely';

/** The last character there is: with it a beginning becomes a range, which an index answers in order. */
const LAST = '\u{10ffff}';
/** Fewer letters have no trigram worth the name: only beginnings are looked up. */
const INSIDE_CHARS_MIN = 3;
/** A name that sounds: fewer letters sound like too many. */
const NAME = /^[a-z' -]{4,}$/;
const SOUND_CHARS_MIN = 4;
/** What `<%` asks for. */
const LIKENESS_MIN = 0.6;

/**
 * Customers by the terms they are found by (customers.search_terms): `customer_id`, what `matched`, and their
 * `place`: 0 said exactly so, 1 beginning so, 2 containing it, 2.5 sounding so, then by likeness. What is written as typed is
 * looked for first, the cheapest way first. Typing errors are forgiven in what people spell (names, addresses,
 * serials), as long as fewer than `max` are found; and in what has a digit only when nothing is written so, lest
 * the one invoice asked for come with two hundred that look like it.
 */
export function clientsFound(typed: string, max: number): RawBuilder<unknown> {
  const key = searchKey(typed);
  const inside = `%${key.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const enough = /\d/.test(key) ? 1 : max;
  const longer = key.length >= INSIDE_CHARS_MIN;
  return sql`
    with begun as materialized (
      select hit.*, case when hit.term = asked.key then 0 else 1 end as place
        from unnest(${writings(key)}::text[]) asked (key)
       cross join lateral (
         select customer_id, kind, shown, term from customers.search_terms
          where term ~>=~ asked.key and term ~<~ (asked.key || ${LAST}) order by term using ~<~ limit ${max}) hit),
    containing as materialized (
      select customer_id, kind, shown, term, 2 as place from customers.search_terms
       where ${longer} and (select count(*) from begun) < ${max} and term like ${inside} limit ${max}),
    sounding as materialized (
      select customer_id, kind, shown, term, 2.5 as place from customers.search_terms
       where ${NAME.test(key)} and length(app.sound(${key})) >= ${SOUND_CHARS_MIN}
         and (select count(*) from begun) + (select count(*) from containing) < ${max}
         and kind = 'customer' and term !~ '[0-9@]' and app.sound(term) like '%' || app.sound(${key}) || '%'
       limit ${max}),
    alike as materialized (
      select customer_id, kind, shown, term, 4 - word_similarity(${key}, term) as place from customers.search_terms
       where ${longer} and (select count(*) from begun) + (select count(*) from containing) < ${enough}
         and ${likeness(key)}
       order by place limit ${max})
    select customer_id, min(shown) filter (where kind <> 'customer') as matched, min(place) as place
      from (select * from begun union all select * from containing
            union all select * from sounding union all select * from alike) hits
     group by customer_id order by place limit ${max}`;
}

/** Digits of what looks like a number (phone in any format), else the folded text. */
export function searchKey(typed: string): string {
  const text = typed.trim().toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');
  const digits = text.replaceAll(/[\s().+-]/g, '');
  if (/^\d{3,}$/.test(digits)) return digits.replace(/^1(?=\d{10}$)/, '');
  return text;
}

/** As typed but for some letters. A house number is taken at its word: of all streets only those that have it are compared. */
function likeness(key: string): RawBuilder<unknown> {
  const house = /^(\d+[a-z]?) +\p{L}/u.exec(key)?.[1];
  return house === undefined
    ? sql`kind in ('customer', 'location', 'equipment') and (term % ${key} or ${key} <% term)`
    : // From the blank to the zero lie the signs that can follow a number that has ended.
      sql`term ~>=~ ${`${house} `} and term ~<~ ${`${house}0`} and word_similarity(${key}, term) >= ${LIKENESS_MIN}`;
}

/** How what was typed may be written: an address has a comma after the house number that nobody types. */
function writings(key: string): string[] {
  const withComma = key.replace(/^(\d+[a-z]?) +(?=\p{L})/u, '$1, ');
  return withComma === key ? [key] : [key, withComma];
}
