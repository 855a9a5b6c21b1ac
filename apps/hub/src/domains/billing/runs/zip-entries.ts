import { crc32 } from 'node:zlib';

/** A file inside the archive. */
export type ZipFile = Readonly<{ name: string; bytes: Uint8Array }>;
/** Some entries, and what the archive's directory says of them. */
export type ZipPart = Readonly<{ content: Buffer; directory: Buffer }>;

const LOCAL_SIGNATURE = 0x04034b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const END_SIGNATURE = 0x06054b50;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;
/** Entries and bytes an archive of this kind can point at. */
export const ZIP_ENTRIES_MAX = 65_000;
const ZIP_BYTES_MAX = 0xffff_ffff;

/**
 * Entries of a ZIP archive that begin at `at` bytes of it, stored as they are: PDFs are compressed already. The same
 * files and day give the same bytes.
 */
export function zipPart(files: readonly ZipFile[], { at, on }: { at: number; on: string }): ZipPart {
  const content: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = at;
  for (const { name, bytes } of files) {
    const common = commonOf({ name, bytes }, on);
    const local = Buffer.alloc(LOCAL_BYTES);
    local.writeUInt32LE(LOCAL_SIGNATURE, 0);
    common.copy(local, 4);
    const central = Buffer.alloc(CENTRAL_BYTES);
    central.writeUInt32LE(CENTRAL_SIGNATURE, 0);
    central.writeUInt16LE(VERSION, 4);
    common.copy(central, 6);
    if (offset > ZIP_BYTES_MAX) throw new RangeError('an archive of more than 4 GB');
    central.writeUInt32LE(offset, 42);
    content.push(local, Buffer.from(name), Buffer.from(bytes));
    directory.push(central, Buffer.from(name));
    offset += LOCAL_BYTES + Buffer.byteLength(name) + bytes.length;
  }
  return { content: Buffer.concat(content), directory: Buffer.concat(directory) };
}

/** What both an entry and the directory say of a file: 26 bytes. */
function commonOf({ name, bytes }: ZipFile, on: string): Buffer {
  const common = Buffer.alloc(26);
  const [year = 1980, month = 1, day = 1] = on.split('-').map(Number);
  common.writeUInt16LE(VERSION, 0);
  common.writeUInt16LE(FLAGS, 2);
  common.writeUInt16LE(((year - 1980) << 9) | (month << 5) | day, 8);
  common.writeUInt32LE(crc32(bytes), 10);
  common.writeUInt32LE(bytes.length, 14);
  common.writeUInt32LE(bytes.length, 18);
  common.writeUInt16LE(Buffer.byteLength(name), 22);
  return common;
}

/** The end of an archive: where its directory is, and how many files it lists. */
export function zipEnd(of: { entries: number; contentBytes: number; directoryBytes: number }): Buffer {
  if (of.entries > ZIP_ENTRIES_MAX || of.contentBytes > ZIP_BYTES_MAX)
    throw new RangeError(`an archive of ${of.entries} files and ${of.contentBytes} bytes`);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END_SIGNATURE, 0);
  end.writeUInt16LE(of.entries, 8);
  end.writeUInt16LE(of.entries, 10);
  end.writeUInt32LE(of.directoryBytes, 12);
  end.writeUInt32LE(of.contentBytes, 16);
  return end;
}
