import { openPad } from './pad.js';

/** A request that takes longer has failed; the person is told and tries again. */
const DEADLINE_MS = 30_000;

const form = /** @type {HTMLFormElement} */ (document.querySelector('#signing'));
const find = (id) => document.getElementById(id);
const words = JSON.parse(form.dataset.words ?? '{}');
const { base = '', language = 'fr' } = form.dataset;
const pad = openPad(find('pad'), showMark);

const mark = () => new FormData(form).get('mark');
const nameGiven = () => String(new FormData(form).get('name') ?? '').trim();

/** Shows the pad or the name as it will be written, and what goes with it. */
function showMark() {
  const typed = mark() === 'typed';
  const signed = pad.isSigned();
  find('pad').hidden = typed;
  find('written').hidden = !typed;
  find('written').textContent = nameGiven();
  find('pad-prompt').hidden = typed || pad.strokes().length > 0;
  find('clear').hidden = typed || pad.strokes().length === 0;
  if (typed || signed) tell('pad-problem', '');
}

/** Puts a sentence under a field, or takes it away. */
function tell(id, text) {
  const place = find(id);
  if (!place) return;
  place.textContent = text;
  place.hidden = text === '';
  const field = form.querySelector(`[aria-describedby="${id}"]`);
  if (text === '') field?.removeAttribute('aria-invalid');
  else field?.setAttribute('aria-invalid', 'true');
}

/** Sends a command; gives its answer, or the refusal in words. */
async function send(path, body) {
  try {
    const response = await fetch(`${base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': language },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const answer = await response.json();
    return response.ok ? { answer } : { refusal: answer.error };
  } catch {
    return { refusal: { code: 'offline', message: words.offline } };
  }
}

async function askCode() {
  const button = find('send-code');
  const channel = new FormData(form).get('channel');
  button.disabled = true;
  tell('code-problem', '');
  const { answer, refusal } = await send('/code', { channel });
  button.disabled = false;
  if (refusal) return tell('code-problem', refusal.message);
  find('code-told').textContent = words.codeSent.replace('{hint}', answer.hint);
  find('code-field').hidden = false;
  button.textContent = words.sendAgain;
  find('code').value = '';
  find('code').focus();
}

/** The first thing that is missing, in the order of the page. */
function missing(data) {
  if (!data.get('contract') || !data.get('electronic'))
    return ['consents-problem', words.needConsents, 'agree'];
  if (nameGiven() === '') return ['name-problem', words.needName, 'name'];
  if (mark() === 'drawn' && !pad.isSigned()) return ['pad-problem', words.needSignature, 'sign'];
  if (!/^\d{6}$/.test(String(data.get('code') ?? ''))) return ['code-problem', words.needCode, 'code-title'];
  return null;
}

async function sign() {
  const data = new FormData(form);
  for (const id of ['consents-problem', 'name-problem', 'pad-problem', 'code-problem', 'form-problem'])
    tell(id, '');
  const first = missing(data);
  if (first) {
    const [problem, text, place] = first;
    tell(problem, text);
    find(place).scrollIntoView({ block: 'center' });
    form.querySelector(`[aria-describedby="${problem}"]`)?.focus({ preventScroll: true });
    return;
  }
  busy(true);
  const { answer, refusal } = await send('/sign', {
    name: nameGiven(),
    language,
    signature: mark() === 'typed' ? { kind: 'typed' } : { kind: 'drawn', strokes: pad.strokes() },
    consents: { contract: true, electronic: true, marketing: data.get('marketing') === 'on' },
    code: data.get('code'),
  });
  if (answer) return location.assign(answer.resultUrl);
  // A lost answer may have been a yes: the page itself knows what became of the quote.
  if (refusal.code.startsWith('quote_')) return location.reload();
  busy(false);
  tell(refusal.code.startsWith('code_') ? 'code-problem' : 'form-problem', refusal.message);
}

function busy(on) {
  const button = find('submit');
  button.disabled = on;
  button.textContent = on ? words.submitting : words.submit;
  form.setAttribute('aria-busy', String(on));
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void sign();
});
form.addEventListener('input', (event) => {
  if (event.target.name === 'name' || event.target.name === 'mark') showMark();
  if (event.target.type === 'checkbox') tell('consents-problem', '');
  if (event.target.name === 'code') tell('code-problem', '');
});
find('clear').addEventListener('click', () => pad.clear());
find('send-code')?.addEventListener('click', () => void askCode());

/** The bar at the bottom leads to the signature, and leaves while some of it can be seen or the page ends. */
const bar = find('bottom-bar');
const seen = new Set();
const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) seen.add(target);
    else seen.delete(target);
  }
  bar.classList.toggle('away', seen.size > 0);
});
for (const target of [form, document.querySelector('.foot')]) watcher.observe(target);
showMark();
