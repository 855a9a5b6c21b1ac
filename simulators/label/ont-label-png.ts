import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import { randomText, seededRandom } from '../kit/random.ts';
import { fillBox, newCanvas, printModules, type Canvas, type Modules } from './canvas.ts';
import { encodePng } from './encode-png.ts';
import { photograph } from './photograph.ts';
import { printText } from './print-text.ts';

/** What the label says; `photo` gives a photograph of it on a device instead of the print itself. */
export type OntLabelOptions = {
  /** Optical serial, `TPLG46E80F93`. */
  readonly serial: string;
  /** `AA:BB:CC:DD:EE:FF`. */
  readonly mac: string;
  readonly model: string;
  /** The same seed gives the same bytes. */
  readonly seed: string | number;
  readonly photo?: boolean;
};

const LABEL = { width: 900, height: 540 } as const;

const MAKERS: Readonly<Record<string, string>> = {
  TPLG: 'tp-link',
  HWTC: 'HUAWEI',
  ALCL: 'NOKIA',
  ZTEG: 'ZTE',
  FHTT: 'FiberHome',
};

/**
 * The label of an ONT as PNG: two lines of Code 128 (optical serial, MAC address), a QR code with both and the
 * model, and the maker's own serial in print. Ours from the first pixel, so it can be shown and shipped.
 */
export async function ontLabelPng(options: OntLabelOptions): Promise<Uint8Array> {
  const random = seededRandom(`label ${options.seed} ${options.serial}`);
  const label = await printLabel(options, random);
  return encodePng(options.photo === true ? photograph(label, random) : label);
}

async function printLabel({ serial, mac, model }: OntLabelOptions, random: () => number): Promise<Canvas> {
  const bareMac = mac.replaceAll(/[^0-9A-Fa-f]/g, '').toUpperCase();
  const productSerial = `22${randomText(random, 11, '0123456789')}`;
  const canvas = newCanvas(LABEL.width, LABEL.height, 74);
  fillBox(canvas, { x: 0, y: 0, width: LABEL.width, height: LABEL.height, shade: 243, radius: 18 });
  const maker = MAKERS[serial.slice(0, 4)] ?? 'ONT';
  printText(canvas, maker, { x: 36, y: 66, size: 44, weight: 'bold' });
  printText(canvas, `Model: ${model}`, { x: 300, y: 48, size: 22, weight: 'bold' });
  printText(canvas, 'GPON Optical Network Terminal', { x: 300, y: 76, size: 18 });
  await printBars(canvas, { text: serial, caption: `GPON SN: ${serial}`, y: 116 });
  await printBars(canvas, { text: bareMac, caption: `MAC: ${mac.toUpperCase()}`, y: 256 });
  const qr = await modulesOf(`SN:${serial};MAC:${bareMac};MODEL:${model}`, 'QRCode');
  const side = Math.floor(210 / qr.width);
  printModules(canvas, qr, { x: LABEL.width - 36 - side * qr.width, y: 128, side });
  printText(canvas, `S/N: ${productSerial}`, { x: 36, y: 424, size: 24 });
  printText(canvas, 'Power: 12 V DC 1.5 A', { x: 36, y: 458, size: 18 });
  printText(canvas, 'Class 1 laser product · Made for Gigafibre', { x: 36, y: 486, size: 18 });
  printText(canvas, 'CAN ICES-3 (B)/NMB-3(B)', { x: LABEL.width - 290, y: 486, size: 18 });
  return canvas;
}

type Bars = { readonly text: string; readonly caption: string; readonly y: number };

async function printBars(canvas: Canvas, { text, caption, y }: Bars): Promise<void> {
  printModules(canvas, await modulesOf(text, 'Code128'), { x: 36, y, side: 3, barHeight: 74 });
  printText(canvas, caption, { x: 36, y: y + 104, size: 24, weight: 'bold' });
}

const require = createRequire(import.meta.url);
let prepared: Promise<unknown> | undefined;

/** A code's modules, one per pixel. The writer comes from its package, never from the network. */
async function modulesOf(text: string, format: 'Code128' | 'QRCode'): Promise<Modules> {
  prepared ??= readFile(require.resolve('zxing-wasm/writer/zxing_writer.wasm')).then((bytes) =>
    prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(bytes).buffer }, fireImmediately: true }),
  );
  await prepared;
  const { symbol, error } = await writeBarcode(text, { format, scale: 1, addQuietZones: false });
  if (error !== '') throw new RangeError(`no ${format} can carry this text: ${error}`);
  return symbol;
}
