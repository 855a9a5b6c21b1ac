import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { zipEnd, zipPart, type ZipFile } from './zip-entries.ts';

/** A reader of its own: goes by the directory alone, as programs do. */
function unzip(archive: Buffer): ZipFile[] {
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  let at = archive.readUInt32LE(end + 16);
  expect(at + archive.readUInt32LE(end + 12)).toBe(end);
  return Array.from({ length: archive.readUInt16LE(end + 10) }, () => {
    expect(archive.readUInt32LE(at)).toBe(0x02014b50);
    const [size, nameBytes] = [archive.readUInt32LE(at + 24), archive.readUInt16LE(at + 28)];
    const name = archive.subarray(at + 46, at + 46 + nameBytes).toString();
    const local = archive.readUInt32LE(at + 42);
    expect(archive.readUInt32LE(local)).toBe(0x04034b50);
    const from = local + 30 + archive.readUInt16LE(local + 26);
    const bytes = archive.subarray(from, from + size);
    expect(crc32(bytes)).toBe(archive.readUInt32LE(at + 16));
    at += 46 + nameBytes;
    return { name, bytes: new Uint8Array(bytes) };
  });
}

test('files put in part by part come out as they were, however they are parted', () => {
  const file = fc.record({
    name: fc.stringMatching(/^[a-zé]{1,12}$/),
    bytes: fc.uint8Array({ maxLength: 200 }),
  });
  fc.assert(
    fc.property(fc.array(fc.array(file, { maxLength: 4 }), { maxLength: 5 }), (parts) => {
      let at = 0;
      const made = parts.map((files) => {
        const part = zipPart(files, { at, on: '2026-12-01' });
        at += part.content.length;
        return part;
      });
      const directory = Buffer.concat(made.map((part) => part.directory));
      const sizes = { entries: parts.flat().length, contentBytes: at, directoryBytes: directory.length };
      const archive = Buffer.concat([...made.map((part) => part.content), directory, zipEnd(sizes)]);
      expect(unzip(archive)).toEqual(parts.flat());
    }),
    { numRuns: 100 },
  );
});
