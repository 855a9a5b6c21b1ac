/** Units of the pad, the same on every screen. */
const WIDTH = 600;
const HEIGHT = 300;
/** Points nearer than this to the one before say nothing. */
const NEAR = 2;
const POINTS_MAX = 6000;
/** A scribble shorter than this is a slip of the finger. */
const LENGTH_MIN = 80;

/**
 * A pad to sign on with a finger, a pen or a mouse. Keeps strokes, not pixels, so that it is redrawn sharp on any
 * screen and printed as lines. `onChange` is told after every stroke.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {() => void} onChange
 */
export function openPad(canvas, onChange) {
  /** @type {[number, number][][]} */
  let strokes = [];
  let drawing = false;
  const points = () => strokes.reduce((sum, stroke) => sum + stroke.length, 0);

  /** @param {PointerEvent} event @returns {[number, number]} */
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const y = ((event.clientY - box.top) / box.height) * HEIGHT;
    return [clamp(x, WIDTH), clamp(y, HEIGHT)];
  };

  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || points() >= POINTS_MAX) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    drawing = true;
    strokes.push([at(event)]);
    paint();
  });
  canvas.addEventListener('pointermove', (event) => {
    const stroke = strokes.at(-1);
    if (!drawing || !stroke || points() >= POINTS_MAX) return;
    for (const one of event.getCoalescedEvents?.() ?? [event]) {
      const point = at(one);
      const last = stroke.at(-1) ?? point;
      if (Math.hypot(point[0] - last[0], point[1] - last[1]) >= NEAR) stroke.push(point);
    }
    paint();
  });
  for (const end of ['pointerup', 'pointercancel'])
    canvas.addEventListener(end, () => {
      if (!drawing) return;
      drawing = false;
      onChange();
    });
  new ResizeObserver(paint).observe(canvas);

  function paint() {
    const scale = window.devicePixelRatio || 1;
    canvas.width = canvas.clientWidth * scale;
    canvas.height = canvas.clientHeight * scale;
    const pen = canvas.getContext('2d');
    if (!pen) return;
    pen.scale(canvas.width / WIDTH, canvas.height / HEIGHT);
    pen.strokeStyle = getComputedStyle(canvas).color;
    pen.lineWidth = 4;
    pen.lineCap = pen.lineJoin = 'round';
    for (const stroke of strokes) line(pen, stroke);
  }

  return {
    strokes: () => strokes,
    isSigned: () => strokes.reduce((sum, stroke) => sum + length(stroke), 0) >= LENGTH_MIN,
    clear: () => {
      strokes = [];
      paint();
      onChange();
    },
  };
}

const clamp = (value, most) => Math.round(Math.min(Math.max(value, 0), most) * 10) / 10;

const length = (stroke) =>
  stroke.reduce((sum, [x, y], index) => {
    const [px, py] = stroke[index - 1] ?? [x, y];
    return sum + Math.hypot(x - px, y - py);
  }, 0);

/** Curves through the middles of the points, so that a quick hand stays round. */
function line(pen, [first, ...rest]) {
  pen.beginPath();
  pen.moveTo(first[0], first[1]);
  let last = first;
  for (const point of rest) {
    pen.quadraticCurveTo(last[0], last[1], (last[0] + point[0]) / 2, (last[1] + point[1]) / 2);
    last = point;
  }
  pen.lineTo(last[0] + 0.01, last[1]);
  pen.stroke();
}
