/** The key of a unit's word: metres, or pieces for everything else the list counts. */
export const unitWord = (unit: string | null): 'visit.unitMetre' | 'visit.unitPiece' =>
  unit === 'm' ? 'visit.unitMetre' : 'visit.unitPiece';
