import { fieldOperations, visionOperations, type OutputOf } from '@gigafibre/contract';
import { useHubCommand, useHubQuery } from '@gigafibre/ui/hub';
import { shallowRef } from 'vue';
import { base64Of } from './photo-pieces.ts';
import { LABEL_EDGE_PX, shrinkPhoto } from './shrink-photo.ts';

export type Label = OutputOf<typeof visionOperations.readLabel>;
export type Found = OutputOf<typeof fieldOperations.findEquipment>;

/** The device behind a code: serial, then barcode, then MAC; and what is in the van, known without a network. */
export function useEquipmentLookup() {
  const finding = useHubCommand(fieldOperations.findEquipment);
  const van = useHubQuery(fieldOperations.listVan, () => ({}));
  return { finding, van, find: (code: string) => finding.run({ code }) };
}

/** What a photograph of a label says. */
export function useLabel() {
  const reading = useHubCommand(visionOperations.readLabel);
  const unreadable = shallowRef(false);
  async function read(file: Blob): Promise<Label | undefined> {
    const bytes = await shrinkPhoto(file, LABEL_EDGE_PX);
    unreadable.value = bytes === undefined;
    return bytes && reading.run({ image: base64Of(bytes) });
  }
  return { read, reading, unreadable };
}

/** Codes worth looking up, the serial first, each once. */
export function codesOf({ fields, codes }: Label): string[] {
  const all = [fields.serial, fields.barcode, fields.mac, ...codes.map(({ text }) => text)];
  return [...new Set(all.filter((code): code is string => Boolean(code)))].slice(0, 3);
}
