-- compatible
-- Names are heard on the telephone and spelled as they sound: Thibaudeau is found where Thibodeau is written.
-- What sounds alike in French (and mostly in English) is written alike; the input is folded: lower case, no accents.
create function app.sound(folded text) returns text language sql immutable parallel safe strict as $$
  select regexp_replace(
    regexp_replace(
    regexp_replace(
    translate(
    regexp_replace(
    replace(replace(replace(replace(replace(replace(replace(replace(
      folded,
      'ph', 'f'), 'sch', 'ch'), 'ch', '1'), 'eau', 'o'), 'au', 'o'), 'ck', 'k'), 'qu', 'k'), 'bv', 'v'),
      -- Soft c; then h is not heard.
      'c(?=[eiy])', 's', 'g'),
      'cqyzh-''', 'kkis'),
      -- A vowel written in several ways.
      'a[i]|e[i]|oe', 'e', 'g'),
      -- What stands at the end and is silent.
      '(?:l[td]|[tdsxpe])+(?![a-z0-9])', '', 'g'),
      '([a-z0-9])\1+', '\1', 'g')
$$;
create index search_terms_sounding on customers.search_terms using gin (app.sound(term) gin_trgm_ops)
  where kind = 'customer' and term !~ '[0-9@]';
