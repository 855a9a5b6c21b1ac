import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Pictures and fonts are compressed already; below one packet there is nothing to gain. */
const worthIt = /\.(?:js|css|html|svg|webmanifest)$/;
const onePacketBytes = 1_400;

const inGzip = promisify(gzip);
const inBrotli = promisify(brotliCompress);

/** Puts beside each file of a built app what the hub sends in its place, `.br` and `.gz`. Answers how many files. */
export async function compressBuilt(folder: string): Promise<number> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    worthIt.test(file),
  );
  let compressed = 0;
  for (const file of files) {
    const full = path.join(folder, file);
    const content = readFileSync(full);
    if (content.length < onePacketBytes) continue;
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    const [br, gz] = await Promise.all([inBrotli(content, { params }), inGzip(content, { level: 9 })]);
    writeFileSync(`${full}.br`, br);
    writeFileSync(`${full}.gz`, gz);
    compressed += 1;
  }
  return compressed;
}
