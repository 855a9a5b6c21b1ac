-- compatible
-- Reads that staff wait for: the list of clients and what it is searched by.

create index customers_newest on customers.customers (created_at desc, id desc);
create index customers_by_status on customers.customers (status, created_at desc, id desc);

-- Typing errors are forgiven in what people spell: names, addresses, serials. The numbers we give out ourselves,
-- nine terms of ten, one digit apart from somebody else's, are found as they are or not at all.
create index search_terms_spelled on customers.search_terms using gin (term gin_trgm_ops)
  with (gin_pending_list_limit = 256) where kind in ('customer', 'location', 'equipment');

-- A search reads the list of rows not yet filed from end to end: it is kept short.
alter index customers.search_terms_by_term set (gin_pending_list_limit = 256);
