const kept = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '', // their paths are limited to 103 bytes, which folders of people exceed
  max_connections: '100',
  shared_buffers: '128MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '512MB',
  jit: 'off',
  io_method: 'sync', // three processes fewer; the small machine has one disk
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log', // statements refused to the hub are the hub's to log
  log_min_error_statement: 'panic', // statements carry personal data
  log_checkpoints: 'off',
};

const disposable = {
  max_connections: '200', // several files of tests at once
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
};

/**
 * How the embedded server differs from PostgreSQL's defaults, for a machine of 2 cores and 2 GB that does
 * other things too. Given on the command line, so that a newer release brings its own to an older folder.
 * `forTests` trades durability for speed.
 */
export const settingsFor = (forTests: boolean): Readonly<Record<string, string>> =>
  forTests ? { ...kept, ...disposable } : kept;
