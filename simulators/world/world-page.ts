import { controlPage, html } from '../kit/page.ts';
import type { WorldAddresses } from './start-world.ts';

/** The page that lists every part of the world. */
export function worldPage(addresses: WorldAddresses, now: Date): string {
  return controlPage(
    'The world outside, simulated',
    html`<p>It is ${now.toISOString()} here. Everything is on this machine; nothing leaves it.</p>
      <table>
        ${Object.entries(addresses).map(
          ([name, address]) =>
            html`<tr>
              <td>${name}</td>
              <td>${address.startsWith('http') ? html`<a href="${address}">${address}</a>` : address}</td>
            </tr>`,
        )}
      </table>
      <p>Whole state: <a href="/state">/state</a>. Each part has its own page, with its sentinels first.</p>`,
  );
}
