import { plantOperations as op } from '@gigafibre/contract';
import { answers, carriesOut, type Route } from '../../platform/http/route.ts';
import { createLocation } from './create-location.ts';
import { editLocation } from './edit-location.ts';
import { readServiceability } from './find-serviceability.ts';
import { listOlts, listSplitters } from './network.ts';
import { listLocations, readLocation } from './read-locations.ts';
import { searchAddresses } from './search-addresses.ts';

export const plantRoutes = (): Route[] => [
  answers(op.searchAddresses, (reading, input) => searchAddresses(reading, input)),
  answers(op.readServiceability, (reading, input) => readServiceability(reading, input)),
  carriesOut(op.createLocation, (tx, input) => createLocation(tx, input)),
  answers(op.readLocation, (reading, { id }) => readLocation(reading, id)),
  carriesOut(op.editLocation, (tx, input) => editLocation(tx, input)),
  answers(op.listLocations, (reading, input) => listLocations(reading, input)),
  answers(op.listOlts, (reading, input) => listOlts(reading, input)),
  answers(op.listSplitters, (reading, input) => listSplitters(reading, input)),
];
