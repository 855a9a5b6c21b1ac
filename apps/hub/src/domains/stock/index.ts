export { attachEquipment, type Attaching } from './attach-equipment.ts';
export type { Equipment } from './equipment.ts';
export { findEquipment, type Found } from './find-equipment.ts';
export { loadVan, takeBackEquipment } from './load-van.ts';
export {
  equipmentAt,
  equipmentBySerial,
  equipmentMovedBy,
  listEquipment,
  readEquipment,
} from './read-equipment.ts';
export { receiveEquipment } from './receive-equipment.ts';
export { linkSubscription, relocateEquipment, removeEquipment, swapEquipment } from './remove-equipment.ts';
export { foundOrNot, stockRoutes } from './routes.ts';
export { hexFormOf, lookAlikeOf, parseMac, parseSerial } from './serial.ts';
