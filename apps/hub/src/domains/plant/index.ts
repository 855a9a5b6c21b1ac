export { addressLine, addressLines, civicAndStreet, type WrittenAddress } from './address-text.ts';
export type { Address } from './address.ts';
export {
  createLocation,
  leaveLocation,
  locationFor,
  settleCustomer,
  type NewLocation,
  type TypedAddress,
} from './create-location.ts';
export { editLocation } from './edit-location.ts';
export { serviceabilityOf } from './find-serviceability.ts';
export {
  importAddresses,
  importMunicipalities,
  placeMunicipalities,
  type Imported,
  type ImportedAddress,
  type ImportedMunicipality,
} from './import-addresses.ts';
export type { Location, NetworkPosition } from './location.ts';
export { addOlt, addSplitter, addTerminal, drawAddresses, type NewOlt } from './network.ts';
export { oltAddresses, type OltAddress } from './olt-addresses.ts';
export { listLocations, readLocation, readLocationsById } from './read-locations.ts';
export { plantRoutes } from './routes.ts';
export { searchAddresses } from './search-addresses.ts';
export { DROP_METRES_MAX, type Serviceability, type ServiceabilityReason } from './serviceability.ts';
export { freeSplitterPort, holdLocation, lightDrop, reserveSplitterPort } from './splitter-ports.ts';
