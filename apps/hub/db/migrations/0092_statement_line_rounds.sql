-- compatible
-- A line said to be a file's, taken back, and said to be it again makes an entry of its own each time.
alter table payments.statement_lines add column rounds integer not null default 0 check (rounds >= 0);
