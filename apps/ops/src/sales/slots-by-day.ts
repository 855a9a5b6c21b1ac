type Window = Readonly<{ date: string; from: string; to: string }>;

/** Windows under their day, both in order: people choose the day first. */
export const slotsByDay = <Slot extends Window>(
  slots: readonly Slot[],
): Readonly<{ date: string; slots: Slot[] }>[] =>
  [...Map.groupBy(slots, ({ date }) => date)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([date, ofDay]) => ({
      date,
      slots: ofDay.toSorted((one, other) => (one.from < other.from ? -1 : 1)),
    }));
