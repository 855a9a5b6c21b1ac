import { quantity } from './figures.ts';
import { civilDateOf, formatDate, formatTime } from './format-date.ts';
import { fill, wordsIn, type Language, type Words } from './language.ts';
import { COLOR } from './look.ts';
import { drawFacts, partyLines } from './sheet/facts.ts';
import { drawLetterhead, drawRunningText } from './sheet/letterhead.ts';
import { closeSheet, openSheet, type Sheet } from './sheet/open-sheet.ts';
import { drawSignature } from './sheet/signature-block.ts';
import { drawTable, type Cell } from './sheet/table.ts';
import { ensureRoom, heading, paragraph } from './sheet/text.ts';
import type { Measurement, WorkOrderValues } from './work-order-values.ts';

const WORDS = {
  title: { fr: 'Rapport d’intervention', en: 'Completion report' },
  customer: { fr: 'Client', en: 'Customer' },
  serviceAddress: { fr: 'Adresse de service', en: 'Service address' },
  visit: { fr: 'Visite', en: 'Visit' },
  jobType: { fr: 'Travail', en: 'Job' },
  technician: { fr: 'Technicien', en: 'Technician' },
  day: { fr: 'Date', en: 'Date' },
  hours: { fr: 'Heures', en: 'Hours' },
  outcome: { fr: 'Résultat', en: 'Outcome' },
  completed: { fr: 'Terminé', en: 'Completed' },
  incomplete: { fr: 'Incomplet', en: 'Incomplete' },
  photos: { fr: 'Photos', en: 'Photos' },
  checklist: { fr: 'Liste de vérification', en: 'Checklist' },
  step: { fr: 'Étape', en: 'Step' },
  state: { fr: 'État', en: 'State' },
  done: { fr: '✓ Fait', en: '✓ Done' },
  skipped: { fr: '✗ Non fait', en: '✗ Not done' },
  notApplicable: { fr: 'Facultatif, non fait', en: 'Optional, not done' },
  measurements: { fr: 'Mesures', en: 'Measurements' },
  measure: { fr: 'Mesure', en: 'Measurement' },
  value: { fr: 'Valeur', en: 'Value' },
  verdict: { fr: 'Verdict', en: 'Verdict' },
  good: { fr: '✓ Bon', en: '✓ Good' },
  warn: { fr: '! À surveiller', en: '! To watch' },
  bad: { fr: '✗ Mauvais', en: '✗ Bad' },
  none: { fr: '', en: '' },
  equipment: { fr: 'Équipement', en: 'Equipment' },
  device: { fr: 'Appareil', en: 'Device' },
  serial: { fr: 'Numéro de série', en: 'Serial number' },
  mac: { fr: 'Adresse MAC', en: 'MAC address' },
  action: { fr: 'Action', en: 'Action' },
  installed: { fr: 'Posé', en: 'Installed' },
  removed: { fr: 'Retiré', en: 'Removed' },
  inPlace: { fr: 'En place', en: 'In place' },
  materials: { fr: 'Matériel utilisé', en: 'Materials used' },
  material: { fr: 'Matériel', en: 'Material' },
  amount: { fr: 'Quantité', en: 'Quantity' },
  notes: { fr: 'Notes', en: 'Notes' },
  signature: { fr: 'Signature du client', en: 'Customer’s signature' },
  statement: {
    fr: 'Le client confirme que les travaux décrits ci-dessus ont été faits.',
    en: 'The customer confirms that the work described above was done.',
  },
  unsigned: { fr: 'non signé', en: 'not signed' },
  unsignedReason: { fr: 'non signé : {reason}', en: 'not signed: {reason}' },
  signatureAlt: { fr: 'Signature de', en: 'Signature of' },
} as const satisfies Words<string>;

type Pen = {
  readonly sheet: Sheet;
  readonly values: WorkOrderValues;
  readonly words: Readonly<Record<keyof typeof WORDS, string>>;
};

/** The completion report of a field job as PDF: checklist, measurements, equipment, materials, signature. */
export async function workOrderPdf(values: WorkOrderValues, language: Language): Promise<Uint8Array> {
  const words = wordsIn(WORDS, language);
  const title = `${words.title} ${values.number}`;
  const sheet = openSheet({ language, title, author: values.company.tradeName, createdAt: values.createdAt });
  const pen = { sheet, values, words };
  drawLetterhead(sheet, { company: values.company, title: words.title, number: values.number });
  drawVisit(pen);
  drawEquipment(pen);
  drawMeasurements(pen);
  drawChecklist(pen);
  drawMaterials(pen);
  if (values.notes !== undefined && values.notes !== '') {
    heading(sheet, words.notes);
    paragraph(sheet, values.notes, { after: 12 });
  }
  drawSigned(pen);
  drawRunningText(sheet, { company: values.company, label: title });
  return closeSheet(sheet);
}

function drawVisit({ sheet, values, words }: Pen): void {
  const { language } = sheet;
  const times = [values.startedAt, values.completedAt].filter((at) => at !== undefined);
  drawFacts(sheet, [
    { label: words.customer, lines: partyLines(values.customer), strongFirst: true },
    { label: words.serviceAddress, lines: values.serviceAddressLines },
    {
      label: words.visit,
      lines: [
        { name: words.jobType, value: values.jobType },
        { name: words.technician, value: values.technician },
        { name: words.day, value: formatDate(civilDateOf(values.completedAt), language) },
        { name: words.hours, value: times.map((at) => formatTime(at, language)).join(' – ') },
        { name: words.outcome, value: words[values.outcome] },
        { name: words.photos, value: String(values.photoCount) },
      ],
    },
  ]);
}

function drawEquipment({ sheet, values, words }: Pen): void {
  if (values.equipment.length === 0) return;
  heading(sheet, words.equipment);
  drawTable(sheet, {
    summary: words.equipment,
    columns: [
      { heading: words.device, width: 174 },
      { heading: words.serial, width: 130 },
      { heading: words.mac, width: 130 },
      { heading: words.action, width: 70 },
    ],
    rows: values.equipment.map((device) => ({
      cells: [device.description, device.serial ?? '', device.mac ?? '', words[device.action]],
    })),
  });
  sheet.doc.y += 14;
}

const VERDICT_COLOR = { good: COLOR.good, warn: COLOR.warn, bad: COLOR.bad, none: COLOR.ink } as const;

function drawMeasurements({ sheet, values, words }: Pen): void {
  if (values.measurements.length === 0) return;
  heading(sheet, words.measurements);
  const verdict = (measurement: Measurement): Cell => ({
    text: words[measurement.verdict],
    color: VERDICT_COLOR[measurement.verdict],
  });
  drawTable(sheet, {
    summary: words.measurements,
    columns: [
      { heading: words.measure, width: 274 },
      { heading: words.value, width: 110, figures: true },
      { heading: '', width: 20 },
      { heading: words.verdict, width: 100 },
    ],
    rows: values.measurements.map((measurement) => ({
      cells: [
        measurement.limits === undefined
          ? measurement.label
          : { text: measurement.label, note: measurement.limits },
        measurement.value,
        '',
        verdict(measurement),
      ],
    })),
  });
  sheet.doc.y += 14;
}

function drawChecklist({ sheet, values, words }: Pen): void {
  if (values.checklist.length === 0) return;
  heading(sheet, words.checklist);
  drawTable(sheet, {
    summary: words.checklist,
    columns: [
      { heading: words.step, width: 404 },
      { heading: words.state, width: 100 },
    ],
    rows: values.checklist.map((item) => ({
      cells: [
        item.note === undefined ? item.label : { text: item.label, note: item.note },
        { text: words[item.state], color: item.state === 'skipped' ? COLOR.bad : COLOR.ink },
      ],
    })),
  });
  sheet.doc.y += 14;
}

function drawMaterials({ sheet, values, words }: Pen): void {
  if (values.materials.length === 0) return;
  heading(sheet, words.materials);
  drawTable(sheet, {
    summary: words.materials,
    columns: [
      { heading: words.material, width: 404 },
      { heading: words.amount, width: 100, figures: true },
    ],
    rows: values.materials.map((material) => ({
      cells: [material.description, `${quantity(material.quantity, sheet.language)} ${material.unit}`],
    })),
  });
  sheet.doc.y += 14;
}

function drawSigned({ sheet, values, words }: Pen): void {
  const { signature, unsignedReason } = values;
  ensureRoom(sheet, 170);
  heading(sheet, words.signature);
  paragraph(sheet, words.statement, { after: 6 });
  const unsigned =
    unsignedReason === undefined ? words.unsigned : fill(words.unsignedReason, { reason: unsignedReason });
  drawSignature(sheet, signature, { label: words.signature, unsigned, alt: words.signatureAlt });
}
