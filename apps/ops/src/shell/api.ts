import { createClient, type Client } from '@gigafibre/client';
import type { Language } from '@gigafibre/contract';
import type { Api } from '@gigafibre/ui/hub';
import { inject, type InjectionKey } from 'vue';

/** The two doors of this app: the office's session and the technician's are apart, even on one device. */
export type Place = 'office' | 'field';
export type Clients = Readonly<Record<Place, Client>>;

export const clientsKey: InjectionKey<Clients> = Symbol('clients');

/** The hub's client of each place. */
export function useClients(): Clients {
  const clients = inject(clientsKey);
  if (!clients) throw new Error('no clients: main.ts provides them');
  return clients;
}

export function createClients(language: () => Language): Clients {
  return { office: createClient({ app: 'ops', language }), field: createClient({ app: 'field', language }) };
}

/** Where the person is: the technician's module is everything under `#/j`. */
export function placeNow(): Place {
  return /^#\/j(\/|\?|$)/.test(location.hash) ? 'field' : 'office';
}

/** What screens call: the client of the place they stand in. `seen` watches what goes wrong. */
export function createOpsApi(clients: Clients, seen: (error: unknown, place: Place) => void): Api {
  return {
    call: async (operation, input, options) => {
      const place = placeNow();
      try {
        return await clients[place].call(operation, input, options);
      } catch (error) {
        seen(error, place);
        throw error;
      }
    },
  };
}
