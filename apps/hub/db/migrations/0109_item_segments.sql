-- compatible
-- For whom an item is made: what the sale offers first. A limit of nobody's rights: either kind may take either.
alter table catalog.items
  add column segment text not null default 'both' check (segment in ('residential', 'business', 'both'));
